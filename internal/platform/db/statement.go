package db

import (
	"context"
	"database/sql"
	"fmt"
)

// statement is a text ready to run inside a transaction.
type statement interface {
	ExecContext(ctx context.Context, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, args ...any) (*sql.Rows, error)
}

// statement finds or prepares a text. pgx keeps its own cache, so only SQLite
// uses ours; texts are compile-time strings, or lists with a bounded number of
// placeholders, so the caches stay small.
func (t *Tx) statement(text string) (statement, error) {
	switch {
	case t.db.Engine == Postgres:
		return plain{t.sql, text}, nil
	case t.writer != nil:
		return t.writer.prepare(text)
	default:
		stmt, err := t.db.reader(text)
		if err != nil {
			return nil, err
		}
		return t.sql.StmtContext(t.Context, stmt), nil
	}
}

// plain is a text that the driver prepares by itself.
type plain struct {
	tx   *sql.Tx
	text string
}

func (p plain) ExecContext(ctx context.Context, args ...any) (sql.Result, error) {
	return p.tx.ExecContext(ctx, p.text, args...)
}

func (p plain) QueryContext(ctx context.Context, args ...any) (*sql.Rows, error) {
	return p.tx.QueryContext(ctx, p.text, args...)
}

func (d *DB) reader(text string) (*sql.Stmt, error) {
	if s, ok := d.cached.Load(text); ok {
		return s.(*sql.Stmt), nil
	}
	// Not the request's context: the statement outlives the request.
	s, err := d.pool.PrepareContext(context.Background(), text)
	if err != nil {
		return nil, fmt.Errorf("prepare %q: %w", text, err)
	}
	if kept, twice := d.cached.LoadOrStore(text, s); twice {
		_ = s.Close() //nolint:sqlclosecheck // only this copy is not needed: another reader was first
		return kept.(*sql.Stmt), nil
	}
	return s, nil
}

// writer is the one connection through which SQLite is written. Whoever holds
// the turn may use it; the others wait in line.
type writer struct {
	pool   *sql.DB
	conn   *sql.Conn
	turn   chan struct{}
	cached map[string]*sql.Stmt // touched only by the holder of the turn
}

func openWriter(ctx context.Context, dsn string) (*writer, error) {
	pool, err := sql.Open("sqlite", dsn)
	if err != nil {
		return nil, err
	}
	conn, err := pool.Conn(ctx)
	if err != nil {
		_ = pool.Close()
		return nil, err
	}
	return &writer{pool: pool, conn: conn, turn: make(chan struct{}, 1), cached: map[string]*sql.Stmt{}}, nil
}

func (w *writer) begin(ctx context.Context) (*sql.Tx, error) {
	select {
	case w.turn <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	tx, err := w.conn.BeginTx(ctx, nil)
	if err != nil {
		w.release()
		return nil, err
	}
	return tx, nil
}

func (w *writer) release() { <-w.turn }

func (w *writer) prepare(text string) (*sql.Stmt, error) {
	if s, ok := w.cached[text]; ok {
		return s, nil
	}
	s, err := w.conn.PrepareContext(context.Background(), text)
	if err != nil {
		return nil, fmt.Errorf("prepare %q: %w", text, err)
	}
	w.cached[text] = s
	return s, nil
}

func (w *writer) close() error {
	w.turn <- struct{}{}
	_ = w.conn.Close()
	return w.pool.Close()
}
