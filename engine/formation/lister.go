package formation

import (
	"math"
	"slices"
)

// lister finds groups of small reduced cost among all rows, at prices that
// cuts may have joined and in a case that may forbid some arcs. It owns its
// working memory.
type lister struct {
	m     *model
	pr    prices
	cuts  []cut
	held  [][]int32 // by row: the cuts that name it
	given given

	items  []listItem
	reach  []float64 // by item and size: the most that the items from there on can still add
	width  int
	chosen []int32
	count  []int8 // by cut: rows chosen that it names
	room   float64
	share  float64 // of the least reduced cost so far, up to which groups are of interest
	least  float64
	visits int // of partial groups, that may still be made
	work   int // since it was last taken, in about nanoseconds
	limit  int
	found  []group
}

// group is a column with its rows, the meeting place first.
type group struct {
	rows    []int32
	cost    float64
	reduced float64
	groups  int32
}

// given is what a case takes for granted about arcs.
type given struct {
	host   map[int32]int32 // by row: where it meets
	banned map[[2]int32]bool
}

// allows says whether a row may meet at a place.
func (g *given) allows(row, place int32) bool {
	if len(g.host) > 0 {
		if host, fixed := g.host[row]; fixed && host != place {
			return false
		}
	}
	return len(g.banned) == 0 || !g.banned[[2]int32{row, place}]
}

func (g *given) allowsAll(rows []int32) bool {
	for _, i := range rows {
		if !g.allows(i, rows[0]) {
			return false
		}
	}
	return true
}

type listItem struct {
	row    int32
	weight int
	value  float64
	cost   float64
}

func newLister(m *model) *lister {
	return &lister{m: m, width: m.max + 1, held: make([][]int32, len(m.body))}
}

// name makes a cut known.
func (l *lister) name(c cut) {
	for _, i := range c.rows {
		l.held[i] = append(l.held[i], int32(len(l.cuts)))
	}
	l.cuts = append(l.cuts, c)
	l.count = append(l.count, 0)
}

// at adds the groups that meet at j and have a reduced cost of at most room to
// those found, and returns the least reduced cost of them, +Inf if there is
// none. With a share above zero, it leaves away groups that gain less than this
// share of the best one so far. It reports whether it could look at all of them
// within the visits and the limit.
func (l *lister) at(j int32, room, share float64, visits, limit int) (least float64, complete bool) {
	l.room, l.share, l.least, l.visits = room, share, math.Inf(1), visits
	l.limit = len(l.found) + limit
	if k := l.m.alone[j]; k > 0 {
		if reduced := l.pr.group*float64(k) - l.pr.row[j]; reduced <= room && l.given.allows(j, j) {
			l.found = append(l.found, group{[]int32{j}, 0, reduced, int32(k)})
			l.least = reduced
		}
		return l.least, true
	}
	if !l.load(j) {
		return l.least, true
	}
	first := l.items[0]
	l.chosen = append(l.chosen[:0], j)
	for _, c := range l.held[j] {
		l.count[c]++
	}
	complete = l.extend(1, first.weight, l.pr.group-first.value, 0)
	for _, c := range l.held[j] {
		l.count[c]--
	}
	l.work += 100*(visits-l.visits) + 200*len(l.items)
	return l.least, complete
}

// takeWork returns the work done since the last call.
func (l *lister) takeWork() int {
	work := l.work
	l.work = 0
	return work
}

// load gathers the rows that may meet at j and tabulates what they can add.
func (l *lister) load(j int32) bool {
	l.items = l.items[:0]
	if !l.given.allows(j, j) {
		return false
	}
	for n, a := range l.m.places[j] {
		if n == 0 || l.given.allows(a.row, j) {
			l.items = append(l.items, listItem{a.row, l.m.weight[a.row], l.pr.row[a.row] - a.cost, a.cost})
		}
	}
	n := len(l.items)
	if n == 0 {
		return false
	}
	slices.SortStableFunc(l.items[1:], func(a, b listItem) int { return b.weight - a.weight })
	l.reach = slices.Grow(l.reach[:0], (n+1)*l.width)[:(n+1)*l.width]
	last := l.reach[n*l.width:]
	for s := range last {
		last[s] = math.Inf(-1)
		if s >= l.m.min {
			last[s] = 0
		}
	}
	for k := n - 1; k > 0; k-- {
		it := &l.items[k]
		here, next := l.reach[k*l.width:(k+1)*l.width], l.reach[(k+1)*l.width:]
		copy(here, next[:l.width])
		for s := 0; s+it.weight < l.width; s++ {
			here[s] = max(here[s], next[s+it.weight]+it.value)
		}
	}
	return true
}

// extend adds items from position k on to a partial group.
func (l *lister) extend(k, size int, reduced, cost float64) bool {
	if l.visits--; l.visits < 0 {
		return false
	}
	if size >= l.m.min && reduced <= l.room {
		if len(l.found) >= l.limit {
			return false
		}
		l.found = append(l.found, group{slices.Clone(l.chosen), cost, reduced, 1})
		if reduced < l.least {
			l.least = reduced
		}
		if l.share > 0 {
			l.room = min(l.room, reduced*l.share)
		}
	}
	for ; k < len(l.items); k++ {
		if reduced-l.reach[k*l.width+size] > l.room {
			return true
		}
		it := &l.items[k]
		grown := size + it.weight
		if grown >= l.width || reduced-it.value-l.reach[(k+1)*l.width+grown] > l.room {
			continue
		}
		paid := l.take(it.row)
		l.chosen = append(l.chosen, it.row)
		complete := true
		if after := reduced - it.value + paid; after-l.reach[(k+1)*l.width+grown] <= l.room {
			complete = l.extend(k+1, grown, after, cost+it.cost)
		}
		l.chosen = l.chosen[:len(l.chosen)-1]
		for _, c := range l.held[it.row] {
			l.count[c]--
		}
		if !complete {
			return false
		}
	}
	return true
}

// take counts a row in the cuts that name it, and returns what it has to pay
// for being the second one.
func (l *lister) take(row int32) (paid float64) {
	for _, c := range l.held[row] {
		if l.count[c]++; l.count[c] == 2 {
			paid += l.cuts[c].price
		}
	}
	return paid
}

// forgetFreeCuts drops the cuts that cost nothing.
func (l *lister) forgetFreeCuts() {
	kept := slices.DeleteFunc(slices.Clone(l.cuts), func(c cut) bool { return c.price <= 0 })
	for _, c := range l.cuts {
		for _, i := range c.rows {
			l.held[i] = l.held[i][:0]
		}
	}
	l.cuts, l.count = nil, nil
	for _, c := range kept {
		l.name(c)
	}
}
