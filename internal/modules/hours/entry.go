package hours

import (
	"errors"

	"bastida/engine/ledger"
	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
)

// Entry is one line of the book of a programme. It is never changed.
type Entry struct {
	record.Row
	ProgrammeID   record.ID   `db:"programme_id"`
	GroupID       record.ID   `db:"group_id"`    // empty for what a contract is worth
	ContractID    record.ID   `db:"contract_id"` // the programme itself for own means
	Number        int         `db:"number"`      // within the programme, from 1
	Kind          ledger.Kind `db:"kind"`
	Minutes       int         `db:"minutes"` // in a correction, the difference
	PersonMinutes int         `db:"person_minutes"`
	Released      int         `db:"released"`
	Ref           record.ID   `db:"ref"`      // the session or the invoice
	Corrects      record.ID   `db:"corrects"` // the first entry, never a correction
	By            string      `db:"entered_by"`
	Note          string      `db:"note"`
}

// line is the entry as the ledger knows it.
func (e Entry) line() ledger.Entry {
	return ledger.Entry{
		ID: e.ID.String(), Account: ledger.Account(e.GroupID), Contract: ledger.Contract(e.ContractID), Kind: e.Kind,
		Figures: ledger.Figures{Amount: ledger.Amount(e.Minutes), Persons: ledger.Amount(e.PersonMinutes), Released: ledger.Amount(e.Released)},
		Ref:     e.Ref.String(), Corrects: e.Corrects.String(), At: e.CreatedAt.Time, By: e.By, Note: e.Note,
	}
}

// entryOf is a line of the ledger as it is kept.
func entryOf(l ledger.Entry, programme record.ID) Entry {
	return Entry{
		Row: record.Row{ID: record.ID(l.ID)}, ProgrammeID: programme, GroupID: record.ID(l.Account), ContractID: record.ID(l.Contract), Kind: l.Kind,
		Minutes: int(l.Amount), PersonMinutes: int(l.Persons), Released: int(l.Released),
		Ref: record.ID(l.Ref), Corrects: record.ID(l.Corrects), By: l.By, Note: l.Note,
	}
}

// Line is an entry as part of a figure.
type Line struct {
	Entry
	Change int // minutes that the entry adds to the figure
	Sum    int // the figure after it
}

// refusals are the faults of the rules of amounts. The other rules are of form:
// breaking one is a mistake of the program.
var refusals = map[ledger.Rule]string{
	ledger.WithinFunded:    "hours.beyond_contract",
	ledger.WithinAssigned:  "hours.beyond_assigned",
	ledger.WithinGranted:   "hours.beyond_granted",
	ledger.WithinFree:      "hours.beyond_free",
	ledger.WithinScheduled: "hours.beyond_scheduled",
	ledger.WithinDelivered: "hours.beyond_delivered",
	ledger.WithinInvoiced:  "hours.beyond_invoiced",
	ledger.CorrectedRight:  "hours.beyond_entry",
}

// refused says a refusal of the ledger to people: what was asked, and what there
// is.
func refused(err error) error {
	var r *ledger.Refusal
	if !errors.As(err, &r) || refusals[r.Rule] == "" {
		return err
	}
	return fault.New(fault.Conflict, refusals[r.Rule], "asked", Hours(int(r.Asked)), "free", Hours(int(r.Available)))
}

// hour is how many minutes it has.
const hour = 60

// Hours are minutes as hours of 60 minutes.
func Hours(minutes int) float64 { return float64(minutes) / hour }

// minutesOf are hours as people type them, as minutes.
func minutesOf(hours float64) int { return int(hours*hour + 0.5) }

// Cents is the price of so many minutes at a price of an hour, rounded to the
// nearest.
func Cents(minutes, anHour int) int { return (minutes*anHour + hour/2) / hour }

// Invoice is what a provider bills of what was delivered.
type Invoice struct {
	record.Row
	ProgrammeID record.ID            `db:"programme_id"`
	ContractID  record.ID            `db:"contract_id"`
	Number      string               `db:"number"` // of the provider; once in a contract
	Date        civil.Date           `db:"date"`
	Items       record.JSON[[]Share] `db:"items"` // as entered; what was credited since is in the entries
	Minutes     int                  `db:"minutes"`
	Cents       int                  `db:"cents"` // at the contract's price, before tax
}

// Share is the part of an invoice that is for a group.
type Share struct {
	GroupID record.ID `json:"group"`
	Minutes int       `json:"minutes"`
}
