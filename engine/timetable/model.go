package timetable

import (
	"cmp"
	"math"
	"slices"
)

// Costs are counted in thousandths of a kilometre, and a session left out
// costs more than any plan.
const (
	unit = 1000
	lost = int64(1_000_000_000_000)
)

// never is more than any cost.
const never = int64(math.MaxInt64 / 4)

// option is a way to hold a session of a group: day, hour and place.
type option struct {
	day, place int32
	start, end int32
	base       int64 // cost of what the group does not prefer
}

// team is a group as the solver sees it.
type team struct {
	group   *Group
	options []option // by day
	first   []int32  // the options of day d are options[first[d]:first[d+1]]
	leaders []int32  // who may lead it
	able    [][]bool // able[k][o]: leader k is there at option o
	rivals  []int32  // groups with which it shares a person
	fixed   []*seat  // by index; nil where free
	barred  []bool   // by index: the hours do not suffice
	free    int      // sessions to place
	last    int32    // who leads its last fixed session; -1: nobody
}

// model is a season in numbers.
type model struct {
	season  *Season
	from    Day
	days    int
	week    []int32   // of a day
	travel  [][]int64 // cost between places
	metres  [][]int64 // length between places
	minutes [][]int32 // time between places
	place   map[string]int32
	staff   map[string]int32
	group   map[string]int32
	home    []int32
	share   []int64 // minutes, by supervisor
	weight  struct{ minute, day, place, handover int64 }
	teams   []*team
}

func newModel(s *Season) *model {
	m := &model{
		season: s, from: s.From, days: int(s.To-s.From) + 1,
		place: map[string]int32{}, staff: map[string]int32{}, group: map[string]int32{},
	}
	weights := s.Weights
	if weights == (Weights{}) {
		weights = DefaultWeights
	}
	m.weight.minute = int64(math.Round(weights.HourAboveShare * unit / 60))
	m.weight.day = int64(math.Round(weights.OtherDay * unit))
	m.weight.place = int64(math.Round(weights.OtherPlace * unit))
	m.weight.handover = int64(math.Round(weights.Handover * unit))
	monday := s.From.Week()
	for d := range m.days {
		m.week = append(m.week, int32((s.From+Day(d)).Week()-monday)/7)
	}
	for i, p := range s.Places {
		m.place[p.Code] = int32(i)
	}
	m.measure(weights.Kilometre)
	total := 0
	for i, g := range s.Groups {
		m.group[g.Code] = int32(i)
		total += g.Sessions * g.Minutes
	}
	for i, sup := range s.Supervisors {
		m.staff[sup.Code] = int32(i)
		m.home = append(m.home, m.place[sup.Home])
		share := sup.Share
		if share == 0 {
			share = (total + len(s.Supervisors) - 1) / len(s.Supervisors)
		}
		m.share = append(m.share, int64(share))
	}
	m.teams = make([]*team, len(s.Groups))
	return m
}

// measure fills the distances.
func (m *model) measure(kilometre float64) {
	s := m.season
	detour, speed := s.Detour, s.SpeedKMH
	if detour == 0 {
		detour = 1.3
	}
	if speed == 0 {
		speed = 60
	}
	n := len(s.Places)
	m.travel, m.metres, m.minutes = make([][]int64, n), make([][]int64, n), make([][]int32, n)
	for i := range n {
		m.travel[i], m.metres[i], m.minutes[i] = make([]int64, n), make([]int64, n), make([]int32, n)
	}
	set := func(i, j int32, km float64, minutes int32) {
		if i == j || s.Places[i].Online || s.Places[j].Online {
			return
		}
		metres := int64(math.Round(km * 1000))
		m.metres[i][j], m.metres[j][i] = metres, metres
		cost := int64(math.Round(km * kilometre * unit))
		m.travel[i][j], m.travel[j][i] = cost, cost
		m.minutes[i][j], m.minutes[j][i] = minutes, minutes
	}
	for i := range int32(n) {
		for j := range i {
			km := math.Round(kilometres(&s.Places[i], &s.Places[j])*detour*1000) / 1000
			set(i, j, km, int32(math.Ceil(km/speed*60)))
		}
	}
	for _, j := range slices.Backward(s.Journeys) { // the first word counts
		set(m.place[j.From], m.place[j.To], j.KM, int32(j.Minutes))
	}
}

// kilometres is the length of the great circle.
func kilometres(a, b *Place) float64 {
	const radius, degree = 6371, math.Pi / 180
	half := func(x float64) float64 { return math.Pow(math.Sin(x*degree/2), 2) }
	h := half(b.Lat-a.Lat) + math.Cos(a.Lat*degree)*math.Cos(b.Lat*degree)*half(b.Lon-a.Lon)
	return 2 * radius * math.Asin(math.Min(1, math.Sqrt(h)))
}

// team builds what the solver needs of a group, once.
func (m *model) team(g int) *team {
	if m.teams[g] == nil {
		m.teams[g] = m.newTeam(g)
	}
	return m.teams[g]
}

func (m *model) newTeam(g int) *team {
	group := &m.season.Groups[g]
	t := &team{group: group, last: -1, fixed: make([]*seat, group.Sessions), barred: make([]bool, group.Sessions)}
	for i := range m.season.Groups {
		if i != g && overlap(group.Members, m.season.Groups[i].Members) {
			t.rivals = append(t.rivals, int32(i))
		}
	}
	m.fix(t)
	for d := range m.days {
		t.first = append(t.first, int32(len(t.options)))
		m.addOptions(t, m.from+Day(d), int32(d))
	}
	t.first = append(t.first, int32(len(t.options)))
	for k := range m.season.Supervisors {
		s := &m.season.Supervisors[k]
		if mismatch(group, s) != "" {
			continue
		}
		able := make([]bool, len(t.options))
		for o, x := range t.options {
			able[o] = m.absence(s, x) == ""
		}
		t.leaders, t.able = append(t.leaders, int32(k)), append(t.able, able)
	}
	return t
}

// fix notes the fixed sessions, and those for which the hours do not suffice:
// the last ones.
func (m *model) fix(t *team) {
	for _, f := range t.group.Fixed {
		x := option{
			day: int32(f.Day - m.from), place: m.place[f.Place], start: int32(f.Start), end: int32(f.Start) + int32(t.group.Minutes),
		}
		x.base = m.preference(t.group, f.Day, x.place)
		t.fixed[f.Index-1] = &seat{option: x, leader: m.staff[f.Supervisor]}
	}
	allowed := t.group.Sessions
	if t.group.Granted > 0 {
		allowed = min(allowed, t.group.Granted/t.group.Minutes)
	}
	allowed -= len(t.group.Fixed)
	for j, f := range t.fixed {
		switch {
		case f != nil:
			t.last = f.leader
		case t.free >= allowed:
			t.barred[j] = true
		default:
			t.free++
		}
	}
}

func (m *model) preference(g *Group, day Day, place int32) (cost int64) {
	if len(g.Prefers) > 0 && !slices.Contains(g.Prefers, Weekday(day.Weekday())) {
		cost += m.weight.day
	}
	if m.season.Places[place].Code != g.Places[0] {
		cost += m.weight.place
	}
	return cost
}

// addOptions adds the options of one day, by hour and place, each once.
func (m *model) addOptions(t *team, day Day, d int32) {
	first := len(t.options)
	for _, start := range startsOn(t.group, Weekday(day.Weekday())) {
		end := start + int32(t.group.Minutes)
		if end > minutesOfDay || blocked(t.group.Away, day, start, end) {
			continue
		}
		for _, code := range t.group.Places {
			p := m.place[code]
			if !blocked(m.season.Places[p].Closed, day, start, end) {
				t.options = append(t.options, option{day: d, place: p, start: start, end: end, base: m.preference(t.group, day, p)})
			}
		}
	}
	added := t.options[first:]
	slices.SortStableFunc(added, func(a, b option) int { return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(a.base, b.base)) })
	t.options = t.options[:first+len(slices.Compact(added))]
}

// mismatch is the rule that keeps a supervisor from leading a group at all.
func mismatch(g *Group, s *Supervisor) ReasonCode {
	switch {
	case g.Supervisor != "" && g.Supervisor != s.Code && !g.Substitutes:
		return ReasonSupervisor
	case len(g.Professions) > 0 && !overlap(g.Professions, s.Professions):
		return ReasonProfession
	case g.Language != "" && !slices.Contains(s.Languages, g.Language):
		return ReasonLanguage
	case overlap(g.Bodies, s.RefusesBodies):
		return ReasonBody
	case slices.Contains(s.RefusesGroups, g.Code):
		return ReasonGroup
	}
	return ""
}

// absence is the rule that keeps a supervisor from an option.
func (m *model) absence(s *Supervisor, x option) ReasonCode {
	day := m.from + Day(x.day)
	if blocked(s.Away, day, x.start, x.end) {
		return ReasonAway
	}
	for _, w := range s.Works {
		if int32(w.From) <= x.start && x.end <= int32(w.To) && slices.Contains(w.Days, Weekday(day.Weekday())) {
			return ""
		}
	}
	if len(s.Works) > 0 {
		return ReasonHours
	}
	return ""
}

func overlap(a, b []string) bool {
	for _, x := range a {
		if slices.Contains(b, x) {
			return true
		}
	}
	return false
}

func blocked(spans []Span, day Day, start, end int32) bool {
	for _, s := range spans {
		until := s.End
		if until == 0 {
			until = minutesOfDay
		}
		if day >= s.From && day <= max(s.From, s.To) && int32(s.Start) < end && start < int32(until) {
			return true
		}
	}
	return false
}

// startsOn lists the hours at which the group may start on a day of the week.
func startsOn(g *Group, weekday Weekday) (at []int32) {
	for _, s := range g.Starts {
		if !slices.Contains(s.Days, weekday) {
			continue
		}
		at = append(at, int32(s.From))
		for next := s.From + Clock(s.Step); s.Step > 0 && next <= s.Last; next += Clock(s.Step) {
			at = append(at, int32(next))
		}
	}
	return at
}
