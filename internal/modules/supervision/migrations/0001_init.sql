-- +goose Up
CREATE TABLE supervision_programme (
  tenant_id    TEXT NOT NULL REFERENCES identity_body (id),
  id           TEXT NOT NULL PRIMARY KEY,
  version      INTEGER NOT NULL,
  created_at   BIGINT NOT NULL,
  updated_at   BIGINT NOT NULL,
  title        TEXT NOT NULL,
  title_fold   TEXT NOT NULL,
  season       TEXT NOT NULL,
  territory    TEXT NOT NULL,
  origin       TEXT NOT NULL,
  origin_note  TEXT NOT NULL,
  call_id      TEXT NOT NULL,
  profile_code TEXT NOT NULL,
  profile      TEXT NOT NULL,
  starts       TEXT NOT NULL,
  ends         TEXT NOT NULL,
  state        TEXT NOT NULL,
  opened_at    BIGINT,
  closed_at    BIGINT,
  closed_by    TEXT NOT NULL,
  group_count  INTEGER NOT NULL
);
CREATE INDEX supervision_programme_listed ON supervision_programme (tenant_id, starts);

CREATE TABLE supervision_contract (
  tenant_id    TEXT NOT NULL REFERENCES identity_body (id),
  id           TEXT NOT NULL PRIMARY KEY,
  version      INTEGER NOT NULL,
  created_at   BIGINT NOT NULL,
  updated_at   BIGINT NOT NULL,
  programme_id TEXT NOT NULL REFERENCES supervision_programme (id),
  provider     TEXT NOT NULL,
  scheme       TEXT NOT NULL,
  reference    TEXT NOT NULL,
  signed_on    TEXT,
  minutes      INTEGER NOT NULL,
  price_cents  INTEGER NOT NULL,
  document     TEXT NOT NULL
);
CREATE INDEX supervision_contract_of ON supervision_contract (tenant_id, programme_id);

CREATE TABLE supervision_group (
  tenant_id       TEXT NOT NULL REFERENCES identity_body (id),
  id              TEXT NOT NULL PRIMARY KEY,
  version         INTEGER NOT NULL,
  created_at      BIGINT NOT NULL,
  updated_at      BIGINT NOT NULL,
  programme_id    TEXT NOT NULL REFERENCES supervision_programme (id),
  number          INTEGER NOT NULL,
  name            TEXT NOT NULL,
  kind            TEXT NOT NULL,
  area            TEXT NOT NULL,
  place_code      TEXT NOT NULL,
  place_name      TEXT NOT NULL,
  language        TEXT NOT NULL,
  goals           TEXT NOT NULL,
  bodies          TEXT NOT NULL,
  expected        INTEGER NOT NULL,
  present         INTEGER NOT NULL,
  members         TEXT NOT NULL,
  supervisor_id   TEXT NOT NULL,
  supervisor_user TEXT NOT NULL,
  supervisor_name TEXT NOT NULL,
  minutes         INTEGER NOT NULL,
  contract_id     TEXT NOT NULL,
  formed_id       TEXT NOT NULL,
  UNIQUE (tenant_id, programme_id, number)
);
CREATE INDEX supervision_group_led ON supervision_group (tenant_id, supervisor_user);

CREATE TABLE supervision_participant (
  tenant_id    TEXT NOT NULL REFERENCES identity_body (id),
  id           TEXT NOT NULL PRIMARY KEY,
  version      INTEGER NOT NULL,
  created_at   BIGINT NOT NULL,
  updated_at   BIGINT NOT NULL,
  programme_id TEXT NOT NULL REFERENCES supervision_programme (id),
  group_id     TEXT NOT NULL REFERENCES supervision_group (id),
  user_id      TEXT NOT NULL,
  name         TEXT NOT NULL,
  name_fold    TEXT NOT NULL,
  email        TEXT NOT NULL,
  profession   TEXT NOT NULL,
  body_id      TEXT NOT NULL,
  body_name    TEXT NOT NULL,
  employer     TEXT NOT NULL,
  joined_on    TEXT NOT NULL,
  left_on      TEXT
);
CREATE INDEX supervision_participant_of ON supervision_participant (tenant_id, group_id);
CREATE INDEX supervision_participant_user ON supervision_participant (tenant_id, user_id);
CREATE INDEX supervision_participant_body ON supervision_participant (tenant_id, body_id);
