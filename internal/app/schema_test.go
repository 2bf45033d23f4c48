package app_test

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"bastida/internal/platform/db"
	"bastida/internal/platform/testkit"
)

type columnRow struct {
	Table  string `db:"table_name"`
	Column string `db:"column_name"`
}

// columnsOf lists the columns of every table, as the engine itself tells.
func columnsOf(t *testing.T, d *db.DB) map[string][]string {
	t.Helper()
	statement := `SELECT m.name AS table_name, c.name AS column_name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' ORDER BY 1, 2`
	if d.Engine == db.Postgres {
		statement = `SELECT table_name::text, column_name::text FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2`
	}
	found := map[string][]string{}
	err := d.ViewAcross(t.Context(), "the schema belongs to nobody", func(tx *db.Tx) error {
		rows, err := db.All[columnRow](tx, statement)
		for _, r := range rows {
			found[r.Table] = append(found[r.Table], r.Column)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// TestSchemaHasNotDrifted compares the structs with the tables of both engines:
// a column that one of them lacks fails here and not in front of somebody.
func TestSchemaHasNotDrifted(t *testing.T) {
	t.Parallel()
	a := open(t)
	testkit.EachEngine(t, a.Schemas(), func(t *testing.T, d *db.DB) {
		stored := columnsOf(t, d)
		for _, m := range a.Modules {
			for _, table := range m.Tables {
				columns := slices.Sorted(slices.Values(table.Columns()))
				if !slices.Equal(columns, stored[table.Name()]) {
					t.Errorf("%s: the struct has %v, the table %v", table.Name(), columns, stored[table.Name()])
				}
			}
		}
		if d.Engine == db.SQLite {
			golden(t, "schema.md", schemaPage(stored))
		}
	})
}

func schemaPage(stored map[string][]string) string {
	var b strings.Builder
	b.WriteString("# Schema\n\nTables and columns, the same on both engines.\n")
	var names []string
	for name := range stored {
		if !strings.HasPrefix(name, "goose_") && !strings.HasPrefix(name, "sqlite_") {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		fmt.Fprintf(&b, "\n## %s\n\n%s\n", name, strings.Join(stored[name], ", "))
	}
	return b.String()
}

// TestMigrationsAreNeverEdited keeps the checksum of every migration: what has
// run somewhere must stay as it was. A new one is added with make golden.
func TestMigrationsAreNeverEdited(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	b.WriteString("# Checksums of migrations\n\n| module | file | SHA-256 |\n|---|---|---|\n")
	for _, s := range open(t).Schemas() {
		names, err := fs.Glob(s.Files, "migrations/*.sql")
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			raw, err := fs.ReadFile(s.Files, name)
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(&b, "| %s | %s | %x |\n", s.Name, name, sha256.Sum256(raw))
		}
	}
	golden(t, "migrations.md", b.String())
}
