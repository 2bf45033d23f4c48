package board

import (
	"bastida/internal/modules/grouping"
	"bastida/internal/platform/form"
)

// mostSize is the largest group that package formation can form.
const mostSize = 63

type runInput = grouping.RunInput

var runForm = form.New("board.start",
	form.Int("min", 1, mostSize, func(in *runInput) *int { return &in.Min }).Unit("board.unit.professionals"),
	form.Int("max", 1, mostSize, func(in *runInput) *int { return &in.Max }).Unit("board.unit.professionals"),
	form.Decimal("max_km", 0, 500, func(in *runInput) *float64 { return &in.MaxKM }).Unit("board.unit.km"),
	form.Int("hours_per_group", 1, 1000, func(in *runInput) *int { return &in.HoursPerGroup }).Unit("board.unit.hours"),
	form.Int("hours_budget", 0, 1_000_000, func(in *runInput) *int { return &in.HoursBudget }).Unit("board.unit.hours"),
	form.Int("seconds", 1, 60, func(in *runInput) *int { return &in.Seconds }).Unit("board.unit.seconds").Group("search"),
	form.Int("rounds", 0, 1_000_000, func(in *runInput) *int { return &in.Rounds }).Group("search"),
	form.Int("seed", 0, 1_000_000_000, func(in *runInput) *int { return &in.Seed }).Group("search"),
	form.Int("unserved_penalty", 0, 1_000_000, func(in *runInput) *int { return &in.Penalty }).Unit("board.unit.km").Group("search"),
)

// MoveInput is where an applicant goes.
type MoveInput struct {
	To string `json:"to" doc:"Number of a group; own for a new one, none to leave it out"`
}

var moveForm = form.New("board.move",
	form.Pick("to", func(in *MoveInput) *string { return &in.To }).Required(),
)

// NameInput is what a group is called.
type NameInput struct {
	Name string `json:"name" doc:"Empty to name the group after its place"`
}

var nameForm = form.New("board.name",
	form.Text("name", func(in *NameInput) *string { return &in.Name }).Limit(80),
)

var filterForm = form.New("board.filter",
	form.Choice("state", func(f *grouping.RunFilter) *grouping.State { return &f.State },
		grouping.Done, grouping.Accepted, grouping.Running, grouping.Queued, grouping.Cancelled, grouping.Failed),
)
