package prevention

import (
	"context"
	"slices"
	"strings"

	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/teams"
	"bastida/internal/platform/access"
	"bastida/internal/platform/flow"
)

// Measure is one thing that is done for a team.
type Measure struct {
	record.Row
	TeamID   record.ID  `db:"team_id"`
	TeamName string     `db:"team_name"`
	BodyID   record.ID  `db:"body_id"`
	BodyName string     `db:"body_name"`
	What     string     `db:"what"`
	Why      string     `db:"why"`
	RoundID  record.ID  `db:"round_id"` // the measurement that it answers to; may be empty
	Owner    string     `db:"owner"`
	Due      civil.Date `db:"due"`
	State    State      `db:"state"`
	Settled  bool       `db:"settled"`  // done or dropped
	Evidence string     `db:"evidence"` // of what was done, or why it was dropped
	EndedOn  civil.Date `db:"ended_on"`
}

// State says how far a measure has come.
type State string

// The states of a measure.
const (
	Planned  State = "planned"
	UnderWay State = "under_way"
	Done     State = "done"
	Dropped  State = "dropped"
)

// Note is what somebody wrote down while following a measure.
type Note struct {
	record.Row
	MeasureID record.ID `db:"measure_id"`
	Text      string    `db:"text"`
	State     State     `db:"state"` // of the measure then
	By        string    `db:"written_by"`
}

// MeasureInput is a measure as it is written.
type MeasureInput struct {
	TeamID  record.ID  `json:"team_id"`
	What    string     `json:"what"`
	Why     string     `json:"why"`
	RoundID record.ID  `json:"round_id,omitempty"`
	Owner   string     `json:"owner"`
	Due     civil.Date `json:"due"`
}

// FollowInput is how a measure is going.
type FollowInput struct {
	Step     string `json:"step" doc:"start, finish, drop, resume, or empty"`
	Note     string `json:"note"`
	Evidence string `json:"evidence"`
}

var life = flow.Machine[Measure, State]{
	Subject: "prevention.measure",
	State:   func(m *Measure) *State { return &m.State },
	Place:   func(m *Measure) access.Place { return m.Place() },
	Steps: []flow.Step[Measure, State]{
		{Name: "start", From: []State{Planned}, To: UnderWay, Perm: Edit, Auto: true},
		{Name: "finish", From: []State{Planned, UnderWay}, To: Done, Perm: Edit, When: (*Measure).proven, Auto: true},
		{Name: "drop", From: []State{Planned, UnderWay}, To: Dropped, Perm: Edit, When: (*Measure).proven, Auto: true},
		{Name: "resume", From: []State{Done, Dropped}, To: UnderWay, Perm: Edit, Auto: true},
	},
}

// Place is where the measure lies, for permissions.
func (m Measure) Place() access.Place { return access.Place{Body: m.BodyID} }

// Href is the page of the measure.
func (m Measure) Href() string { return "/wellbeing/plans/" + m.ID.String() }

// Overdue reports whether the measure should have been done by now.
func (m Measure) Overdue(today civil.Date) bool { return !m.Settled && today.After(m.Due) }

// Input is what the measure says, as it is written.
func (m Measure) Input() MeasureInput {
	return MeasureInput{m.TeamID, m.What, m.Why, m.RoundID, m.Owner, m.Due}
}

// Steps are those that can be taken from where the measure is.
func (m Measure) Steps() (names []string) {
	for _, s := range life.Steps {
		if slices.Contains(s.From, m.State) {
			names = append(names, s.Name)
		}
	}
	return names
}

// write puts an input into a measure of a team.
func (m *Measure) write(in MeasureInput, t teams.Team) error {
	if m.Settled {
		return fault.New(fault.Conflict, "prevention.settled")
	}
	m.TeamID, m.TeamName, m.BodyID, m.BodyName = t.ID, t.Name, t.BodyID, t.BodyName
	m.What, m.Why, m.RoundID, m.Owner, m.Due = in.What, in.Why, in.RoundID, in.Owner, in.Due
	return nil
}

// proven refuses to end a measure without saying what came of it.
func (m *Measure) proven() error {
	if strings.TrimSpace(m.Evidence) != "" {
		return nil
	}
	var wrong fault.Fields
	wrong.Add("evidence", "prevention.evidence_needed")
	return wrong.Err()
}

// follow takes a step, if there is one, and keeps what came of it.
func (m *Measure) follow(ctx context.Context, in FollowInput, today civil.Date) error {
	if in.Step == "" {
		return nil
	}
	m.Evidence = in.Evidence
	if err := life.Move(ctx, m, in.Step); err != nil {
		return err
	}
	m.Settled = m.State == Done || m.State == Dropped
	m.EndedOn = civil.Date{}
	if m.Settled {
		m.EndedOn = today
	}
	return nil
}
