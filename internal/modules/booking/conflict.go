package booking

import (
	"bastida/engine/deadline"
	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/profiles"
	"bastida/internal/modules/sessions"
	"bastida/internal/modules/supervision"
	"bastida/internal/modules/supervisors"
)

// Booking is a session to be.
type Booking struct {
	Group      record.ID  `json:"group"`
	Supervisor record.ID  `json:"supervisor" doc:"Empty is the group's"`
	Day        civil.Date `json:"day"`
	Start      int        `json:"start" doc:"Minute of the day"`
	Minutes    int        `json:"minutes"`
	PlaceCode  string     `json:"place" doc:"Code of the place; empty is the group's"`
	Room       string     `json:"room"`
	Online     string     `json:"online" doc:"Address of the meeting, when people do not meet"`
	Replaces   record.ID  `json:"replaces" doc:"The cancelled session that this one makes up for"`
	Despite    string     `json:"despite" doc:"Why it is booked although it collides with something that may be overruled"`
}

// Conflict is something that a booking collides with.
type Conflict struct {
	Field string // of the form
	Key   string
	Args  []any
	Hard  bool // cannot be overruled
}

// Complaints are the conflicts that a reason does not overrule, beside their
// fields; nil when there are none.
func Complaints(found []Conflict, despite string) error {
	var wrong fault.Fields
	hard := false
	for _, c := range found {
		if c.Hard || despite == "" {
			wrong.Add(c.Field, c.Key, c.Args...)
		}
		hard = hard || c.Hard
	}
	if len(wrong) > 0 && !hard {
		wrong.Add("despite", "booking.despite_needed")
	}
	return wrong.Err()
}

// surroundings are what a session may collide with.
type surroundings struct {
	programme supervision.Programme
	group     supervision.Group
	others    []sessions.Session // planned or held around its day, of everybody
	members   []supervision.Participant
	busy      map[record.ID][]supervision.Participant // members of other groups, by group
	away      []supervisors.Unavailability
	holiday   string // name of the day, when it is one
	replaced  *sessions.Session
	today     civil.Date
}

// conflicts lists what a session collides with, gravest first.
func (w surroundings) conflicts(s sessions.Session) (found []Conflict) {
	hard := func(field, key string, args ...any) { found = append(found, Conflict{field, key, args, true}) }
	soft := func(field, key string, args ...any) { found = append(found, Conflict{field, key, args, false}) }
	if w.programme.State != supervision.Open {
		hard("supervisor", "booking.programme_not_open")
	}
	if !w.programme.During(s.Day) {
		hard("day", "booking.outside_programme", "starts", w.programme.Starts, "ends", w.programme.Ends)
	}
	if s.Minutes <= 0 || s.Start < 0 || s.Start+s.Minutes > endOfDay {
		hard("at", "booking.not_in_a_day")
	}
	if s.SupervisorID == "" && w.programme.Rules().Supervisor != profiles.NoSupervisor {
		hard("supervisor", "booking.no_supervisor")
	}
	if w.replaced != nil && !w.replaced.RebookBy.IsZero() && s.Day.After(w.replaced.RebookBy) {
		hard("day", "booking.rebook_late", "by", w.replaced.RebookBy)
	}
	w.collisions(s, hard, soft)
	for _, u := range w.away {
		if u.Covers(s.Day, s.Start, s.Minutes) {
			soft("at", "booking.supervisor_away", "supervisor", s.SupervisorName)
			break
		}
	}
	if w.holiday != "" {
		soft("day", "booking.on_holiday", "holiday", w.holiday)
	}
	if s.Day.Before(w.today) {
		soft("day", "booking.in_the_past")
	}
	w.spacing(s, soft)
	return found
}

// endOfDay is the minute at which a day is over.
const endOfDay = 24 * 60

// collisions are other sessions at the same time: of the group, of whoever
// leads it, of its members.
func (w surroundings) collisions(s sessions.Session, hard, soft func(field, key string, args ...any)) {
	for _, o := range w.others {
		if o.ID == s.ID || o.State == sessions.Cancelled || !o.Overlaps(s) {
			continue
		}
		switch {
		case o.GroupID == s.GroupID:
			hard("at", "booking.group_meets", "hours", o.Hours())
		case s.SupervisorID != "" && o.SupervisorID == s.SupervisorID:
			hard("at", "booking.supervisor_busy", "supervisor", s.SupervisorName, "group", o.GroupName, "hours", o.Hours())
		default:
			for _, name := range w.both(o.GroupID, s.Day) {
				soft("at", "booking.member_busy", "name", name, "group", o.GroupName, "hours", o.Hours())
			}
		}
	}
}

// both names the members who belong to another group as well on a day.
func (w surroundings) both(other record.ID, day civil.Date) (names []string) {
	for _, m := range w.members {
		for _, p := range w.busy[other] {
			if m.On(day) && p.On(day) && samePerson(m, p) {
				names = append(names, m.Name)
				break
			}
		}
	}
	return names
}

func samePerson(a, b supervision.Participant) bool {
	return a.UserID != "" && a.UserID == b.UserID || a.Email != "" && a.Email == b.Email
}

// spacing compares the days to the group's sessions before and after with what
// the programme says.
func (w surroundings) spacing(s sessions.Session, soft func(field, key string, args ...any)) {
	least, hasLeast := w.programme.Rules().Figure(profiles.SpacingMinDays, w.group.Kind)
	most, hasMost := w.programme.Rules().Figure(profiles.SpacingMaxDays, w.group.Kind)
	before, after := -1, -1
	for _, o := range w.others {
		if o.GroupID != s.GroupID || o.ID == s.ID || o.State == sessions.Cancelled {
			continue
		}
		days := deadline.Date(o.Day).Until(deadline.Date(s.Day))
		if days >= 0 && (before < 0 || days < before) {
			before = days
		}
		if days < 0 && (after < 0 || -days < after) {
			after = -days
		}
	}
	for _, days := range []int{before, after} {
		switch {
		case days < 0:
		case hasLeast && float64(days) < least:
			soft("day", "booking.too_close", "days", days, "least", least)
		case hasMost && float64(days) > most:
			soft("day", "booking.too_far", "days", days, "most", most)
		}
	}
}
