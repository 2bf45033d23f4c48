package formation

import (
	"math"
	"slices"
)

// column is a group that might be formed among the rows of a pool: bit b of
// the mask is the pool's row b.
type column struct {
	mask   uint64
	slack  float64 // what it adds to the pool's lower bound; never below zero
	cost   float64
	place  int32
	groups int32 // 0 for a row left out
}

// enumerator lists every group that could belong to a grouping cheaper than
// the best known one. It owns its working memory.
type enumerator struct {
	m      *model
	pr     *prices
	room   float64   // largest slack of interest
	limit  int       // of columns, at the present place
	roomAt []float64 // by row: the room that its last listing had
	work   int       // columns made so far
	slot   []int32   // by row: its bit in the pool, -1 outside
	pool   []int32
	lowest []float64 // by bit: the least reduced cost that meets there, zero at most

	items   []poolItem
	reach   []float64 // by item and size: the best value that the items from there on can still add
	width   int       // of a line of reach
	need    float64   // least value of interest at the present place
	ceiling float64   // slack is ceiling − value
	place   int32
	columns []column
}

type poolItem struct {
	weight int
	bit    uint8
	value  float64
	cost   float64
}

func newEnumerator(m *model) *enumerator {
	e := &enumerator{m: m, slot: make([]int32, len(m.body)), width: m.max + 1, roomAt: make([]float64, len(m.body))}
	for i := range e.slot {
		e.slot[i] = -1
	}
	return e
}

// aim turns the enumerator to a pool and returns a constant which, plus the
// slacks of the columns of any grouping of the pool, never exceeds the
// grouping's cost plus what its groups pay at the price of a group.
func (e *enumerator) aim(pool []int32, pr *prices) (constant float64) {
	for _, i := range e.pool {
		e.slot[i] = -1
	}
	e.pool = append(e.pool[:0], pool...)
	e.pr = pr
	for b, i := range pool {
		e.slot[i] = int32(b)
	}
	e.lowest = e.lowest[:0]
	for _, j := range pool {
		lowest := min(0, e.leastReduced(j))
		e.lowest = append(e.lowest, lowest)
		constant += pr.row[j] + lowest
	}
	return constant
}

// leastReduced is the least reduced cost of a column that meets at j.
func (e *enumerator) leastReduced(j int32) float64 {
	if k := e.m.alone[j]; k > 0 {
		return e.pr.group*float64(k) - e.pr.row[j]
	}
	e.load(j)
	if len(e.items) == 0 {
		return math.Inf(1)
	}
	first := e.items[0]
	return e.pr.group - first.value - e.reach[e.width+first.weight]
}

// list gathers the pool's columns with a slack of at most room, but no more
// than limit for each meeting place: where there are more, it takes only those
// with less slack. It reports whether nothing was left away.
func (e *enumerator) list(room float64, limit int) (complete bool) {
	complete = true
	e.columns = e.columns[:0]
	for b, j := range e.pool {
		e.columns = append(e.columns, column{1 << b, e.m.penalty[j] - e.pr.row[j], e.m.penalty[j], j, 0})
	}
	for b, j := range e.pool {
		e.room = room
		if last := e.roomAt[j]; last > 0 {
			e.room = min(room, 4*last)
		}
		start := len(e.columns)
		e.limit = start + limit
		fits := e.at(j, e.lowest[b])
		for tries := 0; !fits && tries < 30; tries++ {
			e.work += limit
			e.columns = e.columns[:start]
			e.room *= 0.5
			fits = e.at(j, e.lowest[b])
		}
		e.work += len(e.columns) - start
		e.roomAt[j] = e.room
		complete = complete && fits && e.room == room
	}
	return complete
}

// at lists the columns that meet at j.
func (e *enumerator) at(j int32, lowest float64) (complete bool) {
	if k := e.m.alone[j]; k > 0 {
		slack := e.pr.group*float64(k) - e.pr.row[j] - lowest
		e.columns = append(e.columns, column{1 << e.slot[j], slack, 0, j, int32(k)})
		return true
	}
	e.load(j)
	if len(e.items) == 0 {
		return true
	}
	first := e.items[0]
	e.place = j
	e.ceiling = e.pr.group - lowest
	e.need = e.ceiling - e.room
	if first.value+e.reach[e.width+first.weight] < e.need {
		return true
	}
	return e.extend(1, first.weight, first.value, first.cost, 1<<first.bit)
}

// load gathers the pool's rows around j and tabulates what they can add.
func (e *enumerator) load(j int32) {
	e.items = e.items[:0]
	for _, a := range e.m.places[j] {
		if b := e.slot[a.row]; b >= 0 {
			e.items = append(e.items, poolItem{e.m.weight[a.row], uint8(b), e.pr.row[a.row] - a.cost, a.cost})
		}
	}
	n := len(e.items)
	if n == 0 {
		return
	}
	slices.SortFunc(e.items[1:], func(a, b poolItem) int { return b.weight - a.weight })
	e.reach = slices.Grow(e.reach[:0], (n+1)*e.width)[:(n+1)*e.width]
	last := e.reach[n*e.width:]
	for s := range last {
		last[s] = math.Inf(-1)
		if s >= e.m.min {
			last[s] = 0
		}
	}
	for k := n - 1; k > 0; k-- {
		it := &e.items[k]
		here, next := e.reach[k*e.width:(k+1)*e.width], e.reach[(k+1)*e.width:]
		copy(here, next[:e.width])
		for s := 0; s+it.weight < e.width; s++ {
			here[s] = max(here[s], next[s+it.weight]+it.value)
		}
	}
}

// extend adds items from position k on to a partial group. Each call leads to
// at least one column, so the work is in proportion to the answer.
func (e *enumerator) extend(k, size int, value, cost float64, mask uint64) bool {
	if size >= e.m.min && value >= e.need {
		if len(e.columns) >= e.limit {
			return false
		}
		e.columns = append(e.columns, column{mask, e.ceiling - value, cost, e.place, 1})
	}
	for ; k < len(e.items); k++ {
		if value+e.reach[k*e.width+size] < e.need {
			return true
		}
		it := &e.items[k]
		if grown := size + it.weight; grown < e.width &&
			value+it.value+e.reach[(k+1)*e.width+grown] >= e.need {
			if !e.extend(k+1, grown, value+it.value, cost+it.cost, mask|1<<it.bit) {
				return false
			}
		}
	}
	return true
}
