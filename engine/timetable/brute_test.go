package timetable_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"bastida/engine/timetable"
)

// tiny draws a season so small that all its plans can be tried.
func tiny(seed uint64) timetable.Season {
	rng := rand.New(rand.NewPCG(seed, 5))
	s := timetable.Season{From: timetable.DayOf(2020, time.March, 2), To: timetable.DayOf(2020, time.March, 2) + timetable.Day(3+rng.IntN(6))}
	day := func() timetable.Day { return s.From + timetable.Day(rng.IntN(int(s.To-s.From)+1)) }
	for i := range 2 {
		p := timetable.Place{Code: fmt.Sprintf("p%d", i), Lat: 41 + float64(i)*0.3*rng.Float64(), Lon: 2, Rooms: rng.IntN(2)}
		if rng.IntN(2) == 0 {
			p.Closed = []timetable.Span{{From: day()}}
		}
		s.Places = append(s.Places, p)
	}
	for i := range 2 {
		sup := timetable.Supervisor{
			Code: fmt.Sprintf("s%d", i), Home: "p0", Languages: []string{"ca", "it"}[:1+rng.IntN(2)],
			WeekSessions: rng.IntN(4), SeasonSessions: []int{0, 0, 2, 3}[rng.IntN(4)], WeekMinutes: []int{0, 0, 180}[rng.IntN(3)],
		}
		if rng.IntN(2) == 0 {
			sup.Away = []timetable.Span{{From: day(), Start: 9 * 60, End: 11 * 60}}
		}
		s.Supervisors = append(s.Supervisors, sup)
	}
	groups := 2 + rng.IntN(2)
	for i := range groups {
		g := timetable.Group{
			Code: fmt.Sprintf("g%d", i), Places: []string{"p0", "p1"}[rng.IntN(2):], Members: []string{"x", "y", "z"}[rng.IntN(3):],
			Language: []string{"", "ca", "it"}[rng.IntN(3)], Sessions: 1 + rng.IntN(4-groups+1), Minutes: 60 + 30*rng.IntN(2),
			MinDays: 1 + rng.IntN(3), Substitutes: rng.IntN(4) == 0,
			Starts: []timetable.Starts{{Days: []timetable.Weekday{1, 2, 3, 4, 5, 6, 0}[rng.IntN(4):], From: 9 * 60}},
		}
		if rng.IntN(3) == 0 {
			g.Starts[0].Last, g.Starts[0].Step = 10*60, 60
		}
		if rng.IntN(2) == 0 {
			g.MaxDays = g.MinDays + rng.IntN(3)
		}
		s.Groups = append(s.Groups, g)
	}
	return s
}

// brute tries every plan of a season by way of the check alone. A branch that
// cut refuses is left; visit is given every whole plan. It is false, and nothing
// is tried, if there are more than most plans.
func brute(s timetable.Season, most int, cut func(timetable.Plan) bool, visit func(timetable.Plan)) bool {
	var order []timetable.Ref
	var p timetable.Plan
	for _, g := range s.Groups {
		for j := 1; j <= g.Sessions; j++ {
			f := slices.IndexFunc(g.Fixed, func(f timetable.Fixed) bool { return f.Index == j })
			if f < 0 {
				order = append(order, timetable.Ref{Group: g.Code, Index: j})
				continue
			}
			f0 := g.Fixed[f]
			p.Sessions = append(p.Sessions, timetable.Session{Group: g.Code, Index: j, Supervisor: f0.Supervisor, Day: f0.Day, Start: f0.Start, Minutes: g.Minutes, Place: f0.Place})
		}
	}
	check := func(sessions []timetable.Session, out []timetable.Ref, k int) bool {
		plan := timetable.Plan{Sessions: sessions}
		for _, x := range append(slices.Clone(out), order[k:]...) {
			plan.Unplaced = append(plan.Unplaced, timetable.Unplaced{Group: x.Group, Index: x.Index})
		}
		return len(timetable.Check(s, plan)) == 0
	}
	alone := make([][]timetable.Session, len(order))
	for k, x := range order {
		g := s.Groups[slices.IndexFunc(s.Groups, func(g timetable.Group) bool { return g.Code == x.Group })]
		rest := slices.Delete(slices.Clone(order), k, k+1)
		for _, sup := range s.Supervisors {
			for day := s.From; day <= s.To; day++ {
				for _, place := range g.Places {
					for _, start := range []timetable.Clock{9 * 60, 10 * 60} {
						x := timetable.Session{Group: g.Code, Index: x.Index, Supervisor: sup.Code, Day: day, Start: start, Minutes: g.Minutes, Place: place}
						if check(append(slices.Clone(p.Sessions), x), rest, len(order)) {
							alone[k] = append(alone[k], x)
						}
					}
				}
			}
		}
	}
	plans := 1
	for _, a := range alone {
		if plans *= len(a) + 1; plans > most {
			return false
		}
	}
	var next func(k int, sessions []timetable.Session, out []timetable.Ref)
	next = func(k int, sessions []timetable.Session, out []timetable.Ref) {
		plan := timetable.Plan{Sessions: sessions}
		for _, x := range out {
			plan.Unplaced = append(plan.Unplaced, timetable.Unplaced{Group: x.Group, Index: x.Index})
		}
		if cut(plan) || !check(sessions, out, k) {
			return
		}
		if k == len(order) {
			visit(plan)
			return
		}
		for _, x := range alone[k] {
			next(k+1, append(slices.Clone(sessions), x), out)
		}
		next(k+1, sessions, append(slices.Clone(out), order[k]))
	}
	next(0, p.Sessions, nil)
	return true
}

// fewPlans can be tried within a tenth of a second.
const fewPlans = 8000

func fewestUnplaced(s timetable.Season) int {
	best := 1000
	if !brute(s, fewPlans, func(p timetable.Plan) bool { return len(p.Unplaced) >= best }, func(p timetable.Plan) { best = len(p.Unplaced) }) {
		return -1
	}
	return best
}

func TestNoPlanPlacesMore(t *testing.T) {
	t.Parallel()
	tried := 0
	for seed := range uint64(90) {
		s := tiny(seed)
		p := mustSolve(t, s, timetable.Options{Seed: seed, Rounds: 3})
		mustPass(t, s, p)
		want := fewestUnplaced(s)
		if want < 0 {
			continue
		}
		tried++
		if len(p.Unplaced) != want || p.FewestUnplaced != want {
			t.Errorf("seed %d: %d unplaced, at least %d, want %d", seed, len(p.Unplaced), p.FewestUnplaced, want)
		}
	}
	if tried < 30 {
		t.Errorf("only %d seasons were tried", tried)
	}
}

func TestReplanChangesTheFewest(t *testing.T) {
	t.Parallel()
	hard, moved := 0, 0
	for seed := range uint64(100) {
		s := tiny(seed)
		p := mustSolve(t, s, timetable.Options{Seed: seed, Rounds: 1})
		if len(p.Sessions) == 0 {
			continue
		}
		rng := rand.New(rand.NewPCG(seed, 9))
		var changes []timetable.Change
		for range 1 + rng.IntN(2) {
			x := p.Sessions[rng.IntN(len(p.Sessions))]
			c := timetable.Change{Span: timetable.Span{From: x.Day, To: x.Day + timetable.Day(rng.IntN(3))}}
			switch rng.IntN(3) {
			case 0:
				c.Supervisor = x.Supervisor
			case 1:
				c.Place = x.Place
			default:
				c.Group = x.Group
			}
			changes = append(changes, c)
		}
		o := timetable.ReplanOptions{Steps: 50_000_000}
		if rng.IntN(3) == 0 {
			o.Today = p.Sessions[rng.IntN(len(p.Sessions))].Day
		}
		r, err := timetable.Replan(t.Context(), s, p, changes, o)
		if err != nil {
			t.Fatal(err)
		}
		mustPass(t, r.Season, r.Plan)
		lost, changed := fewestChanges(r.Season, p)
		if len(r.Lost) != lost || r.Changed() != changed || !r.Proven() {
			t.Errorf("seed %d: lost %d, changed %d (%d, at least %d), want %d and %d", seed, len(r.Lost), r.Changed(), r.FewestLost, r.AtLeast, lost, changed)
		}
		moved += changed
		if changed > lost {
			hard++
		}
	}
	t.Logf("%d seasons in which something moved, %d changes", hard, moved)
}

// fewestChanges tries every plan for the fewest published sessions that are
// lost, and then that are changed, lost ones included.
func fewestChanges(s timetable.Season, published timetable.Plan) (lost, changed int) {
	count := func(p timetable.Plan) (lost, changed int) {
		for _, x := range published.Sessions {
			for _, u := range p.Unplaced {
				if u.Group == x.Group && u.Index == x.Index {
					lost++
					changed++
				}
			}
			for _, y := range p.Sessions {
				if y.Group == x.Group && y.Index == x.Index && (y.Supervisor != x.Supervisor || y.Day != x.Day || y.Start != x.Start || y.Place != x.Place) {
					changed++
				}
			}
		}
		return lost, changed
	}
	lost, changed = 1000, 1000
	unpublished := func(p timetable.Plan) bool {
		return slices.ContainsFunc(p.Sessions, func(y timetable.Session) bool {
			return slices.ContainsFunc(published.Unplaced, func(u timetable.Unplaced) bool { return u.Group == y.Group && u.Index == y.Index })
		})
	}
	brute(s, math.MaxInt/1000, func(p timetable.Plan) bool {
		l, c := count(p)
		return unpublished(p) || l > lost || l == lost && c >= changed
	}, func(p timetable.Plan) { lost, changed = count(p) })
	return lost, changed
}
