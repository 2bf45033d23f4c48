// Package testkit gives tests the real thing: a real SQLite file, a real
// PostgreSQL, real pages through the front door.
//
//	func TestLife(t *testing.T) {
//		testkit.EachEngine(t, schemas, func(t *testing.T, d *db.DB) {
//			…
//		})
//	}
//
// Both engines start each test from a copy of a migrated template, so tests
// run side by side and never see each other. PostgreSQL is the one named by
// BASTIDA_TEST_POSTGRES, or a private cluster started from the machine's own
// binaries; where there are none the test is skipped, loudly.
package testkit

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"bastida/internal/platform/audit"
	"bastida/internal/platform/db"
)

// Now is the instant at which tests live, unless they say otherwise: a Monday
// morning within the window of the call of 2020.
var Now = time.Date(2020, 1, 20, 9, 0, 0, 0, time.UTC)

// Clock is a clock that tests set.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

// Now returns the instant of the clock.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Set moves the clock.
func (c *Clock) Set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = t
}

// EachEngine runs f on SQLite and on PostgreSQL, in parallel, each with a
// database of its own that holds the audit trail and the given schemas. The
// clock stands still at Now.
func EachEngine(t *testing.T, schemas []db.Schema, f func(t *testing.T, d *db.DB)) {
	t.Helper()
	EachURL(t, schemas, func(t *testing.T, url string) {
		clock := &Clock{now: Now}
		f(t, Open(t, url, clock))
	})
}

// EachURL runs f with the address of a fresh database on each engine.
func EachURL(t *testing.T, schemas []db.Schema, f func(t *testing.T, url string)) {
	t.Helper()
	schemas = append([]db.Schema{audit.Schema}, schemas...)
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		f(t, sqliteCopy(t, schemas))
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		f(t, postgresCopy(t, schemas))
	})
}

// NewClock returns a clock that stands at an instant.
func NewClock(at time.Time) *Clock { return &Clock{now: at} }

// Open opens a database with the audit trail on and closes it with the test.
func Open(t *testing.T, url string, clock *Clock) *db.DB {
	t.Helper()
	d, err := db.Open(t.Context(), db.Options{URL: url, Now: clock.Now, Observe: audit.Record})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return d
}

// template is a database migrated once for a list of schemas.
type template struct {
	once sync.Once
	name string // a file, or a database of the cluster
	err  error
}

var (
	templatesMu sync.Mutex
	templates   = map[string]*template{}
)

func templateFor(engine db.Engine, schemas []db.Schema) (*template, string) {
	var names []string
	for _, s := range schemas {
		names = append(names, s.Name)
	}
	sum := sha256.Sum256([]byte(strings.Join(names, ",")))
	key := hex.EncodeToString(sum[:6])
	templatesMu.Lock()
	defer templatesMu.Unlock()
	id := string(engine) + key
	if templates[id] == nil {
		templates[id] = &template{}
	}
	return templates[id], key
}

func migrated(url string, schemas []db.Schema) error {
	ctx := context.Background()
	d, err := db.Open(ctx, db.Options{URL: url})
	if err != nil {
		return err
	}
	defer d.Close() // the migration's error is the one that matters
	return d.Migrate(ctx, schemas...)
}

func sqliteCopy(t *testing.T, schemas []db.Schema) string {
	t.Helper()
	tpl, key := templateFor(db.SQLite, schemas)
	tpl.once.Do(func() {
		folder, err := os.MkdirTemp("", "bastida-template-"+key)
		if err != nil {
			tpl.err = err
			return
		}
		tpl.name = filepath.Join(folder, "template.db")
		tpl.err = migrated(tpl.name, schemas)
	})
	if tpl.err != nil {
		t.Fatal(tpl.err)
	}
	raw, err := os.ReadFile(tpl.name)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "test.db")
	if err := os.WriteFile(file, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}
