package catalogue

import (
	"slices"
	"strings"

	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/text"
	"bastida/internal/modules/identity"
	"bastida/internal/platform/form"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/ui"
)

// languages are those in which a sheet can speak.
var languages = i18n.Languages

// SheetInput is a sheet as it is sent to be kept.
type SheetInput struct{ Sheet }

// part is one thing that a sheet says: one field, one a language, or the
// columns of a list.
type part struct {
	name   string
	list   bool
	fields []form.Field[SheetInput]
}

// section is the parts that are written together.
type section struct {
	name  string
	parts []part
}

type sheetText = func(*SheetInput) *text.Localized

func single(f form.Field[SheetInput]) part {
	return part{name: f.Spec().Name, fields: []form.Field[SheetInput]{f}}
}

func line(name string, at sheetText) part {
	return part{name: name, fields: form.Localized(name, ui.FieldText, false, languages, at)}
}

func prose(name string, at sheetText) part {
	return part{name: name, fields: form.Localized(name, ui.FieldArea, false, languages, at)}
}

func rows(name string, columns ...[]form.Field[SheetInput]) part {
	return part{name: name, list: true, fields: slices.Concat(columns...)}
}

type boxes = []form.Field[SheetInput]

// bodyKinds are the kinds of body that a resource can be for.
var bodyKinds = []string{
	string(identity.Municipality), string(identity.CountyCouncil), string(identity.JointBody), string(identity.Consortium),
	string(identity.City), string(identity.Ambito), string(identity.Supramunicipal),
}

var (
	goals       = func(in *SheetInput) *[]SheetGoal { return &in.Goals }
	modalities  = func(in *SheetInput) *[]SheetModality { return &in.Modalities }
	annexes     = func(in *SheetInput) *[]SheetAnnex { return &in.Annexes }
	regulations = func(in *SheetInput) *[]SheetRegulation { return &in.Regulations }
	identifiers = func(in *SheetInput) *[]SheetIdentifier { return &in.Identifiers }
)

// sections is the whole sheet, in the order in which people write it. What is
// not here can neither be written nor shown among the differences.
var sections = []section{
	{"what", []part{
		single(form.Text("code", func(in *SheetInput) *string { return &in.Code }).Required().Limit(40).Narrow()),
		single(form.Text("edition", func(in *SheetInput) *string { return &in.Edition }).Limit(40).Narrow()),
		line("title", func(in *SheetInput) *text.Localized { return &in.Title }),
		prose("summary", func(in *SheetInput) *text.Localized { return &in.Summary }),
		prose("description", func(in *SheetInput) *text.Localized { return &in.Description }),
		rows("goals",
			boxes{plain("goal_code", goals, func(r *SheetGoal) *string { return &r.Code })},
			spoken("goal_name", ui.FieldArea, goals, func(r *SheetGoal) *text.Localized { return &r.Name }),
			boxes{removal("goals_remove", goals)}),
		rows("modalities",
			boxes{plain("modality_code", modalities, func(r *SheetModality) *string { return &r.Code })},
			spoken("modality_name", ui.FieldText, modalities, func(r *SheetModality) *text.Localized { return &r.Name }),
			spoken("modality_description", ui.FieldArea, modalities, func(r *SheetModality) *text.Localized { return &r.Description }),
			boxes{removal("modalities_remove", modalities)}),
	}},
	{"place", []part{
		single(form.Choice("kind", func(in *SheetInput) *Kind { return &in.Kind }, kinds...).Required()),
		line("kind_label", func(in *SheetInput) *text.Localized { return &in.KindLabel }),
		line("kind_detail", func(in *SheetInput) *text.Localized { return &in.KindDetail }),
		line("subject", func(in *SheetInput) *text.Localized { return &in.Subject }),
		line("cooperation_field", func(in *SheetInput) *text.Localized { return &in.Field }),
		line("catalogue", func(in *SheetInput) *text.Localized { return &in.Catalogue }),
		single(form.Date("valid_from", func(in *SheetInput) *civil.Date { return &in.ValidFrom })),
		single(form.Date("valid_to", func(in *SheetInput) *civil.Date { return &in.ValidTo })),
	}},
	{"who", []part{
		line("area", func(in *SheetInput) *text.Localized { return &in.Area }),
		line("service", func(in *SheetInput) *text.Localized { return &in.Service }),
		line("unit", func(in *SheetInput) *text.Localized { return &in.Unit }),
		single(form.Text("contact_phone", func(in *SheetInput) *string { return &in.Contact.Phone }).Limit(40).Narrow()),
		single(form.Email("contact_email", func(in *SheetInput) *string { return &in.Contact.Email })),
		single(form.Bool("contact_form", func(in *SheetInput) *bool { return &in.Contact.Form })),
	}},
	{"whom", []part{
		single(form.Checks("recipients", func(in *SheetInput) *[]string { return &in.Recipients }, bodyKinds...)),
		prose("recipients_text", func(in *SheetInput) *text.Localized { return &in.RecipientsText }),
		prose("requirements", func(in *SheetInput) *text.Localized { return &in.Requirements }),
		single(form.Int("min_group", 0, 10000, func(in *SheetInput) *int { return &in.MinGroup }).Unit("catalogue.unit.professionals")),
		single(form.Int("max_hours", 0, 100000, func(in *SheetInput) *int { return &in.MaxHours }).Unit("catalogue.unit.hours")),
		single(form.Text("budget_amount", func(in *SheetInput) *string { return &in.Budget.Amount }).Limit(15).Narrow()),
		single(form.Text("budget_currency", func(in *SheetInput) *string { return &in.Budget.Currency }).Limit(3).Narrow()),
	}},
	{"how", []part{
		single(form.Text("procedure_code", func(in *SheetInput) *string { return &in.Procedure.Code }).Limit(40).Narrow()),
		line("procedure_name", func(in *SheetInput) *text.Localized { return &in.Procedure.Name }),
		line("channel", func(in *SheetInput) *text.Localized { return &in.Channel }),
		single(form.Date("window_from", func(in *SheetInput) *civil.Date { return &in.Window.From })),
		single(form.Date("window_to", func(in *SheetInput) *civil.Date { return &in.Window.To })),
		prose("conditions", func(in *SheetInput) *text.Localized { return &in.Conditions }),
		single(form.Int("max_applications", 0, 1000, func(in *SheetInput) *int { return &in.MaxApplications })),
		single(form.Int("term_amount", 0, 1000, func(in *SheetInput) *int { return &in.Term.Amount })),
		single(form.Choice("term_unit", func(in *SheetInput) *string { return &in.Term.Unit }, "months", "days", "working_days")),
		single(form.Choice("term_from", func(in *SheetInput) *string { return &in.Term.From }, "day_after_filing", "day_after_closing")),
		prose("resolution_text", func(in *SheetInput) *text.Localized { return &in.TermText }),
		rows("annexes",
			boxes{plain("annex_code", annexes, func(r *SheetAnnex) *string { return &r.Code })},
			spoken("annex_name", ui.FieldText, annexes, func(r *SheetAnnex) *text.Localized { return &r.Name }),
			boxes{plain("annex_instrument", annexes, func(r *SheetAnnex) *string { return &r.Instrument }),
				plain("annex_url", annexes, func(r *SheetAnnex) *string { return &r.URL }),
				removal("annexes_remove", annexes)}),
	}},
	{"quality", []part{
		prose("commitment_text", func(in *SheetInput) *text.Localized { return &in.Commitment.Text }),
		line("commitment_metric", func(in *SheetInput) *text.Localized { return &in.Commitment.Metric }),
		single(form.Decimal("commitment_share", 0, 1, func(in *SheetInput) *float64 { return &in.Commitment.Share })),
		single(form.Decimal("commitment_min", 0, 1000, func(in *SheetInput) *float64 { return &in.Commitment.MinScore })),
		single(form.Decimal("commitment_scale_min", 0, 1000, func(in *SheetInput) *float64 { return &in.Commitment.ScaleMin })),
		single(form.Decimal("commitment_scale_max", 0, 1000, func(in *SheetInput) *float64 { return &in.Commitment.ScaleMax })),
		prose("corrective", func(in *SheetInput) *text.Localized { return &in.Corrective }),
	}},
	{"law", []part{
		rows("regulations",
			spoken("regulation_title", ui.FieldArea, regulations, func(r *SheetRegulation) *text.Localized { return &r.Title }),
			boxes{plain("regulation_url", regulations, func(r *SheetRegulation) *string { return &r.URL }),
				removal("regulations_remove", regulations)}),
		single(goalsOfDevelopment()),
		single(form.Text("sdgs_note", func(in *SheetInput) *string { return &in.SDGsNote }).Limit(1000)),
		rows("identifiers",
			boxes{plain("identifier_scheme", identifiers, func(r *SheetIdentifier) *string { return &r.Scheme }),
				plain("identifier_value", identifiers, func(r *SheetIdentifier) *string { return &r.Value }),
				removal("identifiers_remove", identifiers)}),
		single(form.Area("source", func(in *SheetInput) *string { return &in.Source }).Limit(1000)),
	}},
}

var sheetForm = form.New("catalogue.sheet", sheetFields(nil)...)

// startForm is what is asked to begin a sheet; the rest is written later.
var startForm = form.New("catalogue.sheet", sheetFields([]string{"code", "edition", "title", "kind"})...)

// sheetFields are the fields of the named parts, or of all.
func sheetFields(named []string) (fields []form.Field[SheetInput]) {
	for _, s := range sections {
		for _, p := range s.parts {
			if named == nil || slices.Contains(named, p.name) {
				fields = append(fields, p.fields...)
			}
		}
	}
	return fields
}

// base is the name of a field without its language.
func base(name string) (string, string) {
	at := strings.LastIndexByte(name, '_')
	if at > 0 && slices.Contains(languages, name[at+1:]) {
		return name[:at], name[at+1:]
	}
	return name, ""
}

// sheetKeys are the message keys of the sheet: one a text, not one a language.
func sheetKeys() []string {
	keys := []string{"catalogue.sheet.submit"}
	for _, s := range sections {
		keys = append(keys, "catalogue.sheet.section."+s.name)
		for _, p := range s.parts {
			keys = append(keys, "catalogue.sheet."+p.name)
			for _, f := range p.fields {
				keys = append(keys, fieldKeys(f.Spec())...)
			}
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

func fieldKeys(s form.Spec) (keys []string) {
	if s.Kind == ui.FieldHidden {
		return nil
	}
	name, _ := base(s.Name)
	keys = append(keys, "catalogue.sheet."+name)
	for _, o := range s.Options {
		keys = append(keys, "catalogue.sheet."+name+"."+o)
	}
	if s.Unit != "" {
		keys = append(keys, s.Unit)
	}
	return keys
}

var filterForm = form.New("catalogue.filter",
	form.Text("words", func(in *Filter) *string { return &in.Words }).Limit(100),
	form.Pick("body", func(in *Filter) *string { return &in.Body }),
	form.Choice("kind", func(in *Filter) *Kind { return &in.Kind }, kinds...),
	form.Pick("subject", func(in *Filter) *string { return &in.Subject }),
	form.Choice("recipient", func(in *Filter) *string { return &in.Recipient }, bodyKinds...),
	form.Pick("modality", func(in *Filter) *string { return &in.Modality }),
	form.Bool("valid", func(in *Filter) *bool { return &in.OnlyValid }),
)

var ownForm = form.New("catalogue.own_filter",
	form.Text("words", func(in *OwnFilter) *string { return &in.Words }).Limit(100),
	form.Choice("state", func(in *OwnFilter) *State { return &in.State }, Draft, Published, Withdrawn),
	form.Choice("kind", func(in *OwnFilter) *Kind { return &in.Kind }, kinds...),
)
