-- +goose Up
CREATE TABLE note_note (
  tenant_id  TEXT NOT NULL,
  id         TEXT NOT NULL PRIMARY KEY,
  version    INTEGER NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  title      TEXT NOT NULL,
  secret     TEXT NOT NULL,
  day        TEXT,
  at         BIGINT,
  done       BOOLEAN NOT NULL,
  share      DOUBLE PRECISION NOT NULL,
  names      TEXT NOT NULL,
  tags       TEXT NOT NULL,
  UNIQUE (tenant_id, title)
);
