package hours

import (
	"bastida/engine/ledger"
	"bastida/internal/kernel/record"
	"bastida/internal/platform/db"
)

// turn is the row that whoever writes in the book of a programme holds.
type turn struct {
	record.Row
	Taken int `db:"taken"` // how many times
}

// $1 is the tenant in every statement.
var (
	turns    = db.TableOf[turn]("hours_turn")
	entries  = db.TableOf[Entry]("hours_entry")
	invoices = db.TableOf[Invoice]("hours_invoice")
)

// book is the ledger of a programme, or the part of it that bears on one group,
// while somebody writes.
type book struct {
	*ledger.Ledger

	tx        *db.Tx
	programme record.ID
	last      int // number of the last entry
}

// take waits for the turn to write in the book of a programme and keeps it
// until the transaction ends.
func take(tx *db.Tx, programme record.ID) error {
	const wait = "UPDATE hours_turn SET taken = taken + 1 WHERE tenant_id = $1 AND id = $2"
	taken, err := db.Bulk(tx, "write in the book of hours", wait, programme)
	if err != nil || taken == 1 {
		return err
	}
	_, err = db.Bulk(tx, "open a book of hours", `
		INSERT INTO hours_turn (tenant_id, id, version, created_at, updated_at, taken)
		VALUES ($1, $2, 1, $3, $3, 0)
		ON CONFLICT (id) DO NOTHING`, programme, tx.Now)
	if err != nil {
		return err
	}
	_, err = db.Bulk(tx, "write in the book of hours", wait, programme)
	return err
}

// whole opens the book of a programme with every entry.
func whole(tx *db.Tx, programme record.ID) (*book, error) {
	return open(tx, programme, func() ([]Entry, error) { return entriesOf(tx, programme) })
}

// partOf opens the book with the entries of one group: for what does not draw
// on a contract, since what the others have of it is not there.
func partOf(tx *db.Tx, programme, group record.ID) (*book, error) {
	return open(tx, programme, func() ([]Entry, error) { return entriesOfGroup(tx, programme, group) })
}

func open(tx *db.Tx, programme record.ID, load func() ([]Entry, error)) (*book, error) {
	if err := take(tx, programme); err != nil {
		return nil, err
	}
	found, err := load()
	if err != nil {
		return nil, err
	}
	l, err := replay(found)
	if err != nil {
		return nil, err
	}
	last, err := db.One[int](tx, "SELECT COALESCE(MAX(number), 0) FROM hours_entry WHERE tenant_id = $1 AND programme_id = $2", programme)
	return &book{l, tx, programme, last}, err
}

// post adds an entry, or says why it cannot be.
func (b *book) post(e ledger.Entry) error {
	e.ID, e.At, e.By = db.NewID().String(), b.tx.Now.Time, b.tx.Actor.Name
	if err := b.Post(e); err != nil {
		return refused(err)
	}
	b.last++
	row := entryOf(e, b.programme)
	row.Number = b.last
	return entries.Insert(b.tx, &row)
}

// replay makes the ledger of stored entries.
func replay(found []Entry) (*ledger.Ledger, error) {
	lines := make([]ledger.Entry, len(found))
	for i, e := range found {
		lines[i] = e.line()
	}
	return ledger.Replay(lines)
}

func entriesOf(tx *db.Tx, programme record.ID) ([]Entry, error) {
	return entries.Select(tx, "WHERE tenant_id = $1 AND programme_id = $2 ORDER BY number", programme)
}

func entriesOfGroup(tx *db.Tx, programme, group record.ID) ([]Entry, error) {
	return entries.Select(tx, "WHERE tenant_id = $1 AND programme_id = $2 AND (group_id = $3 OR group_id = '') ORDER BY number", programme, group)
}

func invoicesOf(tx *db.Tx, programme record.ID) ([]Invoice, error) {
	return invoices.Select(tx, "WHERE tenant_id = $1 AND programme_id = $2 ORDER BY date DESC, id", programme)
}

func billedAlready(tx *db.Tx, contract record.ID, number string) (bool, error) {
	n, err := db.One[int](tx, "SELECT COUNT(*) FROM hours_invoice WHERE tenant_id = $1 AND contract_id = $2 AND number = $3", contract, number)
	return n > 0, err
}

// deliveryOf is the last first entry of a delivery: a session whose delivery was
// taken back may be delivered again.
func deliveryOf(tx *db.Tx, group, session record.ID) (Entry, error) {
	return entries.First(tx, `
		WHERE tenant_id = $1 AND group_id = $2 AND ref = $3 AND kind = $4 AND corrects = ''
		ORDER BY number DESC`, group, session, ledger.Deliver)
}
