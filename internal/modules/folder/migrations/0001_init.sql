-- +goose Up
CREATE TABLE folder_kept (
  tenant_id   TEXT NOT NULL REFERENCES identity_body (id),
  id          TEXT NOT NULL PRIMARY KEY,
  version     INTEGER NOT NULL,
  created_at  BIGINT NOT NULL,
  updated_at  BIGINT NOT NULL,
  user_id     TEXT NOT NULL REFERENCES identity_user (id),
  resource_id TEXT NOT NULL
);
CREATE UNIQUE INDEX folder_kept_once ON folder_kept (tenant_id, user_id, resource_id);
