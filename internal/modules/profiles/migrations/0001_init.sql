-- +goose Up
CREATE TABLE profiles_edition (
  tenant_id  TEXT NOT NULL REFERENCES identity_body (id),
  id         TEXT NOT NULL PRIMARY KEY,
  version    INTEGER NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  code       TEXT NOT NULL,
  profile    TEXT NOT NULL,
  UNIQUE (tenant_id, code)
);
