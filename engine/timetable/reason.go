package timetable

import "slices"

// mostRemedies is for how many groups a remedy is looked for.
const mostRemedies = 40

// explain says of every session left out what rules it out and what would help.
func (r *run) explain(plan *Plan) {
	p := r.search.p
	remedies := map[string]*Remedy{}
	for i := range plan.Unplaced {
		u := &plan.Unplaced[i]
		g := int(r.m.group[u.Group])
		u.Reasons = p.reasons(g, u.Index-1)
		if _, known := remedies[u.Group]; !known && len(remedies) < mostRemedies {
			remedies[u.Group] = newRemedies(p, *plan, g).find()
		}
		u.Remedy = remedies[u.Group]
	}
}

// reasons counts what rules out the possibilities of a session left out.
func (p *state) reasons(g, j int) []Reason {
	t := p.m.team(g)
	if t.barred[j] {
		return []Reason{{Code: ReasonGranted}}
	}
	var c counter
	for i := range p.m.season.Supervisors {
		s := &p.m.season.Supervisors[i]
		if code := mismatch(t.group, s); code != "" {
			c.exclude(code, s.Code)
		}
	}
	usual := int32(-1)
	for i, x := range p.seats[g] {
		if x != nil && t.fixed[i] == nil && !t.group.Substitutes {
			usual = x.leader
		}
	}
	for k, leader := range t.leaders {
		s := &p.m.season.Supervisors[leader]
		p.m.outOfReach(t, s.Code, &c)
		for o, option := range t.options {
			x := &seat{option, leader}
			code := ReasonCombination
			switch {
			case usual >= 0 && leader != usual:
				code = ReasonOneSupervisor
			case !t.able[k][o]:
				code = p.m.absence(s, option)
			case p.meets(g, x.day):
				code = ReasonSpacing
			case p.conflict(g, x) != "":
				code = p.conflict(g, x)
			case !p.spaced(g, j, x):
				code = ReasonSpacing
			}
			c.count(code, s.Code)
		}
	}
	if c.of == 0 && len(t.leaders) > 0 {
		c.exclude(ReasonSeason, "")
	}
	return c.reasons()
}

// meets reports whether the group has a session on the day already.
func (p *state) meets(g int, day int32) bool {
	return slices.ContainsFunc(p.seats[g], func(y *seat) bool { return y != nil && y.day == day })
}

// outOfReach counts the options that the group or its places take away.
func (m *model) outOfReach(t *team, supervisor string, c *counter) {
	for d := range m.days {
		day := m.from + Day(d)
		for _, start := range startsOn(t.group, Weekday(day.Weekday())) {
			end := start + int32(t.group.Minutes)
			away := blocked(t.group.Away, day, start, end)
			for _, place := range t.group.Places {
				switch {
				case end > minutesOfDay:
				case away:
					c.count(ReasonGroupAway, supervisor)
				case blocked(m.season.Places[m.place[place]].Closed, day, start, end):
					c.count(ReasonClosed, supervisor)
				}
			}
		}
	}
}

// counter gathers reasons in the order of their first use.
type counter struct {
	all []Reason
	of  int
}

func (c *counter) under(code ReasonCode) *Reason {
	i := slices.IndexFunc(c.all, func(r Reason) bool { return r.Code == code })
	if i < 0 {
		i = len(c.all)
		c.all = append(c.all, Reason{Code: code})
	}
	return &c.all[i]
}

func (c *counter) exclude(code ReasonCode, supervisor string) {
	r := c.under(code)
	if supervisor != "" && !slices.Contains(r.Supervisors, supervisor) {
		r.Supervisors = append(r.Supervisors, supervisor)
	}
}

func (c *counter) count(code ReasonCode, supervisor string) {
	c.exclude(code, supervisor)
	c.under(code).Options++
	c.of++
}

func (c *counter) reasons() []Reason {
	for i := range c.all {
		if c.all[i].Options > 0 {
			c.all[i].Of = c.of
		}
	}
	return c.all
}
