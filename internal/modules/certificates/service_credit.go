package certificates

import (
	"context"
	"slices"

	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/profession"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/coverage"
	"bastida/internal/modules/supervision"
	"bastida/internal/platform/access"
	"bastida/internal/platform/db"
)

// CreditView is the credit of a group: its type, what it was derived from, and
// the accreditations.
type CreditView struct {
	Group          supervision.Group
	Programme      supervision.Programme
	Given          bool // the rules know of credit
	Credit         Credit
	People         []profession.Profession
	Supervisor     profession.Profession
	First          civil.Date // session; zero while there is none
	Accreditations []Accreditation
}

// CreditOf derives the credit of a group.
func (s *Service) CreditOf(ctx context.Context, group record.ID) (v CreditView, err error) {
	if err := Issue.Check(ctx, access.Place{}); err != nil {
		return v, err
	}
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		if v.Group, err = s.Supervision.Group(tx.Context, group); err != nil {
			return err
		}
		p, err := s.Supervision.Programme(tx.Context, v.Group.ProgrammeID)
		if err != nil {
			return err
		}
		c, err := s.Coverage.Season(tx, p)
		if err != nil {
			return err
		}
		v, err = s.credit(tx, c, v.Group)
		return err
	})
	return v, err
}

func (s *Service) credit(tx *db.Tx, c coverage.Season, g supervision.Group) (v CreditView, err error) {
	v = CreditView{Group: g, Programme: c.Programme, Given: GivesCredit(c.Programme.Rules()), First: c.First[g.ID]}
	v.People = composition(g.ID, c.Everybody, c.Meetings)
	if g.SupervisorID != "" {
		who, err := s.Supervisors.Supervisor(inside(tx), g.SupervisorID)
		if err != nil {
			return v, err
		}
		v.Supervisor = who.Profession
	}
	v.Credit = CreditOf(g.Kind, v.People, v.Supervisor)
	all, err := accreditationsOf(tx, c.Programme.ID)
	v.Accreditations = slices.DeleteFunc(all, func(a Accreditation) bool { return a.GroupID != g.ID })
	return v, err
}

// Accredit enters that the order recognised the sessions of a group before they
// began.
func (s *Service) Accredit(ctx context.Context, group record.ID, in AccreditationInput) (a Accreditation, err error) {
	err = s.DB.Do(ctx, func(tx *db.Tx) error {
		v, err := s.CreditOf(tx.Context, group)
		if err != nil {
			return err
		}
		switch {
		case !v.Given:
			return fault.New(fault.Conflict, "certificates.accreditation.no_credit")
		case v.Credit == Undecided:
			return fault.New(fault.Conflict, "certificates.accreditation.undecided")
		}
		if err := in.check(today(tx), v.First); err != nil {
			return err
		}
		a = Accreditation{
			ProgrammeID: v.Programme.ID, GroupID: group, Credit: v.Credit, Event: in.Event, By: in.By, On: in.On,
			Minutes: coverage.Minutes(in.Hours), EnteredBy: tx.Actor.Name,
		}
		return accreditations.Insert(tx, &a)
	})
	return a, err
}
