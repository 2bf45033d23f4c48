-- +goose Up
CREATE TABLE supervisors_supervisor (
  tenant_id      TEXT NOT NULL REFERENCES identity_body (id),
  id             TEXT NOT NULL PRIMARY KEY,
  version        INTEGER NOT NULL,
  created_at     BIGINT NOT NULL,
  updated_at     BIGINT NOT NULL,
  user_id        TEXT NOT NULL,
  name           TEXT NOT NULL,
  name_fold      TEXT NOT NULL,
  email          TEXT NOT NULL,
  phone          TEXT NOT NULL,
  provider       TEXT NOT NULL,
  external       BOOLEAN NOT NULL,
  profession     TEXT NOT NULL,
  languages      TEXT NOT NULL,
  areas          TEXT NOT NULL,
  area_folds     TEXT NOT NULL,
  home_code      TEXT NOT NULL,
  weekly_minutes INTEGER NOT NULL,
  season_minutes INTEGER NOT NULL,
  state          TEXT NOT NULL,
  words          TEXT NOT NULL
);
CREATE UNIQUE INDEX supervisors_supervisor_email ON supervisors_supervisor (tenant_id, email);
CREATE INDEX supervisors_supervisor_name ON supervisors_supervisor (tenant_id, name_fold, id);
CREATE INDEX supervisors_supervisor_user ON supervisors_supervisor (tenant_id, user_id);

CREATE TABLE supervisors_evidence (
  tenant_id     TEXT NOT NULL REFERENCES identity_body (id),
  id            TEXT NOT NULL PRIMARY KEY,
  version       INTEGER NOT NULL,
  created_at    BIGINT NOT NULL,
  updated_at    BIGINT NOT NULL,
  supervisor_id TEXT NOT NULL REFERENCES supervisors_supervisor (id),
  kind          TEXT NOT NULL,
  title         TEXT NOT NULL,
  institution   TEXT NOT NULL,
  hours         INTEGER NOT NULL,
  date          TEXT,
  expires       TEXT,
  person        TEXT NOT NULL,
  frequency     TEXT NOT NULL,
  added_by      TEXT NOT NULL,
  verifier_id   TEXT NOT NULL,
  verifier      TEXT NOT NULL,
  verified_on   TEXT,
  seen          TEXT NOT NULL,
  note          TEXT NOT NULL
);
CREATE INDEX supervisors_evidence_of ON supervisors_evidence (tenant_id, supervisor_id, id);

CREATE TABLE supervisors_incompatibility (
  tenant_id     TEXT NOT NULL REFERENCES identity_body (id),
  id            TEXT NOT NULL PRIMARY KEY,
  version       INTEGER NOT NULL,
  created_at    BIGINT NOT NULL,
  updated_at    BIGINT NOT NULL,
  supervisor_id TEXT NOT NULL REFERENCES supervisors_supervisor (id),
  body_id       TEXT NOT NULL REFERENCES identity_body (id),
  body_name     TEXT NOT NULL,
  reason        TEXT NOT NULL,
  until         TEXT,
  note          TEXT NOT NULL,
  added_by      TEXT NOT NULL
);
CREATE INDEX supervisors_incompatibility_of ON supervisors_incompatibility (tenant_id, supervisor_id, id);

CREATE TABLE supervisors_unavailability (
  tenant_id     TEXT NOT NULL REFERENCES identity_body (id),
  id            TEXT NOT NULL PRIMARY KEY,
  version       INTEGER NOT NULL,
  created_at    BIGINT NOT NULL,
  updated_at    BIGINT NOT NULL,
  supervisor_id TEXT NOT NULL REFERENCES supervisors_supervisor (id),
  date_from     TEXT,
  date_to       TEXT,
  weekdays      TEXT NOT NULL,
  start         INTEGER NOT NULL,
  ends          INTEGER NOT NULL
);
CREATE INDEX supervisors_unavailability_of ON supervisors_unavailability (tenant_id, supervisor_id, id);
