package timetable

import (
	"fmt"
	"math"
)

// InputError is a mistake in a season, a plan or a change. Path says where, as
// in groups[3].places[0].
type InputError struct {
	Line, Column int // from 1; 0 if it was not read from text, or is no mistake of writing
	Path         string
	Message      string
}

func (e *InputError) Error() string {
	if e.Path == "" {
		return e.Message
	}
	return e.Path + ": " + e.Message
}

// Limits of what is arranged: far above any season, and small enough that no
// sum overflows.
const (
	mostDays     = 800
	mostSessions = 400
	mostMinutes  = 10_000_000
	mostWeight   = 100_000
)

// validator keeps the first mistake.
type validator struct {
	err    error
	places map[string]bool
	staff  map[string]bool
}

func (v *validator) refuse(wrong bool, path, format string, args ...any) {
	if wrong && v.err == nil {
		v.err = &InputError{Path: path, Message: fmt.Sprintf(format, args...)}
	}
}

// Validate returns an *InputError for a season that makes no sense.
func (s *Season) Validate() error {
	v := &validator{places: map[string]bool{}, staff: map[string]bool{}}
	v.refuse(s.From < 1, "from", "the first day is missing")
	v.refuse(s.To < s.From, "to", "the last day is before the first")
	v.refuse(s.To-s.From >= mostDays, "to", "a season has at most %d days", mostDays)
	v.number("detour", s.Detour, 0, 10)
	v.number("speed_kmh", s.SpeedKMH, 0, 300)
	w := s.Weights
	for _, weight := range []struct {
		name  string
		value float64
	}{{"kilometre", w.Kilometre}, {"hour_above_share", w.HourAboveShare}, {"other_day", w.OtherDay}, {"other_place", w.OtherPlace}, {"handover", w.Handover}} {
		v.number("weights."+weight.name, weight.value, 0, mostWeight)
	}
	for i := range s.Places {
		v.place(fmt.Sprintf("places[%d]", i), &s.Places[i])
	}
	for i, j := range s.Journeys {
		path := fmt.Sprintf("journeys[%d]", i)
		v.known(v.places, path+".from", "place", j.From)
		v.known(v.places, path+".to", "place", j.To)
		v.number(path+".km", j.KM, 0, 5000)
		v.count(path+".minutes", j.Minutes, minutesOfDay)
	}
	for i := range s.Supervisors {
		v.supervisor(fmt.Sprintf("supervisors[%d]", i), &s.Supervisors[i])
	}
	groups := map[string]bool{}
	for i := range s.Groups {
		path := fmt.Sprintf("groups[%d]", i)
		v.fresh(groups, path, "group", s.Groups[i].Code)
		v.group(path, s, &s.Groups[i])
	}
	return v.err
}

func (v *validator) number(path string, x, least, most float64) {
	v.refuse(math.IsNaN(x) || x < least || x > most, path, "%v is not between %v and %v", x, least, most)
}

func (v *validator) count(path string, n, most int) {
	v.refuse(n < 0 || n > most, path, "%d is not between 0 and %d", n, most)
}

func (v *validator) fresh(seen map[string]bool, path, kind, code string) {
	v.refuse(code == "", path+".code", "the %s has no code", kind)
	v.refuse(seen[code], path+".code", "there are two of the code %q", code)
	seen[code] = true
}

func (v *validator) known(seen map[string]bool, path, kind, code string) {
	v.refuse(!seen[code], path, "there is no %s %q", kind, code)
}

func (v *validator) spans(path string, spans []Span) {
	for i, s := range spans {
		at := fmt.Sprintf("%s[%d]", path, i)
		v.refuse(s.From < 1, at+".from", "the day is missing")
		v.refuse(s.To != 0 && s.To < s.From, at+".to", "ends before it begins")
		v.refuse(s.Start < 0 || s.Start > minutesOfDay || s.End < 0 || s.End > minutesOfDay || s.End != 0 && s.End <= s.Start, at+".end", "ends before it begins")
	}
}

func (v *validator) place(path string, p *Place) {
	v.fresh(v.places, path, "place", p.Code)
	v.number(path+".lat", p.Lat, -90, 90)
	v.number(path+".lon", p.Lon, -180, 180)
	v.count(path+".rooms", p.Rooms, mostSessions)
	v.spans(path+".closed", p.Closed)
}

func (v *validator) supervisor(path string, s *Supervisor) {
	v.fresh(v.staff, path, "supervisor", s.Code)
	v.known(v.places, path+".home", "place", s.Home)
	v.spans(path+".away", s.Away)
	for i, w := range s.Works {
		at := fmt.Sprintf("%s.works[%d]", path, i)
		v.weekdays(at+".days", w.Days)
		v.refuse(w.From < 0 || w.To <= w.From || w.To > minutesOfDay, at+".to", "ends before it begins")
	}
	v.count(path+".week_sessions", s.WeekSessions, mostSessions)
	v.count(path+".week_minutes", s.WeekMinutes, mostMinutes)
	v.count(path+".season_sessions", s.SeasonSessions, mostMinutes)
	v.count(path+".season_minutes", s.SeasonMinutes, mostMinutes)
	v.count(path+".share", s.Share, mostMinutes)
}

func (v *validator) weekdays(path string, days []Weekday) {
	v.refuse(len(days) == 0, path, "no day of the week is named")
	for _, d := range days {
		v.refuse(d < 0 || int(d) >= len(weekdayNames), path, "there is no weekday %d", d)
	}
}

func (v *validator) group(path string, s *Season, g *Group) {
	v.refuse(len(g.Places) == 0, path+".places", "the group has no place")
	for i, p := range g.Places {
		v.known(v.places, fmt.Sprintf("%s.places[%d]", path, i), "place", p)
	}
	v.refuse(g.Sessions < 1 || g.Sessions > mostSessions, path+".sessions", "%d is not between 1 and %d", g.Sessions, mostSessions)
	v.refuse(g.Minutes < 1 || g.Minutes > minutesOfDay, path+".minutes", "%d is not between 1 and %d", g.Minutes, minutesOfDay)
	v.count(path+".granted", g.Granted, mostMinutes)
	v.refuse(g.MinDays < 1 || g.MinDays > mostDays, path+".min_days", "%d is not between 1 and %d", g.MinDays, mostDays)
	v.refuse(g.MaxDays != 0 && (g.MaxDays < g.MinDays || g.MaxDays > mostDays), path+".max_days", "%d is less than min_days, or too many", g.MaxDays)
	for i, st := range g.Starts {
		at := fmt.Sprintf("%s.starts[%d]", path, i)
		v.weekdays(at+".days", st.Days)
		v.refuse(st.From < 0 || st.From >= minutesOfDay, at+".from", "is not an hour of the day")
		v.refuse(st.Last != 0 && (st.Last < st.From || st.Last >= minutesOfDay), at+".last", "is before the first")
		v.refuse(st.Last > st.From && (st.Step < 5 || st.Step > minutesOfDay), at+".step", "%d is not between 5 and %d minutes", st.Step, minutesOfDay)
	}
	v.spans(path+".away", g.Away)
	for _, d := range g.Prefers {
		v.refuse(d < 0 || int(d) >= len(weekdayNames), path+".prefers", "there is no weekday %d", d)
	}
	if g.Supervisor != "" {
		v.known(v.staff, path+".supervisor", "supervisor", g.Supervisor)
	}
	seen := map[int]bool{}
	for i, f := range g.Fixed {
		at := fmt.Sprintf("%s.fixed[%d]", path, i)
		v.refuse(f.Index < 1 || f.Index > g.Sessions, at+".index", "%d is not between 1 and %d", f.Index, g.Sessions)
		v.refuse(seen[f.Index], at+".index", "session %d is fixed twice", f.Index)
		seen[f.Index] = true
		v.known(v.staff, at+".supervisor", "supervisor", f.Supervisor)
		v.known(v.places, at+".place", "place", f.Place)
		v.refuse(f.Day < s.From || f.Day > s.To, at+".day", "is outside the season")
		v.refuse(f.Start < 0 || f.Start >= minutesOfDay, at+".start", "is not an hour of the day")
	}
	for i, f := range g.Fixed {
		for _, other := range g.Fixed {
			v.refuse(other.Index < f.Index && other.Day >= f.Day, fmt.Sprintf("%s.fixed[%d].day", path, i), "session %d is not after session %d", f.Index, other.Index)
		}
	}
}
