-- +goose Up
CREATE TABLE reflection_record (
  tenant_id    TEXT NOT NULL,
  id           TEXT NOT NULL PRIMARY KEY,
  version      INTEGER NOT NULL,
  created_at   BIGINT NOT NULL,
  updated_at   BIGINT NOT NULL,
  programme_id TEXT NOT NULL,
  group_id     TEXT NOT NULL,
  session_id   TEXT NOT NULL,
  content      TEXT NOT NULL,
  edited_by    TEXT NOT NULL,
  UNIQUE (tenant_id, session_id)
);
CREATE INDEX reflection_record_group ON reflection_record (tenant_id, group_id, id);
CREATE TABLE reflection_typed (
  tenant_id  TEXT NOT NULL,
  id         TEXT NOT NULL PRIMARY KEY,
  version    INTEGER NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  group_id   TEXT NOT NULL,
  session_id TEXT NOT NULL,
  user_id    TEXT NOT NULL,
  tab        TEXT NOT NULL,
  seen       INTEGER NOT NULL,
  fields     TEXT NOT NULL,
  UNIQUE (tenant_id, session_id, user_id, tab)
);
CREATE INDEX reflection_typed_group ON reflection_typed (tenant_id, group_id, user_id, id);
