// Package db runs the same SQL on SQLite and PostgreSQL, one tenant at a time.
//
//	err := d.Do(ctx, func(tx *db.Tx) error {
//		call, err := calls.Get(tx, id)
//		…
//	})
//
// Two conventions make that safe. Placeholders are $1, $2… on both engines, and
// $1 is always the tenant of the transaction: callers number their own
// arguments from $2, and a statement that never mentions $1 is refused.
// PostgreSQL is the type checker: every statement runs on both engines in tests.
//
// A verb called inside a transaction joins it, because the transaction travels
// in tx.Context. Every change made through a Table reaches the observer, which
// is how the audit trail is written without anybody asking for it.
package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the PostgreSQL driver
	_ "modernc.org/sqlite"             // the SQLite driver

	"bastida/internal/kernel/record"
)

// Engine is one of the two databases.
type Engine string

// The engines.
const (
	SQLite   Engine = "sqlite"
	Postgres Engine = "postgres"
)

// DB is a connection to one of the two engines.
type DB struct {
	Engine Engine

	now     func() time.Time
	observe Observer
	pool    *sql.DB  // PostgreSQL: everything; SQLite: the readers
	lite    *writer  // SQLite: the one connection that writes
	cached  sync.Map // SQLite: text to *sql.Stmt of the readers
}

// Options say how to open a database.
type Options struct {
	URL     string           // a file name, or postgres://…
	Now     func() time.Time // the clock; nil is the real one
	Observe Observer         // sees every change before it is committed; may be nil
}

// Observer sees the changes of a transaction just before it commits. Its error
// rolls the transaction back.
type Observer func(tx *Tx, changes []Change) error

// Open connects to a database and checks that it answers.
func Open(ctx context.Context, o Options) (*DB, error) {
	d := &DB{now: o.Now, observe: o.Observe}
	if d.now == nil {
		d.now = time.Now
	}
	var err error
	if strings.HasPrefix(o.URL, "postgres://") || strings.HasPrefix(o.URL, "postgresql://") {
		err = d.openPostgres(o.URL)
	} else {
		err = d.openSQLite(ctx, o.URL)
	}
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	if err := d.Ping(ctx); err != nil {
		_ = d.Close()
		return nil, fmt.Errorf("reach database: %w", err)
	}
	return d, nil
}

func (d *DB) openPostgres(url string) (err error) {
	d.Engine = Postgres
	if d.pool, err = sql.Open("pgx", url); err != nil {
		return err
	}
	d.pool.SetMaxOpenConns(24)
	d.pool.SetMaxIdleConns(8)
	return nil
}

// openSQLite opens one connection that writes and several that read: SQLite
// allows one writer, and waiting in Go is fairer than waiting in SQLite.
func (d *DB) openSQLite(ctx context.Context, file string) (err error) {
	d.Engine = SQLite
	base := "file:" + asURI.Replace(file) + "?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=foreign_keys(1)&_pragma=busy_timeout(10000)"
	if d.lite, err = openWriter(ctx, base+"&_txlock=immediate"); err != nil {
		return err
	}
	if d.pool, err = sql.Open("sqlite", base+"&_pragma=query_only(1)"); err != nil {
		return err
	}
	// Readers are not limited in number: a reader that waits for a connection
	// to prepare a statement while it holds another one could wait for ever.
	d.pool.SetMaxIdleConns(8)
	return nil
}

// asURI writes a file name as part of an address.
var asURI = strings.NewReplacer("%", "%25", "?", "%3f", "#", "%23")

// Close releases the connections.
func (d *DB) Close() error {
	err := d.pool.Close()
	if d.lite != nil {
		err = errors.Join(err, d.lite.close())
	}
	return err
}

// Ping checks that the database answers.
func (d *DB) Ping(ctx context.Context) error { return d.pool.PingContext(ctx) }

// Now returns the instant of the database's clock.
func (d *DB) Now() record.Time { return record.At(d.now()) }
