package profiles

import "bastida/internal/platform/db"

// $1 is the tenant in every statement.
var editions = db.TableOf[Edition]("profiles_edition")

func editionOf(tx *db.Tx, code string) (Edition, error) {
	return editions.First(tx, "WHERE tenant_id = $1 AND code = $2", code)
}
