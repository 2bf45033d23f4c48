package evaluation

import (
	"context"

	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/platform/access"
	"bastida/internal/platform/flow"
)

// Moment says when in a programme a round takes place.
type Moment string

// The moments, in order.
const (
	HalfWay Moment = "half_way"
	Final   Moment = "final"
)

// Moments lists them in the order of every list on screen.
var Moments = []Moment{HalfWay, Final}

// Label is the message key of the moment's name.
func (m Moment) Label() string { return "evaluation.moment." + string(m) }

// State says how far a round has come.
type State string

// The states of a round.
const (
	Open   State = "open"
	Closed State = "closed"
)

// Round is one moment at which a programme is evaluated.
type Round struct {
	record.Row
	ProgrammeID    record.ID   `db:"programme_id"`
	ProgrammeTitle string      `db:"programme_title"`
	Moment         Moment      `db:"moment"`
	AnswerBy       civil.Date  `db:"answer_by"` // the day that people are told
	Scale          float64     `db:"scale"`     // the best mark; the worst is 0
	RemindAfter    int         `db:"remind_after"`
	RemindMost     int         `db:"remind_most"`
	Reminded       int         `db:"reminded"` // how often everybody was
	RemindedOn     civil.Date  `db:"reminded_on"`
	OpenedOn       civil.Date  `db:"opened_on"`
	State          State       `db:"state"`
	ClosedAt       record.Time `db:"closed_at"`

	Missing int `db:"missing"` // ratings
}

var life = flow.Machine[Round, State]{
	Subject: "evaluation.round",
	State:   func(r *Round) *State { return &r.State },
	Place:   func(*Round) access.Place { return access.Place{} },
	Steps: []flow.Step[Round, State]{
		{Name: "close", From: []State{Open}, To: Closed, Perm: Manage, When: (*Round).complete, Danger: true},
	},
}

// complete refuses to close while a body has neither answered nor been recorded
// as not answering.
func (r *Round) complete() error {
	if r.Missing > 0 {
		return fault.New(fault.Conflict, "evaluation.ratings_missing", "count", r.Missing)
	}
	return nil
}

// Href is the page of the round.
func (r Round) Href() string { return "/supervision/evaluations/" + r.ID.String() }

// Ref names the round to whoever hangs something on it.
func (r Round) Ref() record.Ref { return record.Ref{Kind: "evaluation_round", ID: r.ID} }

// Choices are the steps that the actor may be offered.
func (r Round) Choices(ctx context.Context) []flow.Choice { return life.Choices(ctx, &r) }

// open refuses what can only be done while the round takes answers.
func (r Round) open() error {
	if r.State != Open {
		return fault.New(fault.Conflict, "evaluation.round_closed")
	}
	return nil
}

// remindable refuses more reminders than the round allows, and two in a day.
func (r Round) remindable(today civil.Date) error {
	switch {
	case r.State != Open:
		return r.open()
	case r.Reminded >= r.RemindMost:
		return fault.New(fault.Conflict, "evaluation.reminded_enough", "count", r.RemindMost)
	case !r.RemindedOn.Before(today):
		return fault.New(fault.Conflict, "evaluation.reminded_today")
	}
	return nil
}

// due reports whether the round reminds by itself today.
func (r Round) due(today civil.Date) bool {
	last := r.RemindedOn
	if last.IsZero() {
		last = r.OpenedOn
	}
	return r.remindable(today) == nil && r.RemindAfter > 0 && !today.Before(last.AddDays(r.RemindAfter))
}

// RoundInput opens a round.
type RoundInput struct {
	Moment      Moment     `json:"moment"`
	AnswerBy    civil.Date `json:"answer_by"`
	RemindAfter int        `json:"remind_after" doc:"Days between reminders; zero sends none by itself"`
	RemindMost  int        `json:"remind_most" doc:"Most reminders to anybody"`
}

func (in RoundInput) check(today civil.Date) error {
	var wrong fault.Fields
	if in.AnswerBy.Before(today) {
		wrong.Add("answer_by", "evaluation.in_the_past")
	}
	return wrong.Err()
}
