package timetables

import (
	"context"

	"bastida/engine/timetable"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/planning"
	"bastida/internal/modules/supervision"
	"bastida/internal/platform/access"
	"bastida/internal/platform/flow"
)

// State is how far a run has come.
type State string

// The states of a run.
const (
	Queued    State = "queued"
	Running   State = "running"
	Done      State = "done"
	Cancelled State = "cancelled" // stopped by somebody: its timetable is the best found until then
	Failed    State = "failed"
	Accepted  State = "accepted" // its sessions were booked or moved
)

// Origin is what a run is for.
type Origin string

// The origins of a run.
const (
	Proposal Origin = "proposal"
	Rerun    Origin = "rerun" // a proposal that keeps parts of its base
	Replan   Origin = "replan"
)

// Run is one search for a timetable.
type Run struct {
	record.Row
	Figures

	ProgrammeID record.ID          `db:"programme_id"`
	Number      int                `db:"number"` // within the programme, from 1
	Origin      Origin             `db:"origin"`
	BaseID      record.ID          `db:"base_id"` // of a rerun
	BaseNumber  int                `db:"base_number"`
	Params      record.JSON[Asked] `db:"params"`
	State       State              `db:"state"`
	StopAsked   bool               `db:"stop_asked"`
	StartedBy   string             `db:"started_by"`
	EndedAt     record.Time        `db:"ended_at"`
	AcceptedBy  string             `db:"accepted_by"`
	AcceptedAt  record.Time        `db:"accepted_at"`
}

// Figures are what a run achieves.
type Figures struct {
	Groups     int     `db:"group_count"`
	Sessions   int     `db:"sessions"`   // new ones with a place, or booked ones that stay or move
	Unplaced   int     `db:"unplaced"`   // of a replan: sessions that would be lost
	Fewest     int     `db:"fewest"`     // no timetable leaves out fewer
	Changed    int     `db:"changed"`    // of a replan
	AtLeast    int     `db:"at_least"`   // no replan changes fewer
	Kilometres float64 `db:"kilometres"` // of the supervisors
	Cost       float64 `db:"cost"`
	Bound      float64 `db:"bound"` // no timetable that leaves out as few costs less
	Rounds     int     `db:"rounds"`
	ElapsedMS  int64   `db:"elapsed_ms"`
}

// Asked is what a run was asked.
type Asked struct {
	planning.ProposalInput
	planning.ReplanInput

	DetourSource string `json:"detour_source"`
	SpeedSource  string `json:"speed_source"`
}

// Input is what was known when a run began, under the run's own ID. It is
// written once.
type Input struct {
	record.Row
	Known record.JSON[planning.Known] `db:"known,secret"` // kept here for good: no need to repeat it
}

// Outcome is what a run found, under the run's own ID.
type Outcome struct {
	record.Row
	Found record.JSON[Found] `db:"found,secret"`
}

// Found is a timetable.
type Found struct {
	Plan  timetable.Plan   `json:"plan"`
	Moved []timetable.Move `json:"moved"`
	Lost  []timetable.Ref  `json:"lost"`
}

// Progress is a glance at a run under way, under the run's own ID.
type Progress struct {
	record.Row
	ElapsedMS int64 `db:"elapsed_ms"`
	Rounds    int   `db:"rounds"`
	Unplaced  int   `db:"unplaced"`
}

var life = flow.Machine[Run, State]{
	Subject: "timetables.run",
	State:   func(r *Run) *State { return &r.State },
	Place:   func(*Run) access.Place { return access.Place{} },
	Steps: []flow.Step[Run, State]{
		{Name: "start", From: []State{Queued, Running}, To: Running, Perm: supervision.Manage, Auto: true},
		{Name: "finish", From: []State{Running}, To: Done, Perm: supervision.Manage, Auto: true},
		{Name: "stop", From: []State{Queued, Running}, To: Cancelled, Perm: supervision.Manage, Auto: true},
		{Name: "fail", From: []State{Queued, Running}, To: Failed, Perm: supervision.Manage, Auto: true},
		{Name: "accept", From: []State{Done, Cancelled}, To: Accepted, Perm: supervision.Manage, When: (*Run).acceptable, Primary: true},
	},
}

// Choices are the steps that the actor of ctx may see, blocked ones with the
// reason.
func (r Run) Choices(ctx context.Context) []flow.Choice { return life.Choices(ctx, &r) }

// acceptable refuses a run that changes nothing, or that would lose sessions.
func (r *Run) acceptable() error {
	switch {
	case r.Origin == Replan && r.Unplaced > 0:
		return fault.New(fault.Conflict, "timetables.would_lose", "count", r.Unplaced)
	case r.Origin == Replan && r.Changed == 0, r.Origin != Replan && r.Sessions == 0:
		return fault.New(fault.Conflict, "timetables.nothing_to_accept")
	}
	return nil
}

// UnderWay reports whether the search has yet to end.
func (r Run) UnderWay() bool { return r.State == Queued || r.State == Running }

// Proven reports whether nothing better than the run's timetable exists.
func (r Run) Proven() bool {
	if r.Origin == Replan {
		return r.Unplaced == r.Fewest && r.Changed == r.AtLeast
	}
	return r.Unplaced == r.Fewest && r.Cost <= r.Bound
}

// Gap is the largest part of the cost that a better timetable could save.
func (r Run) Gap() float64 { return timetable.Plan{Cost: r.Cost, LowerBound: r.Bound}.Gap() }

// Href is the page of the run.
func (r Run) Href() string {
	return supervision.Programme{Row: record.Row{ID: r.ProgrammeID}}.Href() + "/schedule/" + r.ID.String()
}
