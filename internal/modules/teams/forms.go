package teams

import (
	"bastida/internal/kernel/record"
	"bastida/internal/platform/form"
)

var filterForm = form.New("teams.filter",
	form.Text("words", func(f *Filter) *string { return &f.Words }),
	form.Bool("ended", func(f *Filter) *bool { return &f.Ended }),
)

var addForm = form.New("teams.add",
	form.Text("name", func(in *TeamInput) *string { return &in.Name }).Required(),
	form.Text("area", func(in *TeamInput) *string { return &in.Area }),
	form.Pick("body_id", func(in *TeamInput) *record.ID { return &in.BodyID }).Required(),
	form.Int("headcount", 1, largest, func(in *TeamInput) *int { return &in.Headcount }).Optional().Unit("teams.people"),
)

var editForm = form.New("teams.edit",
	form.Text("name", func(in *TeamInput) *string { return &in.Name }).Required(),
	form.Text("area", func(in *TeamInput) *string { return &in.Area }),
	form.Pick("body_id", func(in *TeamInput) *record.ID { return &in.BodyID }).Required(),
	form.Int("joined", 0, largest, func(in *TeamInput) *int { return &in.Joined }).Unit("teams.people"),
	form.Int("left", 0, largest, func(in *TeamInput) *int { return &in.Left }).Unit("teams.people"),
	form.Bool("ended", func(in *TeamInput) *bool { return &in.Ended }),
)

var rowsForm = form.New("teams.rows",
	form.Area("rows", func(in *RowsInput) *string { return &in.Rows }).Required(),
)
