package schedule

import (
	"context"

	"bastida/internal/modules/supervision"
	"bastida/internal/modules/supervisors"
	"bastida/internal/modules/timetables"
	"bastida/internal/platform/access"
)

// Deps are the services that this module calls.
type Deps struct {
	Supervisors *supervisors.Service
	Supervision *supervision.Service
	Timetables  *timetables.Service
}

// Service is the pages of timetables.
type Service struct{ Deps }

// New returns the service, and offers the timetable on the page of a programme.
func New(d Deps) *Service {
	s := &Service{d}
	if d.Supervision != nil {
		d.Supervision.OfferTabs(s.tab)
	}
	return s
}

// sees reports whether the actor sees whole programmes.
func sees(ctx context.Context) bool { return supervision.Read.Check(ctx, access.Place{}) == nil }
