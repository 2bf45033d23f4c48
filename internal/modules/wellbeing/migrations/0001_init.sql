-- +goose Up
CREATE TABLE wellbeing_adoption (
  tenant_id  TEXT NOT NULL,
  id         TEXT NOT NULL PRIMARY KEY,
  version    INTEGER NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  instrument TEXT NOT NULL,
  wordings   TEXT NOT NULL,
  least      TEXT NOT NULL,
  source     TEXT NOT NULL,
  stated_by  TEXT NOT NULL,
  UNIQUE (tenant_id, instrument)
);

CREATE TABLE wellbeing_round (
  tenant_id    TEXT NOT NULL,
  id           TEXT NOT NULL PRIMARY KEY,
  version      INTEGER NOT NULL,
  created_at   BIGINT NOT NULL,
  updated_at   BIGINT NOT NULL,
  title        TEXT NOT NULL,
  instrument   TEXT NOT NULL,
  state        TEXT NOT NULL,
  opens        TEXT NOT NULL,
  closes       TEXT NOT NULL,
  sensitive    BOOLEAN NOT NULL,
  teams        TEXT NOT NULL,
  sheet        TEXT NOT NULL,
  published_at BIGINT,
  published_by TEXT NOT NULL,
  CHECK (opens <= closes)
);
CREATE INDEX wellbeing_round_list ON wellbeing_round (tenant_id, opens);

-- One row for the answers of a team. Never one for an answer.
CREATE TABLE wellbeing_box (
  tenant_id  TEXT NOT NULL,
  id         TEXT NOT NULL PRIMARY KEY,
  version    INTEGER NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  round_id   TEXT NOT NULL,
  team_id    TEXT NOT NULL,
  ballots    TEXT NOT NULL,
  UNIQUE (tenant_id, round_id, team_id)
);

-- Codes say that they were used. Their instants are those of the opening.
CREATE TABLE wellbeing_code (
  tenant_id   TEXT NOT NULL,
  id          TEXT NOT NULL PRIMARY KEY,
  version     INTEGER NOT NULL,
  created_at  BIGINT NOT NULL,
  updated_at  BIGINT NOT NULL,
  round_id    TEXT NOT NULL,
  team_id     TEXT NOT NULL,
  fingerprint TEXT NOT NULL UNIQUE,
  used        BOOLEAN NOT NULL
);
CREATE INDEX wellbeing_code_round ON wellbeing_code (tenant_id, round_id);
