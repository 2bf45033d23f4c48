package wellbeing

import (
	"bastida/internal/kernel/record"
	"bastida/internal/platform/db"
	"bastida/internal/platform/query"
	"bastida/internal/platform/table"
)

var (
	adoptions = db.TableOf[Adoption]("wellbeing_adoption")
	rounds    = db.TableOf[Round]("wellbeing_round")

	// Safety: boxes and codes stay out of the audit trail, whose entries have an
	// instant and an order.
	boxes = db.TableOf[box]("wellbeing_box").Silent()
	codes = db.TableOf[code]("wellbeing_code").Silent()
)

// adoptionOf returns what the tenant added to an instrument; nothing if nothing.
func adoptionOf(tx *db.Tx, instrument string) (Adoption, error) {
	found, err := adoptions.Select(tx, "WHERE tenant_id = $1 AND instrument = $2", instrument)
	if err != nil || len(found) == 0 {
		return Adoption{Instrument: instrument}, err
	}
	return found[0], nil
}

// RoundFilter narrows a list of rounds.
type RoundFilter struct{ State State }

func listRounds(tx *db.Tx, f RoundFilter, drafts bool, p table.Page) (found []Round, total int, err error) {
	q := query.New("WHERE tenant_id = $1")
	q.When(!drafts, "state NOT IN ('draft', 'cancelled')")
	q.When(f.State != "", "state = ?", f.State)
	total, err = db.One[int](tx, "SELECT COUNT(*) FROM wellbeing_round "+q.Text(), q.Args()...)
	if err != nil {
		return nil, 0, err
	}
	found, err = rounds.Select(tx, q.Add(p.OrderBy("id")).Text(), q.Args()...)
	return found, total, err
}

func boxesOf(tx *db.Tx, round record.ID) ([]box, error) {
	return boxes.Select(tx, "WHERE tenant_id = $1 AND round_id = $2 ORDER BY team_id", round)
}

// destroy takes the answers and the codes of a round away.
func destroy(tx *db.Tx, round record.ID) error {
	if _, err := db.Bulk(tx, "destroy answers", "DELETE FROM wellbeing_box WHERE tenant_id = $1 AND round_id = $2", round); err != nil {
		return err
	}
	_, err := db.Bulk(tx, "destroy codes", "DELETE FROM wellbeing_code WHERE tenant_id = $1 AND round_id = $2", round)
	return err
}

func dropCodes(tx *db.Tx, round, team record.ID) error {
	_, err := db.Bulk(tx, "replace codes", "DELETE FROM wellbeing_code WHERE tenant_id = $1 AND round_id = $2 AND team_id = $3", round, team)
	return err
}
