-- +goose Up
CREATE TABLE mail_message (
  tenant_id  TEXT NOT NULL,
  id         TEXT NOT NULL PRIMARY KEY,
  version    INTEGER NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  user_id    TEXT NOT NULL,
  recipient  TEXT NOT NULL,
  subject    TEXT NOT NULL,
  text       TEXT NOT NULL,
  language   TEXT NOT NULL,
  ref_kind   TEXT NOT NULL,
  ref_id     TEXT NOT NULL,
  state      TEXT NOT NULL CHECK (state IN ('queued', 'sent', 'failed')),
  sent_at    BIGINT,
  problem    TEXT NOT NULL
);
CREATE INDEX mail_message_user ON mail_message (user_id, id);
CREATE INDEX mail_message_tenant ON mail_message (tenant_id, id);
