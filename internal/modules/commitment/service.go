package commitment

import (
	"context"
	"slices"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/evaluation"
	"bastida/internal/modules/identity"
	"bastida/internal/modules/profiles"
	"bastida/internal/modules/supervision"
	"bastida/internal/platform/access"
	"bastida/internal/platform/db"
	"bastida/internal/platform/i18n"
)

// Deps are the services that this module calls.
type Deps struct {
	DB          *db.DB
	Identity    *identity.Service
	Supervision *supervision.Service
	Evaluation  *evaluation.Service
}

// Service is the verbs of this module.
type Service struct{ Deps }

// New returns the service. It is told of every rating, and keeps programmes from
// closing while a broken commitment has no analysis or no action.
func New(d Deps) *Service {
	s := &Service{d}
	if d.Evaluation != nil {
		d.Evaluation.OnRated(s.rated)
		d.Supervision.HoldClosing(s.holds)
	}
	return s
}

func today(tx *db.Tx) civil.Date { return civil.Of(tx.Now.In(i18n.Zone)) }

// everything reads as the program itself: the standing of a programme does not
// depend on who asks.
//
// Safety: whoever gets it has Read, or gets no more than a state.
func everything(ctx context.Context) context.Context {
	return actor.AsSystem(ctx, actor.From(ctx).Tenant, "commitment")
}

// Standing says how the commitment of a programme stands now.
func (s *Service) Standing(ctx context.Context, programme record.ID) (found Standing, err error) {
	if err := Read.Check(ctx, access.Place{}); err != nil {
		return found, err
	}
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		p, err := s.Supervision.Programme(tx.Context, programme)
		if err != nil {
			return err
		}
		found, err = s.standing(tx, p)
		return err
	})
	return found, err
}

func (s *Service) standing(tx *db.Tx, p supervision.Programme) (Standing, error) {
	all, err := s.Evaluation.RatingsOf(everything(tx.Context), p.ID)
	if err != nil {
		return Standing{}, err
	}
	found := stand(p, all)
	if found.State != Broken {
		return found, nil
	}
	why, err := analysisOf(tx, p.ID)
	if err != nil {
		return found, err
	}
	planned, err := actionsOf(tx, p.ID)
	found.Analysed, found.AnalysisDue = why.Written(), why.Due
	found.Late = !why.Written() && !why.Due.IsZero() && today(tx).After(why.Due)
	for _, a := range planned {
		if a.Counts() {
			found.Actions++
		}
	}
	return found, err
}

// rated opens the analysis of the causes when a rating breaks the commitment.
func (s *Service) rated(tx *db.Tx, r evaluation.Rating) error {
	p, err := s.Supervision.Programme(everything(tx.Context), r.ProgrammeID)
	if err != nil {
		return err
	}
	found, err := s.standing(tx, p)
	if err != nil || found.State != Broken {
		return err
	}
	before, err := analysisOf(tx, p.ID)
	if err != nil || before.ID != "" {
		return err
	}
	a := Analysis{ProgrammeID: p.ID}
	if days, stated := p.Rules().Figure(profiles.AnalysisDays, ""); stated {
		a.Days, a.Due = int(days), today(tx).AddDays(int(days))
	}
	return analyses.Insert(tx, &a)
}

// holds keep a programme whose commitment is broken from closing without an
// analysis and at least one action with an owner and a date.
func (s *Service) holds(ctx context.Context, p supervision.Programme) (held []supervision.Hold, err error) {
	err = s.DB.View(everything(ctx), func(tx *db.Tx) error {
		found, err := s.standing(tx, p)
		if err != nil || found.State != Broken {
			return err
		}
		if !found.Analysed {
			held = append(held, supervision.Hold{Key: "commitment.hold.analysis", Args: []any{"count", found.Below}, Href: href(p.ID) + "/analysis"})
		}
		if found.Actions == 0 {
			held = append(held, supervision.Hold{Key: "commitment.hold.action", Href: href(p.ID) + "/actions/new"})
		}
		return nil
	})
	return held, err
}

// href is the page of the commitment of a programme.
func href(programme record.ID) string {
	return "/supervision/programmes/" + programme.String() + "/commitment"
}

// Analysis returns the analysis of a programme and its improvement actions.
func (s *Service) Analysis(ctx context.Context, programme record.ID) (why Analysis, planned []Action, err error) {
	if err := Read.Check(ctx, access.Place{}); err != nil {
		return why, nil, err
	}
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		if _, err := s.Supervision.Programme(tx.Context, programme); err != nil {
			return err
		}
		if why, err = analysisOf(tx, programme); err != nil {
			return err
		}
		planned, err = actionsOf(tx, programme)
		return err
	})
	return why, planned, err
}

func (s *Service) improve(ctx context.Context, f func(*db.Tx) error) error {
	if err := Improve.Check(ctx, access.Place{}); err != nil {
		return err
	}
	return s.DB.Do(ctx, f)
}

// Analyse writes down why the commitment of a programme was broken.
func (s *Service) Analyse(ctx context.Context, programme record.ID, version int, in AnalysisInput) (why Analysis, err error) {
	if err := in.check(); err != nil {
		return why, err
	}
	err = s.improve(ctx, func(tx *db.Tx) error {
		if _, err := s.unclosed(tx, programme); err != nil {
			return err
		}
		before, err := analysisOf(tx, programme)
		if err != nil {
			return err
		}
		if before.ID == "" {
			return fault.New(fault.Conflict, "commitment.not_broken")
		}
		why, err = analyses.Edit(tx, before.ID, version, func(a *Analysis) error {
			a.Causes.V, a.Summary, a.WrittenBy, a.WrittenAt = in.Causes, in.Summary, tx.Actor.Name, tx.Now
			return nil
		})
		return err
	})
	return why, err
}

// unclosed refuses to rewrite the causes of what is over. Actions go on.
func (s *Service) unclosed(tx *db.Tx, programme record.ID) (supervision.Programme, error) {
	p, err := s.Supervision.Programme(tx.Context, programme)
	if err == nil && !slices.Contains([]supervision.State{supervision.Draft, supervision.Open}, p.State) {
		err = fault.New(fault.Conflict, "supervision.ended")
	}
	return p, err
}

// Plan adds an improvement action to a programme.
func (s *Service) Plan(ctx context.Context, programme record.ID, in ActionInput) (a Action, err error) {
	if err := in.check(); err != nil {
		return a, err
	}
	err = s.improve(ctx, func(tx *db.Tx) error {
		if _, err := s.Supervision.Programme(tx.Context, programme); err != nil {
			return err
		}
		a = Action{ProgrammeID: programme}
		a.fill(in)
		return actions.Insert(tx, &a)
	})
	return a, err
}

// Action returns an improvement action.
func (s *Service) Action(ctx context.Context, id record.ID) (a Action, err error) {
	if err := Read.Check(ctx, access.Place{}); err != nil {
		return a, err
	}
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		a, err = actions.Get(tx, id)
		return err
	})
	return a, err
}

// Follow changes an action: its owner, its date, how far it has come, and what
// shows it. It goes on after the programme has closed.
func (s *Service) Follow(ctx context.Context, id record.ID, version int, in ActionInput) (a Action, err error) {
	if err := in.check(); err != nil {
		return a, err
	}
	err = s.improve(ctx, func(tx *db.Tx) error {
		a, err = actions.Edit(tx, id, version, func(a *Action) error {
			a.fill(in)
			return nil
		})
		return err
	})
	return a, err
}
