package ballots

import (
	"context"
	"errors"
	"slices"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/evaluation"
	"bastida/internal/platform/access"
	"bastida/internal/platform/db"
)

// Results returns what the participants of a round answered, as far as nobody
// can be recognised: means once it is closed, before only how many answered.
// Supervisors see their own groups; words are for those who see all.
func (s *Service) Results(ctx context.Context, id record.ID) (found Results, err error) {
	if err := evaluation.ReadResults.Require(ctx); err != nil {
		return found, err
	}
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		r, err := s.Evaluation.Round(tx.Context, id)
		if err != nil {
			return err
		}
		if err := mayRead(tx.Context, r); err != nil {
			return err
		}
		groups, err := s.Supervision.Groups(everything(tx.Context), r.ProgrammeID)
		if err != nil {
			return err
		}
		in, err := boxesOf(tx, r.ID)
		if err != nil {
			return err
		}
		least, err := s.minimum(tx)
		if err != nil {
			return err
		}
		found, err = summarise(r, groups, in, least)
		return err
	})
	if err == nil && evaluation.ReadResults.Reach(actor.From(ctx)) == access.Own {
		found = found.of(actor.From(ctx).User)
	}
	return found, err
}

// mayRead refuses bodies, which see their own ratings only, and supervisors before
// the round is closed.
func mayRead(ctx context.Context, r evaluation.Round) error {
	switch reach := evaluation.ReadResults.Reach(actor.From(ctx)); {
	case reach == access.OwnBody:
		return fault.New(fault.Forbidden, "ballots.not_of_bodies")
	case reach == access.Own && r.State != evaluation.Closed:
		return fault.New(fault.Forbidden, "ballots.results_later")
	}
	return nil
}

// of keeps what a supervisor sees.
func (found Results) of(user record.ID) Results {
	found.Words, found.Whole = nil, map[Question]Mean{}
	found.Groups = slices.DeleteFunc(found.Groups, func(g GroupResults) bool { return g.Group.SupervisorUser != user })
	found.Asked, found.Ballots = 0, 0
	for _, g := range found.Groups {
		found.Asked, found.Ballots = found.Asked+g.Asked, found.Ballots+g.Ballots
	}
	return found
}

// minimum is what the tenant states today. A figure that nobody gave is no
// failure: nothing is shown then.
func (s *Service) minimum(tx *db.Tx) (m Minimum, err error) {
	people, err := s.Territory.Parameter(tx.Context, MinPeopleKey, today(tx))
	if err != nil {
		return m, stated(err)
	}
	answers, err := s.Territory.Parameter(tx.Context, MinAnswersKey, today(tx))
	if err != nil {
		return m, stated(err)
	}
	return Minimum{Stated: true, People: int(people.Value), Answers: int(answers.Value), Source: people.Source}, nil
}

func stated(err error) error {
	if errors.Is(err, fault.NotFound) {
		return nil
	}
	return err
}
