package agenda

import (
	"bastida/internal/kernel/record"
	"bastida/internal/platform/db"
)

// $1 is the tenant in every statement.
var feeds = db.TableOf[Feed]("agenda_feed")

func feedOf(tx *db.Tx, user record.ID) (Feed, error) {
	return feeds.First(tx, "WHERE tenant_id = $1 AND user_id = $2", user)
}
