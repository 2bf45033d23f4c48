package season

import (
	"context"
	"errors"
	"slices"

	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/calls"
	"bastida/internal/modules/commitment"
	"bastida/internal/modules/coverage"
	"bastida/internal/modules/evaluation"
	"bastida/internal/modules/hours"
	"bastida/internal/modules/sessions"
	"bastida/internal/modules/supervision"
	"bastida/internal/modules/supervisors"
	"bastida/internal/modules/territory"
	"bastida/internal/platform/access"
	"bastida/internal/platform/db"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/table"
)

// Deps are what this module works with.
type Deps struct {
	DB          *db.DB
	Territory   *territory.Service
	Supervisors *supervisors.Service
	Calls       *calls.Service
	Supervision *supervision.Service
	Hours       *hours.Service
	Sessions    *sessions.Service
	Evaluation  *evaluation.Service
	Commitment  *commitment.Service
	Coverage    *coverage.Service
}

// Service is the verbs of this module.
type Service struct{ Deps }

// New returns the service.
func New(d Deps) *Service { return &Service{d} }

// Board is a programme on its board.
type Board struct {
	Facts

	Programmes []supervision.Programme // to choose from, the newest first
	Rows       []Row
	Figures    Figures
	Drawing    *territory.Drawing // nil where there is none
}

// mostProgrammes is how many programmes a board offers to choose from.
const mostProgrammes = 50

// newest lists programmes, the last to begin first.
var newest = table.Page{Number: 1, Size: mostProgrammes, Sort: "starts", Desc: true}

// everySession lists sessions by time, all of them.
var everySession = table.Page{Number: 1, Sort: "day, start"}.All()

// Board works a programme out: the one given, or the newest that is open, or the
// newest. Without any programme the board is empty.
func (s *Service) Board(ctx context.Context, id record.ID) (b Board, err error) {
	if err := Read.Check(ctx, access.Place{}); err != nil {
		return b, err
	}
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		if b.Programmes, _, err = s.Supervision.Programmes(tx.Context, supervision.ProgrammeFilter{}, newest); err != nil {
			return err
		}
		p, found, err := s.choose(tx.Context, b.Programmes, id)
		if err != nil || !found {
			return err
		}
		if b.Facts, err = s.facts(tx, p); err != nil {
			return err
		}
		if err := s.survey(tx, &b); err != nil {
			return err
		}
		b.Rows = b.Facts.Rows()
		b.Figures = b.Facts.Figures(b.Rows)
		return nil
	})
	return b, err
}

func (s *Service) choose(ctx context.Context, all []supervision.Programme, id record.ID) (p supervision.Programme, found bool, err error) {
	if id != "" {
		p, err = s.Supervision.Programme(ctx, id)
		return p, true, err
	}
	if i := slices.IndexFunc(all, func(p supervision.Programme) bool { return p.State == supervision.Open }); i >= 0 {
		return all[i], true, nil
	}
	if len(all) > 0 {
		return all[0], true, nil
	}
	return p, false, nil
}

// facts reads what the rows and their needs are worked out from, each with one
// question for the whole programme.
func (s *Service) facts(tx *db.Tx, p supervision.Programme) (f Facts, err error) {
	ctx := tx.Context
	f = Facts{Programme: p, Today: civil.Of(tx.Now.In(i18n.Zone))}
	if f.Groups, err = s.Supervision.Groups(ctx, p.ID); err != nil {
		return f, err
	}
	if f.Sessions, err = s.Sessions.OfProgramme(ctx, p.ID); err != nil {
		return f, err
	}
	if _, f.Balances, err = s.Hours.Balances(ctx, p.ID); err != nil {
		return f, err
	}
	if f.Commitment, err = s.Commitment.Standing(ctx, p.ID); err != nil {
		return f, err
	}
	if evaluation.ReadResults.May(ctx) {
		page := table.Page{Number: 1, Size: len(evaluation.Moments), Sort: "answer_by"}
		f.Rounds, _, err = s.Evaluation.Rounds(ctx, evaluation.RoundFilter{Programme: p.ID}, page)
	}
	return f, err
}

// survey reads what surrounds a programme: the territory, the standards, and
// when supervisors can come.
func (s *Service) survey(tx *db.Tx, b *Board) (err error) {
	ctx := tx.Context
	if b.Places, err = s.Territory.AllPlaces(ctx); err != nil {
		return err
	}
	if travel, err := s.Territory.Travel(ctx, b.Today); err == nil {
		b.Travel = &travel
	} else if !errors.Is(err, fault.NotFound) {
		return err
	}
	if drawing, err := s.Territory.Drawing(ctx); err == nil {
		b.Drawing = &drawing
	} else if !errors.Is(err, fault.NotFound) {
		return err
	}
	if hasMinimums(b.Programme.Rules()) {
		if b.Standards, err = s.Coverage.Standing(ctx, b.Programme.ID); err != nil {
			return err
		}
	}
	if b.Programme.CallID != "" && calls.Manage.May(ctx) {
		if b.Applicants, err = s.Calls.Groupable(ctx, b.Programme.CallID); err != nil {
			return err
		}
	}
	for _, tab := range s.Supervision.TabsOf(ctx, b.Programme, "") {
		if tab.Href == b.Programme.Href()+"/schedule" {
			b.Schedule = tab.Href
		}
	}
	return s.diaries(ctx, b)
}

// diaries reads when supervisors cannot come.
func (s *Service) diaries(ctx context.Context, b *Board) (err error) {
	if b.Today.After(b.Programme.Ends) {
		return nil
	}
	if b.Away, err = s.Supervisors.Unavailable(ctx, b.Today, b.Programme.Ends); err != nil {
		return err
	}
	agreed, _, err := s.Sessions.Sessions(ctx, sessions.Filter{From: b.Today, To: b.Programme.Ends, State: sessions.Planned}, everySession)
	if err != nil {
		return err
	}
	b.Busy = map[record.ID][]sessions.Session{}
	for _, row := range agreed {
		b.Busy[row.SupervisorID] = append(b.Busy[row.SupervisorID], row)
	}
	calendar, err := s.Territory.Calendar(ctx)
	if errors.Is(err, fault.NotFound) {
		return nil
	}
	b.Holidays = map[civil.Date]bool{}
	for _, set := range calendar.Calendar {
		for day := range set.Days {
			b.Holidays[civil.Date(day)] = true
		}
	}
	return err
}

// waiting counts the rows of the newest open programme that need somebody to
// act, for the menu. A menu must not fail: what cannot be counted is nothing.
func (s *Service) waiting(ctx context.Context) (n int) {
	err := s.DB.View(ctx, func(tx *db.Tx) error {
		page := table.Page{Number: 1, Size: 1, Sort: "starts", Desc: true}
		found, _, err := s.Supervision.Programmes(tx.Context, supervision.ProgrammeFilter{State: supervision.Open}, page)
		if err != nil || len(found) == 0 {
			return err
		}
		f, err := s.facts(tx, found[0])
		if err != nil {
			return err
		}
		n = Waiting(f.Rows())
		return nil
	})
	if err != nil {
		return 0
	}
	return n
}
