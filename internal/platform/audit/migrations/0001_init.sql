-- +goose Up
CREATE TABLE audit_entry (
  tenant_id TEXT NOT NULL,
  seq       BIGINT NOT NULL,
  at        BIGINT NOT NULL,
  user_id   TEXT NOT NULL,
  user_name TEXT NOT NULL,
  role      TEXT NOT NULL,
  body_id   TEXT NOT NULL,
  via       TEXT NOT NULL,
  request   TEXT NOT NULL,
  op        TEXT NOT NULL,
  kind      TEXT NOT NULL,
  record_id TEXT NOT NULL,
  step      TEXT NOT NULL,
  before    TEXT NOT NULL,
  after     TEXT NOT NULL,
  prior     TEXT NOT NULL,
  hash      TEXT NOT NULL,
  PRIMARY KEY (tenant_id, seq)
);
CREATE INDEX audit_entry_record ON audit_entry (tenant_id, kind, record_id, seq);
CREATE TABLE audit_head (
  tenant_id TEXT NOT NULL PRIMARY KEY,
  seq       BIGINT NOT NULL,
  hash      TEXT NOT NULL
);

-- only: sqlite
-- +goose StatementBegin
CREATE TRIGGER audit_entry_kept BEFORE UPDATE ON audit_entry
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_entry_stays BEFORE DELETE ON audit_entry
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
-- +goose StatementEnd
-- only: postgres
-- +goose StatementBegin
CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the audit trail is append-only'; END $$;
-- +goose StatementEnd
CREATE TRIGGER audit_entry_kept BEFORE UPDATE OR DELETE ON audit_entry
FOR EACH ROW EXECUTE FUNCTION audit_refuse();
-- both
