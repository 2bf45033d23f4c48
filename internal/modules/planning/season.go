package planning

import (
	"cmp"
	"slices"

	"bastida/engine/ledger"
	"bastida/engine/timetable"
	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/profiles"
	"bastida/internal/modules/sessions"
	"bastida/internal/modules/supervision"
	"bastida/internal/modules/supervisors"
	"bastida/internal/modules/territory"
)

// Facts are what a timetable of a programme depends on.
type Facts struct {
	programme supervision.Programme
	groups    []supervision.Group
	members   map[record.ID][]supervision.Participant
	balances  map[record.ID]ledger.Balance
	staff     []supervisors.Supervisor
	bonds     map[record.ID][]supervisors.Incompatibility
	away      map[record.ID][]supervisors.Unavailability
	places    map[string]territory.Place
	holidays  map[string][]civil.Date // by code of the place
	travel    territory.Travel
	booked    []sessions.Session // of the programme, by time; no cancelled ones
	elsewhere []sessions.Session // of other programmes, in the same days
	today     civil.Date
}

// Sources say where the figures come from by which journeys are estimated.
func (f *Facts) Sources() (detour, speed string) {
	return f.travel.Detour.Source, f.travel.SpeedKMH.Source
}

// Lack is a figure that nobody has stated.
type Lack struct {
	Figure profiles.Figure
	Kind   profiles.Kind
}

// Known reports whether the rules of the programme have the figure at all, so
// that somebody may state it.
func (l Lack) Known() bool { return l.Figure.Key != "" }

// Lacks lists what the rules of a programme do not say about its groups. A
// profile without a rule about the distance between sessions has none.
func Lacks(p supervision.Programme, groups []supervision.Group) (lacks []Lack) {
	for _, key := range []profiles.FigureKey{profiles.SessionMinutes, profiles.SpacingMinDays, profiles.SpacingMaxDays} {
		for _, g := range groups {
			rule := p.Rules().Rule(key, g.Kind)
			unknown := rule.Key == "" && key == profiles.SessionMinutes
			missing := rule.Key != "" && rule.Value == nil
			told := slices.ContainsFunc(lacks, func(l Lack) bool {
				return l.Figure.Key == rule.Key && l.Figure.Kind == rule.Kind && (rule.Key != "" || l.Kind == g.Kind)
			})
			if (unknown || missing) && !told {
				lacks = append(lacks, Lack{rule, g.Kind})
			}
		}
	}
	return lacks
}

// startsEvery is how many minutes lie between two hours at which a session may
// start.
const startsEvery = 30

// builder puts a season together.
type builder struct {
	*Facts
	Known

	window Window
	hours  timetable.Window
	used   map[string]bool // places
	wrong  fault.Fields
}

func newBuilder(f *Facts, w Window) *builder {
	b := &builder{Facts: f, window: w, used: map[string]bool{}}
	b.Names, b.Booked, b.Today = map[string]string{}, map[string]Booked{}, f.today.String()
	b.Season.From, b.Season.To = DayOf(w.First), DayOf(w.Last)
	b.Season.Detour, b.Season.SpeedKMH = f.travel.Detour.Value, f.travel.SpeedKMH.Value
	for _, s := range slices.Concat(f.booked, f.elsewhere) {
		b.Season.From, b.Season.To = min(b.Season.From, DayOf(s.Day)), max(b.Season.To, DayOf(s.Day))
	}
	b.readWindow()
	return b
}

// readWindow reads what was typed and complains of what makes no sense.
func (b *builder) readWindow() {
	w := b.window
	var errFrom, errTo error
	if b.hours.From, errFrom = timetable.ParseClock(w.From); errFrom != nil {
		b.wrong.Add("from", "planning.not_a_time")
	}
	if b.hours.To, errTo = timetable.ParseClock(w.To); errTo != nil {
		b.wrong.Add("to", "planning.not_a_time")
	}
	for _, name := range w.Weekdays {
		var day timetable.Weekday
		if day.UnmarshalText([]byte(name)) != nil {
			b.wrong.Add("weekdays", "form.not_an_option")
			continue
		}
		b.hours.Days = append(b.hours.Days, day)
	}
	if len(w.Weekdays) == 0 {
		b.wrong.Add("weekdays", "form.required")
	}
	switch {
	case w.First.Before(b.today):
		b.wrong.Add("first", "planning.in_the_past")
	case !b.programme.During(w.First):
		b.wrong.Add("first", "planning.outside", "starts", b.programme.Starts, "ends", b.programme.Ends)
	}
	switch {
	case w.Last.Before(w.First):
		b.wrong.Add("last", "planning.ends_before")
	case !b.programme.During(w.Last):
		b.wrong.Add("last", "planning.outside", "starts", b.programme.Starts, "ends", b.programme.Ends)
	}
}

func (b *builder) peersLead() bool { return b.programme.Rules().Supervisor == profiles.NoSupervisor }

func (b *builder) figure(key profiles.FigureKey, kind profiles.Kind) int {
	value, _ := b.programme.Rules().Figure(key, kind)
	return int(value)
}

// place notes that a place is used. One without a code is online; so is, for
// journeys, one that the territory does not know.
func (b *builder) place(code string) string {
	p, known := b.places[code]
	if !known {
		code = Online
	}
	if !b.used[code] {
		b.used[code] = true
		b.Names[code] = p.Name
		place := timetable.Place{Code: code, Lat: p.Lat, Lon: p.Lon, Online: !known}
		for _, day := range b.holidays[code] {
			place.Closed = append(place.Closed, timetable.Span{From: DayOf(day)})
		}
		b.Season.Places = append(b.Season.Places, place)
	}
	return code
}

// supervisors adds everybody who may lead, and those who lead what is booked.
func (b *builder) supervisors() {
	leads := map[record.ID]bool{}
	for _, s := range slices.Concat(b.booked, b.elsewhere) {
		leads[s.SupervisorID] = true
	}
	for _, g := range b.groups {
		leads[g.SupervisorID] = true
	}
	for _, s := range b.staff {
		if s.State != supervisors.Active && !leads[s.ID] {
			continue
		}
		one := timetable.Supervisor{
			Code: s.ID.String(), Home: b.place(s.HomeCode), Professions: []string{string(s.Profession)}, Languages: s.Languages.V,
			WeekMinutes: s.WeeklyMinutes, SeasonMinutes: s.SeasonMinutes, Away: b.absences(s.ID),
		}
		for _, bond := range b.bonds[s.ID] {
			one.RefusesBodies = append(one.RefusesBodies, bond.BodyID.String())
		}
		for _, g := range b.groups {
			if !b.eligible(s, g) {
				one.RefusesGroups = append(one.RefusesGroups, g.ID.String())
			}
		}
		b.Names[one.Code] = s.Name
		b.Season.Supervisors = append(b.Season.Supervisors, one)
	}
}

// eligible reports whether a supervisor may be given sessions of a group.
// Whoever gave them the group already answers for it.
func (b *builder) eligible(s supervisors.Supervisor, g supervision.Group) bool {
	switch {
	case b.peersLead() || s.State == supervisors.Ended:
		return false
	case g.SupervisorID == s.ID:
		return true
	case s.State != supervisors.Active, b.programme.Rules().Supervisor == profiles.ExternalRequired && !s.External:
		return false
	}
	return g.Area == "" || s.WorksIn(g.Area)
}

// absences are when a supervisor cannot work, days that follow each other
// together.
func (b *builder) absences(id record.ID) (spans []timetable.Span) {
	for _, u := range b.away[id] {
		for day := b.Season.From; day <= b.Season.To; day++ {
			if !u.On(DateOf(day)) {
				continue
			}
			last := len(spans) - 1
			start, end := timetable.Clock(u.Start), timetable.Clock(u.End)
			if last >= 0 && spans[last].To == day-1 && spans[last].Start == start && spans[last].End == end {
				spans[last].To = day
				continue
			}
			spans = append(spans, timetable.Span{From: day, To: day, Start: start, End: end})
		}
	}
	return spans
}

// leader is the code of whoever leads a session.
func (b *builder) leader(s sessions.Session) string {
	if s.SupervisorID == "" {
		return b.peer(s.GroupID.String(), s.PlaceCode)
	}
	return s.SupervisorID.String()
}

// peer adds a group as its own supervisor.
func (b *builder) peer(group, place string) string {
	code := peers + group
	if !slices.ContainsFunc(b.Season.Supervisors, func(s timetable.Supervisor) bool { return s.Code == code }) {
		b.Season.Supervisors = append(b.Season.Supervisors, timetable.Supervisor{Code: code, Home: b.place(place)})
	}
	return code
}

// group is what a group asks for, without its sessions. The supervisor must
// have its profession when the rules say so.
func (b *builder) group(g supervision.Group) timetable.Group {
	rules := b.programme.Rules()
	code := g.ID.String()
	b.Names[code] = g.Name
	out := timetable.Group{
		Code: code, Places: []string{b.place(g.PlaceCode)}, Members: b.people(g.ID), Language: g.Language, Supervisor: g.SupervisorID.String(),
		Minutes: b.figure(profiles.SessionMinutes, g.Kind), MinDays: max(1, b.figure(profiles.SpacingMinDays, g.Kind)),
		MaxDays: b.figure(profiles.SpacingMaxDays, g.Kind), Away: b.outside(),
	}
	for _, body := range g.Bodies.V {
		out.Bodies = append(out.Bodies, body.BodyID.String())
	}
	if slices.Contains(rules.SameProfession, g.Kind) {
		for _, p := range rules.KindOnly[g.Kind] {
			out.Professions = append(out.Professions, string(p))
		}
	}
	if b.peersLead() {
		out.Supervisor, out.Language = b.peer(code, g.PlaceCode), ""
	}
	last := b.hours.To - timetable.Clock(out.Minutes)
	if last < b.hours.From && len(b.wrong) == 0 {
		b.wrong.Add("to", "planning.window_short", "minutes", out.Minutes)
	}
	starts := timetable.Starts{Days: b.hours.Days, From: b.hours.From}
	if last > starts.From {
		starts.Last, starts.Step = last, startsEvery
	}
	out.Starts = []timetable.Starts{starts}
	return out
}

// outside are the days of the season that are not asked for.
func (b *builder) outside() (spans []timetable.Span) {
	first, last := DayOf(b.window.First), DayOf(b.window.Last)
	if b.Season.From < first {
		spans = append(spans, timetable.Span{From: b.Season.From, To: first - 1})
	}
	if last < b.Season.To {
		spans = append(spans, timetable.Span{From: last + 1, To: b.Season.To})
	}
	return spans
}

// people are those who belong to a group on some day from now on.
func (b *builder) people(group record.ID) (codes []string) {
	for _, p := range b.members[group] {
		code := cmp.Or(p.UserID.String(), p.Email)
		if code == "" || !p.Left.IsZero() && !p.Left.After(b.today) {
			continue
		}
		b.Names[code] = p.Name
		codes = append(codes, code)
	}
	return codes
}

// respect adds sessions that stay as they are, so that nobody is at two of them
// at once and the hours of their supervisors count.
func (b *builder) respect(all []sessions.Session) {
	for _, s := range all {
		code := busy + s.ID.String()
		b.Names[code] = s.GroupName
		leader := b.leader(s)
		if !slices.ContainsFunc(b.Season.Supervisors, func(x timetable.Supervisor) bool { return x.Code == leader }) {
			continue
		}
		place := b.place(s.PlaceCode)
		b.Season.Groups = append(b.Season.Groups, timetable.Group{
			Code: code, Places: []string{place}, Members: b.people(s.GroupID), Sessions: 1, Minutes: s.Minutes, MinDays: 1,
			Fixed: []timetable.Fixed{{Index: 1, Supervisor: leader, Day: DayOf(s.Day), Start: timetable.Clock(s.Start), Place: place}},
		})
	}
}

// own are the sessions of a group on different days, by time, and those that a
// day has besides.
func (b *builder) own(group record.ID) (own, besides []sessions.Session) {
	for _, s := range b.booked {
		switch last := len(own) - 1; {
		case s.GroupID != group:
		case last >= 0 && own[last].Day == s.Day:
			besides = append(besides, s)
		default:
			own = append(own, s)
		}
	}
	return own, besides
}

// published is a booked session as the engine knows it.
func (b *builder) published(s sessions.Session, index int) timetable.Session {
	return timetable.Session{
		Group: s.GroupID.String(), Index: index, Supervisor: b.leader(s), Day: DayOf(s.Day), Start: timetable.Clock(s.Start),
		Minutes: s.Minutes, Place: b.place(s.PlaceCode),
	}
}

func fixed(x timetable.Session) timetable.Fixed {
	return timetable.Fixed{Index: x.Index, Supervisor: x.Supervisor, Day: x.Day, Start: x.Start, Place: x.Place}
}
