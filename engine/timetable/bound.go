package timetable

import "slices"

// scheme shares the journeys of a day among its sessions, so that the shares
// never sum to more than the journeys. The least that each group can cost at
// these shares, summed, is then less than any plan costs.
type scheme uint8

const (
	// byNumber: a tour is as long as the way to its farthest session and back,
	// so each session bears its own way, divided by how many fit into the day.
	byNumber scheme = iota
	// byLegs: a session bears the legs from and to home, and half of a leg
	// between two sessions.
	byLegs
)

// prover holds what the lower bounds need.
type prover struct {
	m      *model
	short  [][]int64 // shortest ways between places
	places [][]int32 // by leader and day: where somebody else could be met, too
	most   []int32   // by leader and day: how many sessions fit, at most
	chain  *chain
}

func newProver(m *model) *prover {
	staff := len(m.season.Supervisors)
	b := &prover{m: m, chain: newChain(m.days), places: make([][]int32, staff*m.days), most: make([]int32, staff*m.days)}
	b.closeWays()
	type interval struct{ end, start, place int32 }
	day := make([][]interval, staff*m.days)
	for g := range m.season.Groups {
		t := m.team(g)
		for _, f := range t.fixed {
			if f != nil {
				k := int(f.leader)*m.days + int(f.day)
				day[k] = append(day[k], interval{f.end, f.start, f.place})
			}
		}
		for k, s := range t.leaders {
			for o, x := range t.options {
				if t.able[k][o] {
					d := int(s)*m.days + int(x.day)
					day[d] = append(day[d], interval{x.end, x.start, x.place})
				}
			}
		}
	}
	for k, all := range day {
		slices.SortFunc(all, func(a, b interval) int { return int(a.end - b.end) })
		until := int32(-1)
		for _, x := range all {
			if !slices.Contains(b.places[k], x.place) {
				b.places[k] = append(b.places[k], x.place)
			}
			if x.start >= until {
				b.most[k]++
				until = x.end
			}
		}
	}
	return b
}

// closeWays makes sure that no way round is shorter.
func (b *prover) closeWays() {
	for _, row := range b.m.travel {
		b.short = append(b.short, slices.Clone(row))
	}
	for k, via := range b.short {
		if b.m.season.Places[k].Online {
			continue
		}
		for i := range b.short {
			for j := range via {
				b.short[i][j] = min(b.short[i][j], b.short[i][k]+via[j])
			}
		}
	}
}

// share is the least that a session bears of the journeys of its day.
func (b *prover) share(how scheme, leader int32, x option) int64 {
	if b.m.season.Places[x.place].Online {
		return 0
	}
	k := int(leader)*b.m.days + int(x.day)
	way := b.short[b.m.home[leader]][x.place]
	if b.most[k] <= 1 {
		return 2 * way
	}
	if how == byNumber {
		return 2 * way / int64(b.most[k])
	}
	leg := way
	for _, p := range b.places[k] {
		if !b.m.season.Places[p].Online {
			leg = min(leg, b.short[p][x.place]/2)
		}
	}
	return 2 * leg
}

// bound is the larger of what the schemes prove of all plans, sessions left out
// included.
func (b *prover) bound() int64 {
	best := int64(0)
	for _, how := range []scheme{byNumber, byLegs} {
		sum := b.overtime()
		for g := range b.m.season.Groups {
			sum += b.alone(g, how)
		}
		best = max(best, sum)
	}
	return best
}

// overtime is what hours above all shares together cost at least.
func (b *prover) overtime() int64 {
	minutes := int64(0)
	for g := range b.m.season.Groups {
		t := b.m.team(g)
		minutes += int64(len(t.fixed)-b.m.lostAlone(g)) * int64(t.group.Minutes)
	}
	for _, share := range b.m.share {
		minutes -= share
	}
	if b.m.fewestLost() > 0 { // which sessions are left out is open
		return 0
	}
	return max(0, minutes) * b.m.weight.minute
}

// alone is the least that a group costs at the shares.
func (b *prover) alone(g int, how scheme) int64 {
	m, t := b.m, b.m.team(g)
	price, fixed := make([]int64, m.days), make([]int64, m.days)
	prices := make([][]int64, len(t.fixed))
	least := never
	for j, f := range t.fixed {
		switch {
		case f != nil:
			prices[j] = fixed
			fixed[f.day] = b.share(how, f.leader, f.option) + f.base
		case !t.barred[j]:
			prices[j] = price
		}
	}
	reset := func() {
		for d := range price {
			price[d] = never
		}
	}
	reset()
	for k, leader := range t.leaders {
		for o, x := range t.options {
			if t.able[k][o] {
				price[x.day] = min(price[x.day], x.base+b.share(how, leader, x))
			}
		}
		if t.group.Substitutes {
			continue
		}
		_, cost := b.chain.solve(t, prices)
		if t.last >= 0 && t.last != leader && t.free > 0 && cost < lost {
			cost += m.weight.handover
		}
		least = min(least, cost)
		reset()
	}
	if t.group.Substitutes || len(t.leaders) == 0 {
		_, least = b.chain.solve(t, prices)
	}
	return least
}
