package intake

import (
	"bastida/internal/platform/db"
	"bastida/internal/platform/query"
	"bastida/internal/platform/table"
)

var batches = db.TableOf[Batch]("intake_batch")

// listed are the columns of a list: everything but the cells.
const listed = `
	SELECT tenant_id, id, version, created_at, updated_at, kind, file_name, state, mapping, counts, brought_by
	FROM intake_batch `

// batchesWhere lists the newest first: identifiers grow with time.
func batchesWhere(tx *db.Tx, f Filter, kinds []Kind, p table.Page) (found []Batch, total int, err error) {
	q := query.New("WHERE tenant_id = $1").When(f.State != "", "state = ?", f.State)
	query.In(q, "kind", kinds)
	total, err = db.One[int](tx, "SELECT COUNT(*) FROM intake_batch "+q.Text(), q.Args()...)
	if err != nil {
		return nil, 0, err
	}
	found, err = db.All[Batch](tx, listed+q.Add(p.OrderBy("id DESC")).Text(), q.Args()...)
	return found, total, err
}
