-- +goose Up
CREATE TABLE commitment_analysis (
  tenant_id    TEXT NOT NULL REFERENCES identity_body (id),
  id           TEXT NOT NULL PRIMARY KEY,
  version      INTEGER NOT NULL,
  created_at   BIGINT NOT NULL,
  updated_at   BIGINT NOT NULL,
  programme_id TEXT NOT NULL REFERENCES supervision_programme (id),
  due          TEXT,
  days         INTEGER NOT NULL,
  causes       TEXT NOT NULL,
  summary      TEXT NOT NULL,
  written_by   TEXT NOT NULL,
  written_at   BIGINT,
  UNIQUE (tenant_id, programme_id)
);

CREATE TABLE commitment_action (
  tenant_id    TEXT NOT NULL REFERENCES identity_body (id),
  id           TEXT NOT NULL PRIMARY KEY,
  version      INTEGER NOT NULL,
  created_at   BIGINT NOT NULL,
  updated_at   BIGINT NOT NULL,
  programme_id TEXT NOT NULL REFERENCES supervision_programme (id),
  what         TEXT NOT NULL,
  owner        TEXT NOT NULL,
  due          TEXT,
  progress     TEXT NOT NULL,
  evidence     TEXT NOT NULL,
  follow_up    TEXT NOT NULL
);
CREATE INDEX commitment_action_of ON commitment_action (tenant_id, programme_id);

CREATE TABLE commitment_report (
  tenant_id    TEXT NOT NULL REFERENCES identity_body (id),
  id           TEXT NOT NULL PRIMARY KEY,
  version      INTEGER NOT NULL,
  created_at   BIGINT NOT NULL,
  updated_at   BIGINT NOT NULL,
  year         INTEGER NOT NULL,
  body_name    TEXT NOT NULL,
  intro        TEXT NOT NULL,
  content      TEXT NOT NULL,
  state        TEXT NOT NULL,
  published_at BIGINT,
  published_by TEXT NOT NULL,
  UNIQUE (tenant_id, year)
);
