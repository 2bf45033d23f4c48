-- +goose Up
CREATE TABLE grouping_run (
  tenant_id      TEXT NOT NULL REFERENCES identity_body (id),
  id             TEXT NOT NULL PRIMARY KEY,
  version        INTEGER NOT NULL,
  created_at     BIGINT NOT NULL,
  updated_at     BIGINT NOT NULL,
  bodies         INTEGER NOT NULL,
  bodies_served  INTEGER NOT NULL,
  professionals  INTEGER NOT NULL,
  served         INTEGER NOT NULL,
  group_count    INTEGER NOT NULL,
  broken         INTEGER NOT NULL,
  cost           DOUBLE PRECISION NOT NULL,
  bound          DOUBLE PRECISION NOT NULL,
  rounds         INTEGER NOT NULL,
  elapsed_ms     BIGINT NOT NULL,
  call_id        TEXT NOT NULL,
  call_title     TEXT NOT NULL,
  number         INTEGER NOT NULL,
  origin         TEXT NOT NULL,
  base_id        TEXT NOT NULL,
  base_number    INTEGER NOT NULL,
  params         TEXT NOT NULL,
  state          TEXT NOT NULL,
  stop_asked     BOOLEAN NOT NULL,
  reasons        TEXT NOT NULL,
  started_by     TEXT NOT NULL,
  ended_at       BIGINT,
  accepted_by    TEXT NOT NULL,
  accepted_at    BIGINT,
  UNIQUE (tenant_id, call_id, number)
);
CREATE UNIQUE INDEX grouping_run_accepted ON grouping_run (tenant_id, call_id) WHERE state = 'accepted';

CREATE TABLE grouping_input (
  tenant_id  TEXT NOT NULL,
  id         TEXT NOT NULL PRIMARY KEY REFERENCES grouping_run (id),
  version    INTEGER NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  applicants TEXT NOT NULL
);

CREATE TABLE grouping_progress (
  tenant_id  TEXT NOT NULL,
  id         TEXT NOT NULL PRIMARY KEY REFERENCES grouping_run (id),
  version    INTEGER NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  elapsed_ms BIGINT NOT NULL,
  rounds     INTEGER NOT NULL,
  cost       DOUBLE PRECISION NOT NULL,
  bound      DOUBLE PRECISION NOT NULL
);

CREATE TABLE grouping_group (
  tenant_id  TEXT NOT NULL,
  id         TEXT NOT NULL PRIMARY KEY,
  version    INTEGER NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  run_id     TEXT NOT NULL REFERENCES grouping_run (id),
  number     INTEGER NOT NULL,
  name       TEXT NOT NULL,
  meeting    TEXT NOT NULL,
  members    TEXT NOT NULL,
  locked     BOOLEAN NOT NULL,
  given      BOOLEAN NOT NULL,
  UNIQUE (tenant_id, run_id, number)
);

CREATE TABLE grouping_move (
  tenant_id    TEXT NOT NULL,
  id           TEXT NOT NULL PRIMARY KEY,
  version      INTEGER NOT NULL,
  created_at   BIGINT NOT NULL,
  updated_at   BIGINT NOT NULL,
  run_id       TEXT NOT NULL REFERENCES grouping_run (id),
  number       INTEGER NOT NULL,
  application  TEXT NOT NULL,
  body_name    TEXT NOT NULL,
  from_number  INTEGER NOT NULL,
  to_number    INTEGER NOT NULL,
  meeting      TEXT NOT NULL,
  reason       TEXT NOT NULL,
  cost_before  DOUBLE PRECISION NOT NULL,
  cost_after   DOUBLE PRECISION NOT NULL,
  bound_before DOUBLE PRECISION NOT NULL,
  broken       INTEGER NOT NULL,
  made_by      TEXT NOT NULL,
  undone       BOOLEAN NOT NULL,
  UNIQUE (tenant_id, run_id, number)
);
