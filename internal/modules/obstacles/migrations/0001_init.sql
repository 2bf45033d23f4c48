-- +goose Up
CREATE TABLE obstacles_obstacle (
  tenant_id  TEXT NOT NULL,
  id         TEXT NOT NULL PRIMARY KEY,
  version    INTEGER NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  kind       TEXT NOT NULL,
  text       TEXT NOT NULL,
  stage      TEXT NOT NULL,
  answer     TEXT NOT NULL
);
CREATE INDEX obstacles_obstacle_stage ON obstacles_obstacle (tenant_id, stage, created_at);
