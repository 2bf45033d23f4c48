package timetable

import "slices"

// who names a session by numbers.
type who struct{ g, j int }

// settle opens sessions until no rule is broken, trying each session of a
// broken rule in turn, and goes on with the search. broken returns the sessions
// of a broken rule of which one must change; nil if none is broken.
func (r *repair) settle(broken func() ([]who, bool)) bool {
	if r.refused() {
		return false
	}
	sessions, any := broken()
	if !any {
		return r.search()
	}
	found := false
	var undo []func()
	for _, x := range sessions {
		if r.fates[x.g][x.j] != kept {
			continue
		}
		back := r.set(x.g, x.j, open, nil)
		found = r.settle(broken)
		back()
		if found {
			break
		}
		undo = append(undo, r.set(x.g, x.j, pinned, r.published[x.g][x.j]))
	}
	for _, back := range slices.Backward(undo) {
		back()
	}
	return found
}

// refused cuts a branch that changes too much.
func (r *repair) refused() bool {
	if r.total > r.threshold {
		r.next = min(r.next, r.total)
		return true
	}
	return r.stopped()
}

// search finds a seat for every open session, and reports whether it did.
func (r *repair) search() bool {
	r.work++
	if r.refused() {
		return false
	}
	x, options := r.choose()
	if x.g < 0 {
		r.best = nil
		r.take(r.p)
		return true
	}
	for _, o := range options {
		if r.stopped() {
			return false
		}
		if r.seatAt(x, o.seat) {
			return true
		}
	}
	back := r.set(x.g, x.j, gone, nil)
	found := r.settle(func() ([]who, bool) { return nil, false })
	back()
	return found
}

// way is a seat for an open session, with how many others it displaces.
type way struct {
	*seat
	displaced int
}

// choose picks the open session with the fewest ways to place it without
// displacing another, and lists all its ways.
func (r *repair) choose() (chosen who, options []way) {
	chosen = who{-1, -1}
	least := int(never)
	for g := range r.fates {
		for j, f := range r.fates[g] {
			if f != open {
				continue
			}
			all, free := r.options(g, j)
			if free < least {
				chosen, options, least = who{g, j}, all, free
			}
		}
	}
	slices.SortStableFunc(options, func(a, b way) int { return a.displaced - b.displaced })
	return chosen, options
}

func (r *repair) options(g, j int) (all []way, free int) {
	t, was := r.m.team(g), r.published[g][j]
	if t.barred[j] {
		return nil, 0
	}
	for k, leader := range t.leaders {
		for o := range t.options {
			x := &seat{t.options[o], leader}
			r.work++
			if !t.able[k][o] || x.day == was.day && x.start == was.start && x.place == was.place && leader == was.leader {
				continue
			}
			victims, possible := r.victims(g, j, x)
			if !possible {
				continue
			}
			if len(victims) == 0 && r.p.conflict(g, x) == "" {
				free++
			}
			all = append(all, way{x, len(victims)})
		}
	}
	return all, free
}

// victims are the placed sessions that cannot stay beside the seat. It is
// impossible if one of them is decided.
func (r *repair) victims(g, j int, x *seat) (all []who, possible bool) {
	t := r.m.team(g)
	add := func(v who) bool {
		if r.fates[v.g][v.j] != kept {
			return false
		}
		if !slices.Contains(all, v) {
			all = append(all, v)
		}
		return true
	}
	for i, y := range r.p.seats[g] {
		if y == nil || i == j {
			continue
		}
		near := i < j && !t.apart(i, j, y.day, x.day) || i > j && !t.apart(j, i, x.day, y.day)
		other := t.fixed[i] == nil && y.leader != x.leader && !t.group.Substitutes
		if (near || other) && !add(who{g, i}) {
			return nil, false
		}
	}
	for _, e := range r.p.diary[int(x.leader)*r.m.days+int(x.day)] {
		if r.m.collide(e, x) && !add(who{int(e.group), int(e.index)}) {
			return nil, false
		}
	}
	for _, rival := range t.rivals {
		for i, y := range r.p.seats[rival] {
			if y != nil && y.day == x.day && y.start < x.end && x.start < y.end && !add(who{int(rival), i}) {
				return nil, false
			}
		}
	}
	return all, true
}

// seatAt places a session, opens those in its way, and goes on.
func (r *repair) seatAt(x who, at *seat) bool {
	victims, possible := r.victims(x.g, x.j, at)
	if !possible {
		return false
	}
	var undo []func()
	for _, v := range victims {
		undo = append(undo, r.set(v.g, v.j, open, nil))
	}
	undo = append(undo, r.set(x.g, x.j, moved, at))
	found := r.settle(func() ([]who, bool) { return r.crowded(at) })
	for _, back := range slices.Backward(undo) {
		back()
	}
	return found
}

// crowded finds a limit of number that is broken around a seat.
func (r *repair) crowded(x *seat) ([]who, bool) {
	p, s := r.p, &r.m.season.Supervisors[x.leader]
	if s.SeasonSessions > 0 && p.sessions[x.leader] > int64(s.SeasonSessions) || s.SeasonMinutes > 0 && p.minutes[x.leader] > int64(s.SeasonMinutes) {
		return r.led(x.leader, -1), true
	}
	w := int(x.leader)*p.weeks() + int(r.m.week[x.day])
	if s.WeekSessions > 0 && p.weekSessions[w] > int32(s.WeekSessions) || s.WeekMinutes > 0 && p.weekMinutes[w] > int32(s.WeekMinutes) {
		return r.led(x.leader, r.m.week[x.day]), true
	}
	rooms := r.m.season.Places[x.place].Rooms
	there := p.rooms[int(x.place)*r.m.days+int(x.day)]
	for _, e := range there {
		var crowd []who
		for _, o := range there {
			if o.start <= e.start && e.start < o.end {
				crowd = append(crowd, who{int(o.group), int(o.index)})
			}
		}
		if rooms > 0 && len(crowd) > rooms && r.anyFree(crowd) {
			return crowd, true
		}
	}
	return nil, false
}

// anyFree reports whether a rule is broken by more than fixed sessions.
func (r *repair) anyFree(sessions []who) bool {
	return slices.ContainsFunc(sessions, func(x who) bool { return r.m.team(x.g).fixed[x.j] == nil })
}

// led lists the sessions of a supervisor in a week; -1: in the season.
func (r *repair) led(leader, week int32) (all []who) {
	for d := range r.m.days {
		if week >= 0 && r.m.week[d] != week {
			continue
		}
		for _, e := range r.p.diary[int(leader)*r.m.days+d] {
			all = append(all, who{int(e.group), int(e.index)})
		}
	}
	return all
}

// violated finds any broken rule among the placed sessions: a published plan
// may have been wrong already.
func (r *repair) violated() ([]who, bool) {
	for g := range r.p.seats {
		for j, x := range r.p.seats[g] {
			if x == nil || r.fates[g][j] == none {
				continue
			}
			if pair := r.clash(g, j, x); pair != nil {
				return pair, true
			}
			if sessions, any := r.crowded(x); any {
				return sessions, true
			}
		}
	}
	return nil, false
}

// clash finds a session that cannot be beside the one of group g.
func (r *repair) clash(g, j int, x *seat) []who {
	t := r.m.team(g)
	for i, y := range r.p.seats[g] {
		if y != nil && i < j && (!t.apart(i, j, y.day, x.day) || t.fixed[i] == nil && y.leader != x.leader && !t.group.Substitutes) ||
			y != nil && i > j && t.fixed[i] != nil && !t.apart(j, i, x.day, y.day) {
			return []who{{g, i}, {g, j}}
		}
	}
	for _, e := range r.p.diary[int(x.leader)*r.m.days+int(x.day)] {
		if (int(e.group) != g || int(e.index) != j) && r.m.collide(e, x) {
			return []who{{int(e.group), int(e.index)}, {g, j}}
		}
	}
	for _, rival := range t.rivals {
		for i, y := range r.p.seats[rival] {
			if y != nil && y.day == x.day && y.start < x.end && x.start < y.end {
				return []who{{int(rival), i}, {g, j}}
			}
		}
	}
	return nil
}
