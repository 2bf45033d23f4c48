-- +goose Up
CREATE TABLE territory_office (
  tenant_id  TEXT NOT NULL UNIQUE,
  id         TEXT NOT NULL PRIMARY KEY,
  version    INTEGER NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  pack       TEXT NOT NULL,
  country    TEXT NOT NULL,
  region     TEXT NOT NULL,
  seat       TEXT NOT NULL,
  area_kind  TEXT NOT NULL
);

CREATE TABLE territory_place (
  tenant_id       TEXT NOT NULL,
  id              TEXT NOT NULL PRIMARY KEY,
  version         INTEGER NOT NULL,
  created_at      BIGINT NOT NULL,
  updated_at      BIGINT NOT NULL,
  code            TEXT NOT NULL,
  kind            TEXT NOT NULL,
  name            TEXT NOT NULL,
  name_fold       TEXT NOT NULL,
  area            TEXT NOT NULL,
  area_fold       TEXT NOT NULL,
  population      INTEGER NOT NULL,
  population_year INTEGER NOT NULL,
  lat             DOUBLE PRECISION NOT NULL,
  lon             DOUBLE PRECISION NOT NULL,
  body_id         TEXT NOT NULL,
  status          TEXT NOT NULL,
  note            TEXT NOT NULL,
  UNIQUE (tenant_id, code)
);
CREATE INDEX territory_place_name ON territory_place (tenant_id, name_fold, id);
CREATE INDEX territory_place_body ON territory_place (tenant_id, body_id);

CREATE TABLE territory_holiday (
  tenant_id  TEXT NOT NULL,
  id         TEXT NOT NULL PRIMARY KEY,
  version    INTEGER NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  date       TEXT NOT NULL,
  scope      TEXT NOT NULL,
  place      TEXT NOT NULL,
  name       TEXT NOT NULL,
  source     TEXT NOT NULL,
  status     TEXT NOT NULL,
  UNIQUE (tenant_id, date, place)
);
CREATE INDEX territory_holiday_place ON territory_holiday (tenant_id, place, date);

CREATE TABLE territory_suspension (
  tenant_id  TEXT NOT NULL,
  id         TEXT NOT NULL PRIMARY KEY,
  version    INTEGER NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  date_from  TEXT NOT NULL,
  date_to    TEXT,
  name       TEXT NOT NULL,
  source     TEXT NOT NULL,
  UNIQUE (tenant_id, date_from, name)
);

CREATE TABLE territory_parameter (
  tenant_id  TEXT NOT NULL,
  id         TEXT NOT NULL PRIMARY KEY,
  version    INTEGER NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  param_key  TEXT NOT NULL,
  value      DOUBLE PRECISION NOT NULL,
  unit       TEXT NOT NULL,
  valid_from TEXT NOT NULL,
  valid_to   TEXT,
  source     TEXT NOT NULL,
  status     TEXT NOT NULL,
  UNIQUE (tenant_id, param_key, valid_from)
);
