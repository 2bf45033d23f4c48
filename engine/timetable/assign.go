package timetable

import "slices"

// assignment gives each row a column of its own at the least total cost, by the
// Hungarian method: shortest augmenting paths with prices. There are at least
// as many columns as rows. It returns the column of each row.
func assignment(cost [][]int64) (columns []int, total int64) {
	rows, width := len(cost), len(cost[0])
	rowPrice, price := make([]int64, rows+1), make([]int64, width+1)
	owner, from := make([]int, width+1), make([]int, width+1)
	slack, done := make([]int64, width+1), make([]bool, width+1)
	for i := 1; i <= rows; i++ {
		owner[0] = i
		at := 0
		for k := range slack {
			slack[k], done[k] = never, false
		}
		for owner[at] != 0 {
			done[at] = true
			row, delta, next := owner[at], never, 0
			for k := 1; k <= width; k++ {
				if done[k] {
					continue
				}
				if reduced := cost[row-1][k-1] - rowPrice[row] - price[k]; reduced < slack[k] {
					slack[k], from[k] = reduced, at
				}
				if slack[k] < delta {
					delta, next = slack[k], k
				}
			}
			for k := range slack {
				if done[k] {
					rowPrice[owner[k]] += delta
					price[k] -= delta
				} else {
					slack[k] -= delta
				}
			}
			at = next
		}
		for at != 0 {
			owner[at] = owner[from[at]]
			at = from[at]
		}
	}
	columns = make([]int, rows)
	for k := 1; k <= width; k++ {
		if owner[k] > 0 {
			columns[owner[k]-1] = k - 1
			total += cost[owner[k]-1][k-1]
		}
	}
	return columns, total
}

// beginning is how a group may begin its season: who leads it, the day of its
// first session, and the part of the day in which all sessions overlap.
type beginning struct {
	leader, day, part int32
}

// byAssignment treats a season of rigid groups, in which the first session says
// when all others are, as an assignment problem: no two groups can have the
// same beginning. Where nothing else couples the groups, its answer is the best
// plan, and its cost is a lower bound in any case. Other seasons
// are left alone.
func (r *run) byAssignment(b *prover) {
	for g := range r.m.season.Groups {
		t := r.m.team(g)
		if t.group.MinDays != t.group.MaxDays || t.group.Substitutes || t.free != len(t.fixed) {
			return
		}
	}
	best := int64(0)
	for _, how := range []scheme{byNumber, byLegs} {
		cost, columns := r.beginnings(b, how)
		chosen, total := assignment(cost)
		best = max(best, total)
		r.adopt(chosen, columns)
	}
	r.bound.raise(best)
}

// beginnings prices every beginning for every group. A group without any has a
// column of its own.
func (r *run) beginnings(b *prover, how scheme) (cost [][]int64, columns []beginning) {
	m := r.m
	parts := m.parts()
	number := map[beginning]int{}
	for g := range m.season.Groups {
		t := m.team(g)
		var row []int64
		for k, leader := range t.leaders {
			price := make([]int64, m.days)
			for d := range price {
				price[d] = never
			}
			for o, x := range t.options {
				if t.able[k][o] {
					price[x.day] = min(price[x.day], x.base+b.share(how, leader, x))
				}
			}
			for o, x := range t.options {
				rest, whole := t.rest(price, x.day)
				if !t.able[k][o] || !whole {
					continue
				}
				at := beginning{leader, x.day, parts[x.start]}
				c, known := number[at]
				if !known {
					c = len(columns)
					number[at] = c
					columns = append(columns, at)
				}
				for len(row) <= c {
					row = append(row, never)
				}
				row[c] = min(row[c], x.base+b.share(how, leader, x)+rest)
			}
		}
		cost = append(cost, row)
	}
	for g := range cost {
		for len(cost[g]) < len(columns)+len(cost) {
			cost[g] = append(cost[g], 4*int64(mostSessions)*lost)
		}
		for c, x := range cost[g] {
			cost[g][c] = min(x, 4*int64(mostSessions)*lost)
		}
		cost[g][len(columns)+g] = lost // at least one session is left out
	}
	return cost, columns
}

// rest is what the sessions after the first cost.
func (t *team) rest(price []int64, first int32) (cost int64, whole bool) {
	for j := 1; j < len(t.fixed); j++ {
		d := int(first) + j*t.group.MinDays
		if d >= len(price) || price[d] >= never {
			return 0, false
		}
		cost += price[d]
	}
	return cost, true
}

// parts numbers the parts of the day: sessions that start in one part overlap.
func (m *model) parts() map[int32]int32 {
	ends := map[int32]int32{} // by start: the first end
	var starts []int32
	for g := range m.season.Groups {
		for _, x := range m.team(g).options {
			if end, known := ends[x.start]; !known || x.end < end {
				ends[x.start] = x.end
				if !known {
					starts = append(starts, x.start)
				}
			}
		}
	}
	slices.Sort(starts)
	parts := map[int32]int32{}
	part, until := int32(-1), int32(-1)
	for _, s := range starts {
		if s >= until {
			part, until = part+1, ends[s]
		}
		until = min(until, ends[s])
		parts[s] = part
	}
	return parts
}

// adopt makes the assignment the plan if it is better.
func (r *run) adopt(chosen []int, columns []beginning) {
	s := r.search
	for g := range s.p.seats {
		s.take(g)
	}
	s.in.noise = 0
	for g, c := range chosen {
		if c >= len(columns) {
			continue
		}
		t, at := r.m.team(g), columns[c]
		k := slices.Index(t.leaders, at.leader)
		s.in.open(g, t, t.leaders[k:k+1], t.able[k:k+1])
		for d := range s.in.price {
			if gap := d - int(at.day); gap < 0 || gap%t.group.MinDays != 0 {
				s.in.price[d] = never
			}
		}
		seats, _ := s.in.arrange(t, t.leaders[k:k+1])
		s.give(g, seats)
	}
	for g := range s.p.seats {
		if s.open(g) {
			s.take(g)
			s.in.insert(g)
		}
	}
	s.cost = s.p.cost()
	if s.cost < s.bestCost {
		s.remember()
	} else {
		s.restore()
	}
}
