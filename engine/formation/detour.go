package formation

import "slices"

// detourSteps is how many regroupings a detour may take to pay off.
const detourSteps = 40

// detour leaves a plan that no regrouping improves: it forbids some of the
// teams of a neighbourhood, takes the best regrouping without them though it
// costs more, and improves what lies around. Unless that ends cheaper, it goes
// all the way back.
func (s *search) detour(pr *prices) {
	s.pool = s.pool[:0]
	s.effort = s.m.firstEffort()
	defer func() { s.effort = largestEffort }()
	from := s.seedRow(pr)
	s.gather(from, s.effort.rows)
	if len(s.pool) < 2 {
		s.work += 1000
		return
	}
	home := newPlan(s.m)
	home.adopt(s.plan, func(int32) bool { return true })
	s.order()
	if !s.divert(pr) {
		return
	}
	around := append([]int32{from}, s.m.near[from]...)
	around = around[:min(len(around), 2*poolRows/3)]
	for range detourSteps {
		s.pool = s.pool[:0]
		s.gather(around[s.rng.IntN(len(around))], s.effort.rows/2+s.rng.IntN(s.effort.rows/2))
		if len(s.pool) > 0 {
			s.order()
			s.regroup(pr)
		}
	}
	if s.plan.cost >= home.cost-tiny {
		s.plan = home
	} else {
		s.failures = 0
	}
}

// divert regroups the pool at the least cost without about half of its teams.
func (s *search) divert(pr *prices) bool {
	now, groups := s.worth()
	constant := s.aim(pr, groups)
	room := now - constant
	bound := now + max(room, 0.1*now)
	s.list(bound - constant)
	s.enum.columns = slices.DeleteFunc(s.enum.columns, func(c column) bool {
		return s.isTeam(c.mask) && s.rng.IntN(2) == 0
	})
	s.choose(constant, bound, groups)
	if len(s.cover.best) == 0 {
		return false
	}
	s.adopt(s.cover, 0)
	return true
}

// isTeam reports whether the pool's rows in the mask are a team of the plan.
func (s *search) isTeam(mask uint64) bool {
	rows, team := 0, int32(-1)
	for b, i := range s.pool {
		if mask>>b&1 == 0 {
			continue
		}
		if t := s.plan.teamOf[i]; t < 0 || rows > 0 && t != team {
			return false
		}
		team = s.plan.teamOf[i]
		rows++
	}
	return rows == len(s.plan.teams[team].rows)
}
