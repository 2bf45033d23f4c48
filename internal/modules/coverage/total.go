package coverage

import (
	"cmp"
	"slices"

	"bastida/internal/kernel/record"
	"bastida/internal/kernel/text"
	"bastida/internal/modules/profiles"
)

// Dimension is what lines are added up by.
type Dimension string

// The dimensions.
const (
	ByBody       Dimension = "body"
	ByProfession Dimension = "profession"
	ByAction     Dimension = "action"
	ByTerritory  Dimension = "territory"
	ByEmployer   Dimension = "employer"
	ByGroup      Dimension = "group"
)

// Dimensions lists them in the order of every list on screen.
var Dimensions = []Dimension{ByBody, ByProfession, ByAction, ByTerritory, ByEmployer, ByGroup}

// Label is the message key of the dimension's name.
func (d Dimension) Label() string { return "coverage.by." + string(d) }

// Total is what the people of one value of a dimension have had.
type Total struct {
	Value   string // a name; of a profession or a kind its key, which is Key
	Key     string // message key of the value, when it is a word of the program
	People  int    // distinct
	Minutes int    // of all of them
	Gaps    int    // distinct people with a gap
	Unknown int    // distinct people of whom the minimum is not stated
	Held    int    // of a group: minutes of its sessions
	Most    Minimum

	people, gaps, unknown map[record.ID]bool
}

// Over reports whether a group has met for longer than the rules allow.
func (t Total) Over() bool { return t.Most.Stated && t.Held > t.Most.Minutes }

// Totals adds the lines up by a dimension, most gaps first, and says what they
// come to in all. Somebody in two groups is one person in all, and one in each.
func (f Facts) Totals(lines []Line, by Dimension) (totals []Total, all Total) {
	found := map[string]*Total{}
	whole := &Total{}
	for _, l := range lines {
		whole.count(l, l.Minutes)
		for _, v := range l.values(by) {
			t := found[v.value]
			if t == nil {
				t = &Total{Value: v.value, Key: v.key}
				found[v.value] = t
			}
			t.count(l, v.minutes)
			if by == ByGroup && t.Held == 0 {
				t.Held, t.Most = f.held(v.group), f.most(l.Kind)
			}
		}
	}
	for _, t := range found {
		totals = append(totals, t.counted())
	}
	slices.SortFunc(totals, func(a, b Total) int {
		return cmp.Or(cmp.Compare(b.Gaps, a.Gaps), cmp.Compare(text.Fold(a.Value), text.Fold(b.Value)))
	})
	return totals, whole.counted()
}

func (f Facts) held(group record.ID) (minutes int) {
	for _, m := range f.Meetings {
		if m.Group == group {
			minutes += m.Minutes
		}
	}
	return minutes
}

// most is the longest that a group of a kind may meet in all.
func (f Facts) most(kind profiles.Kind) Minimum {
	value, stated := f.Programme.Rules().Figure(profiles.MaxHoursGroup, kind)
	return Minimum{stated, stated, Minutes(value)}
}

// value is one value of a dimension that a line has, with what it had there.
type value struct {
	value, key string
	minutes    int
	group      record.ID
}

func (l Line) values(by Dimension) (found []value) {
	switch by {
	case ByBody:
		return []value{{l.Person.BodyName, "", l.Minutes, ""}}
	case ByProfession:
		return []value{{string(l.Person.Profession), l.Person.Profession.Key(), l.Minutes, ""}}
	case ByAction:
		return []value{{string(l.Kind), l.Kind.Label(), l.Minutes, ""}}
	case ByEmployer:
		return []value{{l.Person.EmployedBy(), "", l.Minutes, ""}}
	case ByTerritory, ByGroup:
	}
	for _, part := range l.Parts {
		name := part.Group.Area
		if by == ByGroup {
			name = part.Group.Name
		}
		found = append(found, value{name, "", part.Minutes, part.Group.ID})
	}
	return found
}

func (t *Total) count(l Line, minutes int) {
	if t.people == nil {
		t.people, t.gaps, t.unknown = map[record.ID]bool{}, map[record.ID]bool{}, map[record.ID]bool{}
	}
	t.Minutes += minutes
	t.people[l.Person.ID] = true
	if l.State.Gap() {
		t.gaps[l.Person.ID] = true
	}
	if l.State == NotStated {
		t.unknown[l.Person.ID] = true
	}
}

func (t *Total) counted() Total {
	t.People, t.Gaps, t.Unknown = len(t.people), len(t.gaps), len(t.unknown)
	return *t
}
