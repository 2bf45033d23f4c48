-- +goose Up
CREATE TABLE applications_receipt (
  tenant_id      TEXT NOT NULL,
  id             TEXT NOT NULL PRIMARY KEY,
  version        INTEGER NOT NULL,
  created_at     BIGINT NOT NULL,
  updated_at     BIGINT NOT NULL,
  application_id TEXT NOT NULL,
  number         TEXT NOT NULL,
  filed_at       BIGINT NOT NULL,
  filed_by       TEXT NOT NULL,
  content        TEXT NOT NULL,
  hash           TEXT NOT NULL
);
CREATE INDEX applications_receipt_application ON applications_receipt (tenant_id, application_id, id);
