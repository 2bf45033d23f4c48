package folder

import (
	"bastida/internal/kernel/record"
	"bastida/internal/platform/db"
)

var kept = db.TableOf[keptResource]("folder_kept").Silent() // what somebody reads is nobody's business

// keptResource is one resource in the folder of a person.
type keptResource struct {
	record.Row
	UserID     record.ID `db:"user_id"`
	ResourceID record.ID `db:"resource_id"`
}

func keptBy(tx *db.Tx, user record.ID) ([]record.ID, error) {
	return db.All[record.ID](tx, `
		SELECT resource_id
		FROM folder_kept
		WHERE tenant_id = $1 AND user_id = $2
		ORDER BY id`, user)
}

func keptRow(tx *db.Tx, user, resource record.ID) ([]keptResource, error) {
	return kept.Select(tx, "WHERE tenant_id = $1 AND user_id = $2 AND resource_id = $3", user, resource)
}
