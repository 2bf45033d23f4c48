-- +goose Up
CREATE TABLE sessions_turn (
  tenant_id  TEXT NOT NULL REFERENCES identity_body (id),
  id         TEXT NOT NULL PRIMARY KEY,
  version    INTEGER NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  taken      INTEGER NOT NULL
);

CREATE TABLE sessions_session (
  tenant_id       TEXT NOT NULL REFERENCES identity_body (id),
  id              TEXT NOT NULL PRIMARY KEY,
  version         INTEGER NOT NULL,
  created_at      BIGINT NOT NULL,
  updated_at      BIGINT NOT NULL,
  programme_id    TEXT NOT NULL REFERENCES supervision_programme (id),
  group_id        TEXT NOT NULL REFERENCES supervision_group (id),
  group_name      TEXT NOT NULL,
  supervisor_id   TEXT NOT NULL,
  supervisor_user TEXT NOT NULL,
  supervisor_name TEXT NOT NULL,
  number          INTEGER NOT NULL,
  day             TEXT NOT NULL,
  start           INTEGER NOT NULL,
  minutes         INTEGER NOT NULL,
  place_code      TEXT NOT NULL,
  place_name      TEXT NOT NULL,
  room            TEXT NOT NULL,
  online          TEXT NOT NULL,
  state           TEXT NOT NULL,
  despite         TEXT NOT NULL,
  sequence        INTEGER NOT NULL,
  sign_key        TEXT NOT NULL UNIQUE,
  cancel_reason   TEXT NOT NULL,
  cancel_note     TEXT NOT NULL,
  cancelled_at    BIGINT,
  cancelled_by    TEXT NOT NULL,
  short_notice    BOOLEAN NOT NULL,
  rebook_by       TEXT,
  replaces        TEXT NOT NULL,
  held_minutes    INTEGER NOT NULL,
  person_minutes  INTEGER NOT NULL,
  closed_at       BIGINT,
  closed_by       TEXT NOT NULL,
  UNIQUE (tenant_id, group_id, number)
);
CREATE INDEX sessions_session_day ON sessions_session (tenant_id, day, start);
CREATE INDEX sessions_session_group ON sessions_session (tenant_id, group_id, day);
CREATE INDEX sessions_session_programme ON sessions_session (tenant_id, programme_id, day);
CREATE INDEX sessions_session_supervisor ON sessions_session (tenant_id, supervisor_user, day);

CREATE TABLE sessions_attendance (
  tenant_id      TEXT NOT NULL REFERENCES identity_body (id),
  id             TEXT NOT NULL PRIMARY KEY,
  version        INTEGER NOT NULL,
  created_at     BIGINT NOT NULL,
  updated_at     BIGINT NOT NULL,
  programme_id   TEXT NOT NULL REFERENCES supervision_programme (id),
  session_id     TEXT NOT NULL REFERENCES sessions_session (id),
  group_id       TEXT NOT NULL REFERENCES supervision_group (id),
  participant_id TEXT NOT NULL REFERENCES supervision_participant (id),
  user_id        TEXT NOT NULL,
  name           TEXT NOT NULL,
  profession     TEXT NOT NULL,
  body_id        TEXT NOT NULL,
  body_name      TEXT NOT NULL,
  mark           TEXT NOT NULL,
  late           INTEGER NOT NULL,
  left_by        INTEGER NOT NULL,
  minutes        INTEGER NOT NULL,
  signed_at      BIGINT,
  how            TEXT NOT NULL,
  marked_by      TEXT NOT NULL,
  UNIQUE (tenant_id, session_id, participant_id)
);
CREATE INDEX sessions_attendance_programme ON sessions_attendance (tenant_id, programme_id);

CREATE TABLE sessions_correction (
  tenant_id      TEXT NOT NULL REFERENCES identity_body (id),
  id             TEXT NOT NULL PRIMARY KEY,
  version        INTEGER NOT NULL,
  created_at     BIGINT NOT NULL,
  updated_at     BIGINT NOT NULL,
  session_id     TEXT NOT NULL REFERENCES sessions_session (id),
  participant_id TEXT NOT NULL,
  name           TEXT NOT NULL,
  before_mark    TEXT NOT NULL,
  after_mark     TEXT NOT NULL,
  before_minutes INTEGER NOT NULL,
  after_minutes  INTEGER NOT NULL,
  reason         TEXT NOT NULL,
  entered_by     TEXT NOT NULL
);
CREATE INDEX sessions_correction_of ON sessions_correction (tenant_id, session_id);

-- only: sqlite
-- +goose StatementBegin
CREATE TRIGGER sessions_correction_kept BEFORE UPDATE ON sessions_correction
BEGIN SELECT RAISE(ABORT, 'corrections of sessions are append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER sessions_correction_stays BEFORE DELETE ON sessions_correction
BEGIN SELECT RAISE(ABORT, 'corrections of sessions are append-only'); END;
-- +goose StatementEnd
-- only: postgres
-- +goose StatementBegin
CREATE FUNCTION sessions_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'corrections of sessions are append-only'; END $$;
-- +goose StatementEnd
CREATE TRIGGER sessions_correction_kept BEFORE UPDATE OR DELETE ON sessions_correction
FOR EACH ROW EXECUTE FUNCTION sessions_refuse();
-- both
