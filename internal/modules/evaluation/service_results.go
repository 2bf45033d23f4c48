package evaluation

import (
	"context"
	"errors"
	"slices"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/supervision"
	"bastida/internal/platform/access"
	"bastida/internal/platform/db"
)

// Results returns what the participants of a round answered, as far as nobody
// can be recognised: means once it is closed, before only how many answered.
// Supervisors see their own groups; words are for those who see all.
func (s *Service) Results(ctx context.Context, id record.ID) (found Results, err error) {
	reach := ReadResults.Reach(actor.From(ctx))
	if reach == access.OwnBody {
		return found, fault.New(fault.Forbidden, "evaluation.not_of_bodies")
	}
	err = s.look(ctx, func(tx *db.Tx) error {
		r, err := roundAt(tx, id)
		if err != nil {
			return err
		}
		if reach == access.Own && r.State != Closed {
			return fault.New(fault.Conflict, "evaluation.results_later")
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
	if err == nil && reach == access.Own {
		found = found.of(actor.From(ctx).User)
	}
	return found, err
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
	if err == nil {
		m.People, m.Source = int(people.Value), people.Source
		answers, err := s.Territory.Parameter(tx.Context, MinAnswersKey, today(tx))
		m.Answers, m.Stated = int(answers.Value), err == nil
		if errors.Is(err, fault.NotFound) {
			return Minimum{}, nil
		}
		return m, err
	}
	if errors.Is(err, fault.NotFound) {
		return m, nil
	}
	return m, err
}

// tabs lead from a programme to its evaluation.
func (s *Service) tabs(ctx context.Context, p supervision.Programme) []tab {
	return roundTabs(ctx, p)
}
