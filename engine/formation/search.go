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
	steps    int
	work     int       // done so far, in about nanoseconds but the same everywhere
	roomAt   []float64 // by first row of a pool: the room that its last listing had

	pool   []int32
	inPool []bool
	degree []int32
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
	columns int // groups looked at
	nodes   int // states visited
}

var largestEffort = effort{rows: poolRows, columns: 12000, nodes: 200000}

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
	return effort{rows: int(min(max(16, 4*rowsPerGroup), poolRows)), columns: 1000, nodes: 4000}
}

func (e effort) grown() effort {
	return effort{
		rows:    min(e.rows+8, largestEffort.rows),
		columns: min(e.columns*3/2, largestEffort.columns),
		nodes:   min(e.nodes*2, largestEffort.nodes),
	}
}

func newSearch(m *model, seed uint64, stop *atomic.Bool) *search {
	return &search{
		m: m, plan: newPlan(m), rng: rand.New(rand.NewPCG(seed, 0x62617374)),
		enum: newEnumerator(m), cover: newCover(1<<12, stop), effort: m.firstEffort(),
		roomAt: make([]float64, len(m.body)),
		inPool: make([]bool, len(m.body)), degree: make([]int32, len(m.body)),
	}
}

// step regroups one random neighbourhood.
func (s *search) step(pr *prices) {
	rows := len(s.m.body)
	if rows == 0 {
		s.work++
		return
	}
	s.pool = s.pool[:0]
	s.steps++
	size := s.effort.rows/2 + s.rng.IntN(s.effort.rows/2)
	s.gather(s.seedRow(pr), size)
	if s.m.bounded && s.rng.IntN(2) == 0 {
		s.gather(s.seedRow(pr), min(size*2, poolRows))
	}
	s.order()
	if s.regroup(pr) {
		s.failures = 0
	} else if s.failures++; s.failures > 30+rows/4 {
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
	if s.inPool[i] {
		return
	}
	rows := []int32{i}
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

// order sorts the pool so that rows with few choices come first, and unmarks
// it.
func (s *search) order() {
	for _, j := range s.pool {
		s.degree[j] = 0
	}
	for _, j := range s.pool {
		s.work += 10 * len(s.m.places[j])
		for _, a := range s.m.places[j] {
			if s.inPool[a.row] {
				s.degree[a.row]++
			}
		}
	}
	slices.SortFunc(s.pool, func(a, b int32) int {
		return cmp.Or(cmp.Compare(s.degree[a], s.degree[b]), cmp.Compare(a, b))
	})
	for _, i := range s.pool {
		s.inPool[i] = false
	}
}

// hold makes the pool of exactly these rows, which must contain whole teams.
func (s *search) hold(rows []int32) {
	s.pool = append(s.pool[:0], rows...)
	for _, i := range rows {
		s.inPool[i] = true
	}
	s.order()
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
	constant := s.aim(pr, groups)
	for _, j := range s.pool {
		s.work += 60 * int(s.degree[j])
	}
	room := now - constant
	if room <= tiny {
		return false
	}
	if last := s.roomAt[s.pool[0]]; last > 0 {
		room = min(room, 4*last)
	}
	for !s.enum.list(room, s.effort.columns) {
		s.work += 60 * len(s.enum.columns)
		room *= 0.5
	}
	s.roomAt[s.pool[0]] = room
	s.cover.file(s.enum.columns)
	s.cover.run(1<<len(s.pool)-1, constant, now-tiny, groups, s.effort.nodes)
	s.work += 200*len(s.enum.columns) + 50*(s.effort.nodes-s.cover.nodes)
	if len(s.cover.best) == 0 {
		return false
	}
	s.adopt(s.cover)
	return true
}

// adopt carries out the regrouping of the pool that a cover found.
func (s *search) adopt(c *cover) {
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
		s.plan.form(col.place, s.rows, col.cost)
	}
}

func sortBy(rows []int32, key func(int32) int) {
	slices.SortFunc(rows, func(a, b int32) int {
		return cmp.Or(cmp.Compare(key(a), key(b)), cmp.Compare(a, b))
	})
}
