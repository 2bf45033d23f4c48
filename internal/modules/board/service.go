package board

import (
	"context"

	"bastida/engine/formation"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/calls"
	"bastida/internal/modules/grouping"
	"bastida/internal/modules/territory"
)

// Deps are what the service works with.
type Deps struct {
	Calls     *calls.Service
	Territory *territory.Service
	Grouping  *grouping.Service
}

// Service is the verbs of this module.
type Service struct{ Deps }

// New returns the service, and shows the groups on the pages of calls and of
// applications.
func New(d Deps) *Service {
	s := &Service{d}
	d.Calls.ShowBeside(s.besideCall)
	d.Calls.ShowOnApplication(s.onApplication)
	return s
}

// Usual returns what a run of a call is usually asked: its own limits, and a
// short search.
func (s *Service) Usual(ctx context.Context, callID record.ID) (grouping.RunInput, error) {
	call, err := s.Grouping.Call(ctx, callID)
	return grouping.RunInput{
		Min: call.MinGroup, Max: call.MaxGroup, MaxKM: call.MaxKM, HoursPerGroup: call.HoursPerGroup, HoursBudget: call.HoursBudget,
		Penalty: formation.DefaultPenalty, Seconds: 10, Seed: 1,
	}, err
}

// Compare puts two runs of a call side by side.
func (s *Service) Compare(ctx context.Context, call, a, b record.ID) (Comparison, error) {
	first, err := s.Grouping.Board(ctx, a)
	if err != nil {
		return Comparison{}, err
	}
	second, err := s.Grouping.Board(ctx, b)
	if err != nil {
		return Comparison{}, err
	}
	if first.Run.CallID != call || second.Run.CallID != call {
		return Comparison{}, fault.New(fault.NotFound, "record.not_found")
	}
	return compare(first, second), nil
}
