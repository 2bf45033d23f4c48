package applications

import (
	"bastida/internal/kernel/record"
	"bastida/internal/platform/db"
)

// $1 is the tenant in every statement.
var receipts = db.TableOf[Receipt]("applications_receipt")

func receiptsOf(tx *db.Tx, application record.ID) ([]Receipt, error) {
	return receipts.Select(tx, "WHERE tenant_id = $1 AND application_id = $2 ORDER BY id DESC", application)
}
