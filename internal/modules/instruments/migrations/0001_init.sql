-- +goose Up
CREATE TABLE instruments_edition (
  tenant_id  TEXT NOT NULL,
  id         TEXT NOT NULL PRIMARY KEY,
  version    INTEGER NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  code       TEXT NOT NULL,
  number     INTEGER NOT NULL,
  status     TEXT NOT NULL,
  definition TEXT NOT NULL
);
CREATE UNIQUE INDEX instruments_edition_number ON instruments_edition (tenant_id, code, number);

CREATE TABLE instruments_sheet (
  tenant_id    TEXT NOT NULL,
  id           TEXT NOT NULL PRIMARY KEY,
  version      INTEGER NOT NULL,
  created_at   BIGINT NOT NULL,
  updated_at   BIGINT NOT NULL,
  subject_kind TEXT NOT NULL,
  subject_id   TEXT NOT NULL,
  body_id      TEXT NOT NULL,
  code         TEXT NOT NULL,
  edition      INTEGER NOT NULL,
  state        TEXT NOT NULL,
  typed        TEXT NOT NULL,
  answers      TEXT NOT NULL,
  scores       TEXT NOT NULL,
  completed_at BIGINT
);
CREATE UNIQUE INDEX instruments_sheet_subject ON instruments_sheet (tenant_id, subject_kind, subject_id);
