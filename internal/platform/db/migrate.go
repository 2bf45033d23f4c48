package db

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/database"
	"github.com/pressly/goose/v3/lock"
)

// Schema is the migrations of one package: files named 0001_init.sql and so on
// in a folder called migrations, in goose's format. They are never edited once
// released; a test keeps their checksums.
type Schema struct {
	Name  string // the package, which also prefixes its tables
	Files fs.FS
}

// Migrate brings the database up to the newest schema, package by package in
// the given order. Each package keeps its own version.
//
// A migration is portable. Where the engines differ (triggers), lines between
// "-- only: sqlite" or "-- only: postgres" and "-- both" run on that engine.
func (d *DB) Migrate(ctx context.Context, schemas ...Schema) error {
	for _, s := range schemas {
		if err := d.migrate(ctx, s); err != nil {
			return fmt.Errorf("migrate %s: %w", s.Name, err)
		}
	}
	return nil
}

func (d *DB) migrate(ctx context.Context, s Schema) error {
	files, err := fs.Sub(s.Files, "migrations")
	if err != nil {
		return err
	}
	dialect, pool := database.DialectPostgres, d.pool
	var options []goose.ProviderOption
	if d.Engine == SQLite {
		dialect, pool = database.DialectSQLite3, d.lite.pool
	} else {
		locker, err := lock.NewPostgresSessionLocker()
		if err != nil {
			return err
		}
		options = append(options, goose.WithSessionLocker(locker))
	}
	store, err := database.NewStore(dialect, "goose_"+s.Name)
	if err != nil {
		return err
	}
	options = append(options, goose.WithStore(store))
	provider, err := goose.NewProvider("", pool, engineFS{files, d.Engine}, options...)
	if err != nil {
		return err
	}
	_, err = provider.Up(ctx)
	return err
}

// engineFS shows the files of a schema as one engine must read them.
type engineFS struct {
	fs.FS
	engine Engine
}

// Open implements fs.FS.
func (e engineFS) Open(name string) (fs.File, error) {
	f, err := e.FS.Open(name)
	if err != nil || !strings.HasSuffix(name, ".sql") {
		return f, err
	}
	raw, err := io.ReadAll(f)
	if err != nil {
		return nil, err
	}
	return &engineFile{File: f, text: bytes.NewReader(only(raw, e.engine))}, nil
}

// Glob implements fs.GlobFS.
func (e engineFS) Glob(pattern string) ([]string, error) { return fs.Glob(e.FS, pattern) }

type engineFile struct {
	fs.File
	text *bytes.Reader
}

func (f *engineFile) Read(p []byte) (int, error) { return f.text.Read(p) }

func only(raw []byte, engine Engine) []byte {
	var kept bytes.Buffer
	on := true
	for line := range bytes.Lines(raw) {
		switch mark := strings.TrimSpace(string(line)); mark {
		case "-- only: sqlite", "-- only: postgres":
			on = mark == "-- only: "+string(engine)
		case "-- both":
			on = true
		default:
			if on {
				kept.Write(line)
			}
		}
	}
	return kept.Bytes()
}
