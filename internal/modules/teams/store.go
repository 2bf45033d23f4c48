package teams

import (
	"context"

	"bastida/internal/kernel/record"
	"bastida/internal/kernel/text"
	"bastida/internal/platform/db"
	"bastida/internal/platform/query"
	"bastida/internal/platform/table"
)

var teams = db.TableOf[Team]("teams_team")

// Filter narrows a list of teams.
type Filter struct {
	Words string
	Ended bool // also those that are no more
}

func list(tx *db.Tx, f Filter, p table.Page) (found []Team, total int, err error) {
	q := query.New("WHERE tenant_id = $1")
	q.When(!f.Ended, "NOT ended")
	words := text.Fold(f.Words)
	q.When(words != "", "name_fold LIKE ? ESCAPE '!'", query.Like(words))
	total, err = db.One[int](tx, "SELECT COUNT(*) FROM teams_team "+q.Text(), q.Args()...)
	if err != nil {
		return nil, 0, err
	}
	found, err = teams.Select(tx, q.Add(p.OrderBy("id")).Text(), q.Args()...)
	return found, total, err
}

func within(ctx context.Context, tx *db.Tx) ([]Team, error) {
	condition, args := Read.Filter(ctx, "body_id")
	q := query.New("WHERE tenant_id = $1 AND NOT ended").And(condition, args...)
	return teams.Select(tx, q.Add("ORDER BY body_name, area, name_fold, id").Text(), q.Args()...)
}

func byIDs(tx *db.Tx, ids []record.ID) ([]Team, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	q := query.New("WHERE tenant_id = $1")
	query.In(q, "id", ids)
	return teams.Select(tx, q.Add("ORDER BY body_name, area, name_fold, id").Text(), q.Args()...)
}
