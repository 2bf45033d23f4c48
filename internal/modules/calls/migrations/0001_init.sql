-- +goose Up
CREATE TABLE calls_call (
  tenant_id       TEXT NOT NULL,
  id              TEXT NOT NULL PRIMARY KEY,
  version         INTEGER NOT NULL,
  created_at      BIGINT NOT NULL,
  updated_at      BIGINT NOT NULL,
  resource_id     TEXT NOT NULL,
  code            TEXT NOT NULL,
  title           TEXT NOT NULL,
  title_fold      TEXT NOT NULL,
  state           TEXT NOT NULL,
  opens           TEXT,
  closes          TEXT,
  changes         TEXT NOT NULL,
  resolution_term TEXT NOT NULL,
  amendment_term  TEXT NOT NULL,
  acceptance_term TEXT NOT NULL,
  max_per_body    INTEGER NOT NULL CHECK (max_per_body >= 1),
  hours_per_group INTEGER NOT NULL,
  hours_budget    INTEGER NOT NULL,
  min_group       INTEGER NOT NULL,
  max_group       INTEGER NOT NULL,
  max_km          DOUBLE PRECISION NOT NULL,
  modalities      TEXT NOT NULL,
  annexes         TEXT NOT NULL,
  conditions      TEXT NOT NULL,
  priorities      TEXT NOT NULL,
  source          TEXT NOT NULL,
  resolved_at     BIGINT,
  resolved_by     TEXT NOT NULL,
  cancelled_cause TEXT NOT NULL,
  UNIQUE (tenant_id, code),
  CHECK (opens IS NULL OR closes IS NULL OR opens <= closes)
);
CREATE INDEX calls_call_state ON calls_call (state, opens);

-- How many applications of a call have been numbered: numbers have no gaps.
CREATE TABLE calls_counter (
  tenant_id  TEXT NOT NULL,
  id         TEXT NOT NULL PRIMARY KEY,
  version    INTEGER NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  numbered   INTEGER NOT NULL
);

CREATE TABLE calls_application (
  tenant_id      TEXT NOT NULL,
  id             TEXT NOT NULL PRIMARY KEY,
  version        INTEGER NOT NULL,
  created_at     BIGINT NOT NULL,
  updated_at     BIGINT NOT NULL,
  call_id        TEXT NOT NULL,
  body_id        TEXT NOT NULL,
  body_code      TEXT NOT NULL,
  body_name      TEXT NOT NULL,
  body_fold      TEXT NOT NULL,
  area           TEXT NOT NULL,
  slot           INTEGER NOT NULL CHECK (slot >= 1),
  number         TEXT NOT NULL,
  state          TEXT NOT NULL,
  modality       TEXT NOT NULL,
  team           TEXT NOT NULL,
  consent        BOOLEAN NOT NULL,
  joint          TEXT NOT NULL,
  contact_name   TEXT NOT NULL,
  contact_email  TEXT NOT NULL,
  contact_phone  TEXT NOT NULL,
  remarks        TEXT NOT NULL,
  professionals  INTEGER NOT NULL CHECK (professionals >= 0),
  submitted_at   BIGINT,
  filed_on       TEXT,
  receipt_hash   TEXT NOT NULL,
  resolve_by     TEXT NOT NULL,
  resolve_on     TEXT,
  amendment      TEXT NOT NULL,
  amend_by       TEXT NOT NULL,
  amend_on       TEXT,
  reasons        TEXT NOT NULL,
  outcome        TEXT NOT NULL,
  hours          INTEGER NOT NULL CHECK (hours >= 0),
  group_id       TEXT NOT NULL,
  group_label    TEXT NOT NULL,
  proposed_by    TEXT NOT NULL,
  points         INTEGER NOT NULL,
  incomplete     BOOLEAN NOT NULL,
  resolved_at    BIGINT,
  notified_at    BIGINT,
  accept_by      TEXT NOT NULL,
  accept_on      TEXT,
  accepted_at    BIGINT,
  accepted_how   TEXT NOT NULL,
  renounce_cause TEXT NOT NULL
);
CREATE UNIQUE INDEX calls_application_live ON calls_application (tenant_id, call_id, body_id, slot) WHERE state NOT IN ('withdrawn', 'lapsed');
CREATE UNIQUE INDEX calls_application_number ON calls_application (tenant_id, number) WHERE number <> '';
CREATE INDEX calls_application_call ON calls_application (tenant_id, call_id, state);
CREATE INDEX calls_application_body ON calls_application (tenant_id, body_id, id);

-- Who takes part in the filed applications of a call, alone or jointly.
CREATE TABLE calls_participant (
  tenant_id      TEXT NOT NULL,
  id             TEXT NOT NULL PRIMARY KEY,
  version        INTEGER NOT NULL,
  created_at     BIGINT NOT NULL,
  updated_at     BIGINT NOT NULL,
  call_id        TEXT NOT NULL,
  body_id        TEXT NOT NULL,
  slot           INTEGER NOT NULL CHECK (slot >= 1),
  application_id TEXT NOT NULL,
  UNIQUE (tenant_id, call_id, body_id, slot)
);
CREATE INDEX calls_participant_application ON calls_participant (tenant_id, application_id);
