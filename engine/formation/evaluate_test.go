package formation_test

import (
	"context"
	"math/rand/v2"
	"slices"
	"testing"

	"bastida/engine/formation"
)

func TestEvaluateNamesEveryBrokenLimit(t *testing.T) {
	t.Parallel()
	body := func(code string, lat float64, professionals int, modality string, consent bool) formation.Body {
		return formation.Body{Code: code, Lat: lat, Professionals: professionals, Modality: modality, Consent: consent}
	}
	p := formation.Problem{
		Limits: formation.Limits{Min: 8, Max: 15, MaxKM: 40, Groups: 3}, Penalty: 1000, Detour: 1.3,
		Bodies: []formation.Body{
			body("a", 0, 5, "m", true), body("b", 0.1, 4, "m", true), body("c", 0.1, 9, "m", true),
			body("far", 3, 4, "m", true), body("other", 0, 4, "n", true), body("private", 0, 4, "m", false),
			body("large", 0, 33, "m", true),
		},
	}
	cases := map[string]struct {
		draft formation.Draft
		want  []formation.Rule
	}{
		"a good group":                  {formation.Draft{Meeting: 0, Members: []int{0, 1}}, nil},
		"the best member is found":      {formation.Draft{Meeting: formation.AnyMember, Members: []int{0, 1}}, nil},
		"a large body becomes 3 groups": {formation.Draft{Meeting: 6, Members: []int{6}}, nil},
		"too small":                     {formation.Draft{Meeting: 0, Members: []int{0}}, []formation.Rule{formation.RuleBelowMinimum}},
		"too large":                     {formation.Draft{Meeting: 0, Members: []int{0, 1, 2}}, []formation.Rule{formation.RuleAboveMaximum}},
		"too far":                       {formation.Draft{Meeting: 0, Members: []int{0, 3}}, []formation.Rule{formation.RuleTooFar}},
		"two modalities":                {formation.Draft{Meeting: 0, Members: []int{0, 4}}, []formation.Rule{formation.RuleMixedModality}},
		"no consent":                    {formation.Draft{Meeting: 0, Members: []int{0, 5}}, []formation.Rule{formation.RuleNoConsent}},
		"a meeting place from outside":  {formation.Draft{Meeting: 2, Members: []int{0, 1}}, []formation.Rule{formation.RuleMeeting}},
		"a large body does not share": {
			formation.Draft{Meeting: 0, Members: []int{0, 6}},
			[]formation.Rule{formation.RuleAboveMaximum, formation.RuleLargeMixed},
		},
		"the same body twice": {
			formation.Draft{Meeting: 2, Members: []int{2, 2}},
			[]formation.Rule{formation.RuleAboveMaximum, formation.RuleTwice, formation.RuleTwice},
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			r, broken, err := formation.Evaluate(p, []formation.Draft{c.draft})
			if err != nil {
				t.Fatal(err)
			}
			var got []formation.Rule
			for _, b := range broken {
				got = append(got, b.Rule)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("broken %v, want %v", got, c.want)
			}
			if c.want == nil {
				mustBeSound(t, p, r)
			}
		})
	}
	_, broken, err := formation.Evaluate(p, []formation.Draft{{Meeting: 6, Members: []int{6}}, {Meeting: 2, Members: []int{2}}})
	if err != nil || len(broken) != 1 || broken[0].Rule != formation.RuleBudget {
		t.Errorf("four groups of three: %v, %v", broken, err)
	}
	if _, _, err := formation.Evaluate(p, []formation.Draft{{Meeting: 0, Members: []int{0, 70}}}); err == nil {
		t.Error("a position out of range is accepted")
	}
}

func TestEvaluateAgreesWithSolve(t *testing.T) {
	t.Parallel()
	p := randomProblem(rand.New(rand.NewPCG(4, 4)), 60)
	solved := solve(t, p, formation.Options{Rounds: 10})
	var drafts []formation.Draft
	for k, g := range solved.Groups {
		if k == 0 || g.Draft != solved.Groups[k-1].Draft {
			drafts = append(drafts, formation.Draft{Meeting: g.Meeting, Members: membersOf(g)})
		}
	}
	r, broken, err := formation.Evaluate(p, drafts)
	if err != nil || len(broken) > 0 {
		t.Fatal(broken, err)
	}
	if r.Cost != solved.Cost || r.Served != solved.Served || len(r.Groups) != len(solved.Groups) {
		t.Errorf("cost %v, served %d; solved %v, %d", r.Cost, r.Served, solved.Cost, solved.Served)
	}
}

func TestProblemsThatMakeNoSenseAreRefused(t *testing.T) {
	t.Parallel()
	spoil := map[string]func(*formation.Problem){
		"minimum above maximum": func(p *formation.Problem) { p.Limits.Min = 16 },
		"minimum of zero":       func(p *formation.Problem) { p.Limits.Min = 0 },
		"huge maximum":          func(p *formation.Problem) { p.Limits.Max = 64 },
		"negative distance":     func(p *formation.Problem) { p.Limits.MaxKM = -1 },
		"negative budget":       func(p *formation.Problem) { p.Limits.Groups = -1 },
		"negative hours":        func(p *formation.Problem) { p.Limits.TotalHours = -1 },
		"negative penalty":      func(p *formation.Problem) { p.Penalty = -1 },
		"no detour":             func(p *formation.Problem) { p.Detour = 0 },
		"no code":               func(p *formation.Problem) { p.Bodies[0].Code = "" },
		"a code twice":          func(p *formation.Problem) { p.Bodies[0].Code = p.Bodies[1].Code },
		"no professionals":      func(p *formation.Problem) { p.Bodies[0].Professionals = 0 },
		"beyond the pole":       func(p *formation.Problem) { p.Bodies[0].Lat = 91 },
		"beyond the date line":  func(p *formation.Problem) { p.Bodies[0].Lon = 181 },
		"an empty locked group": func(p *formation.Problem) { p.Locked = []formation.Draft{{}} },
	}
	for name, change := range spoil {
		t.Run(name, func(t *testing.T) {
			p := randomProblem(rand.New(rand.NewPCG(5, 4)), 5)
			change(&p)
			if _, err := formation.Solve(context.Background(), p, formation.Options{Rounds: 1}); err == nil {
				t.Error("accepted")
			}
		})
	}
}

func FuzzSolve(f *testing.F) {
	f.Add(uint64(1), uint8(5), uint8(8), uint8(15), uint8(40), uint8(0))
	f.Add(uint64(2), uint8(9), uint8(1), uint8(63), uint8(200), uint8(2))
	f.Add(uint64(3), uint8(7), uint8(4), uint8(4), uint8(0), uint8(1))
	f.Fuzz(func(t *testing.T, seed uint64, bodies, least, most, km, groups uint8) {
		p := randomProblem(rand.New(rand.NewPCG(seed, 5)), int(bodies%11))
		p.Limits = formation.Limits{Min: int(least), Max: int(most), MaxKM: float64(km), Groups: int(groups)}
		if p.Validate() != nil {
			return
		}
		r := solve(t, p, formation.Options{Seed: seed, Rounds: 40})
		mustBeSound(t, p, r)
		if best := optimum(p); r.LowerBound > best+1e-6 || r.Cost < best-1e-6 || (r.Optimal && r.Cost > best+1e-6) {
			t.Errorf("cost %v, bound %v, optimum %v", r.Cost, r.LowerBound, best)
		}
	})
}
