package timetable

import "context"

// fewestLost is how many sessions no plan can place: of each group those that
// do not fit even if it is alone.
func (m *model) fewestLost() (n int) {
	for g := range m.season.Groups {
		n += m.lostAlone(g)
	}
	return n
}

// lostAlone is how many sessions of a group do not fit even if it is alone.
func (m *model) lostAlone(g int) int {
	t := m.team(g)
	c := newChain(m.days)
	least := int64(len(t.fixed)) * lost
	for _, f := range t.fixed {
		if f != nil {
			least -= lost
		}
	}
	free := make([]int64, m.days)
	price := make([]int64, m.days)
	for d := range price {
		price[d] = never
	}
	prices := make([][]int64, len(t.fixed))
	for j := range prices {
		switch {
		case t.fixed[j] != nil:
			prices[j] = free
		case !t.barred[j]:
			prices[j] = price
		}
	}
	for k := range t.leaders {
		for o, x := range t.options {
			if t.able[k][o] {
				price[x.day] = 0
			}
		}
		if t.group.Substitutes && k < len(t.leaders)-1 {
			continue
		}
		_, cost := c.solve(t, prices)
		least = min(least, cost)
		for d := range price {
			price[d] = never
		}
	}
	return int(least / lost)
}

// exact looks through all plans for one that leaves out fewer sessions.
type exact struct {
	ctx    context.Context
	p      *state
	order  []int
	alone  []int // what the groups from this one in the order on lose alone
	best   int
	found  [][]*seat
	nodes  int
	bounds int // no plan leaves out fewer
}

// mostExact is how many seats are tried before the search gives up: enough
// for small seasons.
const mostExact = 3_000_000

// placeExactly replaces the plan if another places more sessions, and notes it
// when none can.
func (r *run) placeExactly(ctx context.Context) {
	order := r.search.hardestFirst()
	e := &exact{ctx: ctx, p: newState(r.m), order: order, best: r.search.unplaced(), alone: make([]int, len(order)+1), bounds: r.bound.unplaced}
	for i := len(order) - 1; i >= 0; i-- {
		e.alone[i] = e.alone[i+1] + r.m.lostAlone(order[i])
	}
	e.group(0, 0)
	if e.nodes < mostExact && ctx.Err() == nil {
		r.bound.raise(int64(e.best) * lost)
	}
	if e.found != nil {
		r.search.best = e.found
		r.search.restore()
		r.search.remember()
	}
}

// done stops the search.
func (e *exact) done() bool {
	return e.nodes >= mostExact || e.best <= e.bounds || e.ctx.Err() != nil
}

// group places the groups from the i-th on, when missing sessions are left out
// already.
func (e *exact) group(i, missing int) {
	if missing+e.alone[i] >= e.best || e.done() {
		return
	}
	if i == len(e.order) {
		e.best = missing
		e.found = make([][]*seat, len(e.p.seats))
		for g := range e.p.seats {
			e.found[g] = append([]*seat(nil), e.p.seats[g]...)
		}
		return
	}
	t := e.p.m.team(e.order[i])
	if t.group.Substitutes || len(t.leaders) == 0 {
		e.session(i, 0, missing, -1)
		return
	}
	for k := range t.leaders {
		e.session(i, 0, missing, k)
	}
}

// session places the sessions from the j-th of the i-th group on, led by leader
// k; -1: by anybody.
func (e *exact) session(i, j, missing, k int) {
	g := e.order[i]
	t := e.p.m.team(g)
	if j == len(t.fixed) {
		e.group(i+1, missing)
		return
	}
	if missing+e.alone[i+1] >= e.best || e.done() {
		return
	}
	if t.fixed[j] != nil {
		e.session(i, j+1, missing, k)
		return
	}
	for l, leader := range t.leaders {
		if t.barred[j] || k >= 0 && l != k {
			continue
		}
		for o := range t.options {
			x := seat{t.options[o], leader}
			if e.nodes++; e.done() {
				return
			}
			if !t.able[l][o] || !e.p.spaced(g, j, &x) || e.p.conflict(g, &x) != "" {
				continue
			}
			e.p.put(g, j, &x)
			e.session(i, j+1, missing, k)
			e.p.drop(g, j)
		}
	}
	e.session(i, j+1, missing+1, k)
}
