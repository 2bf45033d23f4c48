package timetable

import "math/rand/v2"

// inserter finds seats for the sessions of one group beside what is placed.
type inserter struct {
	p     *state
	chain *chain
	price []int64 // by day
	which []int32 // the option of a day, in the candidates
	rng   *rand.Rand
	noise int64 // most that a price is varied by
	cands []seat
}

func newInserter(p *state, rng *rand.Rand) *inserter {
	return &inserter{p: p, chain: newChain(p.m.days), price: make([]int64, p.m.days), which: make([]int32, p.m.days), rng: rng}
}

// insert places the free sessions of a group, none of which is placed, as well
// as possible beside the others.
func (in *inserter) insert(g int) {
	t := in.p.m.team(g)
	if t.free == 0 {
		return
	}
	var best []*seat
	least := never
	try := func(leaders []int32, able [][]bool) {
		in.open(g, t, leaders, able)
		seats, cost := in.arrange(g, t, leaders)
		if cost < least {
			best, least = seats, cost
		}
	}
	if !t.group.Substitutes {
		for k := range t.leaders {
			try(t.leaders[k:k+1], t.able[k:k+1])
		}
	} else if len(t.leaders) > 0 {
		try(t.leaders, t.able)
	}
	for j, x := range best {
		if x != nil && in.p.conflict(g, x) == "" && in.p.spaced(g, j, x) {
			in.p.put(g, j, x)
		}
	}
}

// open prices each day by its best option.
func (in *inserter) open(g int, t *team, leaders []int32, able [][]bool) {
	in.cands = in.cands[:0]
	for d := range in.price {
		in.price[d], in.which[d] = never, -1
	}
	for k, leader := range leaders {
		for o := range t.options {
			if !able[k][o] {
				continue
			}
			x := seat{t.options[o], leader}
			cost := x.base + in.p.detour(&x)
			if in.noise > 0 {
				cost += in.rng.Int64N(in.noise)
			}
			if cost < in.price[x.day] && in.p.conflict(g, &x) == "" {
				in.price[x.day], in.which[x.day] = cost, int32(len(in.cands))
				in.cands = append(in.cands, x)
			}
		}
	}
}

// arrange chooses the days. Limits of a week count sessions that the chain
// cannot see together: a week that has too many loses its dearest day, and the
// chain is made again.
func (in *inserter) arrange(g int, t *team, leaders []int32) ([]*seat, int64) {
	most := t.free
	if len(leaders) == 1 {
		most = in.p.left(leaders[0], int32(t.group.Minutes), most)
	}
	for {
		days, cost := in.chain.solve(t, in.price, func(int) int64 { return 0 }, most)
		seats := make([]*seat, len(days))
		for j, d := range days {
			if d >= 0 && t.fixed[j] == nil {
				x := in.cands[in.which[d]]
				seats[j] = &x
			}
		}
		if again := in.crowded(t, seats); again >= 0 {
			in.price[again] = never
			continue
		}
		return seats, cost + in.overtime(t, seats)
	}
}

// left is how many more sessions a supervisor may lead in the season, up to
// most.
func (p *state) left(leader, length int32, most int) int {
	s := &p.m.season.Supervisors[leader]
	if s.SeasonSessions > 0 {
		most = min(most, s.SeasonSessions-int(p.sessions[leader]))
	}
	if s.SeasonMinutes > 0 {
		most = min(most, (s.SeasonMinutes-int(p.minutes[leader]))/int(length))
	}
	return max(0, most)
}

// crowded finds a day to give up: the dearest of a week in which the chain has
// more than fit; -1: none.
func (in *inserter) crowded(t *team, seats []*seat) int32 {
	if t.group.MinDays >= 7 {
		return -1
	}
	p := in.p
	for i, x := range seats {
		if x == nil {
			continue
		}
		dearest, n := x.day, int32(0)
		for _, y := range seats[i:] {
			if y == nil || y.leader != x.leader || p.m.week[y.day] != p.m.week[x.day] {
				continue
			}
			n++
			if in.price[y.day] > in.price[dearest] {
				dearest = y.day
			}
		}
		s := &p.m.season.Supervisors[x.leader]
		w := int(x.leader)*p.weeks() + int(p.m.week[x.day])
		if s.WeekSessions > 0 && p.weekSessions[w]+n > int32(s.WeekSessions) ||
			s.WeekMinutes > 0 && p.weekMinutes[w]+n*(x.end-x.start) > int32(s.WeekMinutes) {
			return dearest
		}
	}
	return -1
}

// overtime is what the sessions cost beyond the share of their supervisors,
// and a handover.
func (in *inserter) overtime(t *team, seats []*seat) (cost int64) {
	m := in.p.m
	added := map[int32]int64{}
	handover := false
	for _, x := range seats {
		if x != nil {
			added[x.leader] += int64(x.end - x.start)
		}
	}
	for s, minutes := range added {
		load := in.p.minutes[s]
		cost += m.weight.minute * (max(0, load+minutes-m.share[s]) - max(0, load-m.share[s]))
		handover = handover || t.last >= 0 && s != t.last
	}
	if handover {
		cost += m.weight.handover
	}
	return cost
}
