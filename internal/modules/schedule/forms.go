package schedule

import (
	"slices"

	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/planning"
	"bastida/internal/modules/supervisors"
	"bastida/internal/platform/form"
)

// windowFields are when sessions may be.
func windowFields[In any](at func(*In) *planning.Window) []form.Field[In] {
	return []form.Field[In]{
		form.Date("last", func(in *In) *civil.Date { return &at(in).Last }).Required(),
		form.Checks("weekdays", func(in *In) *[]string { return &at(in).Weekdays }, supervisors.Weekdays...).Required(),
		form.Text("from", func(in *In) *string { return &at(in).From }).Required().Limit(5).Narrow(),
		form.Text("to", func(in *In) *string { return &at(in).To }).Required().Limit(5).Narrow(),
	}
}

// runFields are what a proposal is asked.
func runFields() []form.Field[planning.ProposalInput] {
	first := form.Date("first", func(in *planning.ProposalInput) *civil.Date { return &in.First }).Required()
	return slices.Concat([]form.Field[planning.ProposalInput]{first}, windowFields(func(in *planning.ProposalInput) *planning.Window { return &in.Window }), []form.Field[planning.ProposalInput]{
		form.Int("seconds", 1, 60, func(in *planning.ProposalInput) *int { return &in.Seconds }).Unit("schedule.seconds").Group("search"),
		form.Int("rounds", 0, 1_000_000, func(in *planning.ProposalInput) *int { return &in.Rounds }).Group("search"),
		form.Int("seed", 0, 1_000_000_000, func(in *planning.ProposalInput) *int { return &in.Seed }).Group("search"),
	})
}

var runForm = form.New("schedule.run", runFields()...)

var againForm = form.New("schedule.run", append([]form.Field[planning.ProposalInput]{
	form.Checks("keep_supervisors", func(in *planning.ProposalInput) *[]string { return &in.KeepSupervisors }),
	form.Checks("keep_sessions", func(in *planning.ProposalInput) *[]string { return &in.KeepSessions }),
}, runFields()...)...)

var mendForm = form.New("schedule.mend", slices.Concat([]form.Field[planning.ReplanningInput]{
	form.Pick("supervisor", func(in *planning.ReplanningInput) *record.ID { return &in.Supervisor }),
	form.Date("away_from", func(in *planning.ReplanningInput) *civil.Date { return &in.AwayFrom }),
	form.Date("away_to", func(in *planning.ReplanningInput) *civil.Date { return &in.AwayTo }),
	form.Pick("cancelled", func(in *planning.ReplanningInput) *record.ID { return &in.Cancelled }),
	form.Bool("substitutes", func(in *planning.ReplanningInput) *bool { return &in.Substitutes }),
}, windowFields(func(in *planning.ReplanningInput) *planning.Window { return &in.Window }))...)

// noFilter is the form of a list that nobody narrows.
type noFilter struct{}

var filterForm = form.New[noFilter]("schedule.filter")
