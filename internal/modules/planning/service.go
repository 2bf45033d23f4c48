package planning

import (
	"context"
	"errors"
	"slices"

	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/hours"
	"bastida/internal/modules/sessions"
	"bastida/internal/modules/supervision"
	"bastida/internal/modules/supervisors"
	"bastida/internal/modules/territory"
	"bastida/internal/platform/db"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/table"
)

// Deps are the services that this module asks.
type Deps struct {
	Territory   *territory.Service
	Supervisors *supervisors.Service
	Supervision *supervision.Service
	Hours       *hours.Service
	Sessions    *sessions.Service
}

// Service is the verbs of this module.
type Service struct{ Deps }

// New returns the service.
func New(d Deps) *Service { return &Service{d} }

// Today is the day of a transaction, where the bodies are.
func Today(tx *db.Tx) civil.Date { return civil.Of(tx.Now.In(i18n.Zone)) }

// Facts gathers what a timetable depends on, once nothing is lacking.
func (s *Service) Facts(tx *db.Tx, programme record.ID) (f *Facts, err error) {
	ctx := tx.Context
	f = &Facts{today: Today(tx), members: map[record.ID][]supervision.Participant{}, holidays: map[string][]civil.Date{}}
	if f.programme, err = s.Supervision.Programme(ctx, programme); err != nil {
		return nil, err
	}
	if f.groups, err = s.Supervision.Groups(ctx, programme); err != nil {
		return nil, err
	}
	if err := unstated(ctx, Lacks(f.programme, f.groups)); err != nil {
		return nil, err
	}
	if f.travel, err = s.Territory.Travel(ctx, f.today); errors.Is(err, fault.NotFound) {
		err = fault.New(fault.Conflict, "planning.no_travel")
	}
	if err != nil {
		return nil, err
	}
	if _, f.balances, err = s.Hours.Balances(ctx, programme); err != nil {
		return nil, err
	}
	if err := s.gatherStaff(ctx, f); err != nil {
		return nil, err
	}
	if err := s.gatherSessions(tx, f); err != nil {
		return nil, err
	}
	return f, s.gatherPlaces(ctx, f)
}

// unstated complains of each figure that is lacking, under its name.
func unstated(ctx context.Context, lacks []Lack) error {
	var wrong fault.Fields
	for _, l := range lacks {
		if !l.Known() {
			wrong.Add("session_minutes", "planning.no_rule", "kind", i18n.T(ctx, l.Kind.Label()))
			continue
		}
		wrong.Add(l.Figure.Name(), "planning.not_stated", "figure", i18n.T(ctx, l.Figure.Key.Label()))
	}
	return wrong.Err()
}

func (s *Service) gatherStaff(ctx context.Context, f *Facts) (err error) {
	if f.staff, err = s.Supervisors.All(ctx); err != nil {
		return err
	}
	if f.bonds, err = s.Supervisors.Incompatibilities(ctx); err != nil {
		return err
	}
	f.away, err = s.Supervisors.Unavailable(ctx, f.programme.Starts, f.programme.Ends)
	return err
}

// gatherSessions reads what is booked, here and in other programmes: whoever
// leads or attends those cannot be in two places.
func (s *Service) gatherSessions(tx *db.Tx, f *Facts) error {
	all, _, err := s.Sessions.Sessions(tx.Context, sessions.Filter{From: f.programme.Starts, To: f.programme.Ends}, table.Page{Sort: "day"}.All())
	if err != nil {
		return err
	}
	slices.SortStableFunc(all, func(a, b sessions.Session) int {
		if c := a.Day.Compare(b.Day); c != 0 {
			return c
		}
		return a.Start - b.Start
	})
	needed := map[record.ID]bool{}
	for _, g := range f.groups {
		needed[g.ID] = true
	}
	for _, x := range all {
		switch {
		case x.State == sessions.Cancelled:
		case x.ProgrammeID == f.programme.ID:
			f.booked = append(f.booked, x)
		default:
			f.elsewhere = append(f.elsewhere, x)
			needed[x.GroupID] = true
		}
	}
	for group := range needed {
		if f.members[group], err = s.Supervision.Participants(tx.Context, group); err != nil {
			return err
		}
	}
	return nil
}

// gatherPlaces reads the territory, and the holidays of where groups meet. A
// tenant without a calendar has none.
func (s *Service) gatherPlaces(ctx context.Context, f *Facts) error {
	codes := []string{}
	for _, g := range f.groups {
		codes = append(codes, g.PlaceCode)
	}
	for _, x := range slices.Concat(f.booked, f.elsewhere) {
		codes = append(codes, x.PlaceCode)
	}
	slices.Sort(codes)
	meeting := slices.DeleteFunc(slices.Compact(codes), func(code string) bool { return code == "" })
	var err error
	if f.places, err = s.Territory.PlacesByCode(ctx, append(homes(f.staff), meeting...)...); err != nil {
		return err
	}
	for _, code := range meeting {
		for year := f.programme.Starts.Year; year <= f.programme.Ends.Year; year++ {
			days, err := s.Territory.HolidaysAt(ctx, code, year)
			if errors.Is(err, fault.NotFound) {
				break
			}
			if err != nil {
				return err
			}
			f.holidays[code] = append(f.holidays[code], datesOf(days)...)
		}
	}
	return nil
}

func homes(staff []supervisors.Supervisor) (codes []string) {
	for _, s := range staff {
		if s.HomeCode != "" {
			codes = append(codes, s.HomeCode)
		}
	}
	return codes
}

func datesOf(days []territory.Holiday) (dates []civil.Date) {
	for _, h := range days {
		dates = append(dates, h.Date)
	}
	return dates
}
