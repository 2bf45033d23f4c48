package formation

import "math"

// master is the linear program of a choice of columns: each row is held once,
// in fractions, at the least cost, within the budget of groups and the cuts.
// Its dual values are the best prices there are. The primal simplex method
// keeps the whole inverse of the basis, for a few hundred rows.
type master struct {
	entries [][]int32 // by column: its constraints, as often as it counts in each
	cost    []float64
	toll    []float64 // by column: extra cost while it is forbidden
	at      []bool    // by column: in the basis

	under []float64 // by constraint: cost of what is missing from its right side
	over  []float64 // by constraint: cost of what exceeds it; +Inf where nothing may
	right []float64

	head    []int32 // by position in the basis: the column; or see underOf, overOf
	inverse [][]float64
	level   []float64 // by position: the value of its column
	dual    []float64

	alpha      []float64
	filled     []int32 // where the line of the pivot is not zero
	candidates []int32
	next       int // where the next search for columns that gain begins
	pivots     int
	fresh      int    // pivots since the inverse was computed from nothing
	stall      uint64 // source of the order among equals
}

// Columns of the basis below zero are those that every constraint has: one
// that adds to it, one that takes away.
func underOf(row int) int32 { return int32(-1 - 2*row) }
func overOf(row int) int32  { return int32(-2 - 2*row) }

const (
	reducedTolerance = 1e-9
	pivotTolerance   = 1e-8
	rounding         = 1e-12
)

// newMaster begins with constraints that nothing fulfils but what is missing.
func newMaster(under []float64, right []float64) *master {
	l := &master{under: under, stall: 1}
	for _, r := range right {
		l.right = append(l.right, l.nudged(r))
	}
	for i := range under {
		l.over = append(l.over, math.Inf(1))
		l.head = append(l.head, underOf(i))
		line := make([]float64, len(under), 2*len(under)+64)
		line[i] = 1
		l.inverse = append(l.inverse, line)
		l.level = append(l.level, l.right[i])
	}
	l.dual = append(l.dual, under...)
	return l
}

// nudged moves a right side a little, so that no two positions reach zero at
// once: the method would go round in circles among such equals.
func (l *master) nudged(right float64) float64 {
	l.stall = l.stall*6364136223846793005 + 1442695040888963407
	return right + 1e-7*(1+float64(l.stall>>40)/(1<<24))
}

// add appends a column.
func (l *master) add(cost float64, entries []int32) {
	l.entries = append(l.entries, entries)
	l.cost = append(l.cost, cost)
	l.toll = append(l.toll, 0)
	l.at = append(l.at, false)
}

// limit appends a constraint: the columns for which holds is true may add up
// to one at most. What exceeds that costs so much.
func (l *master) limit(holds func(column int32) bool, excess float64) (row int) {
	row = len(l.right)
	l.right = append(l.right, l.nudged(1))
	l.under = append(l.under, 0)
	l.over = append(l.over, excess)
	l.dual = append(l.dual, 0)
	sum, line := 0.0, make([]float64, row+1, 2*row+64)
	for p, c := range l.head {
		l.inverse[p] = append(l.inverse[p], 0)
		if c >= 0 && holds(c) {
			sum += l.level[p]
			for i, v := range l.inverse[p] {
				line[i] += v
			}
		}
	}
	for c := range l.entries {
		if holds(int32(c)) {
			l.entries[c] = append(l.entries[c], int32(row))
		}
	}
	head := overOf(row)
	if line[row] = -1; sum <= l.right[row] {
		head = underOf(row)
		for i := range line {
			line[i] = -line[i]
		}
		line[row] = 1
	}
	l.head = append(l.head, head)
	l.inverse = append(l.inverse, line)
	l.level = append(l.level, math.Abs(sum-l.right[row]))
	return row
}

func (l *master) costOf(c int32) float64 {
	switch {
	case c >= 0:
		return l.cost[c] + l.toll[c]
	case c&1 != 0:
		return l.under[(-1-c)/2]
	}
	return l.over[(-2-c)/2]
}

func (l *master) reduced(c int32) float64 {
	switch {
	case c >= 0:
		d := l.cost[c] + l.toll[c]
		for _, row := range l.entries[c] {
			d -= l.dual[row]
		}
		return d
	case c&1 != 0:
		row := (-1 - c) / 2
		return l.under[row] - l.dual[row]
	}
	row := (-2 - c) / 2
	return l.over[row] + l.dual[row]
}

// direction computes how the basis answers to a column.
func (l *master) direction(c int32) {
	if cap(l.alpha) < len(l.head) {
		l.alpha = make([]float64, 2*len(l.head))
	}
	l.alpha = l.alpha[:len(l.head)]
	for p, line := range l.inverse {
		switch {
		case c >= 0:
			sum := 0.0
			for _, row := range l.entries[c] {
				sum += line[row]
			}
			l.alpha[p] = sum
		case c&1 != 0:
			l.alpha[p] = line[(-1-c)/2]
		default:
			l.alpha[p] = -line[(-2-c)/2]
		}
	}
}

// price recomputes the dual values from nothing, after costs have changed.
func (l *master) price() {
	clear(l.dual)
	for p, line := range l.inverse {
		if c := l.costOf(l.head[p]); c != 0 {
			for i, v := range line {
				l.dual[i] += c * v
			}
		}
	}
}

// solve pivots until no column gains any more, or until pivots run out.
func (l *master) solve(most int) bool {
	const worn = 1000
	l.price()
	for range most {
		if l.fresh > worn {
			l.refresh()
			l.price()
		}
		c, ok := l.entering()
		if !ok {
			l.price()
			if c, ok = l.entering(); !ok {
				return true
			}
		}
		l.direction(c)
		p := l.leaving()
		if p < 0 {
			return false
		}
		l.pivot(c, p)
	}
	return false
}

// entering picks the column that gains most among a list of candidates, which
// is gathered anew when none of it gains.
func (l *master) entering() (best int32, ok bool) {
	if best, ok = l.bestCandidate(); ok {
		return best, true
	}
	const wanted = 60
	l.candidates = l.candidates[:0]
	for row := range l.head {
		for _, c := range [2]int32{underOf(row), overOf(row)} {
			if l.reduced(c) < -reducedTolerance {
				l.candidates = append(l.candidates, c)
			}
		}
	}
	total := len(l.cost)
	for n := 0; n < total && (len(l.candidates) < wanted || n < total/8); n++ {
		if l.next++; l.next >= total {
			l.next = 0
		}
		if c := int32(l.next); !l.at[c] && l.reduced(c) < -reducedTolerance {
			l.candidates = append(l.candidates, c)
		}
	}
	return l.bestCandidate()
}

func (l *master) bestCandidate() (best int32, ok bool) {
	least := -reducedTolerance
	kept := l.candidates[:0]
	for _, c := range l.candidates {
		d := l.reduced(c)
		if d >= -reducedTolerance || c >= 0 && l.at[c] {
			continue
		}
		kept = append(kept, c)
		if d < least {
			least, best, ok = d, c, true
		}
	}
	l.candidates = kept
	return best, ok
}

// leaving is the position that first reaches zero; among equals, any.
func (l *master) leaving() int {
	best, ratio, strength := -1, math.Inf(1), 0.0
	for p, a := range l.alpha {
		if a <= pivotTolerance {
			continue
		}
		r := max(0, l.level[p]) / a
		if r > ratio+1e-11 {
			continue
		}
		if r < ratio-1e-11 || a > strength {
			best, ratio, strength = p, min(r, ratio), a
		}
	}
	return best
}

func (l *master) pivot(c int32, p int) {
	l.pivots++
	l.fresh++
	d := l.reduced(c)
	l.turn(p)
	for i, v := range l.inverse[p] {
		l.dual[i] += d * v
	}
	if old := l.head[p]; old >= 0 {
		l.at[old] = false
	}
	if c >= 0 {
		l.at[c] = true
	}
	l.head[p] = c
}

// turn brings the inverse up to date with the column that enters at a position.
func (l *master) turn(p int) {
	pivot := l.inverse[p]
	a := l.alpha[p]
	step := max(0, l.level[p]) / a
	l.filled = l.filled[:0]
	for i, v := range pivot {
		if v > -rounding && v < rounding {
			pivot[i] = 0
			continue
		}
		pivot[i] = v / a
		l.filled = append(l.filled, int32(i))
	}
	for q, line := range l.inverse {
		f := l.alpha[q]
		if q == p || f > -rounding && f < rounding {
			continue
		}
		l.level[q] -= f * step
		for _, i := range l.filled {
			line[i] -= f * pivot[i]
		}
	}
	l.level[p] = step
}

// refresh computes the inverse from nothing, so that rounding never adds up.
func (l *master) refresh() {
	columns := l.head
	l.head = make([]int32, len(columns))
	taken := make([]bool, len(columns))
	for p, line := range l.inverse {
		clear(line)
		line[p] = 1
		l.level[p] = l.right[p]
		l.head[p] = underOf(p)
	}
	for _, c := range columns {
		if c < 0 && c&1 != 0 {
			taken[(-1-c)/2] = true
		}
	}
	for _, c := range columns {
		if c < 0 && c&1 != 0 {
			continue
		}
		l.direction(c)
		best := -1
		for p, a := range l.alpha {
			if !taken[p] && (best < 0 || math.Abs(a) > math.Abs(l.alpha[best])) {
				best = p
			}
		}
		taken[best] = true
		l.turn(best)
		l.head[best] = c
	}
	for p, line := range l.inverse {
		l.level[p] = 0
		for i, v := range line {
			l.level[p] += v * l.right[i]
		}
	}
	l.fresh = 0
}
