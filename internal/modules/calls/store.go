package calls

import (
	"context"
	"errors"

	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/kernel/text"
	"bastida/internal/platform/db"
	"bastida/internal/platform/query"
	"bastida/internal/platform/table"
)

// $1 is the tenant in every statement, except in work across tenants, where
// arguments are numbered from $1.
var (
	calls        = db.TableOf[Call]("calls_call")
	applications = db.TableOf[Application]("calls_application")
	typing       = applications.Silent() // a draft is saved every second: the trail would drown
	counters     = db.TableOf[counter]("calls_counter").Silent()
	participants = db.TableOf[participant]("calls_participant").Silent()
)

// counter has the identifier of its call.
type counter struct {
	record.Row
	Numbered int `db:"numbered"`
}

// participant is a body that takes part in a filed application.
type participant struct {
	record.Row
	CallID        record.ID `db:"call_id"`
	BodyID        record.ID `db:"body_id"`
	Slot          int       `db:"slot"`
	ApplicationID record.ID `db:"application_id"`
}

// nextNumber counts one more filed application of a call. On PostgreSQL it
// also makes those who file at once wait for each other.
func nextNumber(tx *db.Tx, call record.ID) (int, error) {
	_, err := db.Bulk(tx, "number an application", "UPDATE calls_counter SET numbered = numbered + 1 WHERE tenant_id = $1 AND id = $2", call)
	if err != nil {
		return 0, err
	}
	return db.One[int](tx, "SELECT numbered FROM calls_counter WHERE tenant_id = $1 AND id = $2", call)
}

// enter reserves a place in the call for a body. The database refuses the one
// that comes second, also when both come at once.
func enter(tx *db.Tx, call Call, a Application, body record.ID, name string) error {
	taken := fault.New(fault.Conflict, "calls.one_per_body", "body", name, "most", call.MaxPerBody)
	n, err := db.One[int](tx, "SELECT COUNT(*) FROM calls_participant WHERE tenant_id = $1 AND call_id = $2 AND body_id = $3", call.ID, body)
	if err != nil {
		return err
	}
	if n >= call.MaxPerBody {
		return taken
	}
	err = participants.Insert(tx, &participant{CallID: call.ID, BodyID: body, Slot: n + 1, ApplicationID: a.ID})
	if errors.Is(err, fault.Conflict) {
		return taken
	}
	return err
}

// leave gives the places of an application back.
func leave(tx *db.Tx, application record.ID) error {
	_, err := db.Bulk(tx, "leave the call", "DELETE FROM calls_participant WHERE tenant_id = $1 AND application_id = $2", application)
	return err
}

func liveOf(tx *db.Tx, call, body record.ID) ([]Application, error) {
	return applications.Select(tx, `
		WHERE tenant_id = $1 AND call_id = $2 AND body_id = $3 AND state NOT IN ('withdrawn', 'lapsed')
		ORDER BY slot`, call, body)
}

// CallFilter narrows a list of calls.
type CallFilter struct {
	Body  string // code of the body that convenes
	State CallState
	Words string // part of a title or of the code
	body  record.ID
}

// publicCalls lists the calls of every tenant that anybody may see, and those
// that the actor prepares.
func publicCalls(tx *db.Tx, f CallFilter, own record.ID, p table.Page) (found []Call, total int, err error) {
	q := query.Across("WHERE (state <> 'draft'").Add("OR tenant_id = ?)", own)
	q.When(f.body != "", "tenant_id = ?", f.body)
	q.When(f.State != "", "state = ?", f.State)
	if words := text.Fold(f.Words); words != "" {
		q.And("title_fold LIKE ? ESCAPE '!' OR code LIKE ? ESCAPE '!'", query.Like(words), query.Like(f.Words))
	}
	total, err = db.One[int](tx, "SELECT COUNT(*) FROM calls_call "+q.Text(), q.Args()...)
	if err != nil {
		return nil, 0, err
	}
	found, err = calls.Select(tx, q.Add(p.OrderBy("id")).Text(), q.Args()...)
	return found, total, err
}

// Filter narrows a list of applications.
type Filter struct {
	CallID     record.ID
	State      State
	Modality   string
	Area       string
	Words      string // part of the name of the body or of the number
	Incomplete bool
	DueBy      civil.Date // whose resolution or amendment ends by then
	States     []State
}

func where(ctx context.Context, f Filter) *query.Query {
	q := query.New("WHERE tenant_id = $1")
	q.When(f.CallID != "", "call_id = ?", f.CallID)
	q.When(f.State != "", "state = ?", f.State)
	q.When(f.Modality != "", "modality = ?", f.Modality)
	q.When(f.Area != "", "area = ?", f.Area)
	q.When(f.Incomplete, "incomplete")
	q.When(!f.DueBy.IsZero(), "resolved_at IS NULL AND resolve_on <= ? OR state = 'amending' AND amend_on <= ?", f.DueBy, f.DueBy)
	if words := text.Fold(f.Words); words != "" {
		q.And("body_fold LIKE ? ESCAPE '!' OR number LIKE ? ESCAPE '!'", query.Like(words), query.Like(f.Words))
	}
	query.In(q, "state", f.States)
	condition, args := Read.Filter(ctx, "body_id")
	return q.And(condition, args...).When(!Apply.May(ctx), "state <> 'draft'")
}

func list(tx *db.Tx, f Filter, p table.Page) (found []Application, total int, err error) {
	total, err = db.One[int](tx, "SELECT COUNT(*) FROM calls_application "+where(tx.Context, f).Text(), where(tx.Context, f).Args()...)
	if err != nil {
		return nil, 0, err
	}
	q := where(tx.Context, f).Add(p.OrderBy("id"))
	found, err = applications.Select(tx, q.Text(), q.Args()...)
	return found, total, err
}

type tally struct {
	State State `db:"state"`
	Count int   `db:"n"`
}

func tallies(tx *db.Tx, f Filter) ([]tally, error) {
	q := where(tx.Context, f)
	return db.All[tally](tx, "SELECT state, COUNT(*) AS n FROM calls_application "+q.Text()+" GROUP BY state ORDER BY state", q.Args()...)
}

// dueBefore lists what the clock may have changed since.
func dueBefore(tx *db.Tx, today civil.Date) ([]record.ID, error) {
	return db.All[record.ID](tx, `
		SELECT id
		FROM calls_application
		WHERE tenant_id = $1 AND (state = 'amending' AND amend_on < $2 OR state IN ('granted', 'partly_granted') AND accept_on < $2)
		ORDER BY id`, today)
}
