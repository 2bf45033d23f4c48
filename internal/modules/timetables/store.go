package timetables

import (
	"bastida/internal/kernel/record"
	"bastida/internal/platform/db"
	"bastida/internal/platform/query"
	"bastida/internal/platform/table"
)

// $1 is the tenant in every statement.
var (
	runs       = db.TableOf[Run]("timetables_run")
	inputs     = db.TableOf[Input]("timetables_input")
	outcomes   = db.TableOf[Outcome]("timetables_outcome")
	progresses = db.TableOf[Progress]("timetables_progress").Silent()
)

func nextNumber(tx *db.Tx, programme record.ID) (int, error) {
	return db.One[int](tx, "SELECT COALESCE(MAX(number), 0) + 1 FROM timetables_run WHERE tenant_id = $1 AND programme_id = $2", programme)
}

// runOf returns a run of a programme.
func runOf(tx *db.Tx, programme, id record.ID) (Run, error) {
	return runs.First(tx, "WHERE tenant_id = $1 AND programme_id = $2 AND id = $3", programme, id)
}

func runsOf(tx *db.Tx, programme record.ID, p table.Page) (found []Run, total int, err error) {
	q := query.New("WHERE tenant_id = $1").And("programme_id = ?", programme)
	total, err = db.One[int](tx, "SELECT COUNT(*) FROM timetables_run "+q.Text(), q.Args()...)
	if err != nil {
		return nil, 0, err
	}
	found, err = runs.Select(tx, q.Add(p.OrderBy("id")).Text(), q.Args()...)
	return found, total, err
}
