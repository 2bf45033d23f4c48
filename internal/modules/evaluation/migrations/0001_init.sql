-- +goose Up
CREATE TABLE evaluation_round (
  tenant_id       TEXT NOT NULL REFERENCES identity_body (id),
  id              TEXT NOT NULL PRIMARY KEY,
  version         INTEGER NOT NULL,
  created_at      BIGINT NOT NULL,
  updated_at      BIGINT NOT NULL,
  programme_id    TEXT NOT NULL REFERENCES supervision_programme (id),
  programme_title TEXT NOT NULL,
  moment          TEXT NOT NULL,
  answer_by       TEXT NOT NULL,
  scale           DOUBLE PRECISION NOT NULL,
  remind_after    INTEGER NOT NULL,
  remind_most     INTEGER NOT NULL,
  reminded        INTEGER NOT NULL,
  reminded_on     TEXT,
  opened_on       TEXT NOT NULL,
  state           TEXT NOT NULL,
  closed_at       BIGINT,
  missing         INTEGER NOT NULL,
  UNIQUE (tenant_id, programme_id, moment)
);

CREATE TABLE evaluation_rating (
  tenant_id       TEXT NOT NULL REFERENCES identity_body (id),
  id              TEXT NOT NULL PRIMARY KEY,
  version         INTEGER NOT NULL,
  created_at      BIGINT NOT NULL,
  updated_at      BIGINT NOT NULL,
  round_id        TEXT NOT NULL REFERENCES evaluation_round (id),
  programme_id    TEXT NOT NULL REFERENCES supervision_programme (id),
  moment          TEXT NOT NULL,
  group_id        TEXT NOT NULL REFERENCES supervision_group (id),
  group_number    INTEGER NOT NULL,
  group_name      TEXT NOT NULL,
  kind            TEXT NOT NULL,
  body_id         TEXT NOT NULL,
  body_name       TEXT NOT NULL,
  supervisor_id   TEXT NOT NULL,
  supervisor_user TEXT NOT NULL,
  supervisor_name TEXT NOT NULL,
  scale           DOUBLE PRECISION NOT NULL,
  answer          TEXT NOT NULL,
  score           DOUBLE PRECISION NOT NULL,
  remarks         TEXT NOT NULL,
  rated_by        TEXT NOT NULL,
  rated_at        BIGINT,
  reason          TEXT NOT NULL,
  reminders       INTEGER NOT NULL,
  UNIQUE (tenant_id, round_id, group_id, body_id)
);
CREATE INDEX evaluation_rating_of ON evaluation_rating (tenant_id, programme_id);

CREATE TABLE evaluation_box (
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

CREATE TABLE evaluation_code (
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
CREATE INDEX evaluation_code_of ON evaluation_code (tenant_id, round_id);
