-- +goose Up
CREATE TABLE prevention_measure (
  tenant_id  TEXT NOT NULL,
  id         TEXT NOT NULL PRIMARY KEY,
  version    INTEGER NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  team_id    TEXT NOT NULL,
  team_name  TEXT NOT NULL,
  body_id    TEXT NOT NULL,
  body_name  TEXT NOT NULL,
  what       TEXT NOT NULL,
  why        TEXT NOT NULL,
  round_id   TEXT NOT NULL,
  owner      TEXT NOT NULL,
  due        TEXT NOT NULL,
  state      TEXT NOT NULL,
  settled    BOOLEAN NOT NULL,
  evidence   TEXT NOT NULL,
  ended_on   TEXT
);
CREATE INDEX prevention_measure_list ON prevention_measure (tenant_id, settled, due);

CREATE TABLE prevention_note (
  tenant_id  TEXT NOT NULL,
  id         TEXT NOT NULL PRIMARY KEY,
  version    INTEGER NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  measure_id TEXT NOT NULL,
  text       TEXT NOT NULL,
  state      TEXT NOT NULL,
  written_by TEXT NOT NULL
);
CREATE INDEX prevention_note_measure ON prevention_note (tenant_id, measure_id);
