// Package query puts statements together from pieces known at compile time.
//
//	q := query.New("SELECT id, title FROM calls_call WHERE tenant_id = $1")
//	q.When(f.State != "", "state = ?", f.State)
//	query.In(q, "area", f.Areas)
//	q.Add("ORDER BY title_fold, id")
//	rows, err := db.All[Row](tx, q.Text(), q.Args()...)
//
// $1 is the tenant, as everywhere; each ? takes the next number.
//
// Safety: pieces are constants of the program. What people type is always an
// argument, never part of a piece.
package query

import (
	"fmt"
	"strings"
)

// Query is a statement being put together.
type Query struct {
	text  strings.Builder
	args  []any
	first int // number of the first argument
}

// New starts a statement whose $1 is the tenant.
func New(text string) *Query { return start(text, 2) }

// Across starts a statement of a transaction that is bound to no tenant.
func Across(text string) *Query { return start(text, 1) }

func start(text string, first int) *Query {
	q := &Query{first: first}
	q.text.WriteString(text)
	return q
}

// Add appends a piece; its question marks take args in turn.
func (q *Query) Add(piece string, args ...any) *Query {
	q.text.WriteByte(' ')
	for i, part := range strings.Split(piece, "?") {
		if i > 0 {
			q.args = append(q.args, args[i-1])
			fmt.Fprintf(&q.text, "$%d", q.first+len(q.args)-1)
		}
		q.text.WriteString(part)
	}
	return q
}

// And appends a condition.
func (q *Query) And(condition string, args ...any) *Query {
	if condition == "" {
		return q
	}
	return q.Add("AND ("+condition+")", args...)
}

// When appends a condition if it applies.
func (q *Query) When(applies bool, condition string, args ...any) *Query {
	if !applies {
		return q
	}
	return q.And(condition, args...)
}

// In appends the condition that a column is one of the values. No values means
// no condition.
func In[T any](q *Query, column string, values []T) *Query {
	if len(values) == 0 {
		return q
	}
	args := make([]any, len(values))
	for i, v := range values {
		args[i] = v
	}
	return q.And(column+" IN (?"+strings.Repeat(", ?", len(values)-1)+")", args...)
}

// Like returns what a LIKE needs to find part anywhere in a folded column. The
// condition reads: column LIKE ? ESCAPE '!'.
func Like(part string) string {
	return "%" + strings.NewReplacer("!", "!!", "%", "!%", "_", "!_").Replace(part) + "%"
}

// Text returns the statement.
func (q *Query) Text() string { return q.text.String() }

// Args returns the arguments, in the order of their numbers.
func (q *Query) Args() []any { return q.args }
