package season

import (
	"slices"
	"time"

	"bastida/internal/kernel/record"
	"bastida/internal/modules/commitment"
	"bastida/internal/modules/coverage"
	"bastida/internal/modules/profiles"
	"bastida/internal/modules/sessions"
)

// Figures are the numbers that say how a programme goes.
type Figures struct {
	Bodies, Active int // of the terrain, and those whose group has met or will
	People, Proper int // in groups, and in groups that are large enough
	Least          int // people that the rules ask of a group; zero when they do not
	Granted, Held  int // minutes
	Elapsed        int // of the time of the programme, in per cent
	Ratings        commitment.Tally
	Threshold      float64
	Commitment     commitment.State
	Over, Closed   int // sessions whose day is over, and those with their attendance closed
	Standards      int // groups that fulfil all standards that can be said
	Lacking        []string
	Measured       bool // there are standards
}

// Figures adds the programme up.
func (f Facts) Figures(rows []Row) Figures {
	n := Figures{Elapsed: f.elapsed(), Ratings: f.Commitment.Tally, Commitment: f.Commitment.State}
	if f.Commitment.Threshold.Value != nil {
		n.Threshold = *f.Commitment.Threshold.Value
	}
	under := map[string]bool{}
	for _, r := range rows {
		n.Granted += r.Granted()
		n.Held += r.Held
		n.People += r.Group.Size()
		if !r.Short() {
			n.Proper += r.Group.Size()
		}
		if least, stated := f.Programme.Rules().Figure(profiles.MinGroup, r.Group.Kind); stated {
			n.Least = max(n.Least, int(least))
		}
		for _, b := range r.Group.Bodies.V {
			under[b.Code] = under[b.Code] || r.Held > 0 || r.Planned > 0
		}
	}
	n.Bodies = len(under)
	for _, active := range under {
		if active {
			n.Active++
		}
	}
	n.Bodies = max(n.Bodies, len(f.Terrain()))
	for _, s := range f.Sessions {
		if s.State != sessions.Cancelled && s.Day.Before(f.Today) {
			n.Over++
			if s.State == sessions.Held {
				n.Closed++
			}
		}
	}
	f.measure(&n)
	return n
}

// measure counts the groups that fulfil every standard.
func (f Facts) measure(n *Figures) {
	lacking := map[record.ID]bool{}
	for _, s := range f.Standards {
		n.Measured = n.Measured || s.Known
		if s.Known && s.Standard != coverage.FinalReport {
			for _, group := range s.Lacking {
				lacking[group] = true
			}
		}
	}
	for _, g := range f.Groups {
		if lacking[g.ID] {
			n.Lacking = append(n.Lacking, g.Name)
		}
	}
	n.Standards = len(f.Groups) - len(n.Lacking)
}

// elapsed is how much of the time of the programme is over, in per cent.
func (f Facts) elapsed() int {
	days := func(hours time.Duration) int { return int(hours.Hours() / 24) }
	start := f.Programme.Starts.Start(time.UTC)
	return max(0, percent(days(f.Today.Start(time.UTC).Sub(start)), days(f.Programme.Ends.Start(time.UTC).Sub(start))))
}

// Waiting is how many rows need somebody to act.
func Waiting(rows []Row) (n int) {
	for _, r := range rows {
		if len(r.Needs) > 0 {
			n++
		}
	}
	return n
}

// hasMinimums reports whether the rules have a minimum of hours for a person.
func hasMinimums(rules profiles.Profile) bool {
	return slices.ContainsFunc(rules.Figures, func(f profiles.Figure) bool { return f.Key == profiles.MinHoursPerson })
}
