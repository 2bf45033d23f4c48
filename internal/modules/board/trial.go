package board

import (
	"cmp"
	"slices"

	"bastida/engine/formation"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/grouping"
)

// Trial is what it would cost to move an applicant to one place.
type Trial struct {
	To     int                // number of the group, Nowhere to leave it out, Own for a new one
	Team   *grouping.Team     // nil for Nowhere and for a group of its own
	KM     float64            // more kilometres of all professionals together
	Served int                // more professionals with a place
	Cost   float64            // difference of the cost
	Broken []formation.Breach // limits that would be broken there and where it comes from
	Over   bool               // there would be more groups than the hours pay for
}

// Trials prices every place where an applicant could go, the cheapest of those
// that break nothing first.
func Trials(b *grouping.Board, application record.ID) (trials []Trial, err error) {
	_, from, err := b.Where(application)
	if err != nil {
		return nil, err
	}
	targets := []int{grouping.Nowhere, grouping.Own}
	for _, t := range b.Teams {
		if !t.Locked {
			targets = append(targets, t.Number)
		}
	}
	for _, to := range targets {
		if to == from {
			continue
		}
		after, err := b.After(application, to)
		if err != nil {
			return nil, err
		}
		trials = append(trials, trial(b, after, application, to))
	}
	slices.SortStableFunc(trials, func(x, y Trial) int {
		return cmp.Or(cmp.Compare(x.faults(), y.faults()), cmp.Compare(x.Cost, y.Cost))
	})
	return trials, nil
}

func trial(before, after *grouping.Board, application record.ID, to int) Trial {
	t := Trial{To: to, KM: kilometres(after) - kilometres(before), Over: overBudget(after)}
	t.Served, t.Cost = after.Result.Served-before.Result.Served, after.Result.Cost-before.Result.Cost
	_, left, _ := before.Where(application)
	_, joined, _ := after.Where(application)
	for _, team := range after.Teams {
		if team.Number == left || team.Number == joined {
			t.Broken = append(t.Broken, team.Broken...)
		}
	}
	if team, err := before.Team(to); err == nil {
		t.Team = &team
	}
	return t
}

func (t Trial) faults() int {
	if t.Over {
		return len(t.Broken) + 1
	}
	return len(t.Broken)
}
