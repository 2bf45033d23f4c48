-- +goose Up
CREATE TABLE certificates_accreditation (
  tenant_id     TEXT NOT NULL REFERENCES identity_body (id),
  id            TEXT NOT NULL PRIMARY KEY,
  version       INTEGER NOT NULL,
  created_at    BIGINT NOT NULL,
  updated_at    BIGINT NOT NULL,
  programme_id  TEXT NOT NULL REFERENCES supervision_programme (id),
  group_id      TEXT NOT NULL REFERENCES supervision_group (id),
  credit        TEXT NOT NULL,
  event         TEXT NOT NULL,
  accredited_by TEXT NOT NULL,
  accredited_on TEXT NOT NULL,
  minutes       INTEGER NOT NULL,
  entered_by    TEXT NOT NULL
);
CREATE INDEX certificates_accreditation_of ON certificates_accreditation (tenant_id, programme_id, group_id);

CREATE TABLE certificates_certificate (
  tenant_id     TEXT NOT NULL REFERENCES identity_body (id),
  id            TEXT NOT NULL PRIMARY KEY,
  version       INTEGER NOT NULL,
  created_at    BIGINT NOT NULL,
  updated_at    BIGINT NOT NULL,
  programme_id  TEXT NOT NULL REFERENCES supervision_programme (id),
  person_id     TEXT NOT NULL,
  user_id       TEXT NOT NULL,
  email         TEXT NOT NULL,
  name          TEXT NOT NULL,
  name_fold     TEXT NOT NULL,
  kind          TEXT NOT NULL,
  year          INTEGER NOT NULL,
  number        INTEGER NOT NULL,
  code          TEXT NOT NULL UNIQUE,
  content       TEXT NOT NULL,
  sha256        TEXT NOT NULL,
  state         TEXT NOT NULL,
  issued_at     BIGINT NOT NULL,
  issued_by     TEXT NOT NULL,
  corrects      TEXT NOT NULL,
  replaced_by   TEXT NOT NULL,
  withdrawn_at  BIGINT,
  withdrawn_why TEXT NOT NULL,
  UNIQUE (tenant_id, year, number)
);
CREATE INDEX certificates_certificate_of ON certificates_certificate (tenant_id, programme_id);
CREATE INDEX certificates_certificate_person ON certificates_certificate (tenant_id, user_id);
