-- +goose Up
CREATE TABLE jobs_job (
  tenant_id   TEXT NOT NULL,
  id          TEXT NOT NULL PRIMARY KEY,
  kind        TEXT NOT NULL,
  job_key     TEXT NOT NULL,
  input       TEXT NOT NULL,
  due_at      BIGINT NOT NULL,
  put_at      BIGINT NOT NULL,
  leased_till BIGINT,
  state       TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed')),
  tries       INTEGER NOT NULL,
  problem     TEXT NOT NULL,
  UNIQUE (tenant_id, kind, job_key)
);
CREATE INDEX jobs_job_due ON jobs_job (state, due_at);
