package prevention

import (
	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/record"
	"bastida/internal/platform/form"
)

var filterForm = form.New("prevention.filter",
	form.Pick("team", func(f *Filter) *record.ID { return &f.Team }),
	form.Choice("state", func(f *Filter) *State { return &f.State }, Planned, UnderWay, Done, Dropped),
	form.Bool("overdue", func(f *Filter) *bool { return &f.Overdue }),
)

var measureForm = form.New("prevention.measure",
	form.Pick("team_id", func(in *MeasureInput) *record.ID { return &in.TeamID }).Required(),
	form.Text("what", func(in *MeasureInput) *string { return &in.What }).Required(),
	form.Area("why", func(in *MeasureInput) *string { return &in.Why }).Required().Limit(2000),
	form.Pick("round_id", func(in *MeasureInput) *record.ID { return &in.RoundID }),
	form.Text("owner", func(in *MeasureInput) *string { return &in.Owner }).Required(),
	form.Date("due", func(in *MeasureInput) *civil.Date { return &in.Due }).Required(),
)

var followForm = form.New("prevention.follow",
	form.Area("note", func(in *FollowInput) *string { return &in.Note }).Required().Limit(2000),
	form.Choice("step", func(in *FollowInput) *string { return &in.Step }, "start", "finish", "drop", "resume"),
	form.Area("evidence", func(in *FollowInput) *string { return &in.Evidence }).Limit(2000),
)
