package board

import (
	"math"
	"slices"
	"strconv"

	"bastida/engine/formation"
	"bastida/internal/modules/grouping"
)

// kilometres are those of all professionals together.
func kilometres(b *grouping.Board) (sum float64) {
	for _, t := range b.Teams {
		sum += t.KM
	}
	return sum
}

// journeys are the mean and the longest way to a meeting place, over the
// professionals who have one.
func journeys(b *grouping.Board) (mean, longest float64) {
	for _, t := range b.Teams {
		longest = max(longest, t.MaxKM)
	}
	return kilometres(b) / float64(max(1, b.Result.Served)), longest
}

// inProperGroups is how many professionals are in groups that are large enough.
func inProperGroups(b *grouping.Board) (n int) {
	for _, g := range b.Result.Groups {
		if g.Size >= b.Problem.Limits.Min {
			n += g.Size
		}
	}
	return n
}

// overBudget reports whether there are more groups than the hours pay for.
func overBudget(b *grouping.Board) bool {
	return slices.ContainsFunc(b.Broken, func(x formation.Breach) bool { return x.Rule == formation.RuleBudget })
}

// proved reports whether the bound says anything about these groups. Groups
// that break a limit may cost less than any that respect them all.
func proved(f grouping.Figures) bool { return f.Bound > 0 && f.Broken == 0 }

// gap is the largest share of the cost that a better grouping could save, in
// per cent.
func gap(cost, bound float64) float64 {
	if cost <= 0 {
		return 0
	}
	return max(0, (cost-bound)/cost*100)
}

// minutes is how long a journey takes at the usual speed.
func minutes(p grouping.Params, km float64) int {
	if p.SpeedKMH <= 0 {
		return 0
	}
	return int(math.Round(km / p.SpeedKMH * 60))
}

// kept is how many groups another search would keep as they are.
func kept(b *grouping.Board) (n int) {
	for _, t := range b.Teams {
		if t.Locked {
			n++
		}
	}
	return n
}

// position is where the team with a number stands, which also is its colour.
func position(b *grouping.Board, number int) int {
	return slices.IndexFunc(b.Teams, func(t grouping.Team) bool { return t.Number == number })
}

// Lines are the groups as the command line writes them: a line for each body
// in each group. The groups of a body that is split are 3.1, 3.2 and so on.
func Lines(b *grouping.Board) [][]string {
	lines := [][]string{{"group", "modality", "code", "professionals", "meeting_code", "km"}}
	share := map[int]int{}
	for _, g := range b.Result.Groups {
		name := strconv.Itoa(b.Teams[g.Draft].Number)
		if share[g.Draft]++; g.Shares > 1 {
			name += "." + strconv.Itoa(share[g.Draft])
		}
		for _, m := range g.Members {
			lines = append(lines, []string{
				name, g.Modality, b.Bodies[m.Body].Code, strconv.Itoa(m.Professionals),
				b.Bodies[g.Meeting].Code, strconv.FormatFloat(m.KM, 'f', 3, 64),
			})
		}
	}
	return lines
}
