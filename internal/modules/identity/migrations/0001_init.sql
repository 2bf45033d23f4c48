-- +goose Up
CREATE TABLE identity_body (
  tenant_id  TEXT NOT NULL,
  id         TEXT NOT NULL PRIMARY KEY,
  version    INTEGER NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  code       TEXT NOT NULL UNIQUE,
  pack       TEXT NOT NULL,
  kind       TEXT NOT NULL,
  name       TEXT NOT NULL,
  name_fold  TEXT NOT NULL,
  unit       TEXT NOT NULL,
  mark       TEXT NOT NULL,
  language   TEXT NOT NULL,
  hue        DOUBLE PRECISION NOT NULL,
  chroma     DOUBLE PRECISION NOT NULL,
  leads_pack BOOLEAN NOT NULL,
  CHECK (tenant_id = id)
);
CREATE INDEX identity_body_name ON identity_body (name_fold, id);

CREATE TABLE identity_user (
  tenant_id   TEXT NOT NULL REFERENCES identity_body (id),
  id          TEXT NOT NULL PRIMARY KEY,
  version     INTEGER NOT NULL,
  created_at  BIGINT NOT NULL,
  updated_at  BIGINT NOT NULL,
  email       TEXT NOT NULL UNIQUE,
  name        TEXT NOT NULL,
  name_fold   TEXT NOT NULL,
  language    TEXT NOT NULL,
  password    TEXT NOT NULL,
  failures    INTEGER NOT NULL,
  locked_till BIGINT,
  disabled    BOOLEAN NOT NULL,
  demo        BOOLEAN NOT NULL
);
CREATE INDEX identity_user_name ON identity_user (tenant_id, name_fold, id);

CREATE TABLE identity_membership (
  tenant_id  TEXT NOT NULL REFERENCES identity_body (id),
  id         TEXT NOT NULL PRIMARY KEY,
  version    INTEGER NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  user_id    TEXT NOT NULL REFERENCES identity_user (id),
  role       TEXT NOT NULL,
  body_id    TEXT NOT NULL,
  unit       TEXT NOT NULL,
  ended      BOOLEAN NOT NULL
);
CREATE INDEX identity_membership_user ON identity_membership (user_id);
CREATE UNIQUE INDEX identity_membership_once ON identity_membership (tenant_id, user_id, role, body_id, unit) WHERE NOT ended;

CREATE TABLE identity_token (
  tenant_id     TEXT NOT NULL REFERENCES identity_body (id),
  id            TEXT NOT NULL PRIMARY KEY,
  version       INTEGER NOT NULL,
  created_at    BIGINT NOT NULL,
  updated_at    BIGINT NOT NULL,
  user_id       TEXT NOT NULL REFERENCES identity_user (id),
  membership_id TEXT NOT NULL REFERENCES identity_membership (id),
  name          TEXT NOT NULL,
  fingerprint   TEXT NOT NULL UNIQUE,
  scopes        TEXT NOT NULL,
  expires_at    BIGINT NOT NULL,
  last_used_at  BIGINT,
  revoked       BOOLEAN NOT NULL
);

CREATE TABLE identity_session (
  tenant_id   TEXT NOT NULL,
  fingerprint TEXT NOT NULL PRIMARY KEY,
  data        TEXT NOT NULL,
  expires_at  BIGINT NOT NULL
);
CREATE INDEX identity_session_expiry ON identity_session (expires_at);
