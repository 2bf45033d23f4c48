package timetable

import (
	"math"
	"slices"
)

// remedies looks for the smallest change of the season that places more
// sessions of one group, by making the change and trying: the sessions of other
// groups stay, those of the group may move.
type remedies struct {
	season Season // other groups hold only what is placed
	g      int
	placed int
	need   int // sessions of the group that are neither fixed nor placed
}

func newRemedies(p *state, plan Plan, g int) *remedies {
	s := *p.m.season
	s.Groups = slices.Clone(s.Groups)
	for i := range s.Groups {
		if i == g {
			continue
		}
		other := &s.Groups[i]
		other.Starts, other.Away, other.Fixed, other.Granted = nil, nil, nil, 0
		for _, x := range plan.Sessions {
			if x.Group == other.Code {
				other.Fixed = append(other.Fixed, Fixed{x.Index, x.Supervisor, x.Day, x.Start, x.Place})
			}
		}
	}
	r := &remedies{season: s, g: g}
	for _, x := range p.seats[g] {
		if x != nil {
			r.placed++
		} else {
			r.need++
		}
	}
	return r
}

// try returns how many more sessions of the group are placed after a change,
// and where.
func (r *remedies) try(change func(*Season)) (gains int, seats []*seat, m *model) {
	s := r.season
	s.Groups, s.Supervisors, s.Places = slices.Clone(s.Groups), slices.Clone(s.Supervisors), slices.Clone(s.Places)
	change(&s)
	m = newModel(&s)
	p := newState(m)
	newInserter(p, nil).insert(r.g)
	for _, x := range p.seats[r.g] {
		if x != nil {
			gains++
		}
	}
	return gains - r.placed, p.seats[r.g], m
}

// find tries the changes from the smallest, and returns the first that helps.
func (r *remedies) find() *Remedy {
	for _, kind := range []func() *Remedy{r.granted, r.limits, r.absences, r.holidays, r.distance, r.members, r.longer, r.skills, r.another} {
		if found := kind(); found != nil {
			return found
		}
	}
	return nil
}

func (r *remedies) group() *Group { return &r.season.Groups[r.g] }

// test tries one change, and names it if it helps.
func (r *remedies) test(named Remedy, change func(*Season)) *Remedy {
	if named.Gains, _, _ = r.try(change); named.Gains > 0 {
		return &named
	}
	return nil
}

func (r *remedies) granted() *Remedy {
	g := r.group()
	if g.Granted == 0 || g.Granted >= g.Sessions*g.Minutes {
		return nil
	}
	amount := g.Sessions * g.Minutes
	return r.test(Remedy{Code: RemedyGranted, Amount: amount}, func(s *Season) { s.Groups[r.g].Granted = amount })
}

// limits tries one more session for each supervisor.
func (r *remedies) limits() *Remedy {
	length := r.group().Minutes
	for i, s := range r.season.Supervisors {
		if mismatch(r.group(), &s) != "" {
			continue
		}
		for _, limit := range []struct {
			code  RemedyCode
			value func(*Supervisor) *int
			more  int
		}{
			{RemedyWeekSessions, func(s *Supervisor) *int { return &s.WeekSessions }, 1},
			{RemedyWeekMinutes, func(s *Supervisor) *int { return &s.WeekMinutes }, length},
			{RemedySeasonSessions, func(s *Supervisor) *int { return &s.SeasonSessions }, r.need},
			{RemedySeasonMinutes, func(s *Supervisor) *int { return &s.SeasonMinutes }, r.need * length},
		} {
			now := *limit.value(&s)
			if now == 0 {
				continue
			}
			named := Remedy{Code: limit.code, Supervisor: s.Code, Amount: now + limit.more}
			if found := r.test(named, func(s *Season) { *limit.value(&s.Supervisors[i]) = now + limit.more }); found != nil {
				return found
			}
		}
	}
	return nil
}

// absences tries that somebody is there on one day.
func (r *remedies) absences() *Remedy {
	for i, s := range r.season.Supervisors {
		if mismatch(r.group(), &s) != "" || len(s.Away) == 0 {
			continue
		}
		spans := func(s *Season) *[]Span { return &s.Supervisors[i].Away }
		if found := r.oneDay(Remedy{Code: RemedyAvailable, Supervisor: s.Code}, spans); found != nil {
			return found
		}
	}
	return r.oneDay(Remedy{Code: RemedyGroupAvailable}, func(s *Season) *[]Span { return &s.Groups[r.g].Away })
}

// holidays tries that a place is open on one day, or has one more room.
func (r *remedies) holidays() *Remedy {
	for i, p := range r.season.Places {
		if !slices.Contains(r.group().Places, p.Code) {
			continue
		}
		if p.Rooms > 0 {
			named := Remedy{Code: RemedyRoom, Place: p.Code, Amount: p.Rooms + 1}
			if found := r.test(named, func(s *Season) { s.Places[i].Rooms++ }); found != nil {
				return found
			}
		}
		if found := r.oneDay(Remedy{Code: RemedyOpen, Place: p.Code}, func(s *Season) *[]Span { return &s.Places[i].Closed }); found != nil {
			return found
		}
	}
	return nil
}

// oneDay drops all absences to see where the sessions would go, and then tries
// each of these days by itself.
func (r *remedies) oneDay(named Remedy, spans func(*Season) *[]Span) *Remedy {
	if len(*spans(&r.season)) == 0 {
		return nil
	}
	gains, seats, m := r.try(func(s *Season) { *spans(s) = nil })
	if gains <= 0 {
		return nil
	}
	for _, x := range seats {
		if x == nil || !blocked(*spans(&r.season), m.from+Day(x.day), x.start, x.end) {
			continue
		}
		named.Day = m.from + Day(x.day)
		found := r.test(named, func(s *Season) { *spans(s) = withoutDay(*spans(s), named.Day) })
		if found != nil {
			return found
		}
	}
	return nil
}

func withoutDay(spans []Span, day Day) (out []Span) {
	for _, s := range spans {
		last := max(s.From, s.To)
		if day < s.From || day > last {
			out = append(out, s)
			continue
		}
		if s.From < day {
			out = append(out, Span{s.From, day - 1, s.Start, s.End})
		}
		if day < last {
			out = append(out, Span{day + 1, last, s.Start, s.End})
		}
	}
	return out
}

// distance tries other distances between sessions.
func (r *remedies) distance() *Remedy {
	const most = 21
	g := r.group()
	for more := 1; more <= most; more++ {
		if g.MaxDays > 0 {
			named := Remedy{Code: RemedyMaxDays, Amount: g.MaxDays + more}
			if found := r.test(named, func(s *Season) { s.Groups[r.g].MaxDays += more }); found != nil {
				return found
			}
		}
		if g.MinDays > more {
			named := Remedy{Code: RemedyMinDays, Amount: g.MinDays - more}
			if found := r.test(named, func(s *Season) { s.Groups[r.g].MinDays -= more }); found != nil {
				return found
			}
		}
	}
	return nil
}

// members tries to excuse somebody who is in another group, too.
func (r *remedies) members() *Remedy {
	for _, member := range r.group().Members {
		shared := slices.ContainsFunc(r.season.Groups, func(g Group) bool {
			return g.Code != r.group().Code && slices.Contains(g.Members, member)
		})
		if !shared {
			continue
		}
		found := r.test(Remedy{Code: RemedyMember, Member: member}, func(s *Season) {
			g := &s.Groups[r.g]
			g.Members = slices.DeleteFunc(slices.Clone(g.Members), func(m string) bool { return m == member })
		})
		if found != nil {
			return found
		}
	}
	return nil
}

// longer tries a season that ends later.
func (r *remedies) longer() *Remedy {
	const most = 60
	if r.season.To-r.season.From+most >= mostDays {
		return nil
	}
	for more := Day(1); more <= most; more++ {
		if found := r.test(Remedy{Code: RemedySeason, Day: r.season.To + more}, func(s *Season) { s.To += more }); found != nil {
			return found
		}
	}
	return nil
}

// skills tries what somebody lacks: another decision, a language, a profession.
// Nobody is asked to work with those whom they may not work with.
func (r *remedies) skills() *Remedy {
	g := r.group()
	for i, s := range r.season.Supervisors {
		var found *Remedy
		switch mismatch(g, &s) {
		case ReasonSupervisor:
			found = r.test(Remedy{Code: RemedyOther, Supervisor: s.Code}, func(s *Season) { s.Groups[r.g].Supervisor = s.Supervisors[i].Code })
		case ReasonLanguage:
			found = r.test(Remedy{Code: RemedyLanguage, Supervisor: s.Code, Language: g.Language}, func(s *Season) {
				s.Supervisors[i].Languages = append(slices.Clip(s.Supervisors[i].Languages), g.Language)
			})
		case ReasonProfession:
			found = r.test(Remedy{Code: RemedyProfession, Supervisor: s.Code, Profession: g.Professions[0]}, func(s *Season) {
				s.Supervisors[i].Professions = append(slices.Clip(s.Supervisors[i].Professions), g.Professions[0])
			})
		default: // fits already, or must not
		}
		if found != nil {
			return found
		}
	}
	return nil
}

// another tries one more supervisor, who has everything that the group asks for.
func (r *remedies) another() *Remedy {
	g := r.group()
	named := Remedy{Code: RemedyNewSupervisor, Language: g.Language}
	extra := Supervisor{Code: "\x00", Home: g.Places[0], Languages: []string{g.Language}, Professions: g.Professions, Share: math.MaxInt32}
	if len(g.Professions) > 0 {
		named.Profession = g.Professions[0]
	}
	return r.test(named, func(s *Season) {
		s.Supervisors = append(s.Supervisors, extra)
		s.Groups[r.g].Supervisor = ""
	})
}
