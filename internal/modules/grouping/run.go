package grouping

import (
	"context"

	"bastida/engine/formation"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/kernel/text"
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
	Cancelled State = "cancelled" // stopped by somebody: its groups are the best found until then
	Failed    State = "failed"
	Accepted  State = "accepted" // its groups were proposed for the call
)

// Origin is where the groups of a run come from.
type Origin string

// The origins of a run.
const (
	Searched Origin = "searched"
	Rerun    Origin = "rerun"  // a search around the locked groups of the base run
	Copied   Origin = "copied" // a copy of the base run, to be changed by hand
)

// Run is one search for the groups of a call.
type Run struct {
	record.Row
	Figures

	CallID     record.ID                                   `db:"call_id"`
	CallTitle  text.Localized                              `db:"call_title"`
	Number     int                                         `db:"number"` // within the call, from 1
	Origin     Origin                                      `db:"origin"`
	BaseID     record.ID                                   `db:"base_id"` // empty when it has no base
	BaseNumber int                                         `db:"base_number"`
	Params     record.JSON[Params]                         `db:"params"`
	State      State                                       `db:"state"`
	StopAsked  bool                                        `db:"stop_asked"`
	Reasons    record.JSON[map[record.ID]formation.Reason] `db:"reasons"` // by application without a place
	StartedBy  string                                      `db:"started_by"`
	EndedAt    record.Time                                 `db:"ended_at"`
	AcceptedBy string                                      `db:"accepted_by"`
	AcceptedAt record.Time                                 `db:"accepted_at"`
}

// Figures are what a run achieves.
type Figures struct {
	Bodies        int     `db:"bodies"` // that applied
	BodiesServed  int     `db:"bodies_served"`
	Professionals int     `db:"professionals"` // of all the bodies
	Served        int     `db:"served"`        // professionals with a place
	Groups        int     `db:"group_count"`
	Broken        int     `db:"broken"` // limits
	Cost          float64 `db:"cost"`
	Bound         float64 `db:"bound"` // no grouping costs less; zero when nothing is proved
	Rounds        int     `db:"rounds"`
	ElapsedMS     int64   `db:"elapsed_ms"`
}

// Params are what a run was asked.
type Params struct {
	RunInput

	Detour       float64 `json:"detour"`
	DetourSource string  `json:"detour_source"`
	SpeedKMH     float64 `json:"speed_kmh"`
	SpeedSource  string  `json:"speed_source"`
}

// RunInput is what a person asks of a run.
type RunInput struct {
	Min           int     `json:"min" doc:"Least professionals of a group"`
	Max           int     `json:"max" doc:"Most professionals of a group"`
	MaxKM         float64 `json:"max_km" doc:"Most kilometres from a member to the meeting place"`
	HoursPerGroup int     `json:"hours_per_group"`
	HoursBudget   int     `json:"hours_budget" doc:"Hours of all groups together; zero leaves them free"`
	Penalty       int     `json:"unserved_penalty" doc:"Cost of each professional without a place, in kilometres"`
	Seconds       int     `json:"seconds" doc:"Most seconds of search"`
	Rounds        int     `json:"rounds" doc:"Most rounds of search; zero is no limit"`
	Seed          int     `json:"seed"`
}

// check collects what fields cannot say one by one.
func (in RunInput) check() error {
	var wrong fault.Fields
	if in.Max < in.Min {
		wrong.Add("max", "grouping.max_below_min", "min", in.Min)
	}
	if groups, bounded := in.limits().Budget(); bounded && groups < 1 {
		wrong.Add("hours_budget", "grouping.budget_below_group", "hours", in.HoursPerGroup)
	}
	return wrong.Err()
}

func (in RunInput) limits() formation.Limits {
	return formation.Limits{
		Min: in.Min, Max: in.Max, MaxKM: in.MaxKM,
		HoursPerGroup: float64(in.HoursPerGroup), TotalHours: float64(in.HoursBudget),
	}
}

// Body is an applicant as it was when the run began.
type Body struct {
	Application   record.ID `json:"application"`
	BodyID        record.ID `json:"body"`
	Code          string    `json:"code"`
	Name          string    `json:"name"`
	Area          string    `json:"area"`
	Modality      string    `json:"modality"`
	Professionals int       `json:"professionals"`
	Consent       bool      `json:"consent"`
	Lat           float64   `json:"lat"`
	Lon           float64   `json:"lon"`
}

// Input is the applicants of a run, under the run's own ID. It is written once.
type Input struct {
	record.Row
	Applicants record.JSON[[]Body] `db:"applicants,secret"` // kept here for good: no need to repeat it
}

// Progress is a glance at a run under way, under the run's own ID.
type Progress struct {
	record.Row
	ElapsedMS int64   `db:"elapsed_ms"`
	Rounds    int     `db:"rounds"`
	Cost      float64 `db:"cost"`
	Bound     float64 `db:"bound"`
}

var life = flow.Machine[Run, State]{
	Subject: "grouping.run",
	State:   func(r *Run) *State { return &r.State },
	Place:   func(*Run) access.Place { return access.Place{} },
	Steps: []flow.Step[Run, State]{
		{Name: "start", From: []State{Queued, Running}, To: Running, Perm: Edit, Auto: true},
		{Name: "finish", From: []State{Running}, To: Done, Perm: Edit, Auto: true},
		{Name: "stop", From: []State{Queued, Running}, To: Cancelled, Perm: Edit, Auto: true},
		{Name: "fail", From: []State{Queued, Running}, To: Failed, Perm: Edit, Auto: true},
		{Name: "accept", From: []State{Done, Cancelled}, To: Accepted, Perm: Accept, When: (*Run).acceptable, Primary: true},
		{Name: "replace", From: []State{Accepted}, To: Done, Perm: Accept, Auto: true},
	},
}

// Choices are the steps that the actor of ctx may see, blocked ones with the
// reason.
func (r *Run) Choices(ctx context.Context) []flow.Choice { return life.Choices(ctx, r) }

// acceptable refuses a run without groups or with broken limits.
func (r *Run) acceptable() error {
	switch {
	case r.Groups == 0:
		return fault.New(fault.Conflict, "grouping.no_groups")
	case r.Broken > 0:
		return fault.New(fault.Conflict, "grouping.limits_broken", "count", r.Broken)
	}
	return nil
}

// UnderWay reports whether the search has yet to end.
func (r *Run) UnderWay() bool { return r.State == Queued || r.State == Running }

// Editable refuses to change by hand what is being searched, and what was
// accepted.
func (r *Run) Editable() error {
	if r.State != Done && r.State != Cancelled {
		return fault.New(fault.Conflict, "grouping.not_editable")
	}
	return nil
}
