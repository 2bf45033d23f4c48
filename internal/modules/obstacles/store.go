package obstacles

import (
	"bastida/internal/platform/db"
	"bastida/internal/platform/query"
	"bastida/internal/platform/table"
)

// $1 is the tenant in every statement.
var rows = db.TableOf[Obstacle]("obstacles_obstacle")

// Filter narrows the list of obstacles.
type Filter struct {
	Kind  string
	Stage Stage
}

func backlogWhere(tx *db.Tx, f Filter, p table.Page) (found []Obstacle, total int, err error) {
	q := query.New("WHERE tenant_id = $1")
	q.When(f.Kind != "", "kind = ?", f.Kind)
	q.When(f.Stage != "", "stage = ?", f.Stage)
	total, err = db.One[int](tx, "SELECT COUNT(*) FROM obstacles_obstacle "+q.Text(), q.Args()...)
	if err != nil {
		return nil, 0, err
	}
	found, err = rows.Select(tx, q.Add(p.OrderBy("id")).Text(), q.Args()...)
	return found, total, err
}
