package evaluation

import (
	"math"

	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/profiles"
	"bastida/internal/platform/access"
)

// Answer says whether a rating was given.
type Answer string

// What becomes of a rating.
const (
	Missing     Answer = "missing"
	Given       Answer = "given"
	NotAnswered Answer = "not_answered" // recorded by a technician, with the reason
)

// Label is the message key of the answer's name.
func (a Answer) Label() string { return "evaluation.answer." + string(a) }

// Rating is what a body says of the competence of the supervisor of a group.
type Rating struct {
	record.Row
	RoundID        record.ID     `db:"round_id"`
	ProgrammeID    record.ID     `db:"programme_id"`
	Moment         Moment        `db:"moment"`
	GroupID        record.ID     `db:"group_id"`
	GroupNumber    int           `db:"group_number"`
	GroupName      string        `db:"group_name"`
	Kind           profiles.Kind `db:"kind"`
	BodyID         record.ID     `db:"body_id"`
	BodyName       string        `db:"body_name"`
	SupervisorID   record.ID     `db:"supervisor_id"`
	SupervisorUser record.ID     `db:"supervisor_user"`
	SupervisorName string        `db:"supervisor_name"`
	Scale          float64       `db:"scale"`
	Answer         Answer        `db:"answer"`
	Score          float64       `db:"score"` // means something only when given
	Remarks        string        `db:"remarks,secret"`
	RatedBy        string        `db:"rated_by"`
	RatedAt        record.Time   `db:"rated_at"`
	Reason         string        `db:"reason"` // why there is no answer
	Reminders      int           `db:"reminders"`
}

// Href is where the rating is given.
func (r Rating) Href() string { return "/supervision/ratings/" + r.ID.String() }

// RoundHref is the round that it belongs to.
func (r Rating) RoundHref() string { return "/supervision/evaluations/" + r.RoundID.String() }

// Place is where the rating lies, for permissions.
func (r Rating) Place() access.Place {
	at := access.Place{Body: r.BodyID}
	if r.SupervisorUser != "" {
		at.People = []record.ID{r.SupervisorUser}
	}
	return at
}

// RatingInput is what a body says.
type RatingInput struct {
	Score   float64 `json:"score" doc:"From 0 to the scale of the round, with at most two decimals"`
	Remarks string  `json:"remarks"`
}

// most decimals of a score: so many are shown, and none may be hidden.
const hundredths = 100

func (in RatingInput) check(scale float64) error {
	var wrong fault.Fields
	cents := in.Score * hundredths
	switch {
	case !(in.Score >= 0 && in.Score <= scale):
		wrong.Add("score", "form.out_of_range", "min", 0, "max", scale)
	case math.Abs(cents-math.Round(cents)) > 1e-6:
		wrong.Add("score", "evaluation.two_decimals")
	}
	return wrong.Err()
}

// give writes down what the body says.
func (r *Rating) give(in RatingInput, by string, at record.Time) error {
	if err := in.check(r.Scale); err != nil {
		return err
	}
	r.Answer, r.Score, r.Remarks, r.RatedBy, r.RatedAt, r.Reason = Given, in.Score, in.Remarks, by, at, ""
	return nil
}

// excuse records that the body does not answer.
func (r *Rating) excuse(reason, by string, at record.Time) error {
	switch {
	case r.Answer == Given:
		return fault.New(fault.Conflict, "evaluation.answered_already")
	case r.Reminders == 0:
		return fault.New(fault.Conflict, "evaluation.not_reminded", "body", r.BodyName)
	}
	r.Answer, r.Reason, r.RatedBy, r.RatedAt = NotAnswered, reason, by, at
	return nil
}

// Tenths cuts a mean after its first decimal. It never rounds: 6.95 is not 7.
func Tenths(mean float64) float64 {
	const slack = 1e-9 // of binary fractions: 7 is stored as 6.999… by a division
	return math.Floor(mean*10+slack) / 10
}
