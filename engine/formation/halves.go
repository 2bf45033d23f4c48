package formation

import "sync"

// worthHalving is the number of rows from which two searches, each on its own
// half of the map, get further than one.
const worthHalving = 600

// searchHalves runs two searches side by side once the climb has ended and
// leaves a core to spare. Each regroups only teams that lie wholly in its half;
// the halves change from round to round. The outcome does not depend on which
// of the two is faster.
func (r *run) searchHalves(work int) {
	if r.second == nil {
		r.second = newSearch(r.m, r.seed+1, &r.stop)
	}
	first, second := r.search, r.second
	second.plan = newPlan(r.m)
	second.plan.adopt(first.plan, func(int32) bool { return true })
	second.effort = first.effort
	owner := r.halve()
	first.owner, first.me = owner, 1
	second.owner, second.me = owner, 2

	var searching sync.WaitGroup
	share := work - first.work
	searching.Go(func() { second.until(second.work+share, &r.guide) })
	first.until(work, &r.guide)
	searching.Wait()

	merged := newPlan(r.m)
	merged.adopt(first.plan, func(row int32) bool { return owner[row] != 2 })
	merged.adopt(second.plan, func(row int32) bool { return owner[row] == 2 })
	first.plan, first.owner = merged, nil
}

// halve spreads from a random row to its neighbours until half of all rows are
// reached. The rows of teams on the border belong to neither half.
func (r *run) halve() []int8 {
	owner := make([]int8, len(r.m.body))
	order := r.m.outwards(r.search.rng.IntN(len(owner)))
	for k, i := range order {
		owner[i] = 1
		if k >= len(order)/2 {
			owner[i] = 2
		}
	}
	for _, team := range r.search.plan.teams {
		border := false
		for _, i := range team.rows {
			border = border || owner[i] != owner[team.rows[0]]
		}
		for _, i := range team.rows {
			if border {
				owner[i] = 0
			}
		}
	}
	return owner
}

// outwards lists all rows, from a first one to its neighbours, to theirs, and
// so on.
func (m *model) outwards(from int) []int32 {
	order := make([]int32, 0, len(m.body))
	seen := make([]bool, len(m.body))
	for n := range m.body {
		start := (from + n) % len(m.body)
		if seen[start] {
			continue
		}
		seen[start] = true
		order = append(order, int32(start))
		for k := len(order) - 1; k < len(order); k++ {
			for _, next := range m.near[order[k]] {
				if !seen[next] {
					seen[next] = true
					order = append(order, next)
				}
			}
		}
	}
	return order
}
