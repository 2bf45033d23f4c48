package coverage

import (
	"bastida/internal/kernel/profession"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/profiles"
	"bastida/internal/platform/form"
)

var filterForm = form.New("coverage.filter",
	form.Text("words", func(in *Filter) *string { return &in.Words }).Limit(100),
	form.Choice("only", func(in *Filter) *Only { return &in.Only }, OnlyGaps, OnlyReached, OnlyUnknown),
	form.Pick("body", func(in *Filter) *record.ID { return &in.Body }),
	form.Pick("profession", func(in *Filter) *profession.Profession { return &in.Profession }),
	form.Pick("kind", func(in *Filter) *profiles.Kind { return &in.Kind }),
	form.Pick("area", func(in *Filter) *string { return &in.Area }),
	form.Pick("employer", func(in *Filter) *string { return &in.Employer }),
)
