package sessions

import (
	"context"
	"slices"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/hours"
	"bastida/internal/modules/supervision"
	"bastida/internal/platform/access"
	"bastida/internal/platform/db"
	"bastida/internal/platform/table"
)

// Deps are what this module works with.
type Deps struct {
	DB          *db.DB
	Supervision *supervision.Service
	Hours       *hours.Service
}

// Service is the verbs of this module.
type Service struct {
	Deps

	held []func(*db.Tx, Session) error
	slots
}

// New returns the service.
func New(d Deps) *Service { return &Service{Deps: d} }

// OnHeld is told of every session that was held, in the same transaction. It is
// called while the program is put together.
func (s *Service) OnHeld(told func(*db.Tx, Session) error) { s.held = append(s.held, told) }

// inside is a context in which the program reads what a rule needs, whoever
// asks.
//
// Safety: what is read with it is for the rules, or has been asked permission
// for already.
func inside(tx *db.Tx) context.Context { return actor.AsSystem(tx.Context, tx.Tenant, "sessions") }

// groupOf is the group of a session, whoever asks.
func (s *Service) groupOf(tx *db.Tx, session Session) (supervision.Group, error) {
	return s.Supervision.Group(inside(tx), session.GroupID)
}

// read returns a session within the actor's reach.
func (s *Service) read(tx *db.Tx, id record.ID) (Session, error) {
	found, err := sessions.Get(tx, id)
	if err != nil {
		return found, err
	}
	g, err := s.groupOf(tx, found)
	if err != nil {
		return found, err
	}
	return found, Read.Check(tx.Context, found.Place(g))
}

// Session returns a session within reach.
func (s *Service) Session(ctx context.Context, id record.ID) (found Session, err error) {
	if err := Read.Require(ctx); err != nil {
		return found, err
	}
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		found, err = s.read(tx, id)
		return err
	})
	return found, err
}

// within says which sessions the actor reads.
func (s *Service) within(ctx context.Context) (r reach, err error) {
	if err := Read.Require(ctx); err != nil {
		return r, err
	}
	a := actor.From(ctx)
	if Read.Reach(a) == access.Tenant {
		return reach{all: true}, nil
	}
	r.user = a.User
	all, _, err := s.Supervision.Programmes(ctx, supervision.ProgrammeFilter{}, table.Page{Number: 1, Size: 1000, Sort: "starts"}.All())
	if err != nil {
		return r, err
	}
	for _, p := range all {
		groups, err := s.Supervision.Groups(ctx, p.ID)
		if err != nil {
			return r, err
		}
		for _, g := range groups {
			r.groups = append(r.groups, g.ID)
		}
	}
	return r, nil
}

// Sessions lists the sessions within reach.
func (s *Service) Sessions(ctx context.Context, f Filter, p table.Page) (found []Session, total int, err error) {
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		r, err := s.within(tx.Context)
		if err != nil {
			return err
		}
		found, total, err = list(tx, f, r, p)
		return err
	})
	return found, total, err
}

// every lists all sessions within reach that a filter lets through, by time.
func (s *Service) every(ctx context.Context, f Filter) (found []Session, err error) {
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		r, err := s.within(tx.Context)
		if err != nil {
			return err
		}
		found, err = every(tx, f, r)
		return err
	})
	return found, err
}

// OfGroup lists the sessions of a group within reach, by time.
func (s *Service) OfGroup(ctx context.Context, group record.ID) ([]Session, error) {
	if _, err := s.Supervision.Group(ctx, group); err != nil {
		return nil, err
	}
	return s.every(ctx, Filter{Group: group})
}

// OfProgramme lists the sessions of the groups of a programme that are within
// reach, by time.
func (s *Service) OfProgramme(ctx context.Context, programme record.ID) ([]Session, error) {
	return s.every(ctx, Filter{Programme: programme})
}

// Mine lists the sessions between two days that the actor leads, and those of
// the groups that they belong to, by time.
func (s *Service) Mine(ctx context.Context, from, to civil.Date) (found []Session, err error) {
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		led, joined, err := s.Supervision.MyGroups(tx.Context)
		if err != nil {
			return err
		}
		r := reach{user: tx.Actor.User}
		for _, g := range slices.Concat(led, joined) {
			r.groups = append(r.groups, g.ID)
		}
		found, err = every(tx, Filter{From: from, To: to}, r)
		return err
	})
	return found, err
}

// Turn waits for the turn to book in a tenant and keeps it until the
// transaction ends. It and the verbs below are for package booking, which asks
// for permission and for what collides.
func (s *Service) Turn(tx *db.Tx) error { return take(tx) }

// Row returns a session, whoever asks.
func (s *Service) Row(tx *db.Tx, id record.ID) (Session, error) { return sessions.Get(tx, id) }

// Around lists what may collide with a session of a group on a day: the group's
// sessions, and everybody's of that day. Cancelled ones are left out.
func (s *Service) Around(tx *db.Tx, group record.ID, day civil.Date) ([]Session, error) {
	return around(tx, group, day)
}

// ReplacementsOf lists what makes up for a cancelled session.
func (s *Service) ReplacementsOf(tx *db.Tx, cancelled record.ID) ([]Session, error) {
	return replacementOf(tx, cancelled)
}

// Add stores a planned session under the next number of its group.
func (s *Service) Add(tx *db.Tx, row *Session) (err error) {
	if row.Number, err = nextNumber(tx, row.GroupID); err != nil {
		return err
	}
	row.State, row.SignKey = Planned, newSignKey()
	return sessions.Insert(tx, row)
}

// Change edits a session.
func (s *Service) Change(tx *db.Tx, id record.ID, version int, f func(*Session) error) (Session, error) {
	return sessions.Edit(tx, id, version, f)
}
