package planning

import (
	"slices"
	"strconv"

	"bastida/engine/timetable"
	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/supervision"
)

// Window is when sessions may be.
type Window struct {
	First    civil.Date `json:"first"`
	Last     civil.Date `json:"last"`
	Weekdays []string   `json:"weekdays" doc:"mon, tue, wed, thu, fri, sat or sun"`
	From     string     `json:"from" doc:"Hour and minute, such as 09:00"`
	To       string     `json:"to" doc:"By when they are over, such as 14:00"`
}

// ProposalInput is what a person asks of a proposal.
type ProposalInput struct {
	Window

	Seed            int      `json:"seed"`
	Seconds         int      `json:"seconds" doc:"Most seconds of search"`
	Rounds          int      `json:"rounds" doc:"Most rounds of search; zero is no limit"`
	KeepSupervisors []string `json:"keep_supervisors,omitempty" doc:"Of a rerun: groups that keep the supervisor of the base"`
	KeepSessions    []string `json:"keep_sessions,omitempty" doc:"Of a rerun: groups that keep every session of the base, or single sessions as group/number"`
}

// ReplanInput is what a person asks of a replan: whoever is away, or the
// session to be given another day.
type ReplanInput struct {
	Supervisor  record.ID  `json:"supervisor,omitempty"`
	AwayFrom    civil.Date `json:"away_from,omitzero" doc:"Empty takes what the register says of the supervisor"`
	AwayTo      civil.Date `json:"away_to,omitzero" doc:"Empty is the first day alone"`
	Cancelled   record.ID  `json:"cancelled,omitempty" doc:"Session to be given another day"`
	Substitutes bool       `json:"substitutes,omitempty" doc:"Another supervisor may stand in"`
}

// ReplanningInput is what a person asks of a replan, and when moved sessions may be:
// from today on.
type ReplanningInput struct {
	Window
	ReplanInput
}

// Ref names a session of a group.
func Ref(group string, index int) string { return group + "/" + strconv.Itoa(index) }

// keeps reports whether a rerun keeps a session of its base.
func (in ProposalInput) keeps(x timetable.Session) bool {
	return slices.Contains(in.KeepSessions, x.Group) || slices.Contains(in.KeepSessions, Ref(x.Group, x.Index))
}

// Check refuses a replan that says neither or both of its reasons, or whose days
// run backwards.
func (in ReplanInput) Check() error {
	var wrong fault.Fields
	if (in.Supervisor == "") == (in.Cancelled == "") {
		wrong.Add("supervisor", "planning.one_reason")
	}
	if !in.AwayTo.IsZero() && (in.AwayFrom.IsZero() || in.AwayTo.Before(in.AwayFrom)) {
		wrong.Add("away_to", "planning.ends_before")
	}
	return wrong.Err()
}

// Usual is what a person most likely asks of a proposal.
func Usual(p supervision.Programme, today civil.Date) ProposalInput {
	return ProposalInput{Seed: 1, Seconds: usualSeconds, Window: Window{
		First: later(today.AddDays(1), p.Starts), Last: p.Ends, Weekdays: []string{"mon", "tue", "wed", "thu", "fri"},
		From: "09:00", To: "14:00",
	}}
}

// usualSeconds is how long a search takes when nobody says otherwise.
const usualSeconds = 20

func later(a, b civil.Date) civil.Date {
	if b.After(a) {
		return b
	}
	return a
}
