package coverage

import (
	"cmp"
	"slices"
	"time"

	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/profiles"
	"bastida/internal/modules/supervision"
)

// utc measures days, which are as long everywhere.
var utc = time.UTC

// Facts are what the lines of a programme are counted from.
type Facts struct {
	Programme supervision.Programme
	Today     civil.Date
	Groups    []supervision.Group
	People    []supervision.Participant // of whom the reader may know
	Meetings  []Meeting
	ToCome    map[record.ID]int // sessions planned, by group
}

// Part is what somebody has had in one group.
type Part struct {
	Group       supervision.Group
	Participant supervision.Participant
	Attendance
	Visits []Visit
}

// Line is one person and one kind of supervision.
type Line struct {
	Person    Person
	Programme record.ID
	Kind      profiles.Kind
	Action    string // what the funder calls the kind
	Parts     []Part
	Attendance
	Minimum   Minimum
	Due       int // minutes of the minimum that the calendar asks for by today
	ToCome    int // sessions planned in their groups
	Threshold Threshold
	State     State
	Why       error // of a gap
}

// Minimum is the least that a person should have of a kind.
type Minimum struct {
	Ruled   bool // the rules have one, whether or not its value is stated
	Stated  bool
	Minutes int
}

// State says how a line stands against the rules.
type State string

// The states of a line, gaps first.
const (
	Missed    State = "missed"     // the programme is over and the minimum was not reached
	Behind    State = "behind"     // less than the calendar asks for by today
	Low       State = "low"        // less of the time held than the threshold
	NotStated State = "not_stated" // nobody has stated the minimum
	OnCourse  State = "on_course"
	Reached   State = "reached"
	NoMinimum State = "no_minimum" // the rules have none
)

// States lists them in the order of every list on screen.
var States = []State{Missed, Behind, Low, NotStated, OnCourse, Reached, NoMinimum}

// Gap reports whether somebody has had less than they should.
func (s State) Gap() bool { return s == Missed || s == Behind || s == Low }

// Label is the message key of the state's name.
func (s State) Label() string { return "coverage.state." + string(s) }

func minimumOf(rules profiles.Profile, kind profiles.Kind) Minimum {
	value, stated := rules.Figure(profiles.MinHoursPerson, kind)
	return Minimum{rules.Rule(profiles.MinHoursPerson, kind).Key != "", stated, Minutes(value)}
}

// Lines are what everybody has had, gaps first.
func (f Facts) Lines() (lines []Line) {
	groups := map[record.ID]supervision.Group{}
	for _, g := range f.Groups {
		groups[g.ID] = g
	}
	for _, p := range Persons(f.People) {
		byKind := map[profiles.Kind][]Part{}
		for _, part := range p.Parts {
			g := groups[part.GroupID]
			attended, visits := attendanceOf(part, f.Meetings)
			byKind[g.Kind] = append(byKind[g.Kind], Part{g, part, attended, visits})
		}
		for _, kind := range profiles.Kinds {
			if len(byKind[kind]) > 0 {
				lines = append(lines, f.line(p, kind, byKind[kind]))
			}
		}
	}
	slices.SortStableFunc(lines, func(a, b Line) int {
		return cmp.Or(cmp.Compare(slices.Index(States, a.State), slices.Index(States, b.State)), cmp.Compare(b.short(), a.short()))
	})
	return lines
}

func (f Facts) line(p Person, kind profiles.Kind, parts []Part) Line {
	rules := f.Programme.Rules()
	l := Line{
		Person: p, Programme: f.Programme.ID, Kind: kind, Action: rules.Action(kind), Parts: parts,
		Minimum: minimumOf(rules, kind), Threshold: ThresholdOf(rules, kind),
	}
	for _, part := range parts {
		l.Attendance = l.plus(part.Attendance)
		if part.Participant.Left.IsZero() {
			l.ToCome += f.ToCome[part.Group.ID]
		}
	}
	elapsed, total := f.calendar()
	l.Due = l.Minimum.Minutes * elapsed / total
	l.State = l.judge(elapsed, total)
	if l.State.Gap() {
		l.Why = l.reason()
	}
	return l
}

// calendar is how many of the days of the programme have begun.
func (f Facts) calendar() (elapsed, total int) {
	total = max(days(f.Programme.Starts, f.Programme.Ends)+1, 1)
	if f.Programme.State == supervision.Closed {
		return total, total
	}
	return min(max(days(f.Programme.Starts, f.Today)+1, 0), total), total
}

func days(from, to civil.Date) int {
	const day = 24
	return int(to.Start(utc).Sub(from.Start(utc)).Hours()) / day
}

func (l Line) judge(elapsed, total int) State {
	gap := Missed
	if elapsed < total {
		gap = Behind
	}
	low := l.Held > 0 && l.Threshold.Stated && l.Threshold.Judge(l.Attendance) != nil
	switch {
	case l.Minimum.Stated && l.Minutes*total < l.Minimum.Minutes*elapsed:
		return gap
	case low:
		return Low
	case l.Minimum.Stated && l.Minutes >= l.Minimum.Minutes:
		return Reached
	case l.Minimum.Stated:
		return OnCourse
	case l.Minimum.Ruled:
		return NotStated
	}
	return NoMinimum
}

// short is how many minutes are missing by today.
func (l Line) short() int { return max(0, l.Due-l.Minutes) }

// reason says why somebody has had less than they should: the nearest cause
// first.
func (l Line) reason() error {
	switch {
	case l.State == Low:
		return l.Threshold.Judge(l.Attendance)
	case l.left() != civil.Date{}:
		return fault.New(fault.Conflict, "coverage.reason.left", "date", l.left(), "missing", Hours(l.short()))
	case l.Held == 0:
		return fault.New(fault.Conflict, "coverage.reason.nothing_held")
	case l.Held < l.Due:
		return fault.New(fault.Conflict, "coverage.reason.group_short", "held", Hours(l.Held), "due", Hours(l.Due))
	}
	return fault.New(fault.Conflict, "coverage.reason.absent", "attended", Hours(l.Minutes), "held", Hours(l.Held))
}

// left is the day on which somebody who is in no group of the kind any more
// left the last one; zero for everybody else.
func (l Line) left() (last civil.Date) {
	for _, part := range l.Parts {
		if part.Participant.Left.IsZero() {
			return civil.Date{}
		}
		if part.Participant.Left.After(last) {
			last = part.Participant.Left
		}
	}
	return last
}

// Areas are where the groups of the line meet, each once.
func (l Line) Areas() (areas []string) {
	for _, part := range l.Parts {
		if part.Group.Area != "" && !slices.Contains(areas, part.Group.Area) {
			areas = append(areas, part.Group.Area)
		}
	}
	return areas
}

// Certifiable returns nil when the line can be certified, and otherwise why
// not yet or why not.
func (l Line) Certifiable() error {
	switch {
	case l.Minutes == 0:
		return fault.New(fault.Conflict, "coverage.reason.nothing_attended")
	case l.ToCome > 0:
		return fault.New(fault.Conflict, "coverage.reason.to_come", "count", l.ToCome)
	}
	return l.Threshold.Judge(l.Attendance)
}
