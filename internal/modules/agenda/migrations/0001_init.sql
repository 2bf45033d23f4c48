-- +goose Up
CREATE TABLE agenda_feed (
  tenant_id   TEXT NOT NULL REFERENCES identity_body (id),
  id          TEXT NOT NULL PRIMARY KEY,
  version     INTEGER NOT NULL,
  created_at  BIGINT NOT NULL,
  updated_at  BIGINT NOT NULL,
  user_id     TEXT NOT NULL,
  fingerprint TEXT NOT NULL UNIQUE,
  language    TEXT NOT NULL,
  UNIQUE (tenant_id, user_id)
);
