-- +goose Up
CREATE TABLE hours_turn (
  tenant_id  TEXT NOT NULL REFERENCES identity_body (id),
  id         TEXT NOT NULL PRIMARY KEY REFERENCES supervision_programme (id),
  version    INTEGER NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  taken      INTEGER NOT NULL
);

CREATE TABLE hours_entry (
  tenant_id      TEXT NOT NULL REFERENCES identity_body (id),
  id             TEXT NOT NULL PRIMARY KEY,
  version        INTEGER NOT NULL,
  created_at     BIGINT NOT NULL,
  updated_at     BIGINT NOT NULL,
  programme_id   TEXT NOT NULL REFERENCES supervision_programme (id),
  group_id       TEXT NOT NULL,
  contract_id    TEXT NOT NULL,
  number         INTEGER NOT NULL,
  kind           TEXT NOT NULL,
  minutes        INTEGER NOT NULL,
  person_minutes INTEGER NOT NULL,
  released       INTEGER NOT NULL,
  ref            TEXT NOT NULL,
  corrects       TEXT NOT NULL,
  entered_by     TEXT NOT NULL,
  note           TEXT NOT NULL,
  UNIQUE (tenant_id, programme_id, number)
);
CREATE INDEX hours_entry_of_group ON hours_entry (tenant_id, group_id, number);

CREATE TABLE hours_invoice (
  tenant_id    TEXT NOT NULL REFERENCES identity_body (id),
  id           TEXT NOT NULL PRIMARY KEY,
  version      INTEGER NOT NULL,
  created_at   BIGINT NOT NULL,
  updated_at   BIGINT NOT NULL,
  programme_id TEXT NOT NULL REFERENCES supervision_programme (id),
  contract_id  TEXT NOT NULL,
  number       TEXT NOT NULL,
  date         TEXT NOT NULL,
  items        TEXT NOT NULL,
  minutes      INTEGER NOT NULL,
  cents        INTEGER NOT NULL,
  UNIQUE (tenant_id, contract_id, number)
);
CREATE INDEX hours_invoice_of ON hours_invoice (tenant_id, programme_id, date);

-- only: sqlite
-- +goose StatementBegin
CREATE TRIGGER hours_entry_kept BEFORE UPDATE ON hours_entry
BEGIN SELECT RAISE(ABORT, 'entries of hours are append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER hours_entry_stays BEFORE DELETE ON hours_entry
BEGIN SELECT RAISE(ABORT, 'entries of hours are append-only'); END;
-- +goose StatementEnd
-- only: postgres
-- +goose StatementBegin
CREATE FUNCTION hours_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'entries of hours are append-only'; END $$;
-- +goose StatementEnd
CREATE TRIGGER hours_entry_kept BEFORE UPDATE OR DELETE ON hours_entry
FOR EACH ROW EXECUTE FUNCTION hours_refuse();
-- both
