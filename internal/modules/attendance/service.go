package attendance

import (
	"context"

	"bastida/internal/kernel/record"
	"bastida/internal/modules/sessions"
	"bastida/internal/platform/db"
	"bastida/internal/platform/i18n"
)

// Deps are the services that this module calls.
type Deps struct {
	DB       *db.DB
	Sessions *sessions.Service
	URL      string // address of the portal
}

// Service is what the pages need.
type Service struct{ Deps }

// New returns the service. From then on the page of a session leads here.
func New(d Deps) *Service {
	s := &Service{d}
	if d.Sessions != nil {
		d.Sessions.OfferTabs(s.tabs)
	}
	return s
}

// sheet is a session with its people, for whoever leads it.
type sheet struct {
	sessions.Session
	People  []sessions.Attendance
	History []sessions.Correction
	Begun   bool
	URL     string
}

// sheet gathers what the page of signing in shows.
func (s *Service) sheet(ctx context.Context, id record.ID) (v sheet, err error) {
	if v.Session, err = s.Sessions.Session(ctx, id); err != nil {
		return v, err
	}
	if err := sessions.Attend.Check(ctx, v.Led()); err != nil {
		return v, err
	}
	if v.People, err = s.Sessions.Attendances(ctx, id); err != nil {
		return v, err
	}
	v.History, err = s.Sessions.Corrections(ctx, id)
	v.Begun, v.URL = !s.DB.Now().Before(v.Begins(i18n.Zone)), s.URL
	return v, err
}

// count is how many people have a mark.
func (v sheet) count(m sessions.Mark) (n int) {
	for _, a := range v.People {
		if a.Mark == m {
			n++
		}
	}
	return n
}
