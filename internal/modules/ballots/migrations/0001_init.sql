-- +goose Up
CREATE TABLE ballots_box (
  tenant_id  TEXT NOT NULL REFERENCES identity_body (id),
  id         TEXT NOT NULL PRIMARY KEY,
  version    INTEGER NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  round_id   TEXT NOT NULL REFERENCES evaluation_round (id),
  group_id   TEXT NOT NULL,
  asked      TEXT NOT NULL,
  ballots    INTEGER NOT NULL,
  marks      TEXT NOT NULL,
  words      TEXT NOT NULL,
  UNIQUE (tenant_id, round_id, group_id)
);

CREATE TABLE ballots_code (
  tenant_id      TEXT NOT NULL REFERENCES identity_body (id),
  id             TEXT NOT NULL PRIMARY KEY,
  version        INTEGER NOT NULL,
  created_at     BIGINT NOT NULL,
  updated_at     BIGINT NOT NULL,
  round_id       TEXT NOT NULL REFERENCES evaluation_round (id),
  group_id       TEXT NOT NULL,
  participant_id TEXT NOT NULL,
  user_id        TEXT NOT NULL,
  fingerprint    TEXT NOT NULL UNIQUE
);
CREATE INDEX ballots_code_of ON ballots_code (tenant_id, round_id);
