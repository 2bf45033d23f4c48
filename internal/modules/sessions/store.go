package sessions

import (
	"strings"

	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/record"
	"bastida/internal/platform/db"
	"bastida/internal/platform/query"
	"bastida/internal/platform/table"
)

// turn is the row that whoever books or moves sessions of a tenant holds.
type turn struct {
	record.Row
	Taken int `db:"taken"` // how many times
}

// $1 is the tenant in every statement.
var (
	turns       = db.TableOf[turn]("sessions_turn")
	sessions    = db.TableOf[Session]("sessions_session")
	attendances = db.TableOf[Attendance]("sessions_attendance")
	corrections = db.TableOf[Correction]("sessions_correction")
)

// take waits for the turn to book in a tenant and keeps it until the
// transaction ends: two who book at once see each other's sessions.
func take(tx *db.Tx) error {
	const wait = "UPDATE sessions_turn SET taken = taken + 1 WHERE tenant_id = $1 AND id = $1"
	taken, err := db.Bulk(tx, "book sessions", wait)
	if err != nil || taken == 1 {
		return err
	}
	_, err = db.Bulk(tx, "book the first session", `
		INSERT INTO sessions_turn (tenant_id, id, version, created_at, updated_at, taken)
		VALUES ($1, $1, 1, $2, $2, 0)
		ON CONFLICT (id) DO NOTHING`, tx.Now)
	if err != nil {
		return err
	}
	_, err = db.Bulk(tx, "book sessions", wait)
	return err
}

// Filter narrows a list of sessions.
type Filter struct {
	Programme  record.ID
	Group      record.ID
	Supervisor record.ID
	From, To   civil.Date
	State      State
}

// reach is which sessions somebody reads: all, or those of some groups and
// those that they lead.
type reach struct {
	all    bool
	groups []record.ID
	user   record.ID
}

func (r reach) narrow(q *query.Query) {
	if r.all {
		return
	}
	condition, args := "supervisor_user = ? AND supervisor_user <> ''", []any{r.user}
	if len(r.groups) > 0 {
		condition += " OR group_id IN (?" + strings.Repeat(", ?", len(r.groups)-1) + ")"
	}
	for _, g := range r.groups {
		args = append(args, g)
	}
	q.And(condition, args...)
}

func (f Filter) where(r reach) *query.Query {
	q := query.New("WHERE tenant_id = $1")
	q.When(f.Programme != "", "programme_id = ?", f.Programme)
	q.When(f.Group != "", "group_id = ?", f.Group)
	q.When(f.Supervisor != "", "supervisor_id = ?", f.Supervisor)
	q.When(!f.From.IsZero(), "day >= ?", f.From)
	q.When(!f.To.IsZero(), "day <= ?", f.To)
	q.When(f.State != "", "state = ?", f.State)
	r.narrow(q)
	return q
}

func list(tx *db.Tx, f Filter, r reach, p table.Page) (found []Session, total int, err error) {
	q := f.where(r)
	total, err = db.One[int](tx, "SELECT COUNT(*) FROM sessions_session "+q.Text(), q.Args()...)
	if err != nil {
		return nil, 0, err
	}
	found, err = sessions.Select(tx, q.Add(p.OrderBy("id")).Text(), q.Args()...)
	return found, total, err
}

// every lists all that a filter lets through, by time.
func every(tx *db.Tx, f Filter, r reach) ([]Session, error) {
	q := f.where(r).Add("ORDER BY day, start, id")
	return sessions.Select(tx, q.Text(), q.Args()...)
}

// around lists what may collide with a session of a group on a day: the group's
// sessions, and everybody's of that day.
func around(tx *db.Tx, group record.ID, day civil.Date) ([]Session, error) {
	return sessions.Select(tx, `
		WHERE tenant_id = $1 AND (group_id = $2 OR day = $3) AND state <> 'cancelled'
		ORDER BY day, start, id`, group, day)
}

func nextNumber(tx *db.Tx, group record.ID) (int, error) {
	return db.One[int](tx, "SELECT COALESCE(MAX(number), 0) + 1 FROM sessions_session WHERE tenant_id = $1 AND group_id = $2", group)
}

func replacementOf(tx *db.Tx, cancelled record.ID) ([]Session, error) {
	return sessions.Select(tx, "WHERE tenant_id = $1 AND replaces = $2 AND state <> 'cancelled' ORDER BY id", cancelled)
}

func attendancesOf(tx *db.Tx, session record.ID) ([]Attendance, error) {
	return attendances.Select(tx, "WHERE tenant_id = $1 AND session_id = $2 ORDER BY name, id", session)
}

func attendancesIn(tx *db.Tx, programme record.ID) ([]Attendance, error) {
	return attendances.Select(tx, "WHERE tenant_id = $1 AND programme_id = $2 ORDER BY session_id, name, id", programme)
}

func correctionsOf(tx *db.Tx, session record.ID) ([]Correction, error) {
	return corrections.Select(tx, "WHERE tenant_id = $1 AND session_id = $2 ORDER BY created_at DESC, id DESC", session)
}
