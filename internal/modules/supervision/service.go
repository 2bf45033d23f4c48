package supervision

import (
	"context"
	"errors"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/calls"
	"bastida/internal/modules/grouping"
	"bastida/internal/modules/identity"
	"bastida/internal/modules/profiles"
	"bastida/internal/modules/supervisors"
	"bastida/internal/modules/territory"
	"bastida/internal/platform/access"
	"bastida/internal/platform/db"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/table"
)

// Deps are the services that this module calls.
type Deps struct {
	DB          *db.DB
	Identity    *identity.Service
	Territory   *territory.Service
	Profiles    *profiles.Service
	Supervisors *supervisors.Service
	Calls       *calls.Service
	Grouping    *grouping.Service
}

// Service is the verbs of this module.
type Service struct {
	Deps

	holds   []func(context.Context, Programme) ([]Hold, error)
	granted []func(*db.Tx, Group) error
	left    []func(*db.Tx, Participant) error
	handed  []func(*db.Tx, Group) error
	pages
}

// New returns the service.
func New(d Deps) *Service { return &Service{Deps: d} }

// HoldClosing adds what keeps programmes from closing. It is called while the
// program is put together, as are the others.
func (s *Service) HoldClosing(hold func(context.Context, Programme) ([]Hold, error)) {
	s.holds = append(s.holds, hold)
}

// OnGrant is told of the minutes granted to a group, in the same transaction,
// whenever they change; its refusal undoes the change.
func (s *Service) OnGrant(told func(*db.Tx, Group) error) { s.granted = append(s.granted, told) }

// OnLeave is told, in the same transaction, who left a group.
func (s *Service) OnLeave(told func(*db.Tx, Participant) error) { s.left = append(s.left, told) }

// OnHandover is told, in the same transaction, of a group that another person
// supervises from now on.
func (s *Service) OnHandover(told func(*db.Tx, Group) error) { s.handed = append(s.handed, told) }

// today is the day of a transaction, where the bodies are.
func today(tx *db.Tx) civil.Date { return civil.Of(tx.Now.In(i18n.Zone)) }

// look reads for whoever has the permission anywhere; f keeps to their reach.
func (s *Service) look(ctx context.Context, f func(*db.Tx) error) error {
	if err := Read.Require(ctx); err != nil {
		return err
	}
	return s.DB.View(ctx, f)
}

// manage writes for whoever prepares programmes.
func (s *Service) manage(ctx context.Context, f func(*db.Tx) error) error {
	if err := Manage.Check(ctx, access.Place{}); err != nil {
		return err
	}
	return s.DB.Do(ctx, f)
}

// ProgrammeFilter narrows a list of programmes.
type ProgrammeFilter struct {
	Words   string
	State   State
	Profile string
}

// Programmes lists the programmes within reach of the actor of ctx.
func (s *Service) Programmes(ctx context.Context, f ProgrammeFilter, p table.Page) (found []Programme, total int, err error) {
	err = s.look(ctx, func(tx *db.Tx) error {
		found, total, err = programmesWhere(tx, f, p)
		return err
	})
	return found, total, err
}

// Programme returns one of them.
func (s *Service) Programme(ctx context.Context, id record.ID) (p Programme, err error) {
	err = s.look(ctx, func(tx *db.Tx) error {
		p, err = programmeAt(tx, id)
		return err
	})
	return p, err
}

// Groups lists the groups of a programme that are within reach, by number.
func (s *Service) Groups(ctx context.Context, programme record.ID) (found []Group, err error) {
	err = s.look(ctx, func(tx *db.Tx) error {
		all, err := groupsOf(tx, programme)
		for _, g := range all {
			if Read.Check(tx.Context, g.Place()) == nil {
				found = append(found, g)
			}
		}
		return err
	})
	return found, err
}

// Group returns a group within reach.
func (s *Service) Group(ctx context.Context, id record.ID) (g Group, err error) {
	err = s.look(ctx, func(tx *db.Tx) error {
		if g, err = groups.Get(tx, id); err != nil {
			return err
		}
		return Read.Check(tx.Context, g.Place())
	})
	return g, err
}

// MyGroups lists the groups of open programmes that the actor of ctx
// supervises, and those that they belong to.
func (s *Service) MyGroups(ctx context.Context) (led, joined []Group, err error) {
	if err := access.SignedIn.Check(ctx, access.Place{}); err != nil {
		return nil, nil, err
	}
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		if led, err = groupsLed(tx, tx.Actor.User); err != nil {
			return err
		}
		joined, err = groupsJoined(tx, tx.Actor.User)
		return err
	})
	return led, joined, err
}

// Belongs says what the actor of ctx is to a group today. For everybody else,
// whatever their role, the group is NotFound.
func (s *Service) Belongs(ctx context.Context, group record.ID) (b Belonging, err error) {
	if err := access.SignedIn.Check(ctx, access.Place{}); err != nil {
		return b, err
	}
	if !actor.From(ctx).SignedIn() { // the program itself belongs nowhere
		return b, fault.New(fault.NotFound, "record.not_found")
	}
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		if b.Group, err = groups.Get(tx, group); err != nil {
			return err
		}
		b.Supervises = b.Group.SupervisorUser == tx.Actor.User
		p, err := participation(tx, group, tx.Actor.User)
		switch {
		case err == nil:
			b.Participant = &p
		case !errors.Is(err, fault.NotFound) || !b.Supervises:
			return err
		}
		return nil
	})
	return b, err
}

// Participants lists the people of a group, those who left included.
func (s *Service) Participants(ctx context.Context, group record.ID) (found []Participant, err error) {
	if _, err := s.Group(ctx, group); err != nil {
		return nil, err
	}
	err = s.look(ctx, func(tx *db.Tx) error {
		found, err = participantsWhere(tx, "group_id", group)
		return err
	})
	return found, err
}

// ParticipantsOf lists the people of the groups of a programme that are within
// reach.
func (s *Service) ParticipantsOf(ctx context.Context, programme record.ID) (found []Participant, err error) {
	within, err := s.Groups(ctx, programme)
	if err != nil {
		return nil, err
	}
	reached := map[record.ID]bool{}
	for _, g := range within {
		reached[g.ID] = true
	}
	err = s.look(ctx, func(tx *db.Tx) error {
		all, err := participantsWhere(tx, "programme_id", programme)
		for _, p := range all {
			if reached[p.GroupID] {
				found = append(found, p)
			}
		}
		return err
	})
	return found, err
}

// Contracts lists what providers were engaged for in a programme.
func (s *Service) Contracts(ctx context.Context, programme record.ID) (found []Contract, err error) {
	if _, err := s.Programme(ctx, programme); err != nil {
		return nil, err
	}
	err = s.look(ctx, func(tx *db.Tx) error {
		found, err = contractsOf(tx, programme)
		return err
	})
	return found, err
}

// Holds lists what keeps a programme from closing now.
func (s *Service) Holds(ctx context.Context, p Programme) (all []Hold, err error) {
	for _, ask := range s.holds {
		held, err := ask(ctx, p)
		if err != nil {
			return nil, err
		}
		all = append(all, held...)
	}
	return all, nil
}
