package prevention

import (
	"context"

	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/record"
	"bastida/internal/platform/db"
	"bastida/internal/platform/query"
	"bastida/internal/platform/table"
)

var (
	measures = db.TableOf[Measure]("prevention_measure")
	notes    = db.TableOf[Note]("prevention_note")
)

// Filter narrows a list of measures.
type Filter struct {
	Team    record.ID
	State   State
	Overdue bool
	today   civil.Date
}

func where(ctx context.Context, f Filter) *query.Query {
	q := query.New("WHERE tenant_id = $1")
	q.When(f.Team != "", "team_id = ?", f.Team)
	q.When(f.State != "", "state = ?", f.State)
	q.When(f.Overdue, "NOT settled AND due < ?", f.today)
	condition, args := Read.Filter(ctx, "body_id")
	return q.And(condition, args...)
}

func list(ctx context.Context, tx *db.Tx, f Filter, p table.Page) (found []Measure, total int, err error) {
	total, err = db.One[int](tx, "SELECT COUNT(*) FROM prevention_measure "+where(ctx, f).Text(), where(ctx, f).Args()...)
	if err != nil {
		return nil, 0, err
	}
	q := where(ctx, f).Add(p.OrderBy("id"))
	found, err = measures.Select(tx, q.Text(), q.Args()...)
	return found, total, err
}

func every(ctx context.Context, tx *db.Tx) ([]Measure, error) {
	q := where(ctx, Filter{}).Add("ORDER BY team_id, due, id")
	return measures.Select(tx, q.Text(), q.Args()...)
}

func notesOf(tx *db.Tx, measure record.ID) ([]Note, error) {
	return notes.Select(tx, "WHERE tenant_id = $1 AND measure_id = $2 ORDER BY created_at DESC, id DESC", measure)
}
