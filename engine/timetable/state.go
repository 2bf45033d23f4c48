package timetable

import "slices"

// seat is a session in its place: an option of its group, and who leads it.
type seat struct {
	option
	leader int32
}

// entry is a session as a day sees it.
type entry struct {
	group, index      int32
	start, end, place int32
}

// state is a plan under construction. Sessions go in and out one by one.
type state struct {
	m     *model
	seats [][]*seat // by group and index; nil: not placed
	diary [][]entry // by supervisor and day, in time
	rooms [][]entry // by place and day

	weekSessions, weekMinutes []int32 // by supervisor and week
	sessions, minutes         []int64 // by supervisor

	journeys, preferences int64
	unplaced              int
}

// newState holds the fixed sessions.
func newState(m *model) *state {
	staff, weeks := len(m.season.Supervisors), int(m.week[m.days-1])+1
	p := &state{
		m: m, seats: make([][]*seat, len(m.season.Groups)),
		diary: make([][]entry, staff*m.days), rooms: make([][]entry, len(m.season.Places)*m.days),
		weekSessions: make([]int32, staff*weeks), weekMinutes: make([]int32, staff*weeks),
		sessions: make([]int64, staff), minutes: make([]int64, staff),
	}
	for g := range p.seats {
		t := m.team(g)
		p.seats[g] = make([]*seat, len(t.fixed))
		p.unplaced += len(t.fixed)
		for j, f := range t.fixed {
			if f != nil {
				p.put(g, j, f)
			}
		}
	}
	return p
}

func (p *state) weeks() int { return int(p.m.week[p.m.days-1]) + 1 }

func (p *state) put(g, j int, x *seat) {
	p.seats[g][j] = x
	k := int(x.leader)*p.m.days + int(x.day)
	e := entry{int32(g), int32(j), x.start, x.end, x.place}
	p.journeys += p.detour(x)
	at := 0
	for at < len(p.diary[k]) && p.diary[k][at].start <= x.start {
		at++
	}
	p.diary[k] = slices.Insert(p.diary[k], at, e)
	r := int(x.place)*p.m.days + int(x.day)
	p.rooms[r] = append(p.rooms[r], e)
	p.count(x, 1)
}

func (p *state) drop(g, j int) *seat {
	x := p.seats[g][j]
	p.seats[g][j] = nil
	same := func(e entry) bool { return e.group == int32(g) && e.index == int32(j) }
	k, r := int(x.leader)*p.m.days+int(x.day), int(x.place)*p.m.days+int(x.day)
	p.diary[k] = slices.DeleteFunc(p.diary[k], same)
	p.rooms[r] = slices.DeleteFunc(p.rooms[r], same)
	p.count(x, -1)
	p.journeys -= p.detour(x)
	return x
}

func (p *state) count(x *seat, n int32) {
	length := x.end - x.start
	w := int(x.leader)*p.weeks() + int(p.m.week[x.day])
	p.weekSessions[w] += n
	p.weekMinutes[w] += n * length
	p.sessions[x.leader] += int64(n)
	p.minutes[x.leader] += int64(n * length)
	p.preferences += int64(n) * x.base
	p.unplaced -= int(n)
}

// detour is what the journeys of the day cost more with the session. Sessions
// of fixed plans may overlap: they are visited in the order of their starts.
func (p *state) detour(x *seat) int64 {
	m := p.m
	if m.season.Places[x.place].Online {
		return 0
	}
	before, after := m.home[x.leader], m.home[x.leader]
	for _, e := range p.diary[int(x.leader)*m.days+int(x.day)] {
		switch {
		case m.season.Places[e.place].Online:
		case e.start <= x.start:
			before = e.place
		default:
			after = e.place
			return m.travel[before][x.place] + m.travel[x.place][after] - m.travel[before][after]
		}
	}
	return m.travel[before][x.place] + m.travel[x.place][after] - m.travel[before][after]
}

// cost is the cost of the whole plan, sessions left out included.
func (p *state) cost() int64 {
	cost := p.journeys + p.preferences + int64(p.unplaced)*lost
	for s, minutes := range p.minutes {
		cost += p.m.weight.minute * max(0, minutes-p.m.share[s])
	}
	for g := range p.seats {
		cost += p.handover(g)
	}
	return cost
}

// handover is what it costs that a group leaves the supervisor whom it knows.
func (p *state) handover(g int) int64 {
	t := p.m.team(g)
	if t.last < 0 {
		return 0
	}
	for j, x := range p.seats[g] {
		if x != nil && t.fixed[j] == nil && x.leader != t.last {
			return p.m.weight.handover
		}
	}
	return 0
}

// conflict is the first rule, apart from spacing, that keeps a session of a
// group from a seat beside what is placed.
func (p *state) conflict(g int, x *seat) ReasonCode {
	sup := &p.m.season.Supervisors[x.leader]
	length := x.end - x.start
	if sup.SeasonSessions > 0 && p.sessions[x.leader] >= int64(sup.SeasonSessions) ||
		sup.SeasonMinutes > 0 && p.minutes[x.leader]+int64(length) > int64(sup.SeasonMinutes) {
		return ReasonSeasonLimit
	}
	w := int(x.leader)*p.weeks() + int(p.m.week[x.day])
	if sup.WeekSessions > 0 && p.weekSessions[w] >= int32(sup.WeekSessions) ||
		sup.WeekMinutes > 0 && p.weekMinutes[w]+length > int32(sup.WeekMinutes) {
		return ReasonWeekLimit
	}
	for _, e := range p.diary[int(x.leader)*p.m.days+int(x.day)] {
		if p.m.collide(e, x) {
			return ReasonBusy
		}
	}
	if p.full(x) {
		return ReasonRoom
	}
	if p.member(g, x) >= 0 {
		return ReasonMember
	}
	return ""
}

// collide reports whether one supervisor cannot lead both.
func (m *model) collide(e entry, x *seat) bool {
	way := m.minutes[e.place][x.place]
	return e.end+way > x.start && x.end+way > e.start
}

// full reports whether the place has no room for one more session.
func (p *state) full(x *seat) bool {
	rooms := p.m.season.Places[x.place].Rooms
	there := p.rooms[int(x.place)*p.m.days+int(x.day)]
	if rooms == 0 || len(there) < rooms {
		return false
	}
	busiest := func(at int32) (n int) {
		for _, e := range there {
			if e.start <= at && at < e.end {
				n++
			}
		}
		return n
	}
	if busiest(x.start) >= rooms {
		return true
	}
	for _, e := range there {
		if e.start > x.start && e.start < x.end && busiest(e.start) >= rooms {
			return true
		}
	}
	return false
}

// member finds a group that shares a person and has a session at the same
// time; -1: none.
func (p *state) member(g int, x *seat) int {
	for _, r := range p.m.team(g).rivals {
		for _, y := range p.seats[r] {
			if y != nil && y.day == x.day && y.start < x.end && x.start < y.end {
				return int(r)
			}
		}
	}
	return -1
}

// spaced reports whether a session of a group keeps its distance from those
// before and after it.
func (p *state) spaced(g, j int, x *seat) bool {
	t := p.m.team(g)
	for i := j - 1; i >= 0; i-- {
		if y := p.seats[g][i]; y != nil {
			if !t.apart(i, j, y.day, x.day) {
				return false
			}
			break
		}
	}
	for i := j + 1; i < len(p.seats[g]); i++ {
		if y := p.seats[g][i]; y != nil {
			return t.apart(j, i, x.day, y.day)
		}
	}
	return true
}

// apart reports whether two sessions of the group, with none placed between
// them, may be on these days.
func (t *team) apart(i, j int, a, b int32) bool {
	gap := int(b - a)
	return gap >= t.group.MinDays && (t.group.MaxDays == 0 || gap <= t.group.MaxDays*(j-i)) || t.fixed[i] != nil && t.fixed[j] != nil
}
