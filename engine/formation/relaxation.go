package formation

import (
	"slices"
	"sync/atomic"
)

// relaxation is the linear program over all groups that hold some of its rows:
// each row once, in fractions. Groups are listed as they are needed, and cuts
// bring the fractions nearer to whole groups. What rows outside would pay is
// fixed. Its dual values are the best prices of its rows.
type relaxation struct {
	m      *model
	rows   []int32
	places []int32 // where groups with these rows can meet
	slot   []int32 // by row: its constraint, -1 outside
	budget int     // constraint of the budget of groups, -1 if a group has a fixed price

	lp     *master
	groups []group // by column
	list   *lister
	cuts   []int // by cut of the lister: its constraint, -1 if its price is fixed

	stop  *atomic.Bool
	work  int // done so far, in about nanoseconds but the same everywhere
	pause func()
}

// newRelaxation starts from the prices that the lister has.
func newRelaxation(list *lister, rows, places []int32, stop *atomic.Bool) *relaxation {
	m := list.m
	x := &relaxation{m: m, rows: rows, places: places, list: list, stop: stop, budget: -1}
	x.slot = make([]int32, len(m.body))
	for i := range x.slot {
		x.slot[i] = -1
	}
	var under, right []float64
	for n, i := range rows {
		x.slot[i] = int32(n)
		under = append(under, m.penalty[i])
		right = append(right, 1)
	}
	if m.bounded && len(rows) == len(m.body) {
		x.budget = len(rows)
		under = append(under, 0)
		right = append(right, float64(m.budget))
	}
	x.lp = newMaster(under, right)
	for k := range list.cuts {
		x.cuts = append(x.cuts, -1)
		if c := &list.cuts[k]; c.price > 0 && x.inside(c.rows[:]) {
			x.cuts[k] = x.lp.limit(nobody, cutExcess)
		}
	}
	x.begin()
	return x
}

func nobody(int32) bool { return false }

func (x *relaxation) inside(rows []int32) bool {
	for _, i := range rows {
		if x.slot[i] < 0 {
			return false
		}
	}
	return true
}

// begin lists the groups of small reduced cost at the first prices.
func (x *relaxation) begin() {
	const perPlace, visits = 40, 1 << 16
	largest := 1.0
	for _, i := range x.rows {
		largest = max(largest, x.list.pr.row[i])
	}
	for _, j := range x.places {
		for room := largest; room > tiny; room /= 2 {
			start := len(x.list.found)
			if _, complete := x.list.at(j, room, 0, visits, perPlace); complete {
				break
			}
			x.list.found = x.list.found[:start]
		}
		x.charge(x.list.takeWork())
	}
	x.enlist()
}

// enlist makes columns of the groups found. A column costs what remains of the
// reduced cost when its constraints have not paid.
func (x *relaxation) enlist() (added int) {
	for _, g := range x.list.found {
		entries := make([]int32, 0, len(g.rows)+2)
		cost := g.reduced
		for _, i := range g.rows {
			if s := x.slot[i]; s >= 0 {
				entries = append(entries, s)
				cost += x.list.pr.row[i]
			}
		}
		if len(entries) == 0 {
			continue
		}
		if x.budget >= 0 {
			for range g.groups {
				entries = append(entries, int32(x.budget))
				cost -= x.list.pr.group
			}
		}
		for k, row := range x.cuts {
			if c := &x.list.cuts[k]; row >= 0 && c.binds(g.rows) {
				entries = append(entries, int32(row))
				cost -= c.price
			}
		}
		x.lp.add(cost, entries)
		x.groups = append(x.groups, g)
		added++
	}
	x.list.found = x.list.found[:0]
	return added
}

// converge lists groups until no more of them gain, or until enough says that
// a bound will do. It reports whether it got there.
func (x *relaxation) converge(enough func(bound float64) bool) bool {
	const slice, slices = 100, 200 // of pivots
	for !x.stop.Load() {
		optimal := false
		for n := 0; !optimal && n < slices && !x.stop.Load(); n++ {
			before := x.lp.pivots
			optimal = x.lp.solve(slice)
			x.charge((x.lp.pivots - before + 1) * len(x.lp.head) * 100)
		}
		bound, complete := x.lagrange()
		if complete && enough(bound) {
			x.list.found = x.list.found[:0]
			return true
		}
		if x.enlist() == 0 {
			return complete && optimal
		}
	}
	return false
}

func (x *relaxation) charge(work int) {
	x.work += work
	if x.pause != nil {
		x.pause()
	}
}

// lagrange computes the bound at the dual values, exactly, and finds groups
// that would gain.
func (x *relaxation) lagrange() (bound float64, complete bool) {
	const perPlace, visits = 12, 1 << 18
	l := x.list
	for s, i := range x.rows {
		l.pr.row[i] = min(x.lp.dual[s], x.lp.under[s])
	}
	if x.budget >= 0 {
		l.pr.group = max(0, -x.lp.dual[x.budget])
	}
	for k, row := range x.cuts {
		if row >= 0 {
			l.cuts[k].price = max(0, -x.lp.dual[row])
		}
	}
	bound, complete = x.paid(), true
	for _, j := range x.places {
		least, all := l.at(j, -2*reducedTolerance, 0.5, visits, perPlace)
		complete = complete && all
		bound += min(0, least)
		x.charge(l.takeWork())
	}
	return bound, complete
}

// paid is what the rows pay, less what budget and cuts do.
func (x *relaxation) paid() (sum float64) {
	for _, i := range x.rows {
		sum += x.list.pr.row[i]
	}
	if x.budget >= 0 {
		sum -= x.list.pr.group * float64(x.m.budget)
	}
	for k, row := range x.cuts {
		if row >= 0 {
			sum -= x.list.cuts[k].price
		}
	}
	return sum
}

// prices are those of the rows.
func (x *relaxation) prices() []float64 {
	some := make([]float64, len(x.rows))
	for s, i := range x.rows {
		some[s] = x.list.pr.row[i]
	}
	return some
}

// pricedCuts are the cuts that pay.
func (x *relaxation) pricedCuts() []cut {
	return slices.DeleteFunc(slices.Clone(x.list.cuts), func(c cut) bool { return c.price <= 0 })
}
