package reflection

import (
	"bastida/internal/kernel/record"
	"bastida/internal/platform/db"
	"bastida/internal/platform/query"
)

// $1 is the tenant in every statement.
var (
	records = db.TableOf[Record]("reflection_record")
	typed   = db.TableOf[Typed]("reflection_typed").Silent()
)

func recordOf(tx *db.Tx, group, session record.ID) (Record, error) {
	return records.First(tx, "WHERE tenant_id = $1 AND group_id = $2 AND session_id = $3", group, session)
}

func recordsOf(tx *db.Tx, group record.ID) ([]Record, error) {
	return records.Select(tx, "WHERE tenant_id = $1 AND group_id = $2 ORDER BY id", group)
}

// typedBy are the unsaved texts of a person for a session, newest first.
func typedBy(tx *db.Tx, group, session record.ID) ([]Typed, error) {
	return typed.Select(tx, "WHERE tenant_id = $1 AND group_id = $2 AND session_id = $3 AND user_id = $4 ORDER BY updated_at DESC, id DESC",
		group, session, tx.Actor.User)
}

// typedIn are the unsaved texts of a person in a group, or of everybody there
// when no person is given.
func typedIn(tx *db.Tx, group, user record.ID) ([]Typed, error) {
	q := query.New("WHERE tenant_id = $1").And("group_id = ?", group)
	q.When(user != "", "user_id = ?", user)
	return typed.Select(tx, q.Add("ORDER BY id").Text(), q.Args()...)
}

func dropTyped(tx *db.Tx, all []Typed, which func(Typed) bool) error {
	for _, t := range all {
		if which(t) {
			if err := typed.Delete(tx, t.ID); err != nil {
				return err
			}
		}
	}
	return nil
}

// groupsWritten are the groups whose records, or unsaved texts, can still be
// read.
func groupsWritten(tx *db.Tx) ([]record.ID, error) {
	return db.All[record.ID](tx, `
		SELECT group_id FROM reflection_record WHERE tenant_id = $1 AND content <> ''
		UNION
		SELECT group_id FROM reflection_typed WHERE tenant_id = $1
		ORDER BY group_id`)
}
