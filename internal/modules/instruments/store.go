package instruments

import (
	"bastida/internal/kernel/record"
	"bastida/internal/platform/db"
	"bastida/internal/platform/table"
)

// $1 is the tenant in every statement.
var (
	editions = db.TableOf[edition]("instruments_edition")
	sheets   = db.TableOf[Sheet]("instruments_sheet")
	drafts   = sheets.Silent() // a draft is saved every few seconds: the trail would drown
)

// edition is a version of an instrument as it is stored.
type edition struct {
	record.Row
	Code       string                  `db:"code"`
	Number     int                     `db:"number"`
	Status     Status                  `db:"status"`
	Definition record.JSON[Instrument] `db:"definition"`
}

// instrument returns the version with its present status.
func (e edition) instrument() Instrument {
	in := e.Definition.V
	in.Status = e.Status
	return in
}

func latest(tx *db.Tx, code string) (edition, error) {
	return editions.First(tx, "WHERE tenant_id = $1 AND code = $2 AND status = $3 ORDER BY number DESC", code, Published)
}

func numbered(tx *db.Tx, code string, number int) (edition, error) {
	return editions.First(tx, "WHERE tenant_id = $1 AND code = $2 AND number = $3", code, number)
}

func editionsOf(tx *db.Tx, code string) ([]edition, error) {
	return editions.Select(tx, "WHERE tenant_id = $1 AND code = $2 ORDER BY number DESC", code)
}

// inUse lists the versions that new sheets are made with.
func inUse(tx *db.Tx, p table.Page) (found []edition, total int, err error) {
	total, err = db.One[int](tx, "SELECT COUNT(*) FROM instruments_edition WHERE tenant_id = $1 AND status = $2", Published)
	if err != nil {
		return nil, 0, err
	}
	found, err = editions.Select(tx, "WHERE tenant_id = $1 AND status = $2 "+p.OrderBy("id"), Published)
	return found, total, err
}

func sheetOf(tx *db.Tx, subject record.Ref) (Sheet, error) {
	return sheets.First(tx, "WHERE tenant_id = $1 AND subject_kind = $2 AND subject_id = $3", subject.Kind, subject.ID)
}
