package timetable

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

// Violation is a rule that a plan breaks. Sessions are those involved.
type Violation struct {
	Code     ReasonCode `json:"code"`
	Sessions []Ref      `json:"sessions"`
	Message  string     `json:"message"`
}

// Ref names a session.
type Ref struct {
	Group string `json:"group"`
	Index int    `json:"index"` // from 1
}

// The rules that only a check names.
const (
	ViolationUnknown ReasonCode = "unknown" // a session that the season does not know
	ViolationTwice   ReasonCode = "twice"   // a session that is there twice, or also named as unplaced
	ViolationMissing ReasonCode = "missing" // a session that is neither placed nor named as unplaced
	ViolationFixed   ReasonCode = "fixed"   // a fixed session that is not where it was fixed
	ViolationStart   ReasonCode = "start"   // a day or hour at which the group does not start
	ViolationPlace   ReasonCode = "place"   // not a place of the group
)

// Check lists every rule that a plan breaks. It is written apart from the
// solver, in the plainest way, so that a mistake in one does not hide a
// mistake in the other. A rule that only fixed sessions break is no violation.
func Check(s Season, p Plan) []Violation {
	c := &checker{season: s, places: map[string]*Place{}, staff: map[string]*Supervisor{}, groups: map[string]*Group{}}
	for i := range s.Places {
		c.places[s.Places[i].Code] = &s.Places[i]
	}
	for i := range s.Supervisors {
		c.staff[s.Supervisors[i].Code] = &s.Supervisors[i]
	}
	for i := range s.Groups {
		c.groups[s.Groups[i].Code] = &s.Groups[i]
	}
	c.inventory(p)
	for _, x := range c.sessions {
		if !c.fixed(x) {
			c.alone(x)
		}
	}
	for i := range s.Groups {
		c.group(&s.Groups[i])
	}
	c.pairs()
	for i := range s.Supervisors {
		c.limits(&s.Supervisors[i])
	}
	return c.found
}

type checker struct {
	season   Season
	places   map[string]*Place
	staff    map[string]*Supervisor
	groups   map[string]*Group
	sessions []Session // those that the season knows, in time
	found    []Violation
}

func (c *checker) say(code ReasonCode, message string, sessions ...Session) {
	v := Violation{Code: code, Message: message}
	for _, x := range sessions {
		v.Sessions = append(v.Sessions, Ref{x.Group, x.Index})
	}
	c.found = append(c.found, v)
}

// inventory finds what is there twice, unknown or missing.
func (c *checker) inventory(p Plan) {
	times := map[Ref]int{}
	for _, x := range p.Sessions {
		g := c.groups[x.Group]
		switch {
		case g == nil || x.Index < 1 || x.Index > g.Sessions || c.staff[x.Supervisor] == nil || c.places[x.Place] == nil:
			c.say(ViolationUnknown, "the season does not know it", x)
			continue
		case x.Minutes != g.Minutes:
			c.say(ViolationUnknown, "it does not take the minutes of the group", x)
		}
		times[Ref{x.Group, x.Index}]++
		c.sessions = append(c.sessions, x)
	}
	for _, u := range p.Unplaced {
		times[Ref{u.Group, u.Index}]++
	}
	for _, g := range c.season.Groups {
		for k := 1; k <= g.Sessions; k++ {
			switch n := times[Ref{g.Code, k}]; {
			case n == 0:
				c.say(ViolationMissing, "it is neither placed nor named as unplaced", Session{Group: g.Code, Index: k})
			case n > 1:
				c.say(ViolationTwice, "it is there more than once", Session{Group: g.Code, Index: k})
			}
		}
		for _, f := range g.Fixed {
			there := slices.ContainsFunc(c.sessions, func(x Session) bool {
				return x.Group == g.Code && x.Index == f.Index && x.Supervisor == f.Supervisor && x.Day == f.Day && x.Start == f.Start && x.Place == f.Place
			})
			if !there {
				c.say(ViolationFixed, "it is not where it was fixed", Session{Group: g.Code, Index: f.Index})
			}
		}
	}
	slices.SortStableFunc(c.sessions, func(a, b Session) int { return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.Start, b.Start)) })
}

func (c *checker) fixed(x Session) bool {
	return slices.ContainsFunc(c.groups[x.Group].Fixed, func(f Fixed) bool { return f.Index == x.Index })
}

// alone checks a session by itself.
func (c *checker) alone(x Session) {
	g, s := c.groups[x.Group], c.staff[x.Supervisor]
	end := x.Start + Clock(g.Minutes)
	starts := slices.ContainsFunc(g.Starts, func(st Starts) bool {
		regular := x.Start == st.From || st.Step > 0 && x.Start >= st.From && x.Start <= st.Last && int(x.Start-st.From)%st.Step == 0
		return regular && slices.Contains(st.Days, Weekday(x.Day.Weekday()))
	})
	if !starts || end > minutesOfDay {
		c.say(ViolationStart, "the group does not start then", x)
	}
	if x.Day < c.season.From || x.Day > c.season.To {
		c.say(ReasonSeason, "it is outside the season", x)
	}
	if !slices.Contains(g.Places, x.Place) {
		c.say(ViolationPlace, "the group does not meet there", x)
	}
	if taken(g.Away, x.Day, x.Start, end) {
		c.say(ReasonGroupAway, "the group cannot", x)
	}
	if taken(c.places[x.Place].Closed, x.Day, x.Start, end) {
		c.say(ReasonClosed, "the place is closed", x)
	}
	if taken(s.Away, x.Day, x.Start, end) {
		c.say(ReasonAway, "the supervisor is away", x)
	}
	if len(s.Works) > 0 && !slices.ContainsFunc(s.Works, func(w Window) bool {
		return slices.Contains(w.Days, Weekday(x.Day.Weekday())) && w.From <= x.Start && end <= w.To
	}) {
		c.say(ReasonHours, "the supervisor does not work then", x)
	}
	c.match(x, g, s)
}

// match checks that the supervisor may lead the group.
func (c *checker) match(x Session, g *Group, s *Supervisor) {
	share := func(a, b []string) bool {
		return slices.ContainsFunc(a, func(e string) bool { return slices.Contains(b, e) })
	}
	if len(g.Professions) > 0 && !share(g.Professions, s.Professions) {
		c.say(ReasonProfession, "the supervisor has none of the professions", x)
	}
	if g.Language != "" && !slices.Contains(s.Languages, g.Language) {
		c.say(ReasonLanguage, "the supervisor does not speak the language", x)
	}
	if share(g.Bodies, s.RefusesBodies) {
		c.say(ReasonBody, "the supervisor is incompatible with a body", x)
	}
	if slices.Contains(s.RefusesGroups, g.Code) {
		c.say(ReasonGroup, "the supervisor is incompatible with the group", x)
	}
	if g.Supervisor != "" && g.Supervisor != x.Supervisor && !g.Substitutes {
		c.say(ReasonSupervisor, "another supervisor was decided", x)
	}
}

func taken(spans []Span, day Day, start, end Clock) bool {
	return slices.ContainsFunc(spans, func(s Span) bool {
		last, until := s.To, s.End
		if last == 0 {
			last = s.From
		}
		if until == 0 {
			until = minutesOfDay
		}
		return s.From <= day && day <= last && start < until && s.Start < end
	})
}

// group checks the sessions of a group together.
func (c *checker) group(g *Group) {
	var own []Session
	for _, x := range c.sessions {
		if x.Group == g.Code {
			own = append(own, x)
		}
	}
	slices.SortStableFunc(own, func(a, b Session) int { return cmp.Compare(a.Index, b.Index) })
	for k := 1; k < len(own); k++ {
		a, b := own[k-1], own[k]
		gap, steps := int(b.Day-a.Day), b.Index-a.Index
		if c.fixed(a) && c.fixed(b) {
			continue
		}
		if gap < g.MinDays || g.MaxDays > 0 && gap > g.MaxDays*steps {
			c.say(ReasonSpacing, fmt.Sprintf("%d days from one to the other", gap), a, b)
		}
	}
	if free := slices.DeleteFunc(slices.Clone(own), c.fixed); !g.Substitutes {
		for k := 1; k < len(free); k++ {
			if free[k].Supervisor != free[0].Supervisor {
				c.say(ReasonOneSupervisor, "the group has two supervisors", free[0], free[k])
			}
		}
	}
	if g.Granted > 0 && len(own)*g.Minutes > g.Granted && len(own) > len(g.Fixed) {
		c.say(ReasonGranted, "the hours of the group are used up", own...)
	}
}

// pairs checks sessions of one day with each other.
func (c *checker) pairs() {
	for i, a := range c.sessions {
		together := 1
		movable := !c.fixed(a)
		for j, b := range c.sessions {
			if b.Day != a.Day || i == j {
				continue
			}
			endA, endB := a.Start+Clock(c.groups[a.Group].Minutes), b.Start+Clock(c.groups[b.Group].Minutes)
			overlap := a.Start < endB && b.Start < endA
			if overlap && b.Place == a.Place && b.Start <= a.Start {
				together++
				movable = movable || !c.fixed(b)
			}
			if i > j || c.fixed(a) && c.fixed(b) {
				continue
			}
			travel := Clock(c.minutes(a.Place, b.Place))
			if a.Supervisor == b.Supervisor && endA+travel > b.Start && endB+travel > a.Start {
				c.say(ReasonBusy, "the supervisor leads another session, or is on the way", a, b)
			}
			if overlap && a.Group != b.Group && slices.ContainsFunc(c.groups[a.Group].Members, func(m string) bool { return slices.Contains(c.groups[b.Group].Members, m) }) {
				c.say(ReasonMember, "somebody is at both", a, b)
			}
		}
		if rooms := c.places[a.Place].Rooms; rooms > 0 && together > rooms && movable {
			c.say(ReasonRoom, "no room is left", a)
		}
	}
}

// minutes is the time of the journey between two places.
func (c *checker) minutes(from, to string) int {
	a, b := c.places[from], c.places[to]
	if from == to || a.Online || b.Online {
		return 0
	}
	for _, j := range c.season.Journeys {
		if j.From == from && j.To == to || j.From == to && j.To == from {
			return j.Minutes
		}
	}
	detour, speed := c.season.Detour, c.season.SpeedKMH
	if detour == 0 {
		detour = 1.3
	}
	if speed == 0 {
		speed = 60
	}
	rad := math.Pi / 180
	la, lb, dl := a.Lat*rad, b.Lat*rad, (b.Lon-a.Lon)*rad
	h := math.Pow(math.Sin((lb-la)/2), 2) + math.Cos(la)*math.Cos(lb)*math.Pow(math.Sin(dl/2), 2)
	km := math.Round(2*6371*math.Asin(math.Min(1, math.Sqrt(h)))*detour*1000) / 1000
	return int(math.Ceil(km / speed * 60))
}

// limits checks what a supervisor may do in a week and in the season.
func (c *checker) limits(s *Supervisor) {
	weeks := map[Day][]Session{}
	var all []Session
	for _, x := range c.sessions {
		if x.Supervisor == s.Code {
			monday := x.Day
			for monday.Weekday() != 1 {
				monday--
			}
			weeks[monday] = append(weeks[monday], x)
			all = append(all, x)
		}
	}
	c.limit(ReasonSeasonLimit, all, s.SeasonSessions, s.SeasonMinutes)
	for day := c.season.From - 7; day <= c.season.To+7; day++ {
		c.limit(ReasonWeekLimit, weeks[day], s.WeekSessions, s.WeekMinutes)
	}
}

func (c *checker) limit(code ReasonCode, sessions []Session, most, mostMinutes int) {
	minutes, movable := 0, false
	for _, x := range sessions {
		minutes += c.groups[x.Group].Minutes
		movable = movable || !c.fixed(x)
	}
	if movable && (most > 0 && len(sessions) > most || mostMinutes > 0 && minutes > mostMinutes) {
		c.say(code, fmt.Sprintf("%d sessions of %d minutes in all", len(sessions), minutes), sessions...)
	}
}
