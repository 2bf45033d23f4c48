package formation

import (
	"cmp"
	"math"
	"slices"
	"sync"
)

// ascent climbs towards the best prices by deflected subgradients with
// Polyak's step length. Each step evaluates the bound exactly.
type ascent struct {
	m     *model
	sides [2]side

	now       prices
	best      prices
	bestBound float64

	direction  []float64 // by row: smoothed subgradient
	groupSlope float64   // the same for the price of a group
	aim        float64   // how far above the best bound to aim; 0 before the first step
	stale      int       // steps since the last gain worth its name
}

// newAscent starts from the bound that needs no proof: no cost is negative.
func newAscent(m *model) *ascent {
	rows := len(m.body)
	return &ascent{
		m: m, sides: [2]side{newSide(m), newSide(m)},
		now:       prices{row: make([]float64, rows)},
		best:      prices{row: make([]float64, rows)},
		direction: make([]float64, rows),
	}
}

// start sets the first prices from a plan: each row pays its part of the cost
// of its group, and its penalty if no group can hold it. With a budget of groups, rows pay more than that, all in
// proportion to their size, by whichever amount bounds best.
func (a *ascent) start(p *plan) {
	share := slices.Clone(a.m.penalty)
	for _, arcs := range a.m.places {
		for _, arc := range arcs {
			share[arc.row] = 0
		}
	}
	for t := range p.teams {
		team := &p.teams[t]
		for _, i := range team.rows {
			share[i] = team.cost * float64(a.m.weight[i]) / float64(team.size)
		}
	}
	a.charge(share, 0)
	if !a.m.bounded {
		return
	}
	bound, extra := math.Inf(-1), 0.0
	for try := 1e-3; try < 2*slices.Max(append(a.m.penalty, 0)); try *= 2 {
		a.charge(share, try)
		a.now.group = a.marginalGroup()
		if b, _ := a.evaluate(); b > bound {
			bound, extra = b, try
		}
	}
	a.charge(share, extra)
	a.now.group = a.marginalGroup()
}

// charge sets the price of each row to its share and an extra amount for each
// of its professionals.
func (a *ascent) charge(share []float64, extra float64) {
	for i := range a.now.row {
		a.now.row[i] = min(a.m.penalty[i], share[i]+extra*float64(a.m.weight[i]))
	}
}

// marginalGroup is the price of a group at which, given what rows pay, the
// budget is just used up.
func (a *ascent) marginalGroup() float64 {
	type gain struct {
		perGroup float64
		groups   int
	}
	var gains []gain
	a.now.group = 0
	for j := range a.m.places {
		if reduced := a.sides[0].pricer.best(j, &a.now); reduced < 0 {
			k := max(1, a.m.alone[j])
			gains = append(gains, gain{-reduced / float64(k), k})
		}
	}
	slices.SortFunc(gains, func(x, y gain) int { return cmp.Compare(y.perGroup, x.perGroup) })
	left := a.m.budget
	for _, g := range gains {
		if left -= g.groups; left < 0 {
			return g.perGroup
		}
	}
	return 0
}

// settled reports whether the prices are good enough to guide an exhaustive
// search. Proofs take over from there.
func (a *ascent) settled() bool { return a.aim > 0 && a.aim <= 1e-4*max(1, a.bestBound) }

// done reports whether climbing on is not worth while, because proofs raise the
// bound faster or it has all but stopped.
func (a *ascent) done() bool {
	return a.settled() && (len(a.m.body) > provable || a.aim <= 5e-6*max(1, a.bestBound))
}

// step moves the prices once and returns the bound at those before the move.
// It aims only a little above the best bound so far, less after failures and
// more after gains, and never above the target, the cost of a known grouping.
func (a *ascent) step(target float64) float64 {
	const patience = 12
	bound, groups := a.evaluate()
	if a.aim == 0 {
		a.aim = max(0.1*(target-bound), tiny)
	}
	a.stale++
	if bound > a.bestBound {
		if bound > a.bestBound+0.05*a.aim {
			a.aim *= 1.1
			a.stale = 0
		}
		a.bestBound = bound
		a.best.copyFrom(&a.now)
	}
	if a.stale > patience {
		a.stale = 0
		a.aim *= 0.5
		a.now.copyFrom(&a.best)
		return bound
	}
	a.move(min(target, a.bestBound+a.aim)-bound, groups)
	return bound
}

// side is one half of the meeting places, evaluated beside the other half.
type side struct {
	pricer *pricer
	bound  float64
	groups float64
	count  []float64 // by row: groups that hold it at the current prices
}

func newSide(m *model) side {
	return side{pricer: newPricer(m), count: make([]float64, len(m.body))}
}

// worthSharing is the number of rows from which evaluating the two sides on
// two cores pays.
const worthSharing = 600

// evaluate computes the bound at the current prices, exactly, and the number
// of groups that they would form.
func (a *ascent) evaluate() (bound, groups float64) {
	half := len(a.m.body) / 2
	if len(a.m.body) < worthSharing {
		a.sides[0].evaluate(&a.now, 0, half)
		a.sides[1].evaluate(&a.now, half, len(a.m.body))
	} else {
		var other sync.WaitGroup
		other.Go(func() { a.sides[1].evaluate(&a.now, half, len(a.m.body)) })
		a.sides[0].evaluate(&a.now, 0, half)
		other.Wait()
	}
	bound = a.sides[0].bound + a.sides[1].bound
	if a.m.bounded {
		bound -= a.now.group * float64(a.m.budget)
	}
	return bound, a.sides[0].groups + a.sides[1].groups
}

// evaluate sums up the rows and places from position from to before to.
func (s *side) evaluate(pr *prices, from, to int) {
	s.bound, s.groups = 0, 0
	clear(s.count)
	for j := from; j < to; j++ {
		s.bound += pr.row[j]
		reduced := s.pricer.best(j, pr)
		if reduced >= 0 {
			continue
		}
		s.bound += reduced
		s.groups += float64(max(1, s.pricer.m.alone[j]))
		for _, i := range s.pricer.rows() {
			s.count[i]++
		}
	}
}

// learn takes over better prices of some rows.
func (a *ascent) learn(rows []int32, better *branch) {
	before := a.boundOf(rows)
	for s, i := range rows {
		a.best.row[i] = better.price[s]
	}
	a.best.group = better.group
	a.bestBound += a.boundOf(rows) - before
	a.now.copyFrom(&a.best)
}

// boundOf is the bound of some rows, and of the places at them, at the best
// prices.
func (a *ascent) boundOf(rows []int32) (bound float64) {
	for _, j := range rows {
		bound += a.best.row[j] + min(0, a.sides[0].pricer.best(int(j), &a.best))
	}
	if a.m.bounded {
		bound -= a.best.group * float64(a.m.budget)
	}
	return bound
}

// move follows the smoothed subgradient, as far as a gain of rise would need.
// Prices stay below the penalties, at which leaving a row out costs no more.
func (a *ascent) move(rise, groups float64) {
	const smoothing = 0.2
	smooth, raw := 0.0, 0.0
	for i := range a.direction {
		slope := 1 - a.sides[0].count[i] - a.sides[1].count[i]
		if slope > 0 && a.now.row[i] >= a.m.penalty[i] {
			slope = 0
		}
		a.direction[i] += smoothing * (slope - a.direction[i])
		smooth += a.direction[i] * a.direction[i]
		raw += slope * slope
	}
	if a.m.bounded {
		slope := groups - float64(a.m.budget)
		a.groupSlope += smoothing * (slope - a.groupSlope)
		smooth += a.groupSlope * a.groupSlope
		raw += slope * slope
	}
	norm := max(smooth, raw)
	if norm < 1e-12 {
		return
	}
	length := rise / norm
	for i := range a.direction {
		a.now.row[i] = min(a.m.penalty[i], a.now.row[i]+length*a.direction[i])
	}
	if a.m.bounded {
		a.now.group = max(0, a.now.group+length*a.groupSlope)
	}
}
