package sessions

import (
	"context"
	"fmt"
	"slices"
	"time"

	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/supervision"
	"bastida/internal/platform/access"
	"bastida/internal/platform/flow"
)

// Session is one meeting of a group with its supervisor.
type Session struct {
	record.Row
	ProgrammeID    record.ID   `db:"programme_id"`
	GroupID        record.ID   `db:"group_id"`
	GroupName      string      `db:"group_name"`
	SupervisorID   record.ID   `db:"supervisor_id"`
	SupervisorUser record.ID   `db:"supervisor_user"`
	SupervisorName string      `db:"supervisor_name"`
	Number         int         `db:"number"` // within the group, in the order of booking
	Day            civil.Date  `db:"day"`
	Start          int         `db:"start"`   // minute of the day
	Minutes        int         `db:"minutes"` // planned
	PlaceCode      string      `db:"place_code"`
	PlaceName      string      `db:"place_name"`
	Room           string      `db:"room"`
	Online         string      `db:"online"` // address of the meeting; empty when people meet
	State          State       `db:"state"`
	Despite        string      `db:"despite"`  // why it was booked although it collides with something
	Sequence       int         `db:"sequence"` // of the invitation: how often it changed
	SignKey        string      `db:"sign_key,secret"`
	CancelReason   Reason      `db:"cancel_reason"`
	CancelNote     string      `db:"cancel_note"`
	CancelledAt    record.Time `db:"cancelled_at"`
	CancelledBy    string      `db:"cancelled_by"`
	ShortNotice    bool        `db:"short_notice"` // cancelled with less notice than the programme asks for
	RebookBy       civil.Date  `db:"rebook_by"`    // of a cancelled one; empty when the programme has no rule
	Replaces       record.ID   `db:"replaces"`     // the cancelled session that this one makes up for
	HeldMinutes    int         `db:"held_minutes"`
	PersonMinutes  int         `db:"person_minutes"`
	ClosedAt       record.Time `db:"closed_at"`
	ClosedBy       string      `db:"closed_by"`
}

// State says what became of a session.
type State string

// The states of a session.
const (
	Planned   State = "planned"
	Held      State = "held"
	Cancelled State = "cancelled"
)

// States lists them in the order of every list on screen.
var States = []State{Planned, Held, Cancelled}

// Label is the message key of the state's name.
func (s State) Label() string { return "sessions.session.state." + string(s) }

// Reason is why a session was cancelled.
type Reason string

// The reasons.
const (
	SupervisorIll Reason = "supervisor_ill"
	GroupRequest  Reason = "group_request"
	Strike        Reason = "strike"
	Weather       Reason = "weather"
	NoRoom        Reason = "no_room"
	TooFew        Reason = "too_few"
	OtherReason   Reason = "other"
)

// Reasons lists them in the order of every list on screen.
var Reasons = []Reason{SupervisorIll, GroupRequest, Strike, Weather, NoRoom, TooFew, OtherReason}

// Label is the message key of the reason's name.
func (r Reason) Label() string { return "sessions.reason." + string(r) }

var life = flow.Machine[Session, State]{
	Subject: "sessions.session",
	State:   func(s *Session) *State { return &s.State },
	Place:   func(s *Session) access.Place { return s.Led() },
	Steps: []flow.Step[Session, State]{
		{Name: "close", From: []State{Planned}, To: Held, Perm: Attend, Primary: true},
		{Name: "cancel", From: []State{Planned}, To: Cancelled, Perm: Plan, Danger: true},
	},
}

// Href is the page of the session.
func (s Session) Href() string { return "/supervision/sessions/" + s.ID.String() }

// Ref names the session to whoever hangs something on it.
func (s Session) Ref() record.Ref { return record.Ref{Kind: "sessions_session", ID: s.ID} }

// Led is where the session lies for those who lead it.
func (s Session) Led() access.Place { return access.Place{People: []record.ID{s.SupervisorUser}} }

// Place is where the session lies for those who read it: with its group and
// with whoever leads it.
func (s Session) Place(g supervision.Group) access.Place {
	at := g.Place()
	if s.SupervisorUser != "" {
		at.People = append(at.People, s.SupervisorUser)
	}
	return at
}

// Begins is the instant at which the session begins.
func (s Session) Begins(zone *time.Location) time.Time { return at(s.Day, s.Start, zone) }

// Ends is the instant at which it should end.
func (s Session) Ends(zone *time.Location) time.Time { return at(s.Day, s.Start+s.Minutes, zone) }

func at(day civil.Date, minute int, zone *time.Location) time.Time {
	return time.Date(day.Year, day.Month, day.Day, 0, minute, 0, 0, zone)
}

// Clock writes a minute of the day as people do.
func Clock(minute int) string { return fmt.Sprintf("%02d:%02d", minute/60, minute%60) }

// Hours says from when to when the session is.
func (s Session) Hours() string { return Clock(s.Start) + "–" + Clock(s.Start+s.Minutes) }

// Overlaps reports whether two sessions share a minute.
func (s Session) Overlaps(o Session) bool {
	return s.Day == o.Day && s.Start < o.Start+o.Minutes && o.Start < s.Start+s.Minutes
}

// Where says in one line where the session is.
func (s Session) Where() string {
	switch {
	case s.Online != "":
		return s.Online
	case s.Room == "":
		return s.PlaceName
	case s.PlaceName == "":
		return s.Room
	}
	return s.Room + ", " + s.PlaceName
}

// CallOff is why a session will not take place.
type CallOff struct {
	Reason Reason `json:"reason"`
	Note   string `json:"note"`
}

// CallOff notes why the session will not take place.
func (s *Session) CallOff(ctx context.Context, in CallOff) error {
	var wrong fault.Fields
	if !slices.Contains(Reasons, in.Reason) {
		wrong.Add("reason", "form.not_an_option")
	}
	if in.Reason == OtherReason && in.Note == "" {
		wrong.Add("note", "sessions.say_why")
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	if err := life.Move(ctx, s, "cancel"); err != nil {
		return err
	}
	s.CancelReason, s.CancelNote = in.Reason, in.Note
	s.Sequence++
	return nil
}

// Movable refuses to change what has taken place or will not.
func (s *Session) Movable() error {
	if s.State != Planned {
		return fault.New(fault.Conflict, "sessions.not_planned")
	}
	return nil
}
