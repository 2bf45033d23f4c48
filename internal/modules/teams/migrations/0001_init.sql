-- +goose Up
CREATE TABLE teams_team (
  tenant_id  TEXT NOT NULL,
  id         TEXT NOT NULL PRIMARY KEY,
  version    INTEGER NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  name       TEXT NOT NULL,
  name_fold  TEXT NOT NULL,
  area       TEXT NOT NULL,
  body_id    TEXT NOT NULL,
  body_name  TEXT NOT NULL,
  headcount  INTEGER NOT NULL CHECK (headcount >= 0),
  roster     TEXT NOT NULL,
  ended      BOOLEAN NOT NULL,
  UNIQUE (tenant_id, body_id, area, name_fold)
);
