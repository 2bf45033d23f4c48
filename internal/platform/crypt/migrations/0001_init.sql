-- +goose Up
CREATE TABLE crypt_key (
  tenant_id    TEXT NOT NULL,
  id           TEXT NOT NULL PRIMARY KEY,
  version      INTEGER NOT NULL,
  created_at   BIGINT NOT NULL,
  updated_at   BIGINT NOT NULL,
  owner_kind   TEXT NOT NULL,
  owner_id     TEXT NOT NULL,
  generation   INTEGER NOT NULL,
  master       TEXT NOT NULL,
  wrapped      TEXT NOT NULL,
  state        TEXT NOT NULL,
  destroyed_at BIGINT,
  reason       TEXT NOT NULL,
  UNIQUE (tenant_id, owner_kind, owner_id, generation)
);
