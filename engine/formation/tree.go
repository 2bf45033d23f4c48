package formation

import (
	"math"
	"slices"
	"sync/atomic"
)

// tree proves the least cost of a part by branch and bound. Each case takes
// for granted where some rows meet, or do not meet. The linear program over
// all groups, which are listed as they are needed, and cuts bound its cost.
type tree struct {
	m    *model
	rows []int32
	slot []int32 // by row: its constraint, -1 outside

	lp     *master
	groups []group // by column
	cuts   []tableCut
	list   *lister

	upper float64 // cost of the best grouping known
	bound float64 // of all cases
	best  []group // the best grouping found here, if upper comes from here

	open   []*branch
	closed []*branch

	stop  *atomic.Bool
	work  int // done so far, in about nanoseconds but the same everywhere
	pause func()
	trace func(string, ...any)
}

// tableCut is a cut with its constraint.
type tableCut struct {
	rows       [3]int32
	constraint int
}

// branch is a case, with the prices that bound it best.
type branch struct {
	choices []choice
	bound   float64
	row     []float64 // by the tree's rows
	group   float64
	cuts    []cut
}

// choice says whether a row meets at a place.
type choice struct {
	row, place int32
	meets      bool
}

func newTree(m *model, rows []int32, pr *prices, p *plan, stop *atomic.Bool) *tree {
	t := &tree{m: m, rows: rows, list: newLister(m), stop: stop, slot: make([]int32, len(m.body)), pause: func() {}}
	for i := range t.slot {
		t.slot[i] = -1
	}
	var under, right []float64
	for b, i := range rows {
		t.slot[i] = int32(b)
		under = append(under, m.penalty[i])
		right = append(right, 1)
	}
	if m.bounded {
		under = append(under, 0)
		right = append(right, float64(m.budget))
	}
	t.lp = newMaster(under, right)
	t.list.pr = prices{row: slices.Clone(pr.row), group: pr.group}
	t.bound = math.Inf(-1)
	t.open = []*branch{{bound: t.bound, row: t.pick(pr.row), group: pr.group}}
	return t
}

func (t *tree) pick(all []float64) []float64 {
	some := make([]float64, len(t.rows))
	for b, i := range t.rows {
		some[b] = all[i]
	}
	return some
}

// begin lists the groups of small reduced cost at the first prices.
func (t *tree) begin() {
	for _, j := range t.rows {
		room := 10.0
		for {
			start := len(t.list.found)
			if _, complete := t.list.at(j, room, 0, 100000, 40); complete || room < 1e-3 {
				break
			}
			t.list.found = t.list.found[:start]
			room /= 2
		}
	}
	t.enlist()
}

// enlist makes columns of the groups found.
func (t *tree) enlist() (added int) {
	for _, g := range t.list.found {
		entries := make([]int32, 0, len(g.rows)+2)
		for _, i := range g.rows {
			entries = append(entries, t.slot[i])
		}
		if t.m.bounded {
			for range g.groups {
				entries = append(entries, int32(len(t.rows)))
			}
		}
		for _, c := range t.cuts {
			if t.together(g.rows, c.rows) {
				entries = append(entries, int32(c.constraint))
			}
		}
		t.lp.add(g.cost, entries)
		t.groups = append(t.groups, g)
	}
	added = len(t.list.found)
	t.list.found = t.list.found[:0]
	return added
}

func (t *tree) together(rows []int32, some [3]int32) bool {
	n := 0
	for _, i := range rows {
		if i == some[0] || i == some[1] || i == some[2] {
			n++
		}
	}
	return n >= 2
}

// grow searches case after case, the one with the lowest bound first.
func (t *tree) grow() {
	t.begin()
	for !t.stop.Load() {
		n := t.lowest()
		if n < 0 {
			return
		}
		b := t.open[n]
		t.open = slices.Delete(t.open, n, n+1)
		if b.bound >= t.upper-tiny {
			t.closed = append(t.closed, b)
			continue
		}
		t.visit(b)
		t.rebound()
		if t.trace != nil {
			t.trace("fresh %d open %d closed %d bound %.3f upper %.3f", t.lp.fresh, len(t.open), len(t.closed), t.bound, t.upper)
		}
	}
}

func (t *tree) lowest() int {
	least := -1
	for n, b := range t.open {
		if least < 0 || b.bound < t.open[least].bound {
			least = n
		}
	}
	return least
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

// visit bounds a case, and closes or divides it.
func (t *tree) visit(b *branch) {
	t.enter(b)
	for round := 0; ; round++ {
		done := t.converge(b)
		if b.bound >= t.upper-tiny {
			t.closed = append(t.closed, b)
			return
		}
		if !done {
			t.open = append(t.open, b)
			return
		}
		if t.trace != nil {
			t.trace("  round %d bound %.3f columns %d cuts %d pivots %d depth %d visited %d", round, b.bound, len(t.groups), len(t.cuts), t.lp.pivots, len(b.choices), t.list.visited)
		}
		if len(b.choices) == 0 {
			t.bound = b.bound
		}
		if t.cut() == 0 {
			break
		}
	}
	t.divide(b)
}

// enter forbids the columns that do not fit the case.
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
	for s, i := range t.rows {
		t.lp.under[s] = t.m.penalty[i]
		if _, fixed := g.host[i]; fixed {
			t.lp.under[s] = impossible
		}
	}
	for c, group := range t.groups {
		t.lp.toll[c] = 0
		for _, i := range group.rows {
			if !g.allows(i, group.rows[0]) {
				t.lp.toll[c] = impossible
			}
		}
	}
}

// impossible is a cost beyond any grouping's.
const impossible = 1e5

// converge lists groups until no more of them gain. It reports whether it got
// there.
func (t *tree) converge(b *branch) bool {
	for !t.stop.Load() {
		before := t.lp.pivots
		if !t.lp.solve(20000) {
			return false
		}
		t.charge((t.lp.pivots - before) * len(t.lp.head) * 150)
		bound, complete := t.lagrange()
		if t.trace != nil {
			t.trace("    lp %.3f bound %.3f found %d pivots %d visited %d", t.objective(), bound, len(t.list.found), t.lp.pivots, t.list.visited)
		}
		if complete && bound > b.bound {
			t.keep(b, bound)
			if bound >= t.upper-tiny {
				t.list.found = t.list.found[:0]
				return true
			}
		}
		if t.enlist() == 0 {
			return complete
		}
	}
	return false
}

func (t *tree) objective() (sum float64) {
	for i, v := range t.lp.dual {
		sum += v * t.lp.right[i]
	}
	return sum
}

func (t *tree) charge(work int) {
	t.work += work
	t.pause()
}

// lagrange computes the bound at the dual values, exactly, and finds groups
// that would gain.
func (t *tree) lagrange() (bound float64, complete bool) {
	l := t.list
	for s, i := range t.rows {
		l.pr.row[i] = min(t.lp.dual[s], t.lp.under[s])
		bound += l.pr.row[i]
	}
	if t.m.bounded {
		l.pr.group = max(0, -t.lp.dual[len(t.rows)])
		bound -= l.pr.group * float64(t.m.budget)
	}
	for k, c := range t.cuts {
		l.cuts[k].price = max(0, -t.lp.dual[c.constraint])
		bound -= l.cuts[k].price
	}
	complete = true
	visited := l.visited
	for _, j := range t.rows {
		least, all := l.at(j, -1e-7, 0.5, 1<<20, 100)
		complete = complete && all
		bound += min(0, least)
	}
	t.charge((l.visited-visited)*50 + len(t.rows)*20000)
	return bound, complete
}

// keep remembers the prices that bound a case best so far.
func (t *tree) keep(b *branch, bound float64) {
	b.bound, b.group = bound, t.list.pr.group
	b.row = t.pick(t.list.pr.row)
	b.cuts = b.cuts[:0]
	for _, c := range t.list.cuts {
		if c.price > 0 {
			b.cuts = append(b.cuts, c)
		}
	}
}

// cut adds the cuts that the present fractions violate most.
func (t *tree) cut() int {
	const most, least = 40, 0.03
	type violation struct {
		rows [3]int32
		by   float64
	}
	if len(t.cuts) > 400 {
		return 0
	}
	var columns []int32
	value := map[int32]float64{}
	holds := make([][]int32, len(t.rows))
	for p, c := range t.lp.head {
		if x := t.lp.level[p]; c >= 0 && x > 1e-4 && x < 1-1e-4 {
			columns = append(columns, c)
			value[c] = x
			for _, i := range t.groups[c].rows {
				holds[t.slot[i]] = append(holds[t.slot[i]], c)
			}
		}
	}
	var all []violation
	near := map[int32]bool{}
	for a := range holds {
		clear(near)
		for _, c := range holds[a] {
			for _, i := range t.groups[c].rows {
				near[t.slot[i]] = true
			}
		}
		var list []int32
		for b := range near {
			if b != int32(a) {
				list = append(list, b)
			}
		}
		slices.Sort(list)
		for x, b := range list {
			for _, d := range list[x+1:] {
				rows := [3]int32{t.rows[a], t.rows[b], t.rows[d]}
				slices.Sort(rows[:])
				sum := 0.0
				for _, c := range holds[a] {
					if t.together(t.groups[c].rows, rows) {
						sum += value[c]
					}
				}
				for _, c := range holds[b] {
					g := t.groups[c].rows
					if !slices.Contains(g, t.rows[a]) && slices.Contains(g, t.rows[d]) {
						sum += value[c]
					}
				}
				if sum > 1+least {
					all = append(all, violation{rows, sum - 1})
				}
			}
		}
	}
	slices.SortFunc(all, func(a, b violation) int {
		if a.by != b.by {
			if a.by > b.by {
				return -1
			}
			return 1
		}
		return slices.Compare(a.rows[:], b.rows[:])
	})
	uses := map[int32]int{}
	added := 0
	for n, v := range all {
		if n > 0 && all[n-1].rows == v.rows || uses[v.rows[0]] > 4 || uses[v.rows[1]] > 4 || uses[v.rows[2]] > 4 {
			continue
		}
		if added++; added > most {
			break
		}
		for _, i := range v.rows {
			uses[i]++
		}
		row := t.lp.limit(func(c int32) bool { return t.together(t.groups[c].rows, v.rows) }, 500)
		t.cuts = append(t.cuts, tableCut{v.rows, row})
		t.list.name(cut{rows: v.rows})
	}
	return added
}

// divide splits a case by the arc whose fraction is nearest to a half. If no arc
// is used in fractions, the fractions are a grouping.
func (t *tree) divide(b *branch) {
	share := map[[2]int32]float64{}
	for p, c := range t.lp.head {
		if x := t.lp.level[p]; c >= 0 && x > 1e-9 {
			g := t.groups[c].rows
			for _, i := range g {
				share[[2]int32{i, g[0]}] += x
			}
		}
	}
	var arc [2]int32
	best := 1e-6
	for a, x := range share {
		score := min(x, 1-x)
		if a[0] == a[1] {
			score *= 2
		}
		if score > best || score == best && slices.Compare(a[:], arc[:]) < 0 {
			arc, best = a, score
		}
	}
	if best == 1e-6 {
		t.adopt(b)
		return
	}
	for _, meets := range [2]bool{true, false} {
		child := *b
		child.choices = append(slices.Clone(b.choices), choice{arc[0], arc[1], meets})
		t.open = append(t.open, &child)
	}
}

// adopt takes the present columns as a grouping.
func (t *tree) adopt(b *branch) {
	t.closed = append(t.closed, b)
	cost := 0.0
	var best []group
	left := make(map[int32]bool)
	for _, i := range t.rows {
		left[i] = true
	}
	for p, c := range t.lp.head {
		if c >= 0 && t.lp.level[p] > 0.5 {
			best = append(best, t.groups[c])
			cost += t.groups[c].cost
			for _, i := range t.groups[c].rows {
				delete(left, i)
			}
		}
	}
	for i := range left {
		cost += t.m.penalty[i]
	}
	if cost < t.upper {
		t.upper, t.best = cost, best
	}
}
