package formation

import (
	"fmt"
	"math"
	"math/rand/v2"
	"sync/atomic"
	"testing"
)

// scattered is a model of bodies that can nearly all meet.
func scattered(seed uint64, bodies int) *model {
	rng := rand.New(rand.NewPCG(seed, 11))
	p := Problem{Limits: DefaultLimits(), Penalty: DefaultPenalty, Detour: DefaultDetour}
	for i := range bodies {
		p.Bodies = append(p.Bodies, Body{
			Code: fmt.Sprint(i), Lat: 41 + 0.8*rng.Float64(), Lon: 2 + 0.8*rng.Float64(),
			Professionals: 1 + rng.IntN(7), Modality: "m", Consent: true,
		})
	}
	return newModel(&p, make([]bool, len(p.Bodies)), 0)
}

// TestPolishedPricesProveTheirBound recomputes the bound from prices and cuts,
// and compares it with the least cost.
func TestPolishedPricesProveTheirBound(t *testing.T) {
	t.Parallel()
	for seed := range uint64(4) {
		m := scattered(seed, 70)
		var rows []int32
		for i := range m.body {
			rows = append(rows, int32(i))
		}
		start := newPlan(m)
		start.fillGreedily()
		a := newAscent(m)
		a.start(start)
		for range 30 {
			a.step(start.cost)
		}
		var stop atomic.Bool
		p := newPolish(m, rows, &a.best, seed, &stop)
		first := p.bound
		for range 3 {
			p.region(p.center())
		}
		sum := 0.0
		for _, c := range p.list.cuts {
			sum -= c.price
		}
		for _, j := range rows {
			least, complete := p.list.at(j, 0, 0, math.MaxInt, math.MaxInt/2)
			if sum += p.list.pr.row[j] + min(0, least); !complete {
				t.Fatal("not all groups could be listed")
			}
		}
		tree := newTree(m, rows, &a.best, &stop)
		tree.upper = start.cost
		tree.grow()
		if math.Abs(sum-p.bound) > 1e-5 || p.bound <= first || p.bound > tree.upper+1e-6 {
			t.Errorf("seed %d: bound %v, recomputed %v, at first %v; least cost %v", seed, p.bound, sum, first, tree.upper)
		}
		if tree.bound < tree.upper-1e-6 {
			t.Errorf("seed %d: least cost %v, proved %v", seed, tree.upper, tree.bound)
		}
	}
}
