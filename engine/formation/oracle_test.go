package formation_test

import (
	"math"
	"math/rand/v2"
	"strconv"
	"testing"

	"bastida/engine/formation"
)

// randomProblem draws a small or medium problem that meets every rule: two
// modalities, large bodies, bodies without consent, remote ones, twins.
func randomProblem(rng *rand.Rand, bodies int) formation.Problem {
	p := formation.Problem{
		Limits:  formation.DefaultLimits(),
		Penalty: formation.DefaultPenalty, Detour: formation.DefaultDetour,
	}
	spread := 0.1 + rng.Float64()*0.6
	for i := range bodies {
		b := formation.Body{
			Code: strconv.Itoa(i), Modality: "team", Consent: rng.IntN(10) > 0,
			Lat: 41.5 + spread*rng.Float64(), Lon: 1.5 + spread*rng.Float64(), Professionals: 1 + rng.IntN(9),
		}
		switch {
		case rng.IntN(12) == 0:
			b.Professionals = 10 + rng.IntN(30)
		case rng.IntN(5) == 0:
			b.Modality = "management"
		case rng.IntN(15) == 0 && i > 0:
			b.Lat, b.Lon = p.Bodies[i-1].Lat, p.Bodies[i-1].Lon
		}
		p.Bodies = append(p.Bodies, b)
	}
	return p
}

// leastCost is the optimum by trying every grouping: over the sets of bodies
// still to be placed, the first one is left out, or takes any others along.
type leastCost struct {
	p     formation.Problem
	known map[[2]int]float64
}

func optimum(p formation.Problem) float64 {
	budget, bounded := p.Limits.Budget()
	if !bounded {
		budget = 1 << 20
	}
	o := leastCost{p: p, known: map[[2]int]float64{}}
	return o.of(1<<len(p.Bodies)-1, budget)
}

func (o *leastCost) of(open, budget int) float64 {
	if open == 0 {
		return 0
	}
	if cost, ok := o.known[[2]int{open, budget}]; ok {
		return cost
	}
	first := 0
	for open>>first&1 == 0 {
		first++
	}
	rest := open &^ (1 << first)
	least := o.p.Penalty*float64(o.p.Bodies[first].Professionals) + o.of(rest, budget)
	for others := rest; ; others = (others - 1) & rest {
		cost, groups := o.group(others | 1<<first)
		if groups <= budget && cost < least {
			least = min(least, cost+o.of(rest&^others, budget-groups))
		}
		if others == 0 {
			break
		}
	}
	o.known[[2]int{open, budget}] = least
	return least
}

// group is the cost of one group of these bodies, +Inf if a rule forbids it.
func (o *leastCost) group(set int) (cost float64, groups int) {
	var members []int
	size, consent := 0, true
	for i, b := range o.p.Bodies {
		if set>>i&1 == 1 {
			members = append(members, i)
			size += b.Professionals
			consent = consent && b.Consent
		}
	}
	l := o.p.Limits
	if len(members) == 1 && size > l.Max {
		groups = int(math.Ceil(float64(size) / float64(l.Max)))
		if size/groups >= l.Min {
			return 0, groups
		}
	}
	if size < l.Min || size > l.Max || (len(members) > 1 && !consent) {
		return math.Inf(1), 0
	}
	least := math.Inf(1)
	for _, j := range members {
		cost := 0.0
		for _, i := range members {
			a, b := o.p.Bodies[i], o.p.Bodies[j]
			km := formation.Kilometres(a.Lat, a.Lon, b.Lat, b.Lon, o.p.Detour)
			if km > l.MaxKM || a.Modality != b.Modality {
				cost = math.Inf(1)
			}
			cost += float64(a.Professionals) * km
		}
		least = min(least, cost)
	}
	return least, 1
}

// mustBeSound checks a result against the rules and its own figures, from
// nothing but the problem.
func mustBeSound(t *testing.T, p formation.Problem, r formation.Result) {
	t.Helper()
	placed := make([]int, len(p.Bodies)) // professionals with a place
	cost, served := 0.0, 0
	for k, g := range r.Groups {
		size, meets := 0, false
		for _, m := range g.Members {
			b, at := p.Bodies[m.Body], p.Bodies[g.Meeting]
			km := formation.Kilometres(b.Lat, b.Lon, at.Lat, at.Lon, p.Detour)
			if p.Distance != nil && m.Body != g.Meeting {
				km = p.Distance(m.Body, g.Meeting)
			}
			switch {
			case b.Modality != g.Modality:
				t.Errorf("group %d mixes modalities", k)
			case km > p.Limits.MaxKM:
				t.Errorf("group %d: body %d travels %v km", k, m.Body, km)
			case math.Abs(km-m.KM) > 1e-9:
				t.Errorf("group %d: body %d is said to travel %v km, not %v", k, m.Body, m.KM, km)
			case len(g.Members) > 1 && (!b.Consent || b.Professionals > p.Limits.Max):
				t.Errorf("group %d: body %d may not share", k, m.Body)
			case g.Shares == 1 && m.Professionals != b.Professionals:
				t.Errorf("group %d splits body %d", k, m.Body)
			}
			placed[m.Body] += m.Professionals
			size += m.Professionals
			cost += float64(m.Professionals) * km
			meets = meets || m.Body == g.Meeting
		}
		if size < p.Limits.Min || size > p.Limits.Max || size != g.Size || !meets {
			t.Errorf("group %d has size %d, said to be %d, meeting place a member: %v", k, size, g.Size, meets)
		}
		served += size
	}
	for _, left := range r.LeftOut {
		if placed[left.Body] > 0 {
			t.Errorf("body %d is placed and left out", left.Body)
		}
		placed[left.Body] = p.Bodies[left.Body].Professionals
		cost += p.Penalty * float64(p.Bodies[left.Body].Professionals)
	}
	for i, b := range p.Bodies {
		if placed[i] != b.Professionals {
			t.Errorf("body %d: %d of %d professionals accounted for", i, placed[i], b.Professionals)
		}
	}
	if budget, bounded := p.Limits.Budget(); bounded && len(r.Groups) > budget {
		t.Errorf("%d groups exceed the budget of %d", len(r.Groups), budget)
	}
	if math.Abs(cost-r.Cost) > 1e-9*max(1, cost) || served != r.Served || r.LowerBound > r.Cost {
		t.Errorf("cost %v served %d, recomputed %v %d; bound %v", r.Cost, r.Served, cost, served, r.LowerBound)
	}
}
