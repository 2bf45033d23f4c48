package resolution

import (
	"context"
	"errors"
	"slices"

	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/calls"
	"bastida/internal/modules/catalogue"
	"bastida/internal/platform/access"
	"bastida/internal/platform/table"
)

// Resources lists the resources of the tenant that a call may offer, by title:
// those not withdrawn, and the one that it already offers.
func (s *Service) Resources(ctx context.Context, offered record.ID) ([]catalogue.Resource, error) {
	if err := manage.Check(ctx, access.Place{}); err != nil {
		return nil, err
	}
	const most = 10_000
	found, _, err := s.Catalogue.Mine(ctx, catalogue.OwnFilter{}, table.Page{Number: 1, Size: most, Sort: "title_fold"})
	return slices.DeleteFunc(found, func(r catalogue.Resource) bool {
		return r.State == catalogue.Withdrawn && r.ID != offered
	}), err
}

// Write makes the draft of a call for a resource of the tenant.
func (s *Service) Write(ctx context.Context, in calls.CallInput) (calls.Call, error) {
	if err := s.offers(ctx, in.ResourceID); err != nil {
		return calls.Call{}, err
	}
	return s.Calls.Create(ctx, in)
}

// Rewrite changes a call, which stays one for a resource of the tenant.
func (s *Service) Rewrite(ctx context.Context, id record.ID, version int, in calls.CallInput) (calls.Call, error) {
	if err := s.offers(ctx, in.ResourceID); err != nil {
		return calls.Call{}, err
	}
	return s.Calls.Rewrite(ctx, id, version, in)
}

// offers refuses a resource that is not the tenant's.
func (s *Service) offers(ctx context.Context, resource record.ID) error {
	if err := manage.Check(ctx, access.Place{}); err != nil {
		return err
	}
	_, err := s.Catalogue.Resource(ctx, resource)
	if errors.Is(err, fault.NotFound) {
		var wrong fault.Fields
		wrong.Add("resource_id", "form.not_an_option")
		return wrong.Err()
	}
	return err
}

// reviewable reports whether the applications of a call may still be examined.
func reviewable(c calls.Call) bool {
	return slices.Contains([]calls.CallState{calls.CallPublished, calls.CallOpen, calls.CallClosed}, c.State)
}

// reviewed refuses an application whose call is over.
func (s *Service) reviewed(ctx context.Context, id record.ID) error {
	a, err := s.Calls.Application(ctx, id)
	if err != nil {
		return err
	}
	call, err := s.Calls.Call(ctx, a.CallID)
	if err == nil && !reviewable(call) {
		err = fault.New(fault.Conflict, "resolution.not_reviewable")
	}
	return err
}
