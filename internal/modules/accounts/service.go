package accounts

import (
	"context"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/identity"
	"bastida/internal/platform/access"
	"bastida/internal/platform/table"
)

// Service is the verbs of this module.
type Service struct{ people *identity.Service }

// New returns the service.
func New(people *identity.Service) *Service { return &Service{people} }

// Record is everything that a person's page shows.
type Record struct {
	Person identity.Person
	Held   []identity.Acting
	Chosen identity.Acting // the membership that Why explains; empty when there is none
	Why    []Reason
}

// Record returns a person with their roles in the tenant of ctx, and what one
// of these roles lets them do: the chosen one, or else the first.
func (s *Service) Record(ctx context.Context, id, chosen record.ID) (r Record, err error) {
	if r.Person, err = s.people.Person(ctx, id); err != nil {
		return r, err
	}
	if r.Held, err = s.people.Roles(ctx, id); err != nil {
		return r, err
	}
	for i, m := range r.Held {
		if i == 0 || m.ID == chosen {
			r.Chosen = m
		}
	}
	if r.Chosen.ID != "" {
		r.Why = explain(r.Chosen.Actor(), s.people.Scopes())
	}
	return r, nil
}

// BodyRecord is everything that a body's page shows.
type BodyRecord struct {
	Body     identity.Body
	Contacts []identity.User // its officers in the tenant of ctx
	Own      bool            // the reader administers it
}

// Body returns a body with its contacts in the tenant of ctx.
func (s *Service) Body(ctx context.Context, id record.ID) (r BodyRecord, err error) {
	if err := identity.ReadBodies.Check(ctx, access.Place{Body: id}); err != nil {
		return r, err
	}
	if r.Body, err = s.people.Body(ctx, id); err != nil {
		return r, err
	}
	r.Own = id == actor.From(ctx).Tenant && identity.ManageBody.May(ctx)
	r.Contacts, err = s.people.Contacts(ctx, id, actor.LocalOfficer)
	return r, err
}

// OwnBody returns the body that the reader may edit. Any other is NotFound.
func (s *Service) OwnBody(ctx context.Context, id record.ID) (identity.Body, error) {
	if id != actor.From(ctx).Tenant {
		return identity.Body{}, fault.New(fault.NotFound, "record.not_found")
	}
	return s.people.Body(ctx, id)
}

// bodiesNear lists the bodies for which somebody may act in the tenant of ctx:
// those of its pack.
func (s *Service) bodiesNear(ctx context.Context) ([]identity.Body, error) {
	own, err := s.people.Body(ctx, actor.From(ctx).Tenant)
	if err != nil {
		return nil, err
	}
	everything := table.Page{Number: 1, Sort: "name_fold"}.All()
	found, _, err := s.people.Bodies(ctx, identity.BodyFilter{Pack: own.Pack}, everything)
	return found, err
}
