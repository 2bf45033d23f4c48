package applications

import (
	"context"
	"errors"
	"slices"

	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/calls"
	"bastida/internal/platform/rule"
)

// Screen evaluates every condition of the call for an application.
func (s *Service) Screen(ctx context.Context, id record.ID) ([]calls.Finding, error) {
	a, err := s.Calls.Application(ctx, id)
	if err != nil {
		return nil, err
	}
	call, err := s.Calls.Call(ctx, a.CallID)
	if err != nil {
		return nil, err
	}
	findings, _, err := s.screen(ctx, call, a)
	return findings, err
}

// screen evaluates the conditions and adds up the points of the priorities.
func (s *Service) screen(ctx context.Context, call calls.Call, a calls.Application) (findings []calls.Finding, points int, err error) {
	facts, err := s.facts(ctx, call, a)
	if err != nil {
		return nil, 0, err
	}
	for _, c := range call.Conditions.V {
		findings = append(findings, c.Find(facts))
	}
	return findings, call.Points(facts), nil
}

// facts are the values that conditions see.
func (s *Service) facts(ctx context.Context, call calls.Call, a calls.Application) (rule.Facts, error) {
	body, err := s.Identity.Body(ctx, a.BodyID)
	if err != nil {
		return nil, err
	}
	place, err := s.Calls.PlaceOf(ctx, a.BodyID)
	if err != nil {
		return nil, err
	}
	answers, err := s.answers(ctx, call, a)
	if err != nil {
		return nil, err
	}
	joint := []string{}
	for _, j := range a.Joint.V {
		joint = append(joint, j.Code)
	}
	slices.Sort(joint)
	facts := rule.Facts{
		"body.code": body.Code, "body.kind": string(body.Kind), "body.area": place.Area,
		"application.professionals": a.Professionals, "application.consent_to_group": a.Consent, "application.modality": a.Modality,
		"application.joint_bodies": joint, "application.answers": answers,
		"call.code": call.Code, "call.min_group": call.MinGroup, "call.max_group": call.MaxGroup, "call.max_km": call.MaxKM,
		"call.hours_per_group": call.HoursPerGroup, "call.hours_budget": call.HoursBudget, "call.max_per_body": call.MaxPerBody,
		"call.modalities": call.Modalities.V,
	}
	if place.Population > 0 {
		facts["body.population"] = place.Population
	}
	return facts, nil
}

// answers are those given in all the annexes.
func (s *Service) answers(ctx context.Context, call calls.Call, a calls.Application) (rule.Facts, error) {
	answers := rule.Facts{}
	for _, code := range call.Annexes.V {
		sheet, err := s.Instruments.Sheet(ctx, calls.AnnexRef(a, code))
		if errors.Is(err, fault.NotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		for name, value := range sheet.Values() {
			answers[name] = value
		}
	}
	return answers, nil
}
