package territory

import (
	"bastida/engine/deadline"
	"bastida/internal/kernel/civil"
	"bastida/internal/platform/form"
)

var placeFilterForm = form.New("territory.place_filter",
	form.Text("words", func(f *PlaceFilter) *string { return &f.Words }).Limit(80),
	form.Pick("area", func(f *PlaceFilter) *string { return &f.Area }),
	form.Choice("kind", func(f *PlaceFilter) *Kind { return &f.Kind }, kinds...),
	form.Bool("unsure", func(f *PlaceFilter) *bool { return &f.Unsure }),
)

var areaForm = form.New("territory.area",
	form.Text("area", func(in *AreaInput) *string { return &in.Area }).Limit(80),
	form.Choice("status", func(in *AreaInput) *Status { return &in.Status }, Editable, Uncertain, Official).Required().Radio(),
	form.Area("note", func(in *AreaInput) *string { return &in.Note }).Limit(2000),
)

var holidayFilterForm = form.New("territory.holiday_filter",
	form.Int("year", 0, 9999, func(f *HolidayFilter) *int { return &f.Year }),
	form.Choice("scope", func(f *HolidayFilter) *Scope { return &f.Scope }, National, Regional, Local),
	form.Text("words", func(f *HolidayFilter) *string { return &f.Words }).Limit(80),
)

var holidayForm = form.New("territory.holiday",
	form.Pick("place", func(in *HolidayInput) *string { return &in.Place }).Required(),
	form.Date("date", func(in *HolidayInput) *civil.Date { return &in.Date }).Required(),
	form.Text("name", func(in *HolidayInput) *string { return &in.Name }).Required().Limit(120),
	form.Text("source", func(in *HolidayInput) *string { return &in.Source }).Required().Limit(500),
)

var parameterForm = form.New("territory.parameter",
	form.Decimal("value", 0, 1e6, func(in *ParameterInput) *float64 { return &in.Value }),
	form.Date("valid_from", func(in *ParameterInput) *civil.Date { return &in.ValidFrom }).Required(),
	form.Text("source", func(in *ParameterInput) *string { return &in.Source }).Required().Limit(500),
)

// TermInput is the question when a term ends.
type TermInput struct {
	Start  civil.Date    `json:"start"`
	Amount int           `json:"amount"`
	Unit   deadline.Unit `json:"unit"`
	Place  string        `json:"place" doc:"Code of the municipality of the interested body; may be empty"`
}

// longestTerm is the most that the page reckons; the account of a longer term
// would be of no use to a reader.
const longestTerm = 1000

var termForm = form.New("territory.term",
	form.Date("start", func(in *TermInput) *civil.Date { return &in.Start }).Required(),
	form.Int("amount", 1, longestTerm, func(in *TermInput) *int { return &in.Amount }),
	form.Choice("unit", func(in *TermInput) *deadline.Unit { return &in.Unit },
		deadline.WorkingDay, deadline.CalendarDay, deadline.Month, deadline.Year).Required(),
	form.Pick("place", func(in *TermInput) *string { return &in.Place }),
)
