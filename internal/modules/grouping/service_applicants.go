package grouping

import (
	"cmp"
	"context"
	"slices"

	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
)

// applicants returns those who may be put into groups, by code.
func (s *Service) applicants(ctx context.Context, call record.ID) ([]Body, error) {
	found, err := s.calls.Groupable(ctx, call)
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, fault.New(fault.Conflict, "grouping.nobody")
	}
	codes := make([]string, len(found))
	for i, a := range found {
		codes[i] = a.BodyCode
	}
	places, err := s.territory.PlacesByCode(ctx, codes...)
	if err != nil {
		return nil, err
	}
	bodies := make([]Body, len(found))
	for i, a := range found {
		at, known := places[a.BodyCode]
		if !known {
			return nil, fault.New(fault.Conflict, "grouping.no_place", "body", a.BodyName)
		}
		bodies[i] = Body{
			Application: a.ID, BodyID: a.BodyID, Code: a.BodyCode, Name: a.BodyName, Area: cmp.Or(a.Area, at.Area),
			Modality: a.Modality, Professionals: a.Professionals, Consent: a.Consent, Lat: at.Lat, Lon: at.Lon,
		}
	}
	slices.SortFunc(bodies, func(x, y Body) int {
		return cmp.Or(cmp.Compare(x.Code, y.Code), cmp.Compare(x.Application, y.Application))
	})
	return bodies, nil
}

// unchanged refuses a run whose applicants are no longer what they were: its
// groups would be of nobody. Once the call is resolved it is too late.
func (s *Service) unchanged(ctx context.Context, b *Board) error {
	call, err := s.Call(ctx, b.Run.CallID)
	if err != nil {
		return err
	}
	if !call.ResolvedAt.IsZero() {
		return fault.New(fault.Conflict, "grouping.call_resolved")
	}
	now, err := s.applicants(ctx, b.Run.CallID)
	if err != nil {
		return err
	}
	changed := len(b.Bodies)
	for _, body := range now {
		at, known := b.at[body.Application]
		if !known {
			changed++
			continue
		}
		was := b.Bodies[at]
		if was.Professionals == body.Professionals && was.Modality == body.Modality && was.Consent == body.Consent {
			changed--
		}
	}
	if changed > 0 {
		return fault.New(fault.Conflict, "grouping.applicants_changed", "count", changed)
	}
	return nil
}
