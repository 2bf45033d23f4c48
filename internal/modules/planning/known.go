package planning

import (
	"strings"
	"time"

	"bastida/engine/timetable"
	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/record"
)

// Known is the season as the engine reads it, and what its codes stand for.
type Known struct {
	Season    timetable.Season    `json:"season"`
	Names     map[string]string   `json:"names"`     // of groups, supervisors, places and people, by code
	Booked    map[string]Booked   `json:"booked"`    // sessions that exist, by reference
	Published []timetable.Session `json:"published"` // of a replan
	Changes   []timetable.Change  `json:"changes"`   // of a replan
	Today     string              `json:"today"`
}

// Booked is a session that exists.
type Booked struct {
	ID        record.ID `json:"id"`
	Version   int       `json:"version"`
	Cancelled bool      `json:"cancelled,omitempty"` // to be given another day
}

// News are the sessions of a plan that are not booked.
func (k Known) News(plan timetable.Plan) (found []timetable.Session) {
	for _, x := range plan.Sessions {
		_, booked := k.Booked[Ref(x.Group, x.Index)]
		if !booked && !Respected(x.Group) {
			found = append(found, x)
		}
	}
	return found
}

// Codes of a season that are no record's.
const (
	Online = "online"
	peers  = "peers/" // before a group that leads itself
	busy   = "busy/"  // before a session that is only there to be respected
)

// Respected reports whether a group of the engine is a session of another
// programme, there so that nobody is in two places.
func Respected(group string) bool { return strings.HasPrefix(group, busy) }

// Leader is whoever leads a session of a timetable; nobody when the group leads
// itself.
func Leader(x timetable.Session) record.ID {
	if strings.HasPrefix(x.Supervisor, peers) {
		return ""
	}
	return record.ID(x.Supervisor)
}

// PlaceCode is where a session of a timetable is; empty is online.
func PlaceCode(x timetable.Session) string {
	if x.Place == Online {
		return ""
	}
	return x.Place
}

// DayOf is a date as the engine counts days.
func DayOf(d civil.Date) timetable.Day { return timetable.DayOf(d.Year, d.Month, d.Day) }

// DateOf is the date of a day of the engine.
func DateOf(d timetable.Day) civil.Date {
	year, month, day := time.Unix(int64(d)*24*60*60, 0).UTC().Date()
	return civil.Date{Year: year, Month: month, Day: day}
}
