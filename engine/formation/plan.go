package formation

import (
	"cmp"
	"math"
	"slices"
)

// plan is a grouping under construction: each row is in one team or in none.
type plan struct {
	m      *model
	teamOf []int32 // by row; -1 when left out
	teams  []team  // an empty team has no rows and waits in free
	free   []int32
	cost   float64
	groups int // used out of the budget
}

// team is a group of rows with its meeting place.
type team struct {
	place int32
	rows  []int32
	size  int
	cost  float64
}

func newPlan(m *model) *plan {
	p := &plan{m: m, teamOf: make([]int32, len(m.body))}
	for i := range p.teamOf {
		p.teamOf[i] = -1
		p.cost += m.penalty[i]
	}
	return p
}

// form makes a team of rows that were left out.
func (p *plan) form(place int32, rows []int32, cost float64) {
	var t int32
	if n := len(p.free); n > 0 {
		t, p.free = p.free[n-1], p.free[:n-1]
	} else {
		t = int32(len(p.teams))
		p.teams = append(p.teams, team{})
	}
	team := &p.teams[t]
	team.place, team.cost, team.size = place, cost, 0
	team.rows = append(team.rows[:0], rows...)
	p.cost += cost
	for _, i := range rows {
		team.size += p.m.weight[i]
		p.teamOf[i] = t
		p.cost -= p.m.penalty[i]
	}
	p.groups += max(1, p.m.alone[place])
}

// dissolve leaves the rows of a team out again.
func (p *plan) dissolve(t int32) {
	team := &p.teams[t]
	for _, i := range team.rows {
		p.teamOf[i] = -1
		p.cost += p.m.penalty[i]
	}
	p.cost -= team.cost
	p.groups -= max(1, p.m.alone[team.place])
	team.rows = team.rows[:0]
	p.free = append(p.free, t)
}

// adopt forms the teams of another plan whose first row is wanted.
func (p *plan) adopt(other *plan, wanted func(row int32) bool) {
	for t := range other.teams {
		if team := &other.teams[t]; len(team.rows) > 0 && wanted(team.rows[0]) {
			p.form(team.place, team.rows, team.cost)
		}
	}
}

// recost recomputes the cost from nothing, so that rounding never adds up.
func (p *plan) recost() {
	p.cost = 0
	for t := range p.teams {
		if len(p.teams[t].rows) > 0 {
			p.cost += p.teams[t].cost
		}
	}
	for i, t := range p.teamOf {
		if t < 0 {
			p.cost += p.m.penalty[i]
		}
	}
}

// worth is the cost of the rows of a part.
func (p *plan) worth(rows []int32) (cost float64) {
	for _, i := range rows {
		if t := p.teamOf[i]; t < 0 {
			cost += p.m.penalty[i]
		} else if p.teams[t].place == i {
			cost += p.teams[t].cost
		}
	}
	return cost
}

// regrouped is a copy in which the rows of a part have other groups.
func (p *plan) regrouped(rows []int32, groups []group) *plan {
	inside := make([]bool, len(p.teamOf))
	for _, i := range rows {
		inside[i] = true
	}
	other := newPlan(p.m)
	other.adopt(p, func(row int32) bool { return !inside[row] })
	for _, g := range groups {
		other.form(g.rows[0], g.rows, g.cost)
	}
	other.recost()
	return other
}

// fillGreedily forms the most economical groups of the rows left out, one
// after another, as long as the budget lasts. It serves as a start.
func (p *plan) fillGreedily() {
	k := newPricer(p.m)
	open := p.open(p.m.penalty)
	for _, j := range p.startOrder() {
		if p.teamOf[j] >= 0 || p.groups+max(1, p.m.alone[j]) > p.m.budget {
			continue
		}
		if k.best(int(j), open) < 0 {
			p.formOpen(j, k.rows(), open)
		}
	}
}

// fillByPrices forms the groups that the prices recommend most, as far as they
// do not overlap and the budget lasts.
func (p *plan) fillByPrices(pr *prices) {
	type offer struct {
		place   int32
		reduced float64
	}
	k := newPricer(p.m)
	open := p.open(pr.row)
	open.group = pr.group
	var offers []offer
	for j := range p.m.places {
		if reduced := k.best(j, open); !math.IsInf(reduced, 1) {
			offers = append(offers, offer{int32(j), reduced})
		}
	}
	slices.SortFunc(offers, func(a, b offer) int {
		return cmp.Or(cmp.Compare(a.reduced, b.reduced), cmp.Compare(a.place, b.place))
	})
	for _, o := range offers {
		if p.teamOf[o.place] >= 0 || p.groups+max(1, p.m.alone[o.place]) > p.m.budget {
			continue
		}
		if k.best(int(o.place), open) <= o.reduced+tiny {
			p.formOpen(o.place, k.rows(), open)
		}
	}
}

// open is a copy of the prices at which rows already placed are never chosen.
func (p *plan) open(price []float64) *prices {
	open := &prices{row: slices.Clone(price)}
	for i, t := range p.teamOf {
		if t >= 0 {
			open.row[i] = math.Inf(-1)
		}
	}
	return open
}

func (p *plan) formOpen(place int32, rows []int32, open *prices) {
	p.form(place, rows, p.m.costAt(place, rows))
	for _, i := range rows {
		open.row[i] = math.Inf(-1)
	}
}

// startOrder puts bodies with groups of their own first, then places by how
// few neighbours they have, so that remote ones are not left over.
func (p *plan) startOrder() []int32 {
	order := make([]int32, len(p.m.body))
	for i := range order {
		order[i] = int32(i)
	}
	sortBy(order, func(i int32) int {
		if p.m.alone[i] > 0 {
			return -1
		}
		return len(p.m.places[i])
	})
	return order
}

// costAt is the cost of a group of rows that all may meet at place.
func (m *model) costAt(place int32, rows []int32) (cost float64) {
	for _, a := range m.places[place] {
		for _, i := range rows {
			if a.row == i {
				cost += a.cost
			}
		}
	}
	return cost
}
