package timetable_test

import (
	"context"
	"math"
	"reflect"
	"slices"
	"testing"

	"bastida/engine/timetable"
)

func TestASeasonOfSixtyGroupsIsPlacedInFull(t *testing.T) {
	t.Parallel()
	s := seasonOf(60, 14, 9, 2)
	p := mustSolve(t, s, timetable.Options{Rounds: 1})
	mustPass(t, s, p)
	if len(p.Unplaced) > 0 || len(p.Sessions) != 540 || p.FewestUnplaced != 0 {
		t.Errorf("%d sessions, %d unplaced", len(p.Sessions), len(p.Unplaced))
	}
	if p.LowerBound <= 0 || p.LowerBound > p.Cost {
		t.Errorf("cost %v, bound %v", p.Cost, p.LowerBound)
	}
}

func TestASeasonWithoutCouplingIsSolvedExactly(t *testing.T) {
	t.Parallel()
	s := uncoupled(50, 12, 1)
	p := mustSolve(t, s, timetable.Options{Rounds: 1})
	mustPass(t, s, p)
	if !p.Optimal() || len(p.Unplaced) > 0 {
		t.Errorf("%d unplaced, cost %v, bound %v", len(p.Unplaced), p.Cost, p.LowerBound)
	}
}

func TestTheSameSeedAndRoundsGiveTheSamePlan(t *testing.T) {
	t.Parallel()
	s := seasonOf(20, 6, 6, 4)
	o := timetable.Options{Seed: 7, Rounds: 2}
	if a, b := mustSolve(t, s, o), mustSolve(t, s, o); !reflect.DeepEqual(a, b) {
		t.Error("two plans")
	}
}

func TestEveryPlanPassesTheCheck(t *testing.T) {
	t.Parallel()
	for seed := range uint64(5) {
		s := seasonOf(12, 3, 8, seed) // too few supervisors
		s.Groups[0].Substitutes = true
		s.Groups[1].MinDays, s.Groups[1].MaxDays = 2, 12
		p := mustSolve(t, s, timetable.Options{Seed: seed, Rounds: 1})
		mustPass(t, s, p)
		for _, u := range p.Unplaced {
			if len(u.Reasons) == 0 {
				t.Errorf("nothing is said of %s %d", u.Group, u.Index)
			}
		}
	}
}

func TestACancelledRunStillGivesAPlan(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	s := seasonOf(10, 4, 6, 1)
	p, err := timetable.Solve(ctx, s, timetable.Options{})
	if err != nil || len(p.Sessions) == 0 {
		t.Fatalf("%d sessions, %v", len(p.Sessions), err)
	}
	mustPass(t, s, p)
}

func TestWhatIsFixedStays(t *testing.T) {
	t.Parallel()
	s := seasonOf(10, 4, 6, 1)
	p := mustSolve(t, s, timetable.Options{Rounds: 1})
	x := p.Sessions[len(p.Sessions)/2]
	g := slices.IndexFunc(s.Groups, func(g timetable.Group) bool { return g.Code == x.Group })
	s.Groups[g].Fixed = []timetable.Fixed{{Index: x.Index, Supervisor: x.Supervisor, Day: x.Day, Start: 7 * 60, Place: x.Place}} // no hour of the group
	q := mustSolve(t, s, timetable.Options{Rounds: 1})
	mustPass(t, s, q)
	if !slices.ContainsFunc(q.Sessions, func(y timetable.Session) bool {
		return y.Group == x.Group && y.Index == x.Index && y.Start == 7*60 && y.Fixed
	}) {
		t.Error("the fixed session is gone")
	}
}

// costOf computes the cost of a plan from the sessions alone, for seasons whose
// sessions have no preferences and whose shares are the default.
func costOf(s timetable.Season, p timetable.Plan) float64 {
	place := map[string]timetable.Place{}
	for _, x := range s.Places {
		place[x.Code] = x
	}
	km := func(a, b string) float64 {
		rad := math.Pi / 180
		la, lb, d := place[a].Lat*rad, place[b].Lat*rad, (place[b].Lon-place[a].Lon)*rad
		h := math.Pow(math.Sin((lb-la)/2), 2) + math.Cos(la)*math.Cos(lb)*math.Pow(math.Sin(d/2), 2)
		return math.Round(2*6371*math.Asin(math.Sqrt(h))*1.3*1000) / 1000
	}
	total := 0
	for _, g := range s.Groups {
		total += g.Sessions * g.Minutes
	}
	share := (total + len(s.Supervisors) - 1) / len(s.Supervisors)
	cost := 0.0
	for _, sup := range s.Supervisors {
		minutes := 0
		for day := s.From; day <= s.To; day++ {
			at := sup.Home
			for _, x := range p.Sessions {
				if x.Supervisor == sup.Code && x.Day == day {
					cost += km(at, x.Place)
					at = x.Place
					minutes += x.Minutes
				}
			}
			cost += km(at, sup.Home)
		}
		cost += float64(max(0, minutes-share)) * 20 / 60
	}
	for _, x := range p.Sessions {
		for _, g := range s.Groups {
			if g.Code == x.Group && x.Place != g.Places[0] {
				cost += 25
			}
		}
	}
	return cost
}

func TestCostAndBoundAreTrueForTinySeasons(t *testing.T) {
	t.Parallel()
	proven := 0
	for seed := range uint64(60) {
		s := tiny(seed)
		p := mustSolve(t, s, timetable.Options{Seed: seed, Rounds: 3})
		if got := costOf(s, p); math.Abs(got-p.Cost) > 0.1 {
			t.Errorf("seed %d: cost %v, should be %v", seed, p.Cost, got)
		}
		least := math.Inf(1)
		brute(s, fewPlans, func(q timetable.Plan) bool { return len(q.Unplaced) > len(p.Unplaced) }, func(q timetable.Plan) {
			slices.SortStableFunc(q.Sessions, func(a, b timetable.Session) int { return int(a.Start - b.Start) })
			least = min(least, costOf(s, q))
		})
		if p.LowerBound > least+0.1 {
			t.Errorf("seed %d: bound %v above the least cost %v", seed, p.LowerBound, least)
		}
		if p.Optimal() {
			proven++
		}
	}
	if proven == 0 {
		t.Error("nothing is ever proven")
	}
	t.Logf("%d proven best", proven)
}
