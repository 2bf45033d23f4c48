package main

import (
	"errors"
	"math"
	"math/bits"
	"slices"
)

// option is a group that may exist in a grouping cheaper than the one claimed
// to be the cheapest.
type option struct {
	rows   uint64
	slack  float64 // what it adds to the bound
	cost   float64
	groups float64
}

// exhaust looks for a grouping of a few bodies below a given cost.
type exhaust struct {
	v       *verifier
	rows    []int
	start   float64 // bound of the prices
	claimed float64 // least cost, as claimed
	budget  float64
	byFirst [][]option // by the lowest row in them
	seen    map[uint64][]option
}

var errCheaper = errors.New("a part has a cheaper grouping than the certificate says")

// proven confirms each part's cost and returns what it adds to the bound.
func (v *verifier) proven(reduced []float64) (gain float64, err error) {
	used := make([]bool, len(v.bodies))
	for _, part := range v.c.Proven {
		x := exhaust{v: v, claimed: part.Cost, budget: v.budget, seen: map[uint64][]option{}}
		for _, i := range v.free {
			if slices.Contains(part.Codes, v.bodies[i].code) && !used[i] {
				used[i] = true
				x.rows = append(x.rows, i)
				x.start += v.price(i) + reduced[i]
			}
		}
		if err := x.closed(); err != nil {
			return 0, err
		}
		if v.c.Groups != nil {
			x.start -= v.c.GroupPrice * v.budget
		}
		x.list(reduced)
		if x.cheaper(0, 0, 0, 0) {
			return 0, errCheaper
		}
		gain += max(0, part.Cost-x.start)
	}
	return gain, nil
}

// closed makes sure that no group can cross the part's border.
func (x *exhaust) closed() error {
	if len(x.rows) > 64 {
		return errors.New("a part has more than 64 bodies")
	}
	if x.v.c.Groups != nil && len(x.rows) != len(x.v.free) {
		return errors.New("with a budget of groups a part must hold all bodies")
	}
	for _, i := range x.v.free {
		if slices.Contains(x.rows, i) {
			continue
		}
		for _, j := range x.rows {
			_, there := x.v.near(i, j)
			_, back := x.v.near(j, i)
			if there || back {
				return errors.New("a part can share groups with bodies outside it")
			}
		}
	}
	return nil
}

// list finds all options by branching on each row in turn: in or out.
func (x *exhaust) list(reduced []float64) {
	x.byFirst = make([][]option, len(x.rows))
	room := x.claimed - x.start
	for b, j := range x.rows {
		left := option{1 << b, x.v.penalty(j) - x.v.price(j), x.v.penalty(j), 0}
		x.byFirst[b] = append(x.byFirst[b], left)
		if k := x.v.alone(j); k > 0 {
			slack := x.v.c.GroupPrice*float64(k) - x.v.price(j) - reduced[j]
			x.byFirst[b] = append(x.byFirst[b], option{1 << b, slack, 0, float64(k)})
			continue
		}
		base := x.v.c.GroupPrice - x.v.price(j) - reduced[j]
		x.branch(j, x.candidates(j), x.v.bodies[j].size, option{1 << b, base, 0, 1}, room)
	}
	for b := range x.byFirst {
		slices.SortFunc(x.byFirst[b], func(p, q option) int {
			if p.slack < q.slack {
				return -1
			}
			return 1
		})
	}
}

type candidate struct {
	bit, size   int
	cost, value float64
	best        []float64 // by size to add: the most that this and later ones gain
}

func (x *exhaust) candidates(j int) []candidate {
	var list []candidate
	for b, i := range x.rows {
		if cost, ok := x.v.near(i, j); ok && i != j {
			list = append(list, candidate{b, x.v.bodies[i].size, cost, x.v.price(i) - cost, nil})
		}
	}
	next := make([]float64, x.v.c.Maximum+1)
	for s := 1; s < len(next); s++ {
		next[s] = math.Inf(-1)
	}
	for n := len(list) - 1; n >= 0; n-- {
		list[n].best = slices.Clone(next)
		for s := list[n].size; s < len(next); s++ {
			list[n].best[s] = max(next[s], next[s-list[n].size]+list[n].value)
		}
		next = list[n].best
	}
	return list
}

func (x *exhaust) branch(j int, rest []candidate, size int, o option, room float64) {
	if size >= x.v.c.Minimum && o.slack <= room {
		first := bits.TrailingZeros64(o.rows)
		x.byFirst[first] = append(x.byFirst[first], o)
	}
	for n := range rest {
		most := math.Inf(-1)
		for s := max(0, x.v.c.Minimum-size); s <= x.v.c.Maximum-size; s++ {
			most = max(most, rest[n].best[s])
		}
		if o.slack-most > room {
			return
		}
		if r := &rest[n]; size+r.size <= x.v.c.Maximum {
			grown := option{o.rows | 1<<r.bit, o.slack - r.value, o.cost + r.cost, 1}
			x.branch(j, rest[n+1:], size+r.size, grown, room)
		}
	}
}

// cheaper tries all ways to put every row into one option.
func (x *exhaust) cheaper(held uint64, slack, cost, groups float64) bool {
	tolerance := 1e-7 * max(1, math.Abs(x.claimed))
	if bits.OnesCount64(held) == len(x.rows) {
		return cost < x.claimed-tolerance
	}
	for _, s := range x.seen[held] {
		if s.slack <= slack && s.cost <= cost && s.groups <= groups {
			return false
		}
	}
	x.seen[held] = append(x.seen[held], option{held, slack, cost, groups})
	for _, o := range x.byFirst[bits.TrailingZeros64(^held)] {
		if x.start+slack+o.slack >= x.claimed-tolerance {
			break
		}
		if o.rows&held == 0 && groups+o.groups <= x.budget &&
			x.cheaper(held|o.rows, slack+o.slack, cost+o.cost, groups+o.groups) {
			return true
		}
	}
	return false
}
