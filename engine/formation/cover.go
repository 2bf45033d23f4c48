package formation

import (
	"cmp"
	"math/bits"
	"slices"
	"sync/atomic"
)

// cover chooses columns that together hold each row of a pool exactly once,
// at the least cost: depth first, always at the first row not yet held, cheap
// columns first, cut off by the lower bound.
type cover struct {
	columns  []column
	first    [65]int32 // columns[first[b]:first[b+1]] have b as their lowest bit
	full     uint64
	constant float64
	groups   int // largest number of groups
	nodes    int // that may still be visited

	stop   *atomic.Bool // ends the search early
	seen   []visit      // states known not to be worth entering again
	chosen []int32

	bestCost float64
	best     []int32
}

// visit remembers how well a set of rows was once held.
type visit struct {
	open        uint64 // the rows not held; zero in an empty entry
	slack, cost float64
	groups      int32
}

// newCover remembers up to memory states.
func newCover(memory int, stop *atomic.Bool) *cover {
	return &cover{seen: make([]visit, memory), stop: stop}
}

// file sorts the columns for search. Of two columns with the same rows only
// the cheaper one stays.
func (c *cover) file(columns []column) {
	slices.SortFunc(columns, func(a, b column) int {
		return cmp.Or(
			cmp.Compare(bits.TrailingZeros64(a.mask), bits.TrailingZeros64(b.mask)),
			cmp.Compare(a.slack, b.slack), cmp.Compare(a.cost, b.cost),
			cmp.Compare(a.mask, b.mask), cmp.Compare(a.place, b.place))
	})
	c.columns = columns
	b := 0
	for k := range columns {
		for low := bits.TrailingZeros64(columns[k].mask); b <= low; b++ {
			c.first[b] = int32(k)
		}
	}
	for ; b < len(c.first); b++ {
		c.first[b] = int32(len(columns))
	}
}

// run looks for a choice cheaper than bound. It reports whether the search was
// complete; c.best then is the cheapest choice, or empty if none is cheaper.
func (c *cover) run(full uint64, constant, bound float64, groups, nodes int) (complete bool) {
	c.full, c.constant, c.groups, c.nodes = full, constant, groups, nodes
	c.bestCost, c.best, c.chosen = bound, c.best[:0], c.chosen[:0]
	clear(c.seen)
	return c.enter(0, 0, 0, 0)
}

func (c *cover) enter(held uint64, slack, cost float64, groups int32) bool {
	if held == c.full {
		if cost < c.bestCost {
			c.bestCost = cost
			c.best = append(c.best[:0], c.chosen...)
		}
		return true
	}
	if c.known(held, slack, cost, groups) {
		return true
	}
	if c.nodes--; c.nodes < 0 || c.nodes&1023 == 0 && c.stop.Load() {
		return false
	}
	b := bits.TrailingZeros64(^held)
	for k := c.first[b]; k < c.first[b+1]; k++ {
		col := &c.columns[k]
		if c.constant+slack+col.slack >= c.bestCost {
			break
		}
		if col.mask&held != 0 || int(groups+col.groups) > c.groups {
			continue
		}
		c.chosen = append(c.chosen, k)
		complete := c.enter(held|col.mask, slack+col.slack, cost+col.cost, groups+col.groups)
		c.chosen = c.chosen[:len(c.chosen)-1]
		if !complete {
			return false
		}
	}
	return true
}

// known reports whether the same rows were held before at least as well, and
// otherwise remembers them.
func (c *cover) known(held uint64, slack, cost float64, groups int32) bool {
	v := &c.seen[held*0x9E3779B97F4A7C15>>32%uint64(len(c.seen))]
	if v.open == ^held && v.slack <= slack && v.cost <= cost && v.groups <= groups {
		return true
	}
	*v = visit{^held, slack, cost, groups}
	return false
}
