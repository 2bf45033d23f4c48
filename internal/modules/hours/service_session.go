package hours

import (
	"bastida/engine/ledger"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/supervision"
	"bastida/internal/platform/db"
)

// Delivery is what was held of a session.
type Delivery struct {
	Minutes       int
	PersonMinutes int
	Reason        string // of a correction
}

// Schedule keeps minutes of a group for a session. More than are free is
// refused. Whoever calls it has asked for permission, as for the verbs below.
func (s *Service) Schedule(tx *db.Tx, g supervision.Group, session record.ID, minutes int) error {
	b, err := s.enough(tx, g, ledger.Amount(minutes))
	if err != nil {
		return err
	}
	return b.post(ledger.Entry{
		Kind: ledger.Schedule, Account: ledger.Account(g.ID), Ref: session.String(), Figures: ledger.Figures{Amount: ledger.Amount(minutes)},
	})
}

// enough opens the part of the book that is of a group, after assigning to it
// what its contract still has when less than the minutes are free.
func (s *Service) enough(tx *db.Tx, g supervision.Group, minutes ledger.Amount) (*book, error) {
	b, err := partOf(tx, g.ProgrammeID, g.ID)
	if err != nil {
		return nil, err
	}
	now := b.Balance(ledger.Account(g.ID))
	if now.Free() >= minutes || now.Uncontracted() == 0 {
		return b, nil
	}
	if err := s.cover(tx, g); err != nil {
		return nil, err
	}
	if b, err = partOf(tx, g.ProgrammeID, g.ID); err != nil {
		return nil, err
	}
	if now = b.Balance(ledger.Account(g.ID)); now.Free() < minutes && now.Uncontracted() > 0 {
		return nil, fault.New(fault.Conflict, "hours.not_contracted", "asked", Hours(int(minutes)), "free", Hours(int(now.Free())))
	}
	return b, nil
}

// Unschedule gives back what is still kept for a session.
func (s *Service) Unschedule(tx *db.Tx, g supervision.Group, session record.ID) error {
	b, err := partOf(tx, g.ProgrammeID, g.ID)
	if err != nil {
		return err
	}
	kept := b.Scheduled(ledger.Account(g.ID), session.String())
	if kept == 0 {
		return nil
	}
	return b.post(ledger.Entry{
		Kind: ledger.Unschedule, Account: ledger.Account(g.ID), Ref: session.String(), Figures: ledger.Figures{Amount: kept},
	})
}

// Deliver takes down what was held of a session, and frees what was kept for
// it. More than was kept must be free.
func (s *Service) Deliver(tx *db.Tx, g supervision.Group, session record.ID, minutes, personMinutes int) error {
	b, err := partOf(tx, g.ProgrammeID, g.ID)
	if err != nil {
		return err
	}
	account := ledger.Account(g.ID)
	kept := b.Scheduled(account, session.String())
	if more := ledger.Amount(minutes) - kept; more > 0 {
		if b, err = s.enough(tx, g, more); err != nil {
			return err
		}
	}
	return b.post(ledger.Entry{
		Kind: ledger.Deliver, Account: account, Ref: session.String(),
		Figures: ledger.Figures{Amount: ledger.Amount(minutes), Persons: ledger.Amount(personMinutes), Released: kept},
	})
}

// Redeliver corrects what was held of a session, with a reason, by an entry of
// the difference.
func (s *Service) Redeliver(tx *db.Tx, g supervision.Group, session record.ID, d Delivery) error {
	return s.redeliver(tx, g, session, d, func(first Entry) ledger.Figures {
		return ledger.Figures{Amount: ledger.Amount(d.Minutes), Persons: ledger.Amount(d.PersonMinutes), Released: ledger.Amount(first.Released)}
	})
}

// Undeliver takes back that a session was held: its minutes are kept for it
// again.
func (s *Service) Undeliver(tx *db.Tx, g supervision.Group, session record.ID, reason string) error {
	return s.redeliver(tx, g, session, Delivery{Reason: reason}, func(Entry) ledger.Figures { return ledger.Figures{} })
}

func (s *Service) redeliver(tx *db.Tx, g supervision.Group, session record.ID, d Delivery, figures func(first Entry) ledger.Figures) error {
	first, err := deliveryOf(tx, g.ID, session)
	if err != nil {
		return err
	}
	b, err := partOf(tx, g.ProgrammeID, g.ID)
	if err != nil {
		return err
	}
	return b.correct(first, figures(first), d.Reason)
}

// correct adds the entry that makes an earlier one say other figures. One that
// says them already stays alone.
func (b *book) correct(first Entry, figures ledger.Figures, reason string) error {
	if reason == "" {
		var wrong fault.Fields
		wrong.Add("reason", "form.required")
		return wrong.Err()
	}
	e, err := b.Correct(first.ID.String(), figures)
	if err != nil {
		return refused(err)
	}
	if (e.Figures == ledger.Figures{}) {
		return nil
	}
	e.Note = reason
	return b.post(e)
}
