package supervisors

import (
	"fmt"
	"slices"
	"time"

	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
)

// Reason is why a supervisor must not work for a body.
type Reason string

// The reasons of an incompatibility.
const (
	WorkedThere    Reason = "worked_there"
	Relative       Reason = "relative"
	LineManagement Reason = "line_management"
	OtherReason    Reason = "other"
)

// Reasons lists them in the order of every list on screen.
var Reasons = []Reason{WorkedThere, Relative, LineManagement, OtherReason}

// Incompatibility keeps a supervisor away from a body.
type Incompatibility struct {
	record.Row
	SupervisorID record.ID  `db:"supervisor_id"`
	BodyID       record.ID  `db:"body_id"`
	BodyName     string     `db:"body_name"`
	Reason       Reason     `db:"reason"`
	Until        civil.Date `db:"until"` // last day on which it holds; empty when it has no end
	Note         string     `db:"note"`
	AddedBy      string     `db:"added_by"`
}

// Holds reports whether it keeps them away on a day.
func (i Incompatibility) Holds(day civil.Date) bool { return i.Until.IsZero() || !day.After(i.Until) }

// IncompatibilityInput is a new incompatibility.
type IncompatibilityInput struct {
	Body   record.ID  `json:"body"`
	Reason Reason     `json:"reason"`
	Until  civil.Date `json:"until" doc:"Last day on which it holds; empty when it has no end"`
	Note   string     `json:"note"`
}

// Weekdays lists the days of the week from Monday on.
var Weekdays = []string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"}

// weekdayOf is the weekday of a date, as this package writes it.
func weekdayOf(day civil.Date) string {
	const week = 7
	return Weekdays[(int(day.Start(time.UTC).Weekday())+week-1)%week]
}

// Unavailability is when a supervisor cannot work: from a day to a day, on some
// weekdays of them or on all, the whole day or some hours of it.
type Unavailability struct {
	record.Row
	SupervisorID record.ID             `db:"supervisor_id"`
	From         civil.Date            `db:"date_from"` // empty: since ever
	To           civil.Date            `db:"date_to"`   // empty: for good
	Weekdays     record.JSON[[]string] `db:"weekdays"`  // none is every day
	Start        int                   `db:"start"`     // minute of the day
	End          int                   `db:"ends"`      // minute of the day at which it is over
}

// endOfDay is the minute at which a day is over.
const endOfDay = 24 * hour

// WholeDay reports whether no hour of its days is left.
func (u Unavailability) WholeDay() bool { return u.Start == 0 && u.End == endOfDay }

// On reports whether some hours of a day are taken.
func (u Unavailability) On(day civil.Date) bool {
	return (u.From.IsZero() || !day.Before(u.From)) && (u.To.IsZero() || !day.After(u.To)) &&
		(len(u.Weekdays.V) == 0 || slices.Contains(u.Weekdays.V, weekdayOf(day)))
}

// Covers reports whether something that starts at a minute of a day and takes
// some minutes falls into it.
func (u Unavailability) Covers(day civil.Date, start, minutes int) bool {
	return u.On(day) && start < u.End && start+minutes > u.Start
}

// UnavailabilityInput is a new unavailability.
type UnavailabilityInput struct {
	From     civil.Date `json:"from"`
	To       civil.Date `json:"to" doc:"Last day; empty is the first day, or for good when weekdays are given"`
	Weekdays []string   `json:"weekdays" doc:"mon, tue, wed, thu, fri, sat or sun; none is every day"`
	Start    string     `json:"start" doc:"Hour and minute, such as 09:00; empty is the beginning of the day"`
	End      string     `json:"end" doc:"Hour and minute, such as 14:00; empty is the end of the day"`
}

// unavailability reads and checks an input.
func (in UnavailabilityInput) unavailability(supervisor record.ID) (Unavailability, error) {
	var wrong fault.Fields
	u := Unavailability{SupervisorID: supervisor, From: in.From, To: in.To, End: endOfDay}
	u.Weekdays.V = append([]string{}, in.Weekdays...)
	if len(in.Weekdays) == 0 {
		if in.From.IsZero() {
			wrong.Add("from", "supervisors.days_or_weekdays")
		}
		if in.To.IsZero() {
			u.To = in.From
		}
	}
	if !u.To.IsZero() && u.To.Before(u.From) {
		wrong.Add("to", "supervisors.ends_before")
	}
	var ok bool
	if u.Start, ok = minuteOf(in.Start, 0); !ok {
		wrong.Add("start", "supervisors.not_a_time")
	}
	if u.End, ok = minuteOf(in.End, endOfDay); !ok {
		wrong.Add("end", "supervisors.not_a_time")
	}
	if len(wrong) == 0 && u.End <= u.Start {
		wrong.Add("end", "supervisors.ends_before")
	}
	return u, wrong.Err()
}

// minuteOf reads an hour and minute; nothing typed is other.
func minuteOf(typed string, other int) (minute int, ok bool) {
	if typed == "" {
		return other, true
	}
	at, err := time.Parse("15:04", typed)
	return at.Hour()*hour + at.Minute(), err == nil
}

// Clock writes a minute of the day as people do.
func Clock(minute int) string { return fmt.Sprintf("%02d:%02d", minute/hour, minute%hour) }
