-- +goose Up
CREATE TABLE findings_release (
  tenant_id  TEXT NOT NULL,
  id         TEXT NOT NULL PRIMARY KEY,
  version    INTEGER NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  round_id   TEXT NOT NULL,
  instrument TEXT NOT NULL,
  title      TEXT NOT NULL,
  opens      TEXT NOT NULL,
  limits     TEXT NOT NULL,
  units      TEXT NOT NULL,
  figures    TEXT NOT NULL,
  shown      TEXT NOT NULL,
  UNIQUE (tenant_id, round_id)
);
