package formation_test

import (
	"context"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"bastida/engine/formation"
)

func solve(t testing.TB, p formation.Problem, o formation.Options) formation.Result {
	t.Helper()
	r, err := formation.Solve(context.Background(), p, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestSolveMeetsTheOptimumOfSmallProblems(t *testing.T) {
	t.Parallel()
	for seed := range uint64(60) {
		rng := rand.New(rand.NewPCG(seed, 1))
		p := randomProblem(rng, 3+rng.IntN(9))
		if seed%3 == 0 {
			p.Limits.Groups = 1 + rng.IntN(4)
		}
		if seed%5 == 0 {
			p.Limits.Min, p.Limits.Max, p.Limits.MaxKM = 3, 3+rng.IntN(12), 25
		}
		r := solve(t, p, formation.Options{Seed: seed, Rounds: 60})
		mustBeSound(t, p, r)
		least := optimum(p)
		if r.LowerBound > least+1e-6 {
			t.Errorf("seed %d: bound %v above the optimum %v", seed, r.LowerBound, least)
		}
		if math.Abs(r.Cost-least) > 1e-6 || !r.Optimal {
			t.Errorf("seed %d: cost %v (bound %v), optimum %v", seed, r.Cost, r.LowerBound, least)
		}
	}
}

func TestSolveIsSoundOnMediumProblems(t *testing.T) {
	t.Parallel()
	for seed := range uint64(6) {
		rng := rand.New(rand.NewPCG(seed, 2))
		p := randomProblem(rng, 90)
		if seed%2 == 0 {
			p.Limits.TotalHours = 18 * 20
		}
		r := solve(t, p, formation.Options{Seed: seed, Rounds: 12})
		mustBeSound(t, p, r)
		for _, x := range formation.Explain(p, r) {
			if x.DissolveCost < r.LowerBound-r.Cost-1e-6 || x.Move.Cost < r.LowerBound-r.Cost-1e-6 {
				t.Errorf("seed %d: an alternative to group %d is below the bound: %+v", seed, x.Group, x)
			}
		}
	}
}

func TestTheSameSeedAndRoundsGiveTheSameResult(t *testing.T) {
	t.Parallel()
	p := randomProblem(rand.New(rand.NewPCG(7, 3)), 120)
	var results [2]formation.Result
	for k := range results {
		results[k] = solve(t, p, formation.Options{Seed: 5, Rounds: 8})
		results[k].Elapsed = 0
	}
	if !reflect.DeepEqual(results[0], results[1]) {
		t.Error("two runs differ")
	}
}

func TestACancelledRunReturnsItsBest(t *testing.T) {
	t.Parallel()
	p := randomProblem(rand.New(rand.NewPCG(8, 3)), 200)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	r, err := formation.Solve(ctx, p, formation.Options{Time: time.Hour})
	if err != nil {
		t.Fatal(err)
	}
	mustBeSound(t, p, r)
	ctx, cancel = context.WithCancel(context.Background())
	r, err = formation.Solve(ctx, p, formation.Options{Time: time.Hour, Progress: func(formation.Progress) { cancel() }})
	if err != nil {
		t.Fatal(err)
	}
	mustBeSound(t, p, r)
}

func TestLockedGroupsStay(t *testing.T) {
	t.Parallel()
	p := randomProblem(rand.New(rand.NewPCG(9, 3)), 80)
	first := solve(t, p, formation.Options{Rounds: 2})
	var all []formation.Draft
	for _, g := range first.Groups {
		if g.Shares == 1 {
			all = append(all, formation.Draft{Meeting: g.Meeting, Members: membersOf(g)})
		}
	}
	p.Limits.MaxKM = 20
	kept, broken, err := formation.StillFeasible(p, all)
	if err != nil || len(kept) == 0 || len(broken) == 0 {
		t.Fatalf("kept %d, broken %d, %v: the test needs some of each", len(kept), len(broken), err)
	}
	p.Locked = kept
	second := solve(t, p, formation.Options{Rounds: 10})
	mustBeSound(t, p, second)
	for k, d := range kept {
		g := second.Groups[k]
		if !g.Locked || g.Meeting != d.Meeting || !slices.Equal(membersOf(g), d.Members) {
			t.Errorf("locked group %d became %+v", k, g)
		}
	}
	p.Locked = append(p.Locked, formation.Draft{Meeting: formation.AnyMember, Members: kept[0].Members})
	if _, err := formation.Solve(context.Background(), p, formation.Options{}); err == nil {
		t.Error("a body in two locked groups is accepted")
	}
}

func membersOf(g formation.Group) (members []int) {
	for _, m := range g.Members {
		members = append(members, m.Body)
	}
	return members
}

func TestAMatrixOfDistancesReplacesTheSphere(t *testing.T) {
	t.Parallel()
	p := randomProblem(rand.New(rand.NewPCG(10, 3)), 30)
	p.Distance = func(from, to int) float64 { return float64((from*7+to*3)%50 + 1) }
	mustBeSound(t, p, solve(t, p, formation.Options{Rounds: 20}))
}

func TestEqualCostsPreferBalancedSizes(t *testing.T) {
	t.Parallel()
	p := formation.Problem{Limits: formation.DefaultLimits(), Penalty: 1000, Detour: 1.3}
	for i := range 8 {
		p.Bodies = append(p.Bodies, formation.Body{
			Code: string(rune('a' + i)), Lat: 41, Lon: 2, Professionals: 3, Modality: "team", Consent: true,
		})
	}
	r := solve(t, p, formation.Options{Rounds: 20})
	if len(r.Groups) != 2 || r.Groups[0].Size != 12 || r.Groups[1].Size != 12 {
		t.Errorf("groups %+v", r.Groups)
	}
}

func TestReasonsForBeingLeftOut(t *testing.T) {
	t.Parallel()
	body := func(code string, lat float64, professionals int, consent bool) formation.Body {
		return formation.Body{Code: code, Lat: lat, Professionals: professionals, Modality: "m", Consent: consent}
	}
	p := formation.Problem{
		Limits: formation.Limits{Min: 8, Max: 15, MaxKM: 40, Groups: 1}, Penalty: 1000, Detour: 1.3,
		Bodies: []formation.Body{
			body("alone", 0, 14, true),
			body("second", 3, 9, true),
			body("private", 5, 4, false),
			body("remote", 10, 4, true),
			body("pair1", 20, 2, true), body("pair2", 20.01, 3, true),
		},
	}
	want := map[int]formation.Reason{
		1: formation.ReasonBudget, 2: formation.ReasonNoConsent, 3: formation.ReasonTooFar,
		4: formation.ReasonNoGroup, 5: formation.ReasonNoGroup,
	}
	r := solve(t, p, formation.Options{Rounds: 30})
	got := map[int]formation.Reason{}
	for _, left := range r.LeftOut {
		got[left.Body] = left.Reason
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("reasons %v", got)
	}
	p.Limits = formation.Limits{Min: 14, Max: 15, MaxKM: 40}
	p.Bodies = []formation.Body{body("odd", 0, 17, true)}
	if r := solve(t, p, formation.Options{}); r.LeftOut[0].Reason != formation.ReasonCannotSplit {
		t.Errorf("reason %v", r.LeftOut)
	}
}
