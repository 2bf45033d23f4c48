package supervision

import (
	"context"
	"errors"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/kernel/text"
	"bastida/internal/platform/access"
	"bastida/internal/platform/db"
	"bastida/internal/platform/query"
	"bastida/internal/platform/table"
)

// $1 is the tenant in every statement.
var (
	programmes   = db.TableOf[Programme]("supervision_programme")
	groups       = db.TableOf[Group]("supervision_group")
	participants = db.TableOf[Participant]("supervision_participant")
	contracts    = db.TableOf[Contract]("supervision_contract")
)

// A programme concerns a person who supervises one of its groups or belongs to
// one, and a body that is in one.
const (
	programmeOfPerson = `EXISTS (
		SELECT 1 FROM supervision_group g
		WHERE g.tenant_id = $1 AND g.programme_id = supervision_programme.id AND g.supervisor_user = ?)
		OR EXISTS (
		SELECT 1 FROM supervision_participant p
		WHERE p.tenant_id = $1 AND p.programme_id = supervision_programme.id AND p.user_id = ? AND p.left_on IS NULL)`
	programmeOfBody = `EXISTS (
		SELECT 1 FROM supervision_group g
		WHERE g.tenant_id = $1 AND g.programme_id = supervision_programme.id AND g.bodies LIKE ? ESCAPE '!')`
)

// reaching keeps the programmes that concern the actor, as far as Read goes.
func reaching(ctx context.Context, q *query.Query) {
	a := actor.From(ctx)
	switch Read.Reach(a) {
	case access.Tenant:
	case access.OwnBody:
		q.And(programmeOfBody, query.Like(`"`+a.SpeaksFor().String()+`"`))
	case access.Own:
		q.And(programmeOfPerson, a.User, a.User)
	default:
		q.And("1 = 0")
	}
}

func programmesWhere(tx *db.Tx, f ProgrammeFilter, p table.Page) (found []Programme, total int, err error) {
	q := query.New("WHERE tenant_id = $1")
	q.When(f.Words != "", "title_fold LIKE ? ESCAPE '!'", query.Like(text.Fold(f.Words)))
	q.When(f.State != "", "state = ?", f.State)
	q.When(f.Profile != "", "profile_code = ?", f.Profile)
	reaching(tx.Context, q)
	total, err = db.One[int](tx, "SELECT COUNT(*) FROM supervision_programme "+q.Text(), q.Args()...)
	if err != nil {
		return nil, 0, err
	}
	found, err = programmes.Select(tx, q.Add(p.OrderBy("id")).Text(), q.Args()...)
	return found, total, err
}

// programmeAt returns a programme within the actor's reach.
func programmeAt(tx *db.Tx, id record.ID) (Programme, error) {
	q := query.New("WHERE tenant_id = $1").And("id = ?", id)
	reaching(tx.Context, q)
	return programmes.First(tx, q.Text(), q.Args()...)
}

func groupsOf(tx *db.Tx, programme record.ID) ([]Group, error) {
	return groups.Select(tx, "WHERE tenant_id = $1 AND programme_id = $2 ORDER BY number", programme)
}

// groupsLed are the groups of open programmes that a person supervises.
func groupsLed(tx *db.Tx, user record.ID) ([]Group, error) {
	return groups.Select(tx, `
		WHERE tenant_id = $1 AND supervisor_user = $2 AND programme_id IN (
			SELECT id FROM supervision_programme WHERE tenant_id = $1 AND state = $3)
		ORDER BY programme_id, number`, user, Open)
}

// groupsJoined are the groups of open programmes that a person belongs to.
func groupsJoined(tx *db.Tx, user record.ID) ([]Group, error) {
	return groups.Select(tx, `
		WHERE tenant_id = $1 AND id IN (
			SELECT group_id FROM supervision_participant WHERE tenant_id = $1 AND user_id = $2 AND left_on IS NULL)
		AND programme_id IN (
			SELECT id FROM supervision_programme WHERE tenant_id = $1 AND state = $3)
		ORDER BY programme_id, number`, user, Open)
}

func participantsWhere(tx *db.Tx, column string, id record.ID) ([]Participant, error) {
	return participants.Select(tx, "WHERE tenant_id = $1 AND "+column+" = $2 ORDER BY name_fold, id", id)
}

// participation returns how a person belongs to a group now, NotFound when they
// do not.
func participation(tx *db.Tx, group, user record.ID) (Participant, error) {
	return participants.First(tx, "WHERE tenant_id = $1 AND group_id = $2 AND user_id = $3 AND left_on IS NULL", group, user)
}

// enrolled reports whether an address is in a group already.
func enrolled(tx *db.Tx, group record.ID, email string) (bool, error) {
	_, err := participants.First(tx, "WHERE tenant_id = $1 AND group_id = $2 AND email = $3 AND left_on IS NULL", group, email)
	if errors.Is(err, fault.NotFound) {
		return false, nil
	}
	return err == nil, err
}

func nextNumber(tx *db.Tx, programme record.ID) (int, error) {
	return db.One[int](tx, "SELECT COALESCE(MAX(number), 0) + 1 FROM supervision_group WHERE tenant_id = $1 AND programme_id = $2", programme)
}

func contractsOf(tx *db.Tx, programme record.ID) ([]Contract, error) {
	return contracts.Select(tx, "WHERE tenant_id = $1 AND programme_id = $2 ORDER BY signed_on, id", programme)
}
