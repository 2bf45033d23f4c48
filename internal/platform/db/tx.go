package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"regexp"

	"github.com/gofrs/uuid/v5"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/record"
)

// Tx is a transaction bound to a tenant, an actor and one instant.
type Tx struct {
	Context context.Context // carries the transaction: verbs called with it join
	Tenant  record.ID
	Actor   actor.Actor
	Now     record.Time

	across bool
	*unit
}

// unit is the transaction of the engine, shared by every Tx that joined it.
type unit struct {
	db       *DB
	sql      *sql.Tx
	writer   *writer // the connection held, when SQLite writes
	readOnly bool
	changes  []Change
	after    []func()
}

type txKey struct{}

var (
	errNoTenant = errors.New("db: statement does not mention the tenant ($1)")
	errReadOnly = errors.New("db: a reading transaction cannot write")
	errUnbound  = errors.New("db: writing across tenants goes through Tx.In")
)

// Do runs f in a transaction that may write, on behalf of the actor of ctx. It
// commits when f returns nil and rolls back otherwise. Inside another
// transaction it joins that one.
func (d *DB) Do(ctx context.Context, f func(*Tx) error) error {
	return d.run(ctx, false, false, f)
}

// View runs f in a transaction that only reads.
func (d *DB) View(ctx context.Context, f func(*Tx) error) error {
	return d.run(ctx, true, false, f)
}

// Across runs f in a transaction that is bound to no tenant: its statements
// number their arguments from $1 and may read every tenant; writing goes
// through In. purpose says why, in words; a test lists every use.
//
// Safety: whatever f gives to a person must be public, or filtered by f.
func (d *DB) Across(ctx context.Context, purpose string, f func(*Tx) error) error {
	return d.run(ctx, false, true, f)
}

// ViewAcross is Across for reading.
func (d *DB) ViewAcross(ctx context.Context, purpose string, f func(*Tx) error) error {
	return d.run(ctx, true, true, f)
}

func (d *DB) run(ctx context.Context, readOnly, across bool, f func(*Tx) error) error {
	if outer, ok := ctx.Value(txKey{}).(*Tx); ok && outer.db == d {
		if outer.readOnly && !readOnly {
			return errReadOnly
		}
		return f(bind(ctx, outer.unit, outer.Now, across))
	}
	u, err := d.begin(ctx, readOnly)
	if err != nil {
		return fmt.Errorf("begin: %w", translate(err))
	}
	defer u.release()
	tx := bind(ctx, u, d.Now(), across)
	if err := f(tx); err != nil {
		return err
	}
	if err := u.observe(tx); err != nil {
		return err
	}
	if err := u.sql.Commit(); err != nil {
		return fmt.Errorf("commit: %w", translate(err))
	}
	for _, f := range u.after {
		f()
	}
	return nil
}

func (d *DB) begin(ctx context.Context, readOnly bool) (*unit, error) {
	u := &unit{db: d, readOnly: readOnly}
	var err error
	switch {
	case d.Engine == Postgres:
		u.sql, err = d.pool.BeginTx(ctx, &sql.TxOptions{ReadOnly: readOnly})
	case readOnly:
		u.sql, err = d.pool.BeginTx(ctx, nil)
	default:
		u.writer = d.lite
		u.sql, err = d.lite.begin(ctx)
	}
	return u, err
}

// release rolls back what was not committed and lets the next writer in.
func (u *unit) release() {
	_ = u.sql.Rollback() // after a commit this does nothing
	if u.writer != nil {
		u.writer.release()
	}
}

func bind(ctx context.Context, u *unit, now record.Time, across bool) *Tx {
	a := actor.From(ctx)
	tx := &Tx{Tenant: a.Tenant, Actor: a, Now: now, across: across, unit: u}
	tx.Context = context.WithValue(ctx, txKey{}, tx)
	return tx
}

func (u *unit) observe(tx *Tx) error {
	if len(u.changes) == 0 || u.db.observe == nil {
		return nil
	}
	changes := u.changes
	u.changes = nil
	return u.db.observe(tx, changes)
}

// In returns the same transaction bound to one tenant.
func (t *Tx) In(tenant record.ID) *Tx {
	a := t.Actor
	a.Tenant = tenant
	return bind(actor.With(t.Context, a), t.unit, t.Now, false)
}

// AfterCommit runs f once the transaction is safely stored, and never when it
// is not.
func (t *Tx) AfterCommit(f func()) { t.after = append(t.after, f) }

// Engine returns the engine of the transaction. Only the packages that a test
// names may ask: locking and full text differ, and nothing else does.
func (t *Tx) Engine() Engine { return t.db.Engine }

// NewID returns an identifier that sorts after those made before it.
func NewID() record.ID {
	id, err := uuid.NewV7()
	if err != nil {
		panic(fmt.Sprintf("db: no randomness: %v", err))
	}
	return record.ID(id.String())
}

// Exec runs a statement and returns how many rows it touched. args are $2, $3…
// It is for mechanisms; modules write through a Table or through Bulk, which
// leave a trace in the audit trail.
func (t *Tx) Exec(text string, args ...any) (int64, error) {
	switch {
	case t.readOnly:
		return 0, errReadOnly
	case t.across:
		return 0, errUnbound
	}
	args, err := t.bound(text, args)
	if err != nil {
		return 0, err
	}
	stmt, err := t.statement(text)
	if err != nil {
		return 0, translate(err)
	}
	result, err := stmt.ExecContext(t.Context, args...)
	if err != nil {
		return 0, translate(err)
	}
	return result.RowsAffected()
}

// Bulk runs a statement that changes many rows at once, and records its
// purpose and how many rows it touched.
func Bulk(t *Tx, purpose, text string, args ...any) (int64, error) {
	n, err := t.Exec(text, args...)
	if err == nil && n > 0 {
		t.note(Change{Tenant: t.Tenant, Op: "bulk", Step: purpose, After: map[string]any{"rows": n}})
	}
	return n, err
}

// Note adds an entry to the audit trail that is not a change of a row: a step
// of a workflow, a reading of a sensitive record, an export.
func (t *Tx) Note(op, kind string, id record.ID, step string) {
	t.note(Change{Tenant: t.Tenant, Op: op, Table: kind, ID: id, Step: step})
}

func (t *Tx) note(c Change) { t.changes = append(t.changes, c) }

// bound puts the tenant in front of the arguments.
func (t *Tx) bound(text string, args []any) ([]any, error) {
	if t.across {
		return args, nil
	}
	if !mentionsTenant.MatchString(text) {
		return nil, fmt.Errorf("%w: %s", errNoTenant, text)
	}
	return append([]any{t.Tenant}, args...), nil
}

// mentionsTenant finds $1, and not $10.
var mentionsTenant = regexp.MustCompile(`\$1(\D|$)`)
