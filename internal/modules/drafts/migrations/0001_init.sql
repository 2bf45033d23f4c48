-- +goose Up
-- What is being typed, and what was typed in a window that came too late.
CREATE TABLE drafts_draft (
  tenant_id      TEXT NOT NULL,
  id             TEXT NOT NULL PRIMARY KEY,
  version        INTEGER NOT NULL,
  created_at     BIGINT NOT NULL,
  updated_at     BIGINT NOT NULL,
  ref_kind       TEXT NOT NULL,
  ref_id         TEXT NOT NULL,
  section        TEXT NOT NULL,
  tab            TEXT NOT NULL,
  typed          TEXT NOT NULL,
  UNIQUE (tenant_id, ref_kind, ref_id, section)
);

CREATE TABLE drafts_copy (
  tenant_id      TEXT NOT NULL,
  id             TEXT NOT NULL PRIMARY KEY,
  version        INTEGER NOT NULL,
  created_at     BIGINT NOT NULL,
  updated_at     BIGINT NOT NULL,
  ref_kind       TEXT NOT NULL,
  ref_id         TEXT NOT NULL,
  section        TEXT NOT NULL,
  tab            TEXT NOT NULL,
  typed          TEXT NOT NULL,
  typed_by       TEXT NOT NULL,
  UNIQUE (tenant_id, ref_kind, ref_id, section, tab)
);
