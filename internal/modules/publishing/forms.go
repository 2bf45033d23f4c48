package publishing

import (
	"slices"
	"strconv"

	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/text"
	"bastida/internal/modules/catalogue"
	"bastida/internal/platform/form"
	"bastida/internal/platform/ui"
)

// SheetInput is a sheet as it is sent to be kept.
type SheetInput struct{ catalogue.Sheet }

// sheetForm is the whole sheet, in the order in which people write it. What is
// not here can neither be written nor shown among the differences.
var sheetForm = form.New("catalogue.sheet", slices.Concat(
	what(), place(), who(), whom(), how(), quality(), law(),
)...)

// startForm is what is asked to begin a sheet; the rest is written later.
var startForm = form.New("catalogue.sheet", code(), edition(), title(), kind())

func code() form.Field[SheetInput] {
	return form.Text("code", func(in *SheetInput) *string { return &in.Code }).Required().Limit(40).Narrow()
}

func edition() form.Field[SheetInput] {
	return form.Text("edition", func(in *SheetInput) *string { return &in.Edition }).Limit(40).Narrow()
}

func title() form.Field[SheetInput] {
	return form.Line("title", func(in *SheetInput) *text.Localized { return &in.Title }).Required()
}

func kind() form.Field[SheetInput] {
	return form.Choice("kind", func(in *SheetInput) *catalogue.Kind { return &in.Kind }, catalogue.Kinds...).Required()
}

func what() []form.Field[SheetInput] {
	return form.Section("what", code(), edition(), title(),
		form.Prose("summary", func(in *SheetInput) *text.Localized { return &in.Summary }),
		form.Prose("description", func(in *SheetInput) *text.Localized { return &in.Description }),
		form.Rows("goals", func(in *SheetInput) *[]catalogue.SheetGoal { return &in.Goals },
			form.Text("code", func(r *catalogue.SheetGoal) *string { return &r.Code }).Narrow(),
			form.Prose("name", func(r *catalogue.SheetGoal) *text.Localized { return &r.Name }),
		),
		form.Rows("modalities", func(in *SheetInput) *[]catalogue.SheetModality { return &in.Modalities },
			form.Text("code", func(r *catalogue.SheetModality) *string { return &r.Code }).Narrow(),
			form.Line("name", func(r *catalogue.SheetModality) *text.Localized { return &r.Name }),
			form.Prose("description", func(r *catalogue.SheetModality) *text.Localized { return &r.Description }),
		),
	)
}

func place() []form.Field[SheetInput] {
	return form.Section("place", kind(),
		form.Line("kind_label", func(in *SheetInput) *text.Localized { return &in.KindLabel }),
		form.Line("kind_detail", func(in *SheetInput) *text.Localized { return &in.KindDetail }),
		form.Line("subject", func(in *SheetInput) *text.Localized { return &in.Subject }),
		form.Line("cooperation_field", func(in *SheetInput) *text.Localized { return &in.Field }),
		form.Line("catalogue", func(in *SheetInput) *text.Localized { return &in.Catalogue }),
		form.Date("valid_from", func(in *SheetInput) *civil.Date { return &in.ValidFrom }),
		form.Date("valid_to", func(in *SheetInput) *civil.Date { return &in.ValidTo }),
	)
}

func who() []form.Field[SheetInput] {
	return form.Section("who",
		form.Line("area", func(in *SheetInput) *text.Localized { return &in.Area }),
		form.Line("service", func(in *SheetInput) *text.Localized { return &in.Service }),
		form.Line("unit", func(in *SheetInput) *text.Localized { return &in.Unit }),
		form.Text("contact_phone", func(in *SheetInput) *string { return &in.Contact.Phone }).Limit(40).Narrow(),
		form.Email("contact_email", func(in *SheetInput) *string { return &in.Contact.Email }),
		form.Bool("contact_form", func(in *SheetInput) *bool { return &in.Contact.Form }),
	)
}

func whom() []form.Field[SheetInput] {
	return form.Section("whom",
		form.Checks("recipients", func(in *SheetInput) *[]string { return &in.Recipients }, catalogue.Recipients...),
		form.Prose("recipients_text", func(in *SheetInput) *text.Localized { return &in.RecipientsText }),
		form.Prose("requirements", func(in *SheetInput) *text.Localized { return &in.Requirements }),
		form.Int("min_group", 0, 10000, func(in *SheetInput) *int { return &in.MinGroup }).Optional().Unit("catalogue.unit.professionals"),
		form.Int("max_hours", 0, 100000, func(in *SheetInput) *int { return &in.MaxHours }).Optional().Unit("catalogue.unit.hours"),
		form.Text("budget_amount", func(in *SheetInput) *string { return &in.Budget.Amount }).Limit(15).Narrow(),
		form.Text("budget_currency", func(in *SheetInput) *string { return &in.Budget.Currency }).Limit(3).Narrow(),
	)
}

func how() []form.Field[SheetInput] {
	return form.Section("how",
		form.Text("procedure_code", func(in *SheetInput) *string { return &in.Procedure.Code }).Limit(40).Narrow(),
		form.Line("procedure_name", func(in *SheetInput) *text.Localized { return &in.Procedure.Name }),
		form.Line("channel", func(in *SheetInput) *text.Localized { return &in.Channel }),
		form.Date("window_from", func(in *SheetInput) *civil.Date { return &in.Window.From }),
		form.Date("window_to", func(in *SheetInput) *civil.Date { return &in.Window.To }),
		form.Prose("conditions", func(in *SheetInput) *text.Localized { return &in.Conditions }),
		form.Int("max_applications", 0, 1000, func(in *SheetInput) *int { return &in.MaxApplications }).Optional(),
		form.Int("term_amount", 0, 1000, func(in *SheetInput) *int { return &in.Term.Amount }).Optional(),
		form.Choice("term_unit", func(in *SheetInput) *string { return &in.Term.Unit }, "months", "days", "working_days"),
		form.Choice("term_from", func(in *SheetInput) *string { return &in.Term.From }, "day_after_filing", "day_after_closing"),
		form.Prose("resolution_text", func(in *SheetInput) *text.Localized { return &in.TermText }),
		form.Rows("annexes", func(in *SheetInput) *[]catalogue.SheetAnnex { return &in.Annexes },
			form.Text("code", func(r *catalogue.SheetAnnex) *string { return &r.Code }).Narrow(),
			form.Line("name", func(r *catalogue.SheetAnnex) *text.Localized { return &r.Name }),
			form.Text("instrument", func(r *catalogue.SheetAnnex) *string { return &r.Instrument }),
			form.Text("url", func(r *catalogue.SheetAnnex) *string { return &r.URL }).Limit(2000),
		),
	)
}

func quality() []form.Field[SheetInput] {
	return form.Section("quality",
		form.Prose("commitment_text", func(in *SheetInput) *text.Localized { return &in.Commitment.Text }),
		form.Line("commitment_metric", func(in *SheetInput) *text.Localized { return &in.Commitment.Metric }),
		form.Decimal("commitment_share", 0, 1, func(in *SheetInput) *float64 { return &in.Commitment.Share }),
		form.Decimal("commitment_min", 0, 1000, func(in *SheetInput) *float64 { return &in.Commitment.MinScore }),
		form.Decimal("commitment_scale_min", 0, 1000, func(in *SheetInput) *float64 { return &in.Commitment.ScaleMin }),
		form.Decimal("commitment_scale_max", 0, 1000, func(in *SheetInput) *float64 { return &in.Commitment.ScaleMax }),
		form.Prose("corrective", func(in *SheetInput) *text.Localized { return &in.Corrective }),
	)
}

func law() []form.Field[SheetInput] {
	return form.Section("law",
		form.Rows("regulations", func(in *SheetInput) *[]catalogue.SheetRegulation { return &in.Regulations },
			form.Prose("title", func(r *catalogue.SheetRegulation) *text.Localized { return &r.Title }),
			form.Text("url", func(r *catalogue.SheetRegulation) *string { return &r.URL }).Limit(2000),
		),
		sdgs{},
		form.Text("sdgs_note", func(in *SheetInput) *string { return &in.SDGsNote }).Limit(1000),
		form.Rows("identifiers", func(in *SheetInput) *[]catalogue.SheetIdentifier { return &in.Identifiers },
			form.Text("scheme", func(r *catalogue.SheetIdentifier) *string { return &r.Scheme }),
			form.Text("value", func(r *catalogue.SheetIdentifier) *string { return &r.Value }),
		),
		form.Area("source", func(in *SheetInput) *string { return &in.Source }).Limit(1000),
	)
}

// sdgs are any of the goals of sustainable development, by their numbers.
type sdgs struct{}

// Spec implements form.Field.
func (sdgs) Spec() form.Spec {
	s := form.Spec{Name: "sdgs", Kind: ui.FieldChecks}
	for n := range catalogue.LastSDG {
		s.Options = append(s.Options, strconv.Itoa(n+1))
	}
	return s
}

// Show implements form.Field.
func (sdgs) Show(in *SheetInput) (chosen []string) {
	for _, n := range in.SDGs {
		chosen = append(chosen, strconv.Itoa(n))
	}
	return chosen
}

// Parse implements form.Field.
func (sdgs) Parse(raw []string, in *SheetInput) error {
	in.SDGs = nil
	for _, typed := range raw {
		n, err := strconv.Atoi(typed)
		if err != nil {
			return fault.New(fault.Invalid, "form.not_an_option")
		}
		in.SDGs = append(in.SDGs, n)
	}
	return nil
}

// Check implements form.Field: the sheet knows which goals there are.
func (sdgs) Check(*SheetInput) error { return nil }

var filterForm = form.New("publishing.filter",
	form.Text("words", func(in *catalogue.OwnFilter) *string { return &in.Words }).Limit(100),
	form.Choice("state", func(in *catalogue.OwnFilter) *catalogue.State { return &in.State }, catalogue.Draft, catalogue.Published, catalogue.Withdrawn),
	form.Choice("kind", func(in *catalogue.OwnFilter) *catalogue.Kind { return &in.Kind }, catalogue.Kinds...),
)
