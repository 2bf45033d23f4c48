package prevention

import (
	"context"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/findings"
	"bastida/internal/modules/teams"
	"bastida/internal/modules/wellbeing"
	"bastida/internal/platform/access"
	"bastida/internal/platform/db"
	"bastida/internal/platform/table"
)

// Deps are what the service works with.
type Deps struct {
	DB        *db.DB
	Teams     *teams.Service
	Wellbeing *wellbeing.Service
	Findings  *findings.Service
}

// Service is the verbs of this module.
type Service struct {
	Deps
	indicators []func(context.Context) ([]Indicator, error)
}

// New returns the service.
func New(d Deps) *Service { return &Service{Deps: d} }

// OfferIndicators adds figures of team care that higher modules know. They give
// what the actor may see.
func (s *Service) OfferIndicators(f func(context.Context) ([]Indicator, error)) {
	s.indicators = append(s.indicators, f)
}

// Measures lists the measures within reach.
func (s *Service) Measures(ctx context.Context, f Filter, p table.Page) (found []Measure, total int, err error) {
	if err := Read.Require(ctx); err != nil {
		return nil, 0, err
	}
	f.today = s.Wellbeing.Today()
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		found, total, err = list(ctx, tx, f, p)
		return err
	})
	return found, total, err
}

// Measure returns one measure with its notes, the newest first.
func (s *Service) Measure(ctx context.Context, id record.ID) (m Measure, written []Note, err error) {
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		if m, err = measures.Get(tx, id); err != nil {
			return err
		}
		if err := Read.Check(ctx, m.Place()); err != nil {
			return err
		}
		written, err = notesOf(tx, id)
		return err
	})
	if err != nil {
		return Measure{}, nil, err
	}
	return m, written, nil
}

// Plan adds a measure to the plan of a team.
func (s *Service) Plan(ctx context.Context, in MeasureInput) (m Measure, err error) {
	t, err := s.team(ctx, in)
	if err != nil {
		return m, err
	}
	err = s.DB.Do(ctx, func(tx *db.Tx) error {
		m.State = Planned
		if err := m.write(in, t); err != nil {
			return err
		}
		return measures.Insert(tx, &m)
	})
	return m, err
}

// Rewrite changes a measure that is not settled.
func (s *Service) Rewrite(ctx context.Context, id record.ID, version int, in MeasureInput) (Measure, error) {
	t, err := s.team(ctx, in)
	if err != nil {
		return Measure{}, err
	}
	return s.change(ctx, id, version, func(_ *db.Tx, m *Measure) error { return m.write(in, t) })
}

// team returns the team of an input, if the actor may plan for it.
func (s *Service) team(ctx context.Context, in MeasureInput) (t teams.Team, err error) {
	if err := Edit.Require(ctx); err != nil {
		return t, err
	}
	if t, err = s.Teams.Team(ctx, in.TeamID); err != nil {
		return t, err
	}
	return t, Edit.Check(ctx, t.Place())
}

// Follow notes how a measure is going, and takes it a step further.
func (s *Service) Follow(ctx context.Context, id record.ID, version int, in FollowInput) (Measure, error) {
	return s.change(ctx, id, version, func(tx *db.Tx, m *Measure) error {
		if err := m.follow(tx.Context, in, s.Wellbeing.Today()); err != nil {
			return err
		}
		return notes.Insert(tx, &Note{MeasureID: m.ID, Text: in.Note, State: m.State, By: actor.From(ctx).Name})
	})
}

func (s *Service) change(ctx context.Context, id record.ID, version int, f func(*db.Tx, *Measure) error) (m Measure, err error) {
	if err := Edit.Require(ctx); err != nil {
		return m, err
	}
	err = s.DB.Do(ctx, func(tx *db.Tx) error {
		m, err = measures.Edit(tx, id, version, func(m *Measure) error {
			if err := Edit.Check(ctx, access.Place{Body: m.BodyID}); err != nil {
				return err
			}
			return f(tx, m)
		})
		return err
	})
	return m, err
}

// Care returns how teams and bodies within reach are looked after.
func (s *Service) Care(ctx context.Context) (byTeam []Care, byBody []BodyCare, err error) {
	if err := Read.Require(ctx); err != nil {
		return nil, nil, err
	}
	all, err := s.Teams.Within(ctx)
	if err != nil {
		return nil, nil, err
	}
	parts, err := s.Findings.TakingPart(ctx)
	if err != nil {
		return nil, nil, err
	}
	var offered []Indicator
	for _, f := range s.indicators {
		some, err := f(ctx)
		if err != nil {
			return nil, nil, err
		}
		offered = append(offered, some...)
	}
	var known []Measure
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		known, err = every(ctx, tx)
		return err
	})
	byTeam, byBody = care(all, known, parts, offered, s.Wellbeing.Today())
	return byTeam, byBody, err
}
