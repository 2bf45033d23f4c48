package grouping

import (
	"cmp"
	"errors"

	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/platform/db"
	"bastida/internal/platform/query"
	"bastida/internal/platform/table"
)

// $1 is the tenant in every statement.
var (
	runs       = db.TableOf[Run]("grouping_run")
	inputs     = db.TableOf[Input]("grouping_input")
	progresses = db.TableOf[Progress]("grouping_progress").Silent()
	groups     = db.TableOf[Group]("grouping_group")
	moves      = db.TableOf[Move]("grouping_move")
)

func nextRun(tx *db.Tx, call record.ID) (int, error) {
	return db.One[int](tx, "SELECT COALESCE(MAX(number), 0) + 1 FROM grouping_run WHERE tenant_id = $1 AND call_id = $2", call)
}

func nextMove(tx *db.Tx, run record.ID) (int, error) {
	return db.One[int](tx, "SELECT COALESCE(MAX(number), 0) + 1 FROM grouping_move WHERE tenant_id = $1 AND run_id = $2", run)
}

func runsWhere(tx *db.Tx, f RunFilter, p table.Page) (found []Run, total int, err error) {
	q := query.New("WHERE tenant_id = $1")
	q.When(f.Call != "", "call_id = ?", f.Call)
	q.When(f.State != "", "state = ?", f.State)
	total, err = db.One[int](tx, "SELECT COUNT(*) FROM grouping_run "+q.Text(), q.Args()...)
	if err != nil {
		return nil, 0, err
	}
	found, err = runs.Select(tx, q.Add(p.OrderBy("id")).Text(), q.Args()...)
	return found, total, err
}

func acceptedRun(tx *db.Tx, call record.ID) (Run, error) {
	return runs.First(tx, "WHERE tenant_id = $1 AND call_id = $2 AND state = $3", call, Accepted)
}

// movesOf returns the moves of a run, the newest first.
func movesOf(tx *db.Tx, run record.ID) ([]Move, error) {
	return moves.Select(tx, "WHERE tenant_id = $1 AND run_id = $2 ORDER BY number DESC", run)
}

// lastMove returns the move that would be undone next.
func lastMove(tx *db.Tx, run record.ID) (Move, error) {
	m, err := moves.First(tx, "WHERE tenant_id = $1 AND run_id = $2 AND NOT undone ORDER BY number DESC LIMIT 1", run)
	if errors.Is(err, fault.NotFound) {
		return m, fault.New(fault.Conflict, "grouping.nothing_to_undo")
	}
	return m, err
}

// insert writes a new run with its applicants and the groups that it has already.
func insert(tx *db.Tx, b *Board) (err error) {
	if b.Run.Number, err = nextRun(tx, b.Run.CallID); err != nil {
		return err
	}
	b.Run.ID, b.Run.StartedBy = db.NewID(), tx.Actor.Name
	own := record.Row{ID: b.Run.ID}
	if err := cmp.Or(
		runs.Insert(tx, &b.Run),
		inputs.Insert(tx, &Input{Row: own, Applicants: record.JSON[[]Body]{V: b.Bodies}}),
		progresses.Insert(tx, &Progress{Row: own}),
	); err != nil {
		return err
	}
	for _, g := range b.Groups {
		g.Row, g.RunID = record.Row{}, b.Run.ID
		if err := groups.Insert(tx, &g); err != nil {
			return err
		}
	}
	return nil
}

// boardAt puts the run with an ID on its board.
func boardAt(tx *db.Tx, id record.ID) (*Board, error) {
	run, err := runs.Get(tx, id)
	if err != nil {
		return nil, err
	}
	return boardOf(tx, run)
}

func boardOf(tx *db.Tx, run Run) (*Board, error) {
	in, err := inputs.Get(tx, run.ID)
	if err != nil {
		return nil, err
	}
	rows, err := groups.Select(tx, "WHERE tenant_id = $1 AND run_id = $2 ORDER BY number", run.ID)
	if err != nil {
		return nil, err
	}
	return newBoard(run, in.Applicants.V, rows)
}
