-- +goose Up
CREATE TABLE catalogue_resource (
  tenant_id  TEXT NOT NULL REFERENCES identity_body (id),
  id         TEXT NOT NULL PRIMARY KEY,
  version    INTEGER NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  code       TEXT NOT NULL,
  edition    TEXT NOT NULL,
  kind       TEXT NOT NULL,
  state      TEXT NOT NULL,
  published  INTEGER NOT NULL,
  latest     INTEGER NOT NULL,
  changed    BOOLEAN NOT NULL,
  title_fold TEXT NOT NULL,
  words      TEXT NOT NULL,
  sheet      TEXT NOT NULL,
  edited_by  TEXT NOT NULL
);
CREATE UNIQUE INDEX catalogue_resource_code ON catalogue_resource (tenant_id, code, edition);
CREATE INDEX catalogue_resource_title ON catalogue_resource (tenant_id, title_fold, id);

CREATE TABLE catalogue_version (
  tenant_id    TEXT NOT NULL REFERENCES identity_body (id),
  id           TEXT NOT NULL PRIMARY KEY,
  version      INTEGER NOT NULL,
  created_at   BIGINT NOT NULL,
  updated_at   BIGINT NOT NULL,
  resource_id  TEXT NOT NULL REFERENCES catalogue_resource (id),
  number       INTEGER NOT NULL,
  sheet        TEXT NOT NULL,
  published_at BIGINT NOT NULL,
  published_by TEXT NOT NULL,
  kind         TEXT NOT NULL,
  subject      TEXT NOT NULL,
  recipients   TEXT NOT NULL,
  modalities   TEXT NOT NULL,
  valid_from   TEXT,
  valid_to     TEXT,
  words        TEXT NOT NULL,
  title_ca     TEXT NOT NULL,
  title_es     TEXT NOT NULL,
  title_it     TEXT NOT NULL,
  title_en     TEXT NOT NULL
);
CREATE UNIQUE INDEX catalogue_version_number ON catalogue_version (resource_id, number);

-- only: sqlite
-- +goose StatementBegin
CREATE TRIGGER catalogue_version_kept BEFORE UPDATE ON catalogue_version
BEGIN SELECT RAISE(ABORT, 'a published version never changes'); END;
-- +goose StatementEnd
-- only: postgres
-- +goose StatementBegin
CREATE FUNCTION catalogue_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'a published version never changes'; END $$;
-- +goose StatementEnd
CREATE TRIGGER catalogue_version_kept BEFORE UPDATE ON catalogue_version
FOR EACH ROW EXECUTE FUNCTION catalogue_refuse();
-- both
