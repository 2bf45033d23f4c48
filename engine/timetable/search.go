package timetable

import "math/rand/v2"

// search improves a plan: it takes the sessions of a few groups that have to do
// with each other out of the plan, and puts them back as well as possible, in
// another order.
type search struct {
	p    *state
	in   *inserter
	rng  *rand.Rand
	cost int64

	best     [][]*seat
	bestCost int64
	tries    int
	stale    int // tries since the best got better
}

func newSearch(m *model, seed uint64) *search {
	rng := rand.New(rand.NewPCG(seed, 0x7469_6d65))
	p := newState(m)
	s := &search{p: p, in: newInserter(p, rng), rng: rng}
	for _, g := range s.hardestFirst() {
		s.in.insert(g)
	}
	s.cost = p.cost()
	s.remember()
	return s
}

// hardestFirst orders the groups by how few possibilities they have.
func (s *search) hardestFirst() []int {
	type pair struct{ g, ways int }
	var all []pair
	for g := range s.p.seats {
		t := s.p.m.team(g)
		ways := 0
		for k := range t.leaders {
			for _, able := range t.able[k] {
				if able {
					ways++
				}
			}
		}
		all = append(all, pair{g, ways / max(1, t.free)})
	}
	order := make([]int, 0, len(all))
	for len(all) > 0 {
		k := 0
		for i := range all {
			if all[i].ways < all[k].ways {
				k = i
			}
		}
		order = append(order, all[k].g)
		all = append(all[:k], all[k+1:]...)
	}
	return order
}

func (s *search) remember() {
	s.bestCost, s.stale = s.cost, 0
	s.best = make([][]*seat, len(s.p.seats))
	for g := range s.p.seats {
		s.best[g] = append([]*seat(nil), s.p.seats[g]...)
	}
}

// restore goes back to the best plan.
func (s *search) restore() {
	for g := range s.p.seats {
		s.take(g)
	}
	for g := range s.best {
		s.give(g, s.best[g])
	}
	s.cost, s.stale = s.p.cost(), 0
}

// take removes the free sessions of a group, and returns them.
func (s *search) take(g int) []*seat {
	t := s.p.m.team(g)
	out := make([]*seat, len(t.fixed))
	for j, x := range s.p.seats[g] {
		if x != nil && t.fixed[j] == nil {
			out[j] = s.p.drop(g, j)
		}
	}
	return out
}

func (s *search) give(g int, seats []*seat) {
	t := s.p.m.team(g)
	for j, x := range seats {
		if x != nil && t.fixed[j] == nil {
			s.p.put(g, j, x)
		}
	}
}

const patience = 3000

// try takes a few groups out and puts them back, and keeps the result if it is
// not much worse.
func (s *search) try() {
	s.tries++
	s.stale++
	groups := s.related()
	taken := make([][]*seat, len(groups))
	for i, g := range groups {
		taken[i] = s.take(g)
	}
	s.in.noise = 0
	if s.rng.IntN(3) > 0 {
		s.in.noise = 1 + s.rng.Int64N(20*unit)
	}
	order := s.rng.Perm(len(groups))
	for _, i := range order {
		s.in.insert(groups[i])
	}
	cost := s.p.cost()
	slack := int64(s.rng.ExpFloat64() * float64(s.bestCost%lost) / 3000)
	if cost <= s.cost+slack {
		if s.cost = cost; cost < s.bestCost {
			s.remember()
		}
	} else {
		for _, g := range groups {
			s.take(g)
		}
		for i, g := range groups {
			s.give(g, taken[i])
		}
	}
	if s.stale > patience {
		s.restore()
	}
}

// related draws a group, most often one with a session left out if there is
// any, and some that share its supervisor, its place or its people.
func (s *search) related() []int {
	n := len(s.p.seats)
	first := s.rng.IntN(n)
	if s.p.unplaced > 0 && s.rng.IntN(2) == 0 {
		for range 2 * n {
			if g := s.rng.IntN(n); s.open(g) {
				first = g
				break
			}
		}
	}
	want := min(n, 1+s.rng.IntN(5))
	groups := []int{first}
	in := map[int]bool{first: true}
	for tries := 0; len(groups) < want && tries < 20*want; tries++ {
		g := s.rng.IntN(n)
		if !in[g] && (tries > 10*want || s.near(first, g)) {
			in[g] = true
			groups = append(groups, g)
		}
	}
	return groups
}

// open reports whether a session of the group waits for a place.
func (s *search) open(g int) bool {
	t := s.p.m.team(g)
	for j, x := range s.p.seats[g] {
		if x == nil && !t.barred[j] {
			return true
		}
	}
	return false
}

func (s *search) near(a, b int) bool {
	x, y := s.leader(a), s.leader(b)
	if x >= 0 && x == y {
		return true
	}
	t, u := s.p.m.team(a), s.p.m.team(b)
	if overlap(t.group.Places, u.group.Places) || overlap(t.group.Members, u.group.Members) {
		return true
	}
	if x < 0 { // whoever could lead it
		for _, k := range t.leaders {
			if k == y {
				return true
			}
		}
	}
	return false
}

// leader is who leads the first free session of a group; -1: nobody.
func (s *search) leader(g int) int32 {
	t := s.p.m.team(g)
	for j, x := range s.p.seats[g] {
		if x != nil && t.fixed[j] == nil {
			return x.leader
		}
	}
	return -1
}
