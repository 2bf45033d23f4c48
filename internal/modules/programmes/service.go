package programmes

import (
	"cmp"
	"context"
	"slices"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/calls"
	"bastida/internal/modules/identity"
	"bastida/internal/modules/profiles"
	"bastida/internal/modules/supervision"
	"bastida/internal/modules/supervisors"
	"bastida/internal/modules/territory"
	"bastida/internal/platform/table"
)

// Deps are the services whose verbs these pages offer.
type Deps struct {
	Identity    *identity.Service
	Territory   *territory.Service
	Profiles    *profiles.Service
	Supervisors *supervisors.Service
	Calls       *calls.Service
	Supervision *supervision.Service
}

// Service is the pages and what they gather.
type Service struct{ Deps }

// New returns the service.
func New(d Deps) *Service { return &Service{d} }

// Candidate is somebody who could supervise a group, with what speaks against
// it and what they have already.
type Candidate struct {
	supervisors.Supervisor
	Conflicts []supervisors.Incompatibility
	Groups    int // of the same programme
	Minutes   int // granted to those groups
	Near      bool
	Speaks    bool
}

// candidates are the active supervisors, those without objections first, then
// those who work in the area and have least to do.
func (s *Service) candidates(ctx context.Context, g supervision.Group) (found []Candidate, err error) {
	all, err := s.Supervisors.All(ctx)
	if err != nil {
		return nil, err
	}
	groups, err := s.Supervision.Groups(ctx, g.ProgrammeID)
	if err != nil {
		return nil, err
	}
	for _, who := range all {
		if who.State != supervisors.Active {
			continue
		}
		c := Candidate{Supervisor: who, Near: who.WorksIn(g.Area), Speaks: g.Language == "" || slices.Contains(who.Languages.V, g.Language)}
		if c.Conflicts, err = s.Supervisors.Conflicts(ctx, who.ID, g.Place().Bodies); err != nil {
			return nil, err
		}
		for _, other := range groups {
			if other.SupervisorID == who.ID {
				c.Groups++
				c.Minutes += other.Minutes
			}
		}
		found = append(found, c)
	}
	slices.SortStableFunc(found, func(a, b Candidate) int {
		return cmp.Or(cmp.Compare(a.objections(), b.objections()), cmp.Compare(a.Minutes, b.Minutes))
	})
	return found, nil
}

// objections counts what speaks against a candidate; an incompatibility weighs
// more than everything else.
func (c Candidate) objections() (n int) {
	n = 10 * len(c.Conflicts)
	if !c.Near {
		n++
	}
	if !c.Speaks {
		n++
	}
	return n
}

// mostChoices is more than any organisation has of what a form lets choose.
const mostChoices = 2000

// bodies are those that can be in a group: the tenant and whom it supports.
func (s *Service) bodies(ctx context.Context) ([]identity.Body, error) {
	home, err := s.Identity.Body(ctx, actor.From(ctx).Tenant)
	if err != nil {
		return nil, err
	}
	found, _, err := s.Identity.Bodies(ctx, identity.BodyFilter{Pack: home.Pack}, table.Page{Number: 1, Size: mostChoices, Sort: "name_fold"})
	return found, err
}

// resolved are the calls of the tenant whose groups can become a programme.
func (s *Service) resolved(ctx context.Context) (found []calls.Call, err error) {
	all, _, err := s.Calls.Calls(ctx, calls.CallFilter{}, table.Page{Number: 1, Size: mostChoices, Sort: "opens", Desc: true})
	for _, c := range all {
		if c.TenantID == actor.From(ctx).Tenant && !c.ResolvedAt.IsZero() {
			found = append(found, c)
		}
	}
	return found, err
}

// programmeOf returns a group with its programme.
func (s *Service) programmeOf(ctx context.Context, group record.ID) (g supervision.Group, p supervision.Programme, err error) {
	if g, err = s.Supervision.Group(ctx, group); err != nil {
		return g, p, err
	}
	p, err = s.Supervision.Programme(ctx, g.ProgrammeID)
	return g, p, err
}
