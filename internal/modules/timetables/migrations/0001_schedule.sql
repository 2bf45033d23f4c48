-- +goose Up
CREATE TABLE timetables_run (
  tenant_id     TEXT NOT NULL REFERENCES identity_body (id),
  id            TEXT NOT NULL PRIMARY KEY,
  version       INTEGER NOT NULL,
  created_at    BIGINT NOT NULL,
  updated_at    BIGINT NOT NULL,
  group_count   INTEGER NOT NULL,
  sessions      INTEGER NOT NULL,
  unplaced      INTEGER NOT NULL,
  fewest        INTEGER NOT NULL,
  changed       INTEGER NOT NULL,
  at_least      INTEGER NOT NULL,
  kilometres    DOUBLE PRECISION NOT NULL,
  cost          DOUBLE PRECISION NOT NULL,
  bound         DOUBLE PRECISION NOT NULL,
  rounds        INTEGER NOT NULL,
  elapsed_ms    BIGINT NOT NULL,
  programme_id  TEXT NOT NULL,
  number        INTEGER NOT NULL,
  origin        TEXT NOT NULL,
  base_id       TEXT NOT NULL,
  base_number   INTEGER NOT NULL,
  params        TEXT NOT NULL,
  state         TEXT NOT NULL,
  stop_asked    BOOLEAN NOT NULL,
  started_by    TEXT NOT NULL,
  ended_at      BIGINT,
  accepted_by   TEXT NOT NULL,
  accepted_at   BIGINT,
  UNIQUE (tenant_id, programme_id, number)
);

CREATE TABLE timetables_input (
  tenant_id  TEXT NOT NULL,
  id         TEXT NOT NULL PRIMARY KEY REFERENCES timetables_run (id),
  version    INTEGER NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  known      TEXT NOT NULL
);

CREATE TABLE timetables_outcome (
  tenant_id  TEXT NOT NULL,
  id         TEXT NOT NULL PRIMARY KEY REFERENCES timetables_run (id),
  version    INTEGER NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  found      TEXT NOT NULL
);

CREATE TABLE timetables_progress (
  tenant_id  TEXT NOT NULL,
  id         TEXT NOT NULL PRIMARY KEY REFERENCES timetables_run (id),
  version    INTEGER NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  elapsed_ms BIGINT NOT NULL,
  rounds     INTEGER NOT NULL,
  unplaced   INTEGER NOT NULL
);
