package formation

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
	"sync/atomic"
)

// search improves a plan by ruin and recreate on whole neighbouring groups: it
// dissolves a handful of them and regroups their rows at the least cost, which
// the prices make quick to find.
type search struct {
	m     *model
	plan  *plan
	rng   *rand.Rand
	enum  *enumerator
	cover *cover

	effort   effort
	failures int // in a row, at this effort
	work     int // done so far, in about nanoseconds but the same everywhere

	owner []int8 // by row: the search that may regroup it; nil if this one may regroup all
	me    int8

	pool   []int32
	inPool []bool
	lone   [1]int32
	rank   []int32 // by row: how far from where the pool's order starts
	rows   []int32
}

const (
	poolRows = 64 // bits of a mask

	// tiny is a difference of cost that does not count, in
	// professional-kilometres: it absorbs rounding.
	tiny = 1e-9
)

// effort is how much a regrouping may take on. It grows when smaller
// neighbourhoods hold no more gains.
type effort struct {
	rows    int // of the pool, at most
	columns int // groups looked at for each meeting place
	nodes   int // states visited
}

var largestEffort = effort{rows: poolRows, columns: 400, nodes: 200000}

// firstEffort takes on a handful of groups of the size to expect.
func (m *model) firstEffort() effort {
	professionals, rows := 0, 1
	for i := range m.body {
		if m.alone[i] == 0 {
			professionals += m.weight[i]
			rows++
		}
	}
	rowsPerGroup := float64(m.max) * float64(rows) / float64(professionals+1)
	return effort{rows: int(min(max(16, 4*rowsPerGroup), poolRows)), columns: 50, nodes: 4000}
}

func (e effort) grown() effort {
	return effort{
		rows:    min(e.rows+8, largestEffort.rows),
		columns: min(e.columns*4/3, largestEffort.columns),
		nodes:   min(e.nodes*2, largestEffort.nodes),
	}
}

func newSearch(m *model, seed uint64, stop *atomic.Bool) *search {
	return &search{
		m: m, plan: newPlan(m), rng: rand.New(rand.NewPCG(seed, 0x62617374)),
		enum: newEnumerator(m), cover: newCover(1<<12, stop), effort: m.firstEffort(),
		inPool: make([]bool, len(m.body)), rank: make([]int32, len(m.body)),
	}
}

// until regroups one neighbourhood after another until so much work is done.
func (s *search) until(work int, pr *prices) {
	for s.work < work && !s.cover.stop.Load() {
		if s.effort == largestEffort && s.failures > 30+len(s.m.body)/2 {
			s.detour(pr)
		} else {
			s.step(pr)
		}
	}
}

// step regroups one random neighbourhood.
func (s *search) step(pr *prices) {
	const leastWork = 500 // or a round over rows without choices would not end
	s.work += leastWork
	rows := len(s.m.body)
	if rows == 0 {
		return
	}
	s.pool = s.pool[:0]
	size := s.effort.rows/2 + s.rng.IntN(s.effort.rows/2)
	s.gather(s.seedRow(pr), size)
	if s.m.bounded && s.rng.IntN(2) == 0 {
		s.gather(s.seedRow(pr), min(size*2, poolRows))
	}
	if len(s.pool) == 0 {
		return
	}
	s.order()
	if s.regroup(pr) {
		s.failures = 0
	} else if s.failures++; s.failures > 30+rows/4 && s.effort != largestEffort {
		s.failures = 0
		s.effort = s.effort.grown()
	}
}

// seedRow picks a row at random, preferring those that are left out and those
// in groups that cost more than their prices.
func (s *search) seedRow(pr *prices) int32 {
	best, bestSlack := int32(0), math.Inf(-1)
	for range 2 {
		i := int32(s.rng.IntN(len(s.m.body)))
		slack := s.m.penalty[i] - pr.row[i]
		if t := s.plan.teamOf[i]; t >= 0 {
			slack = s.plan.teams[t].cost + pr.group*float64(max(1, s.m.alone[i]))
			for _, r := range s.plan.teams[t].rows {
				slack -= pr.row[r]
			}
		}
		if slack > bestSlack {
			best, bestSlack = i, slack
		}
	}
	return best
}

// gather adds the teams nearest to a row to the pool, until it has as many
// rows as wanted.
func (s *search) gather(from int32, wanted int) {
	s.take(from)
	for _, i := range s.m.near[from] {
		if len(s.pool) >= wanted {
			return
		}
		s.take(i)
	}
}

// take adds a row and its whole team to the pool, if they fit.
func (s *search) take(i int32) {
	if s.inPool[i] || s.owner != nil && s.owner[i] != s.me {
		return
	}
	s.lone[0] = i
	rows := s.lone[:]
	if t := s.plan.teamOf[i]; t >= 0 {
		rows = s.plan.teams[t].rows
	}
	if len(s.pool)+len(rows) > poolRows {
		return
	}
	for _, r := range rows {
		s.inPool[r] = true
	}
	s.pool = append(s.pool, rows...)
}

// order sorts the pool from the row with the fewest choices outwards, so that
// a cover fills it from a border and meets dead ends early. It unmarks the pool.
func (s *search) order() {
	start, fewest := s.pool[0], math.MaxInt
	for _, j := range s.pool {
		choices := 0
		for _, a := range s.m.places[j] {
			if s.inPool[a.row] {
				choices++
			}
		}
		s.work += 10*len(s.m.places[j]) + 60*choices
		if choices < fewest || choices == fewest && j < start {
			start, fewest = j, choices
		}
	}
	for _, i := range s.pool {
		s.inPool[i] = false
		s.rank[i] = math.MaxInt32
	}
	for k, i := range s.m.near[start] {
		s.rank[i] = int32(k)
	}
	s.rank[start] = -1
	slices.SortFunc(s.pool, func(a, b int32) int {
		return cmp.Or(cmp.Compare(s.rank[a], s.rank[b]), cmp.Compare(a, b))
	})
}

// worth is what the pool costs now, and how many groups it may use.
func (s *search) worth() (now float64, groups int) {
	if !s.m.bounded {
		groups = math.MaxInt32
	} else {
		groups = s.m.budget - s.plan.groups
	}
	for _, i := range s.pool {
		t := s.plan.teamOf[i]
		switch {
		case t < 0:
			now += s.m.penalty[i]
		case s.plan.teams[t].place == i:
			now += s.plan.teams[t].cost
			if s.m.bounded {
				groups += max(1, s.m.alone[i])
			}
		}
	}
	return now, groups
}

// aim turns the enumerator to the pool and returns the constant that, plus the
// slacks of its columns, bounds every regrouping from below.
func (s *search) aim(pr *prices, groups int) (constant float64) {
	constant = s.enum.aim(s.pool, pr)
	if s.m.bounded {
		constant -= pr.group * float64(groups)
	}
	return constant
}

// regroup replaces the pool's teams by the cheapest regrouping found.
func (s *search) regroup(pr *prices) bool {
	now, groups := s.worth()
	toll := 0.0
	if s.m.bounded {
		used := groups - (s.m.budget - s.plan.groups)
		toll, groups = s.toll(pr, used, groups)
		now += toll * float64(used)
	}
	constant := s.aim(pr, groups) + toll*float64(groups)
	room := now - constant
	if room <= tiny {
		return false
	}
	s.list(room)
	for k := range s.enum.columns {
		s.enum.columns[k].cost += toll * float64(s.enum.columns[k].groups)
	}
	s.choose(constant, now-tiny, groups)
	if len(s.cover.best) == 0 {
		return false
	}
	s.adopt(s.cover, toll)
	return true
}

// toll decides how a pool may use the budget of groups: half of the time it
// takes at most one group more, for nothing; otherwise it may take all that
// are left and give back any, at the price of a group. So groups move to where
// they are worth most, though the plan may cost more in between.
func (s *search) toll(pr *prices, used, groups int) (toll float64, allowed int) {
	if s.rng.IntN(2) == 0 {
		return 0, min(groups, used+1)
	}
	return pr.group, groups
}

// list and choose are the two halves of a regrouping, with their work counted.
func (s *search) list(room float64) {
	s.enum.work = 0
	s.enum.list(room, s.effort.columns)
	s.work += 150*len(s.enum.columns) + 60*s.enum.work
}

func (s *search) choose(constant, bound float64, groups int) {
	s.cover.file(s.enum.columns)
	s.cover.run(1<<len(s.pool)-1, constant, bound, groups, s.effort.nodes)
	s.work += 50 * (s.effort.nodes - s.cover.nodes)
}

// adopt carries out the regrouping of the pool that a cover found, in whose
// costs each group has paid a toll.
func (s *search) adopt(c *cover, toll float64) {
	for _, i := range s.pool {
		if t := s.plan.teamOf[i]; t >= 0 {
			s.plan.dissolve(t)
		}
	}
	for _, k := range c.best {
		col := &c.columns[k]
		if col.groups == 0 {
			continue
		}
		s.rows = s.rows[:0]
		for b, i := range s.pool {
			if col.mask>>b&1 == 1 {
				s.rows = append(s.rows, i)
			}
		}
		s.plan.form(col.place, s.rows, col.cost-toll*float64(col.groups))
	}
}

func sortBy(rows []int32, key func(int32) int) {
	slices.SortFunc(rows, func(a, b int32) int {
		return cmp.Or(cmp.Compare(key(a), key(b)), cmp.Compare(a, b))
	})
}
