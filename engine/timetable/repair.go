package timetable

import (
	"context"
	"slices"
)

// fate is what a mended plan does with a published session.
type fate uint8

const (
	none   fate = iota // not published, or fixed
	kept               // as published, so far
	pinned             // as published, decided
	open               // must change, not placed yet
	moved              // changed, decided
	gone               // lost, decided
)

// repair looks for the plan that changes the fewest published sessions.
//
// The search asks of one session after another where it could go. A session in
// its way must change, too. A lower bound comes from each group by itself: how
// few of its sessions change if only its own days and distances count. Their
// sum is what any plan changes at least. The search tries to reach it, and when
// it has tried everything, the next number, so that the first plan found is
// one that changes the fewest.
type repair struct {
	ctx       context.Context
	m         *model
	p         *state
	published [][]*seat
	fates     [][]fate
	ways      [][][]int32 // by group, leader and day: options
	chain     *chain
	prices    [][]int64

	bounds    []int64
	total     int64 // their sum
	threshold int64
	next      int64 // the least total that was refused
	work      int   // seats tried
	limit     int

	best      [][]*seat
	bestTotal int64
	proven    int64
	absent    int64 // sessions that were not published
}

// defaultSteps is about half a second of work.
const defaultSteps = 1_000_000

// stepsOfBound is what a bound costs, in seats tried.
const stepsOfBound = 50

// change is the price of a changed session in repair.
const change = int64(1)

func newRepair(ctx context.Context, m *model, published Plan, limit int) *repair {
	if limit == 0 {
		limit = defaultSteps
	}
	r := &repair{ctx: ctx, m: m, p: newState(m), chain: newChain(m.days), limit: limit, bounds: make([]int64, len(m.season.Groups))}
	for g := range m.season.Groups {
		n := len(m.team(g).fixed)
		r.published, r.fates = append(r.published, make([]*seat, n)), append(r.fates, make([]fate, n))
		r.ways = append(r.ways, waysOf(m.team(g), m.days))
	}
	for _, x := range published.Sessions {
		g := int(m.group[x.Group])
		t, j := m.team(g), x.Index-1
		if t.fixed[j] != nil {
			continue
		}
		start := int32(x.Start)
		seat := &seat{option{day: int32(x.Day - m.from), place: m.place[x.Place], start: start, end: start + int32(t.group.Minutes)}, m.staff[x.Supervisor]}
		seat.base = m.preference(t.group, x.Day, seat.place)
		r.published[g][j], r.fates[g][j] = seat, open
		if t.admits(seat) && !t.barred[j] {
			r.fates[g][j] = kept
			r.p.put(g, j, seat)
		}
	}
	for g := range r.bounds {
		for j := range r.published[g] {
			if r.fates[g][j] == none && m.team(g).fixed[j] == nil {
				r.absent++
			}
		}
		r.rebound(g)
	}
	return r
}

// waysOf counts the options of each leader on each day.
func waysOf(t *team, days int) [][]int32 {
	ways := make([][]int32, len(t.leaders))
	for k := range t.leaders {
		ways[k] = make([]int32, days)
		for o, x := range t.options {
			if t.able[k][o] {
				ways[k][x.day]++
			}
		}
	}
	return ways
}

// admits reports whether the group allows a seat, looked at alone.
func (t *team) admits(x *seat) bool {
	k := slices.Index(t.leaders, x.leader)
	if k < 0 {
		return false
	}
	for o := t.first[x.day]; o < t.first[x.day+1]; o++ {
		if y := t.options[o]; t.able[k][o] && y.start == x.start && y.place == x.place {
			return true
		}
	}
	return false
}

// rebound computes the bound of one group anew.
func (r *repair) rebound(g int) {
	t := r.m.team(g)
	r.work += stepsOfBound
	least := never
	free, absent := int64(0), int64(0)
	for j, f := range r.fates[g] {
		switch {
		case f == none && t.fixed[j] == nil:
			absent++
		case f != none && f != gone:
			free++
		}
	}
	if t.group.Substitutes || len(t.leaders) == 0 {
		least = r.boundWith(g, -1)
	} else {
		usual := r.leader(g)
		if k := slices.Index(t.leaders, usual); k >= 0 {
			least = r.boundWith(g, k)
		}
		for k, s := range t.leaders { // with somebody else every session changes
			if s != usual && least > (absent*lost+free*change) {
				least = min(least, r.boundWith(g, k))
			}
		}
	}
	least -= absent * lost
	r.total += least - r.bounds[g]
	r.bounds[g] = least
}

// leader is who leads the published sessions of the group; -1: nobody.
func (r *repair) leader(g int) int32 {
	for _, x := range r.published[g] {
		if x != nil {
			return x.leader
		}
	}
	return -1
}

// boundWith is the bound of a group that leader k leads; -1: any.
func (r *repair) boundWith(g, k int) int64 {
	t := r.m.team(g)
	for len(r.prices) < len(t.fixed) {
		r.prices = append(r.prices, make([]int64, r.m.days))
	}
	prices := make([][]int64, len(t.fixed))
	for j, f := range r.fates[g] {
		switch {
		case t.fixed[j] != nil:
			prices[j] = r.prices[j]
			clear(prices[j])
		case f != none && f != gone:
			prices[j] = r.prices[j]
			r.price(prices[j], g, j, k)
		}
	}
	_, cost := r.chain.solve(t, prices)
	return cost
}

// price fills what each day costs a session: nothing as published, a change
// elsewhere.
func (r *repair) price(row []int64, g, j, k int) {
	t, was := r.m.team(g), r.published[g][j]
	for d := range row {
		row[d] = never
	}
	same := func(x *seat) bool { return k < 0 || x.leader == t.leaders[k] }
	switch r.fates[g][j] {
	case moved:
		if x := r.p.seats[g][j]; same(x) {
			row[x.day] = change
		}
		return
	case pinned:
		if same(was) {
			row[was.day] = 0
		}
		return
	default: // kept or open: anywhere, as far as is known
	}
	for i := range t.leaders {
		if k >= 0 && i != k {
			continue
		}
		for d, n := range r.ways[g][i] {
			if n > 0 {
				row[d] = change
			}
		}
	}
	if !same(was) {
		return
	}
	if r.fates[g][j] == kept {
		row[was.day] = 0
	} else if r.only(t, g, k, was) {
		row[was.day] = never
	}
}

// only reports whether the published seat is the only one on its day.
func (r *repair) only(t *team, g, k int, was *seat) bool {
	n := int32(0)
	for i := range t.leaders {
		if k < 0 || i == k {
			n += r.ways[g][i][was.day]
		}
	}
	return n == 1 && t.admits(was)
}

// set decides about a session, and returns what undoes the decision.
func (r *repair) set(g, j int, f fate, x *seat) (undo func()) {
	before, seat, bound := r.fates[g][j], r.p.seats[g][j], r.bounds[g]
	if seat != nil {
		r.p.drop(g, j)
	}
	if x != nil {
		r.p.put(g, j, x)
	}
	r.fates[g][j] = f
	r.rebound(g)
	return func() {
		if x != nil {
			r.p.drop(g, j)
		}
		if seat != nil {
			r.p.put(g, j, seat)
		}
		r.fates[g][j] = before
		r.total += bound - r.bounds[g]
		r.bounds[g] = bound
	}
}

// greedily mends each group that is hit by itself, beside the others as they
// are.
func (r *repair) greedily() {
	p := newState(r.m)
	in := newInserter(p, nil)
	var hit []int
	for g := range r.published {
		broken := false
		for j, x := range r.published[g] {
			if x == nil {
				continue
			}
			fits := r.fates[g][j] == kept && p.conflict(g, x) == "" && p.spaced(g, j, x) && p.together(g, x)
			if fits {
				p.put(g, j, x)
			}
			broken = broken || !fits
		}
		if broken {
			hit = append(hit, g)
		}
	}
	for _, g := range hit {
		was := make([]*seat, len(r.published[g]))
		for j := range was {
			if r.published[g][j] != nil && p.seats[g][j] != nil {
				was[j] = p.drop(g, j)
			}
		}
		in.mend(g, r.published[g], r.fates[g])
	}
	r.take(p)
}

// together reports whether a group keeps one supervisor with the seat.
func (p *state) together(g int, x *seat) bool {
	t := p.m.team(g)
	for j, y := range p.seats[g] {
		if y != nil && t.fixed[j] == nil && y.leader != x.leader {
			return t.group.Substitutes
		}
	}
	return true
}

// take makes a plan the best one if it is.
func (r *repair) take(p *state) {
	total := (int64(p.unplaced) - r.absent) * lost
	for g := range r.published {
		for j, x := range r.published[g] {
			if y := p.seats[g][j]; x != nil && y != nil && *x != *y {
				total += change
			}
		}
	}
	if r.best != nil && total >= r.bestTotal {
		return
	}
	r.bestTotal, r.best = total, make([][]*seat, len(p.seats))
	for g := range p.seats {
		r.best[g] = slices.Clone(p.seats[g])
	}
}

// prove searches with a rising threshold until a plan is found or the best one
// known is reached.
func (r *repair) prove() {
	r.proven = r.total
	for r.proven < r.bestTotal {
		r.threshold, r.next = r.proven, r.bestTotal
		found := r.settle(r.violated)
		if r.stopped() {
			return
		}
		if found {
			r.bestTotal = r.proven
			return
		}
		r.proven = r.next
	}
}

func (r *repair) stopped() bool { return r.work >= r.limit || r.ctx.Err() != nil }

func (r *repair) result(published Plan, after Season) Replanned {
	p := newState(r.m)
	for g := range r.best {
		for j, x := range r.best[g] {
			if x != nil && r.m.team(g).fixed[j] == nil {
				p.put(g, j, x)
			}
		}
	}
	out := Replanned{
		Plan: p.plan(), Season: after, Moved: []Move{}, Lost: []Ref{},
		FewestLost: int(r.proven / lost), AtLeast: int(r.proven/lost + r.proven%lost),
	}
	now := map[Ref]Session{}
	for _, x := range out.Plan.Sessions {
		now[Ref{x.Group, x.Index}] = x
	}
	for _, x := range published.Sessions {
		y, placed := now[Ref{x.Group, x.Index}]
		switch {
		case !placed:
			out.Lost = append(out.Lost, Ref{x.Group, x.Index})
		case x.Supervisor != y.Supervisor || x.Day != y.Day || x.Start != y.Start || x.Place != y.Place:
			out.Moved = append(out.Moved, Move{x, y})
		}
	}
	return out
}
