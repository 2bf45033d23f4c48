package db

import (
	"database/sql"
	"fmt"
	"reflect"
	"strings"
	"sync"

	"bastida/internal/kernel/fault"
)

// plan is how a struct type lies in columns, worked out once a type.
type plan struct {
	columns []string
	fields  map[string]column
}

type column struct {
	index  []int
	secret bool // the audit trail says only that it changed
}

var plans sync.Map // reflect.Type to *plan

// planOf reads the `db` tags of a struct: a column name, and after a comma the
// word "secret" for contents that the audit trail must not repeat.
func planOf(t reflect.Type) *plan {
	if p, ok := plans.Load(t); ok {
		return p.(*plan)
	}
	p := &plan{fields: map[string]column{}}
	for _, f := range reflect.VisibleFields(t) {
		name, option, _ := strings.Cut(f.Tag.Get("db"), ",")
		if name == "" {
			continue
		}
		p.columns = append(p.columns, name)
		p.fields[name] = column{f.Index, option == "secret"}
	}
	plans.Store(t, p)
	return p
}

// All reads every row of a query. T is a struct whose columns are matched by
// their `db` tags, or a single value for a query of one column.
func All[T any](t *Tx, text string, args ...any) ([]T, error) {
	args, err := t.bound(text, args)
	if err != nil {
		return nil, err
	}
	stmt, err := t.statement(text)
	if err != nil {
		return nil, translate(err)
	}
	rows, err := stmt.QueryContext(t.Context, args...)
	if err != nil {
		return nil, fmt.Errorf("query %q: %w", text, translate(err))
	}
	defer rows.Close() //nolint:errcheck // rows.Err below says what went wrong
	return scanAll[T](rows)
}

// One reads the only row of a query. No row is NotFound.
func One[T any](t *Tx, text string, args ...any) (T, error) {
	found, err := All[T](t, text, args...)
	if err != nil {
		return *new(T), err
	}
	if len(found) == 0 {
		return *new(T), fault.New(fault.NotFound, "record.not_found")
	}
	return found[0], nil
}

func scanAll[T any](rows *sql.Rows) ([]T, error) {
	names, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	typ := reflect.TypeFor[T]()
	p, err := scanPlan(typ, names)
	if err != nil {
		return nil, err
	}
	var out []T
	targets := make([]any, len(names))
	for rows.Next() {
		row := new(T)
		if p == nil {
			targets[0] = row
		} else {
			v := reflect.ValueOf(row).Elem()
			for i, name := range names {
				targets[i] = v.FieldByIndex(p.fields[name].index).Addr().Interface()
			}
		}
		if err := rows.Scan(targets...); err != nil {
			return nil, fmt.Errorf("read row: %w", err)
		}
		out = append(out, *row)
	}
	return out, translate(rows.Err())
}

// scanPlan returns nil for a single value.
func scanPlan(typ reflect.Type, names []string) (*plan, error) {
	if typ.Kind() != reflect.Struct || len(planOf(typ).columns) == 0 {
		if len(names) != 1 {
			return nil, fmt.Errorf("db: %s cannot hold %d columns", typ, len(names))
		}
		return nil, nil
	}
	p := planOf(typ)
	for _, name := range names {
		if _, ok := p.fields[name]; !ok {
			return nil, fmt.Errorf("db: %s has no field for column %q", typ, name)
		}
	}
	return p, nil
}
