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

	prices [][]int64 // by session: price, free or nil
	free   []int64   // for fixed sessions, whose cost is there already
}

func newInserter(p *state, rng *rand.Rand) *inserter {
	days := p.m.days
	return &inserter{p: p, chain: newChain(days), price: make([]int64, days), which: make([]int32, days), free: make([]int64, days), rng: rng}
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
		seats, cost := in.arrange(t, leaders)
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
func (in *inserter) arrange(t *team, leaders []int32) ([]*seat, int64) {
	most := t.free
	if len(leaders) == 1 {
		most = in.p.left(leaders[0], int32(t.group.Minutes), most)
	}
	in.prices = in.prices[:0]
	for j := range t.fixed {
		switch {
		case t.fixed[j] != nil:
			in.prices = append(in.prices, in.free)
		case t.barred[j] || most == 0:
			in.prices = append(in.prices, nil)
		default:
			in.prices = append(in.prices, in.price)
			most--
		}
	}
	for {
		days, cost := in.chain.solve(t, in.prices)
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

// mend places the published sessions of a group, changing as few as possible
// and at the least cost among those. The sessions of other groups stay.
func (in *inserter) mend(g int, published []*seat, fates []fate) {
	t := in.p.m.team(g)
	const changed = int64(1_000_000 * unit)
	groups := [][]int32{t.leaders}
	if !t.group.Substitutes {
		groups = groups[:0]
		for k := range t.leaders {
			groups = append(groups, t.leaders[k:k+1])
		}
	}
	var best []*seat
	least := never
	for k, leaders := range groups {
		able := t.able
		if !t.group.Substitutes {
			able = t.able[k : k+1]
		}
		in.open(g, t, leaders, able)
		seats, cost := in.repriced(g, t, leaders, published, fates, changed)
		if cost < least {
			best, least = seats, cost
		}
	}
	for j, x := range best {
		if x != nil && in.p.conflict(g, x) == "" && in.p.spaced(g, j, x) {
			in.p.put(g, j, x)
		}
	}
}

// repriced is arrange with a price for each session that is not as published.
func (in *inserter) repriced(g int, t *team, leaders []int32, published []*seat, fates []fate, changed int64) ([]*seat, int64) {
	prices := make([][]int64, len(t.fixed))
	for j, was := range published {
		if t.fixed[j] != nil {
			prices[j] = in.free
			continue
		}
		if was == nil || t.barred[j] {
			continue
		}
		row := make([]int64, len(in.price))
		for d, price := range in.price {
			if row[d] = price; price < never {
				row[d] += changed
			}
		}
		if in.stays(g, was, fates[j], leaders) {
			row[was.day] = was.base + max(0, in.p.detour(was))
		} else if in.which[was.day] >= 0 && in.cands[in.which[was.day]] == *was {
			row[was.day] = never
		}
		prices[j] = row
	}
	days, cost := in.chain.solve(t, prices)
	seats := make([]*seat, len(days))
	for j, d := range days {
		if d < 0 || t.fixed[j] != nil {
			continue
		}
		if was := published[j]; was.day == d && in.stays(g, was, fates[j], leaders) {
			seats[j] = was
			continue
		}
		x := in.cands[in.which[d]]
		seats[j] = &x
	}
	return seats, cost + in.overtime(t, seats)
}

// stays reports whether a published session may be as it was.
func (in *inserter) stays(g int, was *seat, f fate, leaders []int32) bool {
	for _, leader := range leaders {
		if leader == was.leader {
			return f == kept && in.p.conflict(g, was) == ""
		}
	}
	return false
}
