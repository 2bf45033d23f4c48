package hours

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"bastida/engine/ledger"
	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/supervision"
	"bastida/internal/platform/access"
	"bastida/internal/platform/db"
)

// AssignInput moves hours of a contract to a group, or back.
type AssignInput struct {
	Contract  record.ID `json:"contract" doc:"Of the programme"`
	Direction Direction `json:"direction"`
	Hours     float64   `json:"hours"`
	Reason    string    `json:"reason"`
}

// Direction says which way contracted hours go.
type Direction string

// The directions.
const (
	ToGroup   Direction = "to_group"
	FromGroup Direction = "from_group"
)

// Assign gives a group hours of a contract of its programme, or takes them
// back, with a reason.
func (s *Service) Assign(ctx context.Context, group record.ID, in AssignInput) (g supervision.Group, err error) {
	err = s.keep(ctx, func(tx *db.Tx) error {
		if g, err = s.Supervision.Group(tx.Context, group); err != nil {
			return err
		}
		if _, err := s.editable(tx, g.ProgrammeID); err != nil {
			return err
		}
		c, err := s.contract(tx, g.ProgrammeID, in.Contract)
		if err != nil {
			return err
		}
		b, err := whole(tx, g.ProgrammeID)
		if err != nil {
			return err
		}
		if err := b.fund(ledger.Contract(c.ID), ledger.Amount(c.Minutes)); err != nil {
			return err
		}
		kind := ledger.Assign
		if in.Direction == FromGroup {
			kind = ledger.Withdraw
		}
		return b.post(ledger.Entry{
			Kind: kind, Account: ledger.Account(g.ID), Contract: ledger.Contract(c.ID), Note: in.Reason,
			Figures: ledger.Figures{Amount: ledger.Amount(minutesOf(in.Hours))},
		})
	})
	return g, err
}

// contract finds a contract among those of a programme.
func (s *Service) contract(tx *db.Tx, programme, id record.ID) (supervision.Contract, error) {
	all, err := s.Supervision.Contracts(tx.Context, programme)
	if err != nil {
		return supervision.Contract{}, err
	}
	i := slices.IndexFunc(all, func(c supervision.Contract) bool { return c.ID == id })
	if i < 0 {
		var wrong fault.Fields
		wrong.Add("contract", "form.not_an_option")
		return supervision.Contract{}, wrong.Err()
	}
	return all[i], nil
}

// ContractAt is a contract with how much of it was assigned to groups.
type ContractAt struct {
	supervision.Contract
	Assigned int
}

// Contracts are those of a programme, with what was assigned.
func (s *Service) Contracts(ctx context.Context, programme record.ID) (found []ContractAt, err error) {
	if err := ReadInvoices.Check(ctx, access.Place{}); err != nil {
		return nil, err
	}
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		all, err := s.Supervision.Contracts(tx.Context, programme)
		if err != nil {
			return err
		}
		kept, err := entriesOf(tx, programme)
		if err != nil {
			return err
		}
		l, err := replay(kept)
		if err != nil {
			return err
		}
		for _, c := range all {
			found = append(found, ContractAt{c, int(l.Contract(ledger.Contract(c.ID)).Assigned)})
		}
		return nil
	})
	return found, err
}

// InvoiceInput is an invoice as it is entered.
type InvoiceInput struct {
	Contract record.ID   `json:"contract"`
	Number   string      `json:"number"`
	Date     civil.Date  `json:"date"`
	Items    []ItemInput `json:"items"`
}

// ItemInput is the part of an invoice that is for a group.
type ItemInput struct {
	Group record.ID `json:"group"`
	Hours float64   `json:"hours"`
}

// Bill takes down an invoice of a provider. What was not delivered cannot be
// billed, nor the same invoice twice.
func (s *Service) Bill(ctx context.Context, programme record.ID, in InvoiceInput) (v Invoice, err error) {
	err = s.keep(ctx, func(tx *db.Tx) error {
		c, err := s.contract(tx, programme, in.Contract)
		if err != nil {
			return err
		}
		in.Number = strings.TrimSpace(in.Number)
		twice, err := billedAlready(tx, c.ID, in.Number)
		if err != nil {
			return err
		}
		var wrong fault.Fields
		if twice {
			wrong.Add("number", "hours.billed_already")
		}
		if in.Date.After(today(tx)) {
			wrong.Add("date", "hours.date_to_come")
		}
		shares, total, err := s.shares(tx, programme, in.Items, &wrong)
		if err := cmp.Or(err, wrong.Err()); err != nil {
			return err
		}
		v = Invoice{ProgrammeID: programme, ContractID: c.ID, Number: in.Number, Date: in.Date, Minutes: total, Cents: Cents(total, c.PriceCents)}
		v.Items.V = shares
		return s.bill(tx, &v)
	})
	return v, err
}

// shares reads the items of an invoice; a group that comes twice counts
// together.
func (s *Service) shares(tx *db.Tx, programme record.ID, items []ItemInput, wrong *fault.Fields) (shares []Share, total int, err error) {
	groups, err := s.Supervision.Groups(tx.Context, programme)
	if err != nil {
		return nil, 0, err
	}
	for _, item := range items {
		minutes := minutesOf(item.Hours)
		if minutes <= 0 {
			continue
		}
		if !slices.ContainsFunc(groups, func(g supervision.Group) bool { return g.ID == item.Group }) {
			wrong.Add("items", "form.not_an_option")
			continue
		}
		total += minutes
		if i := slices.IndexFunc(shares, func(s Share) bool { return s.GroupID == item.Group }); i >= 0 {
			shares[i].Minutes += minutes
			continue
		}
		shares = append(shares, Share{item.Group, minutes})
	}
	if total == 0 && len(*wrong) == 0 {
		wrong.Add("items", "hours.nothing_billed")
	}
	return shares, total, nil
}

func (s *Service) bill(tx *db.Tx, v *Invoice) error {
	b, err := whole(tx, v.ProgrammeID)
	if err != nil {
		return err
	}
	if err := invoices.Insert(tx, v); err != nil {
		return err
	}
	for _, share := range v.Items.V {
		err := b.post(ledger.Entry{
			Kind: ledger.Invoice, Account: ledger.Account(share.GroupID), Ref: v.ID.String(), Note: v.Number,
			Figures: ledger.Figures{Amount: ledger.Amount(share.Minutes)},
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// Invoices are those of a programme, newest first.
func (s *Service) Invoices(ctx context.Context, programme record.ID) (found []Invoice, err error) {
	if err := ReadInvoices.Check(ctx, access.Place{}); err != nil {
		return nil, err
	}
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		found, err = invoicesOf(tx, programme)
		return err
	})
	return found, err
}

// CorrectInput makes an invoiced entry say other hours.
type CorrectInput struct {
	Hours  float64 `json:"hours" doc:"What it should say"`
	Reason string  `json:"reason"`
}

// Invoiced returns an entry of an invoice, with its corrections counted in.
func (s *Service) Invoiced(ctx context.Context, id record.ID) (e Entry, err error) {
	if err := Keep.Check(ctx, access.Place{}); err != nil {
		return e, err
	}
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		if e, err = entries.Get(tx, id); err != nil {
			return err
		}
		if e.Kind != ledger.Invoice || e.Corrects != "" {
			return fault.New(fault.NotFound, "record.not_found")
		}
		all, err := entriesOfGroup(tx, e.ProgrammeID, e.GroupID)
		for _, other := range all {
			if other.Corrects == e.ID {
				e.Minutes += other.Minutes
			}
		}
		return err
	})
	return e, err
}

// Correct corrects what an invoice says of a group, by an entry of the
// difference with its reason.
func (s *Service) Correct(ctx context.Context, id record.ID, in CorrectInput) (e Entry, err error) {
	err = s.keep(ctx, func(tx *db.Tx) error {
		if e, err = s.Invoiced(tx.Context, id); err != nil {
			return err
		}
		b, err := partOf(tx, e.ProgrammeID, e.GroupID)
		if err != nil {
			return err
		}
		return b.correct(e, ledger.Figures{Amount: ledger.Amount(minutesOf(in.Hours))}, in.Reason)
	})
	return e, err
}
