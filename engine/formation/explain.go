package formation

import (
	"math"
	"slices"
)

// Explanation says what the best alternatives to a group would cost. Each
// difference is against the result's cost; +Inf means that no alternative of
// the kind respects the limits.
type Explanation struct {
	Group int // position in Result.Groups

	// SecondMeeting is the best other meeting place, AnyMember if none.
	SecondMeeting     int
	SecondMeetingCost float64 // difference of cost

	// Move is the best change of a single member's group.
	Move Move

	// DissolveCost is the difference of cost if the group did not exist and
	// each member, largest first, joined the group where it costs least, or
	// was left out.
	DissolveCost float64
}

// Move takes a member out of its group.
type Move struct {
	Body int     // position in Problem.Bodies, -1 if no member can move
	To   int     // position in Result.Groups, -1 to leave it out
	Cost float64 // difference of cost
}

// Explain compares each group of a result with its best alternatives. Groups
// keep their meeting places unless the place itself moves away.
func Explain(p Problem, result Result) []Explanation {
	x := explainer{p: &p, groups: result.Groups}
	all := make([]Explanation, len(result.Groups))
	for k := range result.Groups {
		all[k] = Explanation{Group: k}
		all[k].SecondMeeting, all[k].SecondMeetingCost = x.secondMeeting(k)
		all[k].Move = x.bestMove(k)
		all[k].DissolveCost = x.dissolve(k)
	}
	return all
}

type explainer struct {
	p      *Problem
	groups []Group
}

// costAt is what members cost that meet at a place, +Inf if one is too far.
func (x *explainer) costAt(members []Member, place, except int) (cost float64) {
	for _, m := range members {
		if m.Body == except {
			continue
		}
		km := x.p.kilometres(m.Body, place)
		if !(km <= x.p.Limits.MaxKM) {
			return math.Inf(1)
		}
		cost += float64(m.Professionals) * km
	}
	return cost
}

// leastCost is what members cost without one of them, at their best place.
func (x *explainer) leastCost(members []Member, without int) float64 {
	least := math.Inf(1)
	for _, m := range members {
		if m.Body != without {
			least = min(least, x.costAt(members, m.Body, without))
		}
	}
	return least
}

func (x *explainer) secondMeeting(k int) (place int, difference float64) {
	g := &x.groups[k]
	place, least := AnyMember, math.Inf(1)
	for _, m := range g.Members {
		if m.Body == g.Meeting {
			continue
		}
		if cost := x.costAt(g.Members, m.Body, -1); cost < least {
			place, least = m.Body, cost
		}
	}
	return place, least - g.Cost
}

func (x *explainer) bestMove(k int) Move {
	g := &x.groups[k]
	best := Move{Body: -1, To: -1, Cost: math.Inf(1)}
	for _, m := range g.Members {
		if len(g.Members) < 2 || g.Size-m.Professionals < x.p.Limits.Min {
			continue
		}
		remaining := x.leastCost(g.Members, m.Body)
		to, joining := x.bestHost(m, k, nil)
		if difference := remaining + joining - g.Cost; difference < best.Cost {
			best = Move{m.Body, to, difference}
		}
	}
	return best
}

// bestHost is the group that takes a member at the least cost, -1 for leaving
// it out. extra says how many professionals each group has taken already.
func (x *explainer) bestHost(m Member, from int, extra map[int]int) (to int, cost float64) {
	to, cost = -1, x.p.Penalty*float64(m.Professionals)
	body := &x.p.Bodies[m.Body]
	if !body.Consent || body.Professionals > x.p.Limits.Max {
		return to, cost
	}
	for k := range x.groups {
		g := &x.groups[k]
		host := &x.p.Bodies[g.Members[0].Body]
		if k == from || g.Modality != body.Modality || g.Locked || g.Shares > 1 || !host.Consent ||
			g.Size+extra[k]+m.Professionals > x.p.Limits.Max || x.p.latitudesApart(m.Body, g.Meeting) {
			continue
		}
		km := x.p.kilometres(m.Body, g.Meeting)
		if joining := km * float64(m.Professionals); km <= x.p.Limits.MaxKM && joining < cost {
			to, cost = k, joining
		}
	}
	return to, cost
}

func (x *explainer) dissolve(k int) (difference float64) {
	g := &x.groups[k]
	if g.Shares > 1 {
		b := &x.p.Bodies[g.Members[0].Body]
		return x.p.Penalty * float64(b.Professionals)
	}
	extra := map[int]int{}
	for _, m := range largestFirst(g.Members) {
		to, cost := x.bestHost(m, k, extra)
		extra[to] += m.Professionals
		difference += cost
	}
	return difference - g.Cost
}

func largestFirst(members []Member) []Member {
	members = slices.Clone(members)
	slices.SortStableFunc(members, func(a, b Member) int { return b.Professionals - a.Professionals })
	return members
}
