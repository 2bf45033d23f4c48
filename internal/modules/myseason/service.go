package myseason

import (
	"context"
	"errors"
	"slices"
	"strings"

	"bastida/engine/ledger"
	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/ballots"
	"bastida/internal/modules/certificates"
	"bastida/internal/modules/coverage"
	"bastida/internal/modules/evaluation"
	"bastida/internal/modules/hours"
	"bastida/internal/modules/sessions"
	"bastida/internal/modules/supervision"
	"bastida/internal/modules/supervisors"
	"bastida/internal/platform/db"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/table"
)

// Deps are what this module works with.
type Deps struct {
	DB           *db.DB
	Supervisors  *supervisors.Service
	Supervision  *supervision.Service
	Hours        *hours.Service
	Sessions     *sessions.Service
	Evaluation   *evaluation.Service
	Ballots      *ballots.Service
	Coverage     *coverage.Service
	Certificates *certificates.Service
}

// Service is the verbs of this module.
type Service struct{ Deps }

// New returns the service.
func New(d Deps) *Service { return &Service{d} }

// How many days around today are looked at.
const (
	behind = 180
	ahead  = 90
)

func (s *Service) today() civil.Date { return civil.Of(s.DB.Now().In(i18n.Zone)) }

// Visit is a session that somebody leads or attends.
type Visit struct {
	sessions.Session

	Expected, Excused int // people; of today's sessions only
}

// Led is a group that the actor supervises.
type Led struct {
	supervision.Group

	Balance ledger.Balance
	Record  string // its record, where there is one
}

// Day is what a supervisor has before them.
type Day struct {
	Today  civil.Date
	Sheet  *supervisors.Supervisor // in the register; nil when nobody entered them
	Now    []Visit                 // today
	Later  []Visit
	Open   []sessions.Session // over, with the attendance not closed
	Rebook []sessions.Session // cancelled, to be made up for until a day
	Groups []Led
}

// Day returns the day of the actor of ctx, a supervisor.
func (s *Service) Day(ctx context.Context) (d Day, err error) {
	if err := Lead.Require(ctx); err != nil {
		return d, err
	}
	d.Today = s.today()
	if sheet, err := s.Supervisors.Mine(ctx); err == nil {
		d.Sheet = &sheet
	} else if !errors.Is(err, fault.NotFound) {
		return d, err
	}
	if err := s.led(ctx, &d); err != nil {
		return d, err
	}
	all, err := s.Sessions.Mine(ctx, d.Today.AddDays(-behind), d.Today.AddDays(ahead))
	if err != nil {
		return d, err
	}
	me := actor.From(ctx).User
	d.Sort(slices.DeleteFunc(all, func(row sessions.Session) bool { return row.SupervisorUser != me }))
	err = s.expect(ctx, &d)
	return d, err
}

// led reads the groups of a supervisor and their hours, a programme at a time.
func (s *Service) led(ctx context.Context, d *Day) error {
	groups, _, err := s.Supervision.MyGroups(ctx)
	balances := map[record.ID]map[record.ID]ledger.Balance{}
	for _, g := range groups {
		if balances[g.ProgrammeID] == nil {
			if _, balances[g.ProgrammeID], err = s.Hours.Balances(ctx, g.ProgrammeID); err != nil {
				return err
			}
		}
		d.Groups = append(d.Groups, Led{g, balances[g.ProgrammeID][g.ID], s.recordOf(ctx, g)})
	}
	return err
}

// recordOf is the page of a group's record, where the reader is offered one.
func (s *Service) recordOf(ctx context.Context, g supervision.Group) string {
	for _, tab := range s.Supervision.GroupTabsOf(ctx, g, "") {
		if strings.HasSuffix(tab.Href, "/record") {
			return tab.Href
		}
	}
	return ""
}

// Sort parts sessions by what there is to do about them.
func (d *Day) Sort(all []sessions.Session) {
	made := map[record.ID]bool{}
	for _, row := range all {
		made[row.Replaces] = true
	}
	for _, row := range all {
		switch {
		case row.State == sessions.Cancelled && !row.RebookBy.IsZero() && !made[row.ID]:
			d.Rebook = append(d.Rebook, row)
		case row.State == sessions.Planned && row.Day.Before(d.Today):
			d.Open = append(d.Open, row)
		case row.State != sessions.Cancelled && row.Day == d.Today:
			d.Now = append(d.Now, Visit{Session: row})
		case row.State == sessions.Planned:
			d.Later = append(d.Later, Visit{Session: row})
		}
	}
}

// expect counts who comes: of today's sessions by their lists.
func (s *Service) expect(ctx context.Context, d *Day) error {
	for i := range d.Now {
		marks, err := s.Sessions.Attendances(ctx, d.Now[i].ID)
		if err != nil {
			return err
		}
		for _, a := range marks {
			d.Now[i].Expected++
			if a.Mark == sessions.Excused {
				d.Now[i].Excused++
			}
		}
	}
	for i := range d.Later {
		for _, g := range d.Groups {
			if g.ID == d.Later[i].GroupID {
				d.Later[i].Expected = g.Present
			}
		}
	}
	return nil
}

// Joined is a group that the actor belongs to.
type Joined struct {
	supervision.Group

	Record string
}

// Mine is what somebody has of supervision.
type Mine struct {
	Today        civil.Date
	Next         []sessions.Session // the soonest first
	Groups       []Joined
	Lines        []coverage.MyLine
	Waiting      []ballots.Sheet // evaluations that they have not answered
	Certificates []certificates.Certificate
}

// Mine returns what the actor of ctx has of supervision.
func (s *Service) Mine(ctx context.Context) (m Mine, err error) {
	if err := Take.Require(ctx); err != nil {
		return m, err
	}
	m.Today = s.today()
	if err := s.joined(ctx, &m); err != nil {
		return m, err
	}
	if m.Lines, err = s.Coverage.Mine(ctx); err != nil {
		return m, err
	}
	if m.Waiting, err = s.Ballots.Waiting(ctx); err != nil {
		return m, err
	}
	m.Certificates, err = s.Certificates.MyCertificates(ctx)
	return m, err
}

func (s *Service) joined(ctx context.Context, m *Mine) error {
	_, groups, err := s.Supervision.MyGroups(ctx)
	if err != nil {
		return err
	}
	for _, g := range groups {
		m.Groups = append(m.Groups, Joined{g, s.recordOf(ctx, g)})
	}
	all, err := s.Sessions.Mine(ctx, m.Today, m.Today.AddDays(ahead))
	for _, row := range all {
		belongs := slices.ContainsFunc(groups, func(g supervision.Group) bool { return g.ID == row.GroupID })
		if row.State == sessions.Planned && belongs {
			m.Next = append(m.Next, row)
		}
	}
	return err
}

// Team is a group as one of its bodies sees it.
type Team struct {
	supervision.Group

	Announced, Named int // people of the body
	Next             *sessions.Session
}

// Season is an open programme as a body sees it.
type Season struct {
	supervision.Programme

	Teams []Team
	Lines []coverage.Line // of the people of the body
}

// Teams is how the supervision of a body goes.
type Teams struct {
	Today   civil.Date
	Seasons []Season
	Due     []evaluation.Rating // that the body has still to give
}

// Teams returns how the supervision of the actor's body goes.
func (s *Service) Teams(ctx context.Context) (t Teams, err error) {
	if err := Direct.Require(ctx); err != nil {
		return t, err
	}
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		t.Today = s.today()
		const most = 20
		open, _, err := s.Supervision.Programmes(tx.Context, supervision.ProgrammeFilter{State: supervision.Open}, table.Page{Number: 1, Size: most, Sort: "starts", Desc: true})
		if err != nil {
			return err
		}
		for _, p := range open {
			season, err := s.season(tx.Context, p, t.Today)
			if err != nil {
				return err
			}
			if len(season.Teams) > 0 {
				t.Seasons = append(t.Seasons, season)
			}
		}
		if evaluation.Rate.May(tx.Context) {
			t.Due, err = s.Evaluation.Due(tx.Context)
		}
		return err
	})
	return t, err
}

// season reads a programme within the reach of a body, with one question for
// each thing.
func (s *Service) season(ctx context.Context, p supervision.Programme, today civil.Date) (v Season, err error) {
	v.Programme = p
	groups, err := s.Supervision.Groups(ctx, p.ID)
	if err != nil {
		return v, err
	}
	people, err := s.Supervision.ParticipantsOf(ctx, p.ID)
	if err != nil {
		return v, err
	}
	agreed, err := s.Sessions.OfProgramme(ctx, p.ID)
	if err != nil {
		return v, err
	}
	for _, g := range groups {
		v.Teams = append(v.Teams, teamOf(g, actor.From(ctx).SpeaksFor(), people, agreed, today))
	}
	v.Lines, _, err = s.Coverage.Coverage(ctx, p.ID, coverage.Filter{}, table.Page{}.All())
	return v, err
}

func teamOf(g supervision.Group, body record.ID, people []supervision.Participant, agreed []sessions.Session, today civil.Date) Team {
	t := Team{Group: g}
	for _, b := range g.Bodies.V {
		if b.BodyID == body {
			t.Announced += b.Professionals
		}
	}
	for _, p := range people {
		if p.GroupID == g.ID && p.BodyID == body && p.On(today) {
			t.Named++
		}
	}
	i := slices.IndexFunc(agreed, func(row sessions.Session) bool {
		return row.GroupID == g.ID && row.State == sessions.Planned && !row.Day.Before(today)
	})
	if i >= 0 {
		t.Next = &agreed[i]
	}
	return t
}
