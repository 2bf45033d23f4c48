package sessions

import (
	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/profession"
	"bastida/internal/kernel/record"
	"bastida/internal/platform/access"
)

// Attendance is what became of one participant in one session. Until the
// session is closed, those of whom nothing is known have no row yet: their ID is
// empty.
type Attendance struct {
	record.Row
	ProgrammeID   record.ID             `db:"programme_id"`
	SessionID     record.ID             `db:"session_id"`
	GroupID       record.ID             `db:"group_id"`
	ParticipantID record.ID             `db:"participant_id"`
	UserID        record.ID             `db:"user_id"` // their account; may be empty
	Name          string                `db:"name"`    // as it was on the day
	Profession    profession.Profession `db:"profession"`
	BodyID        record.ID             `db:"body_id"`
	BodyName      string                `db:"body_name"`
	Mark          Mark                  `db:"mark"`
	Late          int                   `db:"late"`    // minutes after the beginning
	Left          int                   `db:"left_by"` // minutes before the end
	Minutes       int                   `db:"minutes"` // attended; zero until the session is closed
	SignedAt      record.Time           `db:"signed_at"`
	How           How                   `db:"how"`
	MarkedBy      string                `db:"marked_by"`
}

// Mark says what became of a participant.
type Mark string

// The marks.
const (
	Expected Mark = "expected" // nothing is known
	Present  Mark = "present"
	Late     Mark = "late"
	Absent   Mark = "absent"
	Excused  Mark = "excused"
)

// Marks lists them in the order in which a button goes through them, after
// Expected.
var Marks = []Mark{Present, Late, Absent, Excused}

// Label is the message key of the mark's name.
func (m Mark) Label() string { return "sessions.mark." + string(m) }

// Next is the mark that a tap makes of this one.
func (m Mark) Next() Mark {
	switch m {
	case Present:
		return Late
	case Late:
		return Absent
	case Absent:
		return Excused
	case Expected, Excused:
	}
	return Present
}

// Came reports whether the person was there.
func (m Mark) Came() bool { return m == Present || m == Late }

// How says who wrote a mark.
type How string

// The ways.
const (
	BySupervisor How = "supervisor" // or a technician in their place
	ByAccount    How = "account"    // the person, signed in
	ByCode       How = "code"       // the person, with their code
	ByClosing    How = "closing"    // nobody: unmarked when the session was closed
)

// Label is the message key of the way's name.
func (h How) Label() string { return "sessions.how." + string(h) }

// seenBy reports whether somebody who reads the session reads this of it:
// members read of themselves, bodies of their own people.
func (a Attendance) seenBy(who actor.Actor, of Session) bool {
	switch Read.Reach(who) {
	case access.Tenant:
		return true
	case access.OwnBody:
		return a.BodyID == who.SpeaksFor()
	case access.Own:
		return who.User != "" && (a.UserID == who.User || of.SupervisorUser == who.User)
	case access.Nowhere:
	}
	return false
}

// attended is how many of the minutes of a session the person was there.
func (a Attendance) attended(held int) int {
	if !a.Mark.Came() {
		return 0
	}
	return max(0, held-a.Late-a.Left)
}

// set gives the attendance another mark. Late and Left belong to those who
// came.
func (a *Attendance) set(in MarkInput) error {
	switch {
	case in.Mark == Expected || in.Mark.Label() == "" || !known(in.Mark):
		return fault.New(fault.Invalid, "form.not_an_option")
	case in.Late < 0 || in.Left < 0:
		return fault.New(fault.Invalid, "sessions.negative")
	}
	a.Mark, a.Late, a.Left = in.Mark, in.Late, in.Left
	if in.Mark != Late {
		a.Late = 0
	}
	if !in.Mark.Came() {
		a.Left = 0
	}
	return nil
}

func known(m Mark) bool {
	for _, each := range Marks {
		if each == m {
			return true
		}
	}
	return false
}

// MarkInput is what is noted of a participant.
type MarkInput struct {
	Participant record.ID `json:"participant"`
	Mark        Mark      `json:"mark"`
	Late        int       `json:"late" doc:"Minutes after the beginning"`
	Left        int       `json:"left" doc:"Minutes before the end"`
}

// Correction is one change of a session after it was closed. It is never
// changed itself.
type Correction struct {
	record.Row
	SessionID     record.ID `db:"session_id"`
	ParticipantID record.ID `db:"participant_id"` // empty for the session's own minutes
	Name          string    `db:"name"`
	BeforeMark    Mark      `db:"before_mark"`
	AfterMark     Mark      `db:"after_mark"`
	Before        int       `db:"before_minutes"`
	After         int       `db:"after_minutes"`
	Reason        string    `db:"reason"`
	By            string    `db:"entered_by"`
}
