package booking

import (
	"context"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/hours"
	"bastida/internal/modules/sessions"
	"bastida/internal/modules/supervision"
	"bastida/internal/modules/supervisors"
	"bastida/internal/modules/territory"
	"bastida/internal/platform/db"
	"bastida/internal/platform/i18n"
)

// Deps are the services that this module calls.
type Deps struct {
	DB          *db.DB
	Territory   *territory.Service
	Supervisors *supervisors.Service
	Supervision *supervision.Service
	Hours       *hours.Service
	Sessions    *sessions.Service
}

// Service is the verbs of this module.
type Service struct {
	Deps

	changed []func(*db.Tx, Change, []sessions.Session) error
}

// Change says what happened to sessions.
type Change string

// The changes.
const (
	Booked    Change = "booked"
	Moved     Change = "moved"
	CalledOff Change = "cancelled"
)

// New returns the service.
func New(d Deps) *Service {
	s := &Service{Deps: d}
	if d.Supervision != nil {
		d.Supervision.OfferTabs(s.tab)
		d.Supervision.OfferGroupTabs(s.groupTab)
	}
	return s
}

// OnChange is told, in the same transaction, what happened to sessions. It is
// called while the program is put together.
func (s *Service) OnChange(told func(*db.Tx, Change, []sessions.Session) error) {
	s.changed = append(s.changed, told)
}

func (s *Service) tell(tx *db.Tx, c Change, all []sessions.Session) error {
	for _, told := range s.changed {
		if err := told(tx, c, all); err != nil {
			return err
		}
	}
	return nil
}

// today is the day of a transaction, where the bodies are.
func today(tx *db.Tx) civil.Date { return civil.Of(tx.Now.In(i18n.Zone)) }

// inside is a context in which the program reads what a rule needs, whoever
// asks.
//
// Safety: what is read with it is for the rules, or has been asked permission
// for already.
func inside(tx *db.Tx) context.Context { return actor.AsSystem(tx.Context, tx.Tenant, "booking") }

// Cancel cancels a planned session, gives its hours back and tells everybody.
func (s *Service) Cancel(ctx context.Context, id record.ID, in sessions.CallOff) (cancelled sessions.Session, err error) {
	if err := sessions.Plan.Require(ctx); err != nil {
		return cancelled, err
	}
	err = s.DB.Do(ctx, func(tx *db.Tx) error {
		p := s.planner(tx)
		cancelled, err = s.Sessions.Change(tx, id, db.AnyVersion, func(row *sessions.Session) error {
			rule, err := p.rule(*row)
			if err != nil {
				return err
			}
			row.CancelledAt, row.CancelledBy = tx.Now, tx.Actor.Name
			row.ShortNotice, row.RebookBy = rule.short(*row, tx.Now, i18n.Zone), rule.until(*row)
			return row.CallOff(tx.Context, in)
		})
		if err != nil {
			return err
		}
		if err := s.Hours.Unschedule(tx, p.groups[cancelled.GroupID], cancelled.ID); err != nil {
			return err
		}
		return s.tell(tx, CalledOff, []sessions.Session{cancelled})
	})
	return cancelled, err
}

func (p *planner) rule(s sessions.Session) (Rule, error) {
	g, err := p.group(s.GroupID)
	if err != nil {
		return Rule{}, err
	}
	programme, err := p.programme(s.ProgrammeID)
	return ruleOf(programme, g), err
}

// RuleOf is what the programme of a session within reach says of cancelling and
// making up for it.
func (s *Service) RuleOf(ctx context.Context, id record.ID) (r Rule, err error) {
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		row, err := s.Sessions.Session(tx.Context, id)
		if err != nil {
			return err
		}
		r, err = s.planner(tx).rule(row)
		return err
	})
	return r, err
}
