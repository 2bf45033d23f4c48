package evaluation

import (
	"context"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/record"
	"bastida/internal/platform/access"
	"bastida/internal/platform/db"
	"bastida/internal/platform/query"
	"bastida/internal/platform/table"
)

// $1 is the tenant in every statement.
var (
	rounds  = db.TableOf[Round]("evaluation_round")
	ratings = db.TableOf[Rating]("evaluation_rating")
)

// reachingRounds keeps the rounds in which the actor's body rates, or the actor
// is rated.
func reachingRounds(ctx context.Context, q *query.Query) {
	const concerning = `EXISTS (
		SELECT 1 FROM evaluation_rating g
		WHERE g.tenant_id = $1 AND g.round_id = evaluation_round.id AND `
	a := actor.From(ctx)
	switch ReadResults.Reach(a) {
	case access.Tenant:
	case access.OwnBody:
		q.And(concerning+"g.body_id = ?)", a.SpeaksFor())
	case access.Own:
		q.And(concerning+"g.supervisor_user = ?)", a.User)
	default:
		q.And("1 = 0")
	}
}

func roundsWhere(tx *db.Tx, f RoundFilter, p table.Page) (found []Round, total int, err error) {
	q := query.New("WHERE tenant_id = $1")
	q.When(f.Programme != "", "programme_id = ?", f.Programme)
	q.When(f.State != "", "state = ?", f.State)
	reachingRounds(tx.Context, q)
	total, err = db.One[int](tx, "SELECT COUNT(*) FROM evaluation_round "+q.Text(), q.Args()...)
	if err != nil {
		return nil, 0, err
	}
	found, err = rounds.Select(tx, q.Add(p.OrderBy("id")).Text(), q.Args()...)
	return found, total, err
}

func roundAt(tx *db.Tx, id record.ID) (Round, error) {
	q := query.New("WHERE tenant_id = $1").And("id = ?", id)
	reachingRounds(tx.Context, q)
	return rounds.First(tx, q.Text(), q.Args()...)
}

// ratingsWhere lists ratings within reach. What is said of a supervisor is for
// them once the round is closed.
func ratingsWhere(tx *db.Tx, f RatingFilter, p table.Page) (found []Rating, total int, err error) {
	q := query.New("WHERE tenant_id = $1")
	q.When(f.Round != "", "round_id = ?", f.Round)
	q.When(f.Programme != "", "programme_id = ?", f.Programme)
	q.When(f.Group != "", "group_id = ?", f.Group)
	q.When(f.Answer != "", "answer = ?", f.Answer)
	q.When(f.OpenRounds, "round_id IN (SELECT id FROM evaluation_round WHERE tenant_id = $1 AND state = ?)", Open)
	a := actor.From(tx.Context)
	switch ReadResults.Reach(a) {
	case access.Tenant:
	case access.OwnBody:
		q.And("body_id = ?", a.SpeaksFor())
	case access.Own:
		q.And("supervisor_user = ?", a.User)
		q.And("round_id IN (SELECT id FROM evaluation_round WHERE tenant_id = $1 AND state = ?)", Closed)
	default:
		q.And("1 = 0")
	}
	total, err = db.One[int](tx, "SELECT COUNT(*) FROM evaluation_rating "+q.Text(), q.Args()...)
	if err != nil {
		return nil, 0, err
	}
	found, err = ratings.Select(tx, q.Add(p.OrderBy("id")).Text(), q.Args()...)
	return found, total, err
}

func ratingsOf(tx *db.Tx, column string, id record.ID) ([]Rating, error) {
	return ratings.Select(tx, "WHERE tenant_id = $1 AND "+column+" = $2 ORDER BY moment DESC, group_number, body_name, id", id)
}

func missingIn(tx *db.Tx, round record.ID) (int, error) {
	return db.One[int](tx, "SELECT COUNT(*) FROM evaluation_rating WHERE tenant_id = $1 AND round_id = $2 AND answer = $3", round, Missing)
}

func openRounds(tx *db.Tx) ([]Round, error) {
	return rounds.Select(tx, "WHERE tenant_id = $1 AND state = $2 ORDER BY id", Open)
}
