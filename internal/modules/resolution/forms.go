package resolution

import (
	"strings"

	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/record"
	"bastida/internal/kernel/text"
	"bastida/internal/modules/calls"
	"bastida/internal/platform/form"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/ui"
)

// decision is what a reviewer writes about some applications.
type decision struct {
	IDs     string
	Text    string
	Outcome calls.State
	Hours   int
}

const longestIDs = 200_000 // thousands of applications at once

var (
	amendmentForm = form.New("resolution.amendment", ids(), words())
	exclusionForm = form.New("resolution.exclusion", ids(), words())
	proposalForm  = form.New("resolution.proposal", ids(),
		form.Choice("outcome", func(in *decision) *calls.State { return &in.Outcome }, calls.Outcomes...).Required(),
		form.Int("hours", 0, 9_999, func(in *decision) *int { return &in.Hours }).Unit("resolution.hours_unit"),
		words(),
	)
)

func ids() form.Field[decision] {
	return form.Hidden("ids", func(in *decision) *string { return &in.IDs }).Limit(longestIDs)
}

func words() form.Field[decision] {
	return form.Area("text", func(in *decision) *string { return &in.Text }).Required().Limit(4000)
}

type cancellation struct{ Reason string }

var cancelForm = form.New("resolution.cancel",
	form.Area("reason", func(in *cancellation) *string { return &in.Reason }).Required().Limit(2000),
)

type renunciation struct {
	Reason string `json:"reason"`
}

var renounceForm = form.New("resolution.renunciation",
	form.Area("reason", func(in *renunciation) *string { return &in.Reason }).Required().Limit(2000),
)

// listFilter is what the reviewer's list can be narrowed by.
type listFilter struct {
	State      calls.State
	Modality   string
	Area       string
	Words      string
	Incomplete bool
	Soon       bool
}

var listForm = form.New("resolution.filter",
	form.Text("words", func(f *listFilter) *string { return &f.Words }),
	form.Choice("state", func(f *listFilter) *calls.State { return &f.State }, calls.States[1:]...),
	form.Pick("modality", func(f *listFilter) *string { return &f.Modality }),
	form.Pick("area", func(f *listFilter) *string { return &f.Area }),
	form.Bool("incomplete", func(f *listFilter) *bool { return &f.Incomplete }),
	form.Bool("soon", func(f *listFilter) *bool { return &f.Soon }),
)

type callInput = calls.CallInput

var callForm = form.New("resolution.call", callFields()...)

func callFields() []form.Field[callInput] {
	fields := []form.Field[callInput]{
		form.Text("code", func(in *callInput) *string { return &in.Code }).Required().Limit(40).Narrow().Group("what"),
		form.Pick("resource_id", func(in *callInput) *record.ID { return &in.ResourceID }).Required().Group("what"),
		form.Line("title", func(in *callInput) *text.Localized { return &in.Title }).Required().Group("what"),
	}
	fields = append(fields,
		form.Date("opens", func(in *callInput) *civil.Date { return &in.Opens }).Required().Group("window"),
		form.Date("closes", func(in *callInput) *civil.Date { return &in.Closes }).Required().Group("window"),
		form.Text("reason", func(in *callInput) *string { return &in.Reason }).Limit(500).Group("window"),
	)
	fields = append(fields, term("resolution", func(in *callInput) *calls.Term { return &in.Resolution })...)
	fields = append(fields, term("amendment", func(in *callInput) *calls.Term { return &in.Amendment })...)
	fields = append(fields, term("acceptance", func(in *callInput) *calls.Term { return &in.Acceptance })...)
	const much = 1_000_000
	return append(fields,
		form.Int("max_per_body", 1, 99, func(in *callInput) *int { return &in.MaxPerBody }).Group("limits"),
		form.Int("hours_per_group", 0, much, func(in *callInput) *int { return &in.HoursPerGroup }).Unit("resolution.hours_unit").Group("limits"),
		form.Int("hours_budget", 0, much, func(in *callInput) *int { return &in.HoursBudget }).Unit("resolution.hours_unit").Group("limits"),
		form.Int("min_group", 0, much, func(in *callInput) *int { return &in.MinGroup }).Group("limits"),
		form.Int("max_group", 0, much, func(in *callInput) *int { return &in.MaxGroup }).Group("limits"),
		form.Decimal("max_km", 0, much, func(in *callInput) *float64 { return &in.MaxKM }).Unit("resolution.km_unit"),
		list{"modalities", func(in *callInput) *[]string { return &in.Modalities }},
		list{"annexes", func(in *callInput) *[]string { return &in.Annexes }},
		form.Rows("conditions", func(in *callInput) *[]calls.Condition { return &in.Conditions },
			form.Text("code", func(c *calls.Condition) *string { return &c.Code }).Required().Limit(40).Narrow(),
			form.Area("expression", func(c *calls.Condition) *string { return &c.Expression }).Required().Limit(2000),
			form.Choice("on_failure", func(c *calls.Condition) *calls.OnFailure { return &c.OnFailure }, calls.Refuse, calls.Amend).Required(),
			form.Line("message", func(c *calls.Condition) *text.Localized { return &c.Message }).Required(),
			form.Text("source", func(c *calls.Condition) *string { return &c.Source }).Limit(500),
			form.Hidden("status", func(c *calls.Condition) *string { return &c.Status }),
		).Group("rules"),
		form.Rows("priorities", func(in *callInput) *[]calls.Priority { return &in.Priorities },
			form.Text("code", func(p *calls.Priority) *string { return &p.Code }).Required().Limit(40).Narrow(),
			form.Area("expression", func(p *calls.Priority) *string { return &p.Expression }).Required().Limit(2000),
			form.Int("points", 0, 1000, func(p *calls.Priority) *int { return &p.Points }),
			form.Line("message", func(p *calls.Priority) *text.Localized { return &p.Message }).Required(),
			form.Text("source", func(p *calls.Priority) *string { return &p.Source }).Limit(500),
			form.Hidden("status", func(p *calls.Priority) *string { return &p.Status }),
		).Group("rules"),
		form.Text("source", func(in *callInput) *string { return &in.Source }).Limit(500),
	)
}

// unit is a unit of time as calls write it.
type unit string

func term(name string, at func(*callInput) *calls.Term) []form.Field[callInput] {
	return []form.Field[callInput]{
		form.Int(name+"_amount", 1, 999, func(in *callInput) *int { return &at(in).Amount }).Group("terms"),
		form.Choice(name+"_unit", func(in *callInput) *unit { return (*unit)(&at(in).Unit) }, "days", "working_days", "months", "years").Required().Group("terms"),
	}
}

// list is some codes in a line, parted by commas.
type list struct {
	name string
	at   func(*callInput) *[]string
}

// Spec implements form.Field.
func (l list) Spec() form.Spec { return form.Spec{Name: l.name, Kind: ui.FieldText} }

// Show implements form.Field.
func (l list) Show(in *callInput) []string { return []string{strings.Join(*l.at(in), ", ")} }

// Parse implements form.Field.
func (l list) Parse(raw []string, in *callInput) error {
	codes := []string{}
	for code := range strings.SplitSeq(strings.Join(raw, ","), ",") {
		if code = strings.TrimSpace(code); code != "" {
			codes = append(codes, code)
		}
	}
	*l.at(in) = codes
	return nil
}

// Check implements form.Field.
func (l list) Check(*callInput) error { return nil }

// said is a text that a person wrote in one language: it is shown as it is to
// everybody.
func said(in decision) text.Localized {
	all := text.Localized{}
	for _, lang := range i18n.Languages {
		all[lang] = in.Text
	}
	return all
}

func joined(ids []string) string { return strings.Join(ids, " ") }
