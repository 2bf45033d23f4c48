package db

import (
	"database/sql/driver"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
)

// Change is one write as the audit trail sees it. Before and After hold the
// columns that differ, as the engine stores them; a secret column holds only
// the word "changed".
type Change struct {
	Tenant record.ID
	Op     string // insert, update, delete, bulk, or what Note was told
	Table  string
	ID     record.ID
	Step   string
	Before map[string]any
	After  map[string]any
}

// Table is a table whose rows are values of T. T embeds record.Row.
type Table[T any] struct {
	name   string
	plan   *plan
	silent bool // its changes stay out of the audit trail
	sql    statements
}

type statements struct{ selects, insert, update, remove string }

type rower interface{ Base() *record.Row }

// TableOf describes the table name from the `db` tags of T.
func TableOf[T any](name string) Table[T] {
	p := planOf(reflect.TypeFor[T]())
	t := Table[T]{name: name, plan: p}
	list := strings.Join(p.columns, ", ")
	t.sql.selects = "SELECT " + list + " FROM " + name + " "
	var marks, sets []string
	next := 2
	for _, c := range p.columns {
		if c == "tenant_id" {
			marks = append(marks, "$1")
			continue
		}
		marks = append(marks, fmt.Sprintf("$%d", next))
		next++
	}
	next = 4
	for _, c := range t.editable() {
		sets = append(sets, fmt.Sprintf("%s = $%d", c, next))
		next++
	}
	t.sql.insert = "INSERT INTO " + name + " (" + list + ") VALUES (" + strings.Join(marks, ", ") + ")"
	t.sql.update = "UPDATE " + name + " SET " + strings.Join(sets, ", ") + " WHERE tenant_id = $1 AND id = $2 AND version = $3"
	t.sql.remove = "DELETE FROM " + name + " WHERE tenant_id = $1 AND id = $2"
	return t
}

// Silent returns the table with its changes kept out of the audit trail: for
// machinery such as sessions and drafts, never for records.
func (t Table[T]) Silent() Table[T] {
	t.silent = true
	return t
}

// Name returns the name of the table, which is also the kind of its records.
func (t Table[T]) Name() string { return t.name }

// Columns returns the columns in order: for the test that compares them with
// the schema of both engines.
func (t Table[T]) Columns() []string { return slices.Clone(t.plan.columns) }

func (t Table[T]) editable() (cols []string) {
	for _, c := range t.plan.columns {
		if c != "tenant_id" && c != "id" && c != "created_at" {
			cols = append(cols, c)
		}
	}
	return cols
}

// Select reads rows; tail is everything after FROM name and mentions $1.
func (t Table[T]) Select(tx *Tx, tail string, args ...any) ([]T, error) {
	return All[T](tx, t.sql.selects+tail, args...)
}

// Get reads one row by its ID.
func (t Table[T]) Get(tx *Tx, id record.ID) (T, error) {
	return t.First(tx, "WHERE tenant_id = $1 AND id = $2", id)
}

// First reads the first row of a selection. No row is NotFound.
func (t Table[T]) First(tx *Tx, tail string, args ...any) (T, error) {
	rows, err := t.Select(tx, tail, args...)
	if err != nil {
		return *new(T), err
	}
	if len(rows) == 0 {
		return *new(T), fault.New(fault.NotFound, "record.not_found")
	}
	return rows[0], nil
}

// Insert adds a row, filling in its tenant, version and instants, and its ID
// when it has none.
func (t Table[T]) Insert(tx *Tx, row *T) error {
	b := base(row)
	if b.ID == "" {
		b.ID = NewID()
	}
	b.TenantID, b.Version, b.CreatedAt, b.UpdatedAt = tx.Tenant, 1, tx.Now, tx.Now
	values, err := t.values(row)
	if err != nil {
		return err
	}
	var args []any
	for _, c := range t.plan.columns {
		if c != "tenant_id" {
			args = append(args, values[c])
		}
	}
	if _, err := tx.Exec(t.sql.insert, args...); err != nil {
		return fmt.Errorf("insert %s: %w", t.name, err)
	}
	t.note(tx, "insert", b.ID, nil, values)
	return nil
}

// AnyVersion says that an edit applies to whatever is stored.
const AnyVersion = 0

// Edit reads a row, lets f change it and saves it. version is what the editor
// saw: when somebody saved since, the edit is Stale and nothing is written.
func (t Table[T]) Edit(tx *Tx, id record.ID, version int, f func(*T) error) (T, error) {
	row, err := t.Get(tx, id)
	if err != nil {
		return row, err
	}
	b := base(&row)
	if version != AnyVersion && version != b.Version {
		return row, fault.New(fault.Stale, "record.stale")
	}
	before, err := t.values(&row)
	if err != nil {
		return row, err
	}
	if err := f(&row); err != nil {
		return row, err
	}
	seen := b.Version
	b.Version, b.UpdatedAt = seen+1, tx.Now
	after, err := t.values(&row)
	if err != nil {
		return row, err
	}
	args := []any{id, seen}
	for _, c := range t.editable() {
		args = append(args, after[c])
	}
	n, err := tx.Exec(t.sql.update, args...)
	if err != nil {
		return row, fmt.Errorf("update %s: %w", t.name, err)
	}
	if n == 0 {
		return row, fault.New(fault.Stale, "record.stale")
	}
	t.note(tx, "update", id, before, after)
	return row, nil
}

// Delete removes a row. No row is NotFound.
func (t Table[T]) Delete(tx *Tx, id record.ID) error {
	row, err := t.Get(tx, id)
	if err != nil {
		return err
	}
	before, err := t.values(&row)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(t.sql.remove, id); err != nil {
		return fmt.Errorf("delete %s: %w", t.name, err)
	}
	t.note(tx, "delete", id, before, nil)
	return nil
}

func base[T any](row *T) *record.Row { return any(row).(rower).Base() }

// values returns the columns as the engine stores them: plain numbers, texts,
// booleans and nil, which compare and print alike whatever the Go type was.
func (t Table[T]) values(row *T) (map[string]any, error) {
	v := reflect.ValueOf(row).Elem()
	out := make(map[string]any, len(t.plan.columns))
	for name, c := range t.plan.fields {
		stored, err := driver.DefaultParameterConverter.ConvertValue(v.FieldByIndex(c.index).Interface())
		if err != nil {
			return nil, fmt.Errorf("store %s.%s: %w", t.name, name, err)
		}
		out[name] = stored
	}
	return out, nil
}

// bookkeeping columns say nothing in an audit trail that has who and when.
var bookkeeping = []string{"tenant_id", "id", "version", "created_at", "updated_at"}

func (t Table[T]) note(tx *Tx, op string, id record.ID, before, after map[string]any) {
	if t.silent {
		return
	}
	c := Change{Tenant: tx.Tenant, Op: op, Table: t.name, ID: id, Before: map[string]any{}, After: map[string]any{}}
	for name, column := range t.plan.fields {
		was, had := before[name]
		is, has := after[name]
		if slices.Contains(bookkeeping, name) || was == is {
			continue
		}
		if column.secret {
			was, is = "changed", "changed"
		}
		if had {
			c.Before[name] = was
		}
		if has {
			c.After[name] = is
		}
	}
	tx.note(c)
}
