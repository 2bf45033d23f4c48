package formation

import (
	"cmp"
	"math"
	"slices"
	"sync/atomic"
)

// tree proves the least cost of a part by branch and bound. A case takes for
// granted where some rows meet, or do not meet; the relaxation bounds its cost.
type tree struct {
	*relaxation

	upper float64 // cost of the best grouping known
	bound float64 // of all cases
	best  []group // the grouping behind upper, if it comes from here
	plain *branch // the first case before any cut, until it is told

	open    []*branch
	closed  []*branch // need no division
	allowed int       // work after which to pause
}

// branch is a case, with the prices that bound it best.
type branch struct {
	choices []choice
	bound   float64
	price   []float64 // by the tree's rows
	group   float64
	cuts    []cut
}

// choice says whether a row meets at a place.
type choice struct {
	row, place int32
	meets      bool
}

// newTree is a proof still to begin.
func newTree(m *model, rows []int32, pr *prices, stop *atomic.Bool) *tree {
	list := newLister(m)
	list.pr.copyFrom(pr)
	t := &tree{relaxation: newRelaxation(list, rows, rows, stop)}
	t.upper, t.bound = math.Inf(1), math.Inf(-1)
	t.open = []*branch{{bound: t.bound, price: t.prices(), group: pr.group}}
	return t
}

// impossible is a cost that no case can bear.
func (m *model) impossible() float64 { return 10 * slices.Max(append(m.penalty, 1)) }

// closes reports whether a case with this bound holds nothing cheaper than
// what is known.
func (t *tree) closes(bound float64) bool {
	return bound >= t.upper-1e-10*max(1, t.upper)
}

// grow treats case after case until none is open: in turns the one with the
// lowest bound, which raises the bound of all, and the latest, which leads down
// to a grouping. It calls pause often.
func (t *tree) grow() {
	for turn := 0; len(t.open) > 0 && !t.stop.Load(); turn++ {
		n := len(t.open) - 1
		if turn%2 == 0 {
			n = t.lowest()
		}
		b := t.open[n]
		t.open = slices.Delete(t.open, n, n+1)
		t.treat(b)
		t.rebound()
		t.charge(1000)
	}
}

func (t *tree) lowest() (n int) {
	for k, b := range t.open {
		if b.bound < t.open[n].bound {
			n = k
		}
	}
	return n
}

func (t *tree) rebound() {
	t.bound = math.Inf(1)
	for _, b := range t.open {
		t.bound = min(t.bound, b.bound)
	}
	for _, b := range t.closed {
		t.bound = min(t.bound, b.bound)
	}
}

// treat bounds a case, and closes or divides it. When time runs out, the case
// stays open.
func (t *tree) treat(b *branch) {
	const patience = 3 // rounds of cuts that may gain little
	t.enter(b)
	for rounds := 0; ; rounds++ {
		before := b.bound
		converged := t.converge(func(bound float64) bool { return t.improves(b, bound) })
		switch {
		case t.closes(b.bound):
			t.closed = append(t.closed, b)
			return
		case t.stop.Load():
			t.open = append(t.open, b)
			return
		case len(b.choices) == 0:
			t.bound = b.bound
			if rounds == 0 && converged {
				first := *b
				t.plain = &first
				t.adopt()
			}
		}
		slow := rounds >= patience && b.bound-before < 0.02*(t.upper-b.bound)
		if !converged || slow || t.cut() == 0 {
			break
		}
	}
	t.divide(b)
}

// improves remembers the prices if they bound a case better than before, and
// reports whether that closes it.
func (t *tree) improves(b *branch, bound float64) bool {
	if bound > b.bound {
		b.bound, b.price, b.group, b.cuts = bound, t.prices(), t.list.pr.group, t.pricedCuts()
	}
	return t.closes(b.bound)
}

// enter forbids what the case does not allow.
func (t *tree) enter(b *branch) {
	g := given{host: map[int32]int32{}, banned: map[[2]int32]bool{}}
	for _, c := range b.choices {
		if c.meets {
			g.host[c.row] = c.place
		} else {
			g.banned[[2]int32{c.row, c.place}] = true
		}
	}
	t.list.given = g
	impossible := t.m.impossible()
	for s, i := range t.rows {
		t.lp.under[s] = t.m.penalty[i]
		if _, fixed := g.host[i]; fixed {
			t.lp.under[s] = impossible
		}
	}
	for c := range t.groups {
		t.lp.toll[c] = 0
		if !g.allowsAll(t.groups[c].rows) {
			t.lp.toll[c] = impossible
		}
	}
	t.charge(5 * len(t.groups))
}

// divide splits a case by the arc whose fraction is nearest to a half; whether
// a place hosts a group at all comes first. If no arc is used in fractions,
// the fractions are a grouping.
func (t *tree) divide(b *branch) {
	t.adopt()
	arc, found := t.dividingArc()
	if !found {
		t.closed = append(t.closed, b)
		return
	}
	for _, meets := range [2]bool{false, true} {
		child := *b
		child.choices = append(slices.Clone(b.choices), choice{arc[0], arc[1], meets})
		t.open = append(t.open, &child)
	}
}

func (t *tree) dividingArc() (arc [2]int32, found bool) {
	share := map[[2]int32]float64{}
	for p, c := range t.lp.head {
		if c >= 0 && t.lp.level[p] > 1e-6 {
			place := t.groups[c].rows[0]
			for _, i := range t.groups[c].rows {
				share[[2]int32{i, place}] += t.lp.level[p]
			}
		}
	}
	best := 1e-4
	for a, x := range share {
		score := min(x, 1-x)
		if a[0] == a[1] {
			score *= 2
		}
		if score > best || found && score == best && slices.Compare(a[:], arc[:]) < 0 {
			arc, best, found = a, score, true
		}
	}
	return arc, found
}

// adopt takes the present columns as a grouping, those with the largest
// fractions first, as far as they do not overlap and the budget lasts.
func (t *tree) adopt() {
	order := make([]int, 0, len(t.lp.head))
	for p, c := range t.lp.head {
		if c >= 0 && t.lp.level[p] > 0.01 && t.lp.toll[c] == 0 {
			order = append(order, p)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(t.lp.level[b], t.lp.level[a]) })
	cost, groups := 0.0, 0
	for _, i := range t.rows {
		cost += t.m.penalty[i]
	}
	held := make([]bool, len(t.m.body))
	var chosen []group
	for _, p := range order {
		g := t.groups[t.lp.head[p]]
		overlaps := slices.ContainsFunc(g.rows, func(i int32) bool { return held[i] })
		if overlaps || groups+int(g.groups) > t.m.budget {
			continue
		}
		chosen = append(chosen, g)
		groups += int(g.groups)
		cost += g.cost
		for _, i := range g.rows {
			held[i] = true
			cost -= t.m.penalty[i]
		}
	}
	if cost < t.upper-tiny {
		t.upper, t.best = cost, chosen
	}
}
