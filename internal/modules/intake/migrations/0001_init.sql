-- +goose Up
CREATE TABLE intake_batch (
  tenant_id  TEXT NOT NULL REFERENCES identity_body (id),
  id         TEXT NOT NULL PRIMARY KEY,
  version    INTEGER NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  kind       TEXT NOT NULL CHECK (kind IN ('bodies', 'people')),
  file_name  TEXT NOT NULL,
  state      TEXT NOT NULL CHECK (state IN ('previewed', 'applied', 'discarded')),
  grid       TEXT NOT NULL,
  mapping    TEXT NOT NULL,
  counts     TEXT NOT NULL,
  rejected   TEXT NOT NULL,
  brought_by TEXT NOT NULL
);
CREATE INDEX intake_batch_tenant ON intake_batch (tenant_id, id);
