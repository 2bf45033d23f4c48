// Package record holds what every stored thing has: an identity, an owner, a
// version and two instants. It knows how values look in a column, not how to
// reach a database.
package record

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"time"
)

// ID identifies a record. IDs are made by the program, are ordered by time,
// and are unique in the whole installation.
type ID string

// String returns the ID as text.
func (id ID) String() string { return string(id) }

// Row carries the columns that every table has. Records embed it.
type Row struct {
	TenantID  ID   `db:"tenant_id"`
	ID        ID   `db:"id"`
	Version   int  `db:"version"`
	CreatedAt Time `db:"created_at"`
	UpdatedAt Time `db:"updated_at"`
}

// Base returns the row itself, for the layer that fills it in.
func (r *Row) Base() *Row { return r }

// Ref points at any record of the installation: for audit, attachments and
// whatever else hangs on records of many kinds.
type Ref struct {
	Kind string // the table of the record
	ID   ID
}

// Time is an instant stored as milliseconds since 1970, which both engines
// compare, sort and aggregate alike. The zero Time is stored as NULL.
type Time struct{ time.Time }

// At returns t in UTC, cut to the millisecond that a column holds.
func At(t time.Time) Time { return Time{t.UTC().Truncate(time.Millisecond)} }

// Value implements driver.Valuer.
func (t Time) Value() (driver.Value, error) {
	if t.IsZero() {
		return nil, nil
	}
	return t.UnixMilli(), nil
}

// Scan implements sql.Scanner.
func (t *Time) Scan(v any) error {
	switch v := v.(type) {
	case nil:
		*t = Time{}
	case int64:
		t.Time = time.UnixMilli(v).UTC()
	default:
		return fmt.Errorf("record: cannot read %T as a time", v)
	}
	return nil
}

// JSON is a value stored as JSON text: for lists and maps that are read and
// written whole and never searched.
type JSON[T any] struct{ V T }

// Value implements driver.Valuer.
func (j JSON[T]) Value() (driver.Value, error) {
	raw, err := json.Marshal(j.V)
	return string(raw), err
}

// Scan implements sql.Scanner.
func (j *JSON[T]) Scan(v any) error {
	switch v := v.(type) {
	case nil:
		*j = JSON[T]{}
		return nil
	case string:
		return json.Unmarshal([]byte(v), &j.V)
	case []byte:
		return json.Unmarshal(v, &j.V)
	default:
		return fmt.Errorf("record: cannot read %T as JSON", v)
	}
}

// MarshalJSON writes the value itself.
func (j JSON[T]) MarshalJSON() ([]byte, error) { return json.Marshal(j.V) }

// UnmarshalJSON reads the value itself.
func (j *JSON[T]) UnmarshalJSON(raw []byte) error { return json.Unmarshal(raw, &j.V) }
