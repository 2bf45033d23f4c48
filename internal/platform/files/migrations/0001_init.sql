-- +goose Up
CREATE TABLE files_file (
  tenant_id     TEXT NOT NULL,
  id            TEXT NOT NULL PRIMARY KEY,
  version       INTEGER NOT NULL,
  created_at    BIGINT NOT NULL,
  updated_at    BIGINT NOT NULL,
  ref_kind      TEXT NOT NULL,
  ref_id        TEXT NOT NULL,
  body_id       TEXT NOT NULL,
  name          TEXT NOT NULL,
  media_type    TEXT NOT NULL,
  size          BIGINT NOT NULL,
  sha256        TEXT NOT NULL,
  uploaded_by   TEXT NOT NULL,
  uploader_name TEXT NOT NULL
);
CREATE INDEX files_file_ref ON files_file (tenant_id, ref_kind, ref_id, id);
CREATE INDEX files_file_content ON files_file (tenant_id, sha256);
