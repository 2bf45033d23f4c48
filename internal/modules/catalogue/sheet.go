package catalogue

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/text"
)

// Sheet is everything that is said of a resource. A field without a value is
// one that the body does not state: readers must not take it for a zero.
type Sheet struct {
	Code        string         `json:"code"`
	Edition     string         `json:"edition,omitempty"` // of the catalogue: a year, or years
	Area        text.Localized `json:"area,omitempty"`
	Service     text.Localized `json:"service,omitempty"`
	Unit        text.Localized `json:"unit,omitempty"` // that provides it
	Title       text.Localized `json:"title"`
	Summary     text.Localized `json:"summary,omitempty"`
	Description text.Localized `json:"description,omitempty"`
	Goals       []SheetGoal    `json:"goals,omitempty"`

	Kind       Kind            `json:"kind"`
	KindLabel  text.Localized  `json:"kind_label,omitempty"` // as the body calls the kind
	KindDetail text.Localized  `json:"kind_detail,omitempty"`
	Subject    text.Localized  `json:"subject,omitempty"`
	Field      text.Localized  `json:"cooperation_field,omitempty"`
	Modalities []SheetModality `json:"modalities,omitempty"`

	Recipients     []string       `json:"recipients,omitempty"` // kinds of body
	RecipientsText text.Localized `json:"recipients_text,omitempty"`
	Requirements   text.Localized `json:"requirements,omitempty"`
	Conditions     text.Localized `json:"conditions,omitempty"` // of the application

	Term            SheetTerm      `json:"resolution_term,omitzero"`
	TermText        text.Localized `json:"resolution_text,omitempty"`
	MaxHours        int            `json:"max_hours,omitempty"`
	MaxApplications int            `json:"max_applications_per_body,omitempty"`
	MinGroup        int            `json:"min_group,omitempty"` // professionals
	Budget          SheetBudget    `json:"budget,omitzero"`

	Annexes     []SheetAnnex      `json:"annexes,omitempty"`
	Commitment  SheetCommitment   `json:"commitment,omitzero"`
	Corrective  text.Localized    `json:"corrective,omitempty"` // what follows a broken commitment
	Regulations []SheetRegulation `json:"regulations,omitempty"`
	SDGs        []int             `json:"sdgs,omitempty"` // goals of sustainable development, 1 to 17
	SDGsNote    string            `json:"sdgs_note,omitempty"`
	Identifiers []SheetIdentifier `json:"identifiers,omitempty"`

	Procedure SheetProcedure `json:"procedure,omitzero"`
	Channel   text.Localized `json:"channel,omitempty"`
	Catalogue text.Localized `json:"catalogue,omitempty"`
	Contact   SheetContact   `json:"contact,omitzero"`
	Window    SheetWindow    `json:"application_window,omitzero"`
	ValidFrom civil.Date     `json:"valid_from,omitzero"`
	ValidTo   civil.Date     `json:"valid_to,omitzero"` // still valid on this day
	Source    string         `json:"source,omitempty"`
}

// Kind is what a resource consists of.
type Kind string

// The kinds of resource.
const (
	Material  Kind = "material"  // services and activities carried out for the body
	Technical Kind = "technical" // advice, training and work of experts
	Economic  Kind = "economic"  // money
	Contract  Kind = "service"   // a service bought under a contract
)

// Kinds are all of them.
var Kinds = []Kind{Material, Technical, Economic, Contract}

// SheetGoal is one aim of a resource.
type SheetGoal struct {
	Code string         `json:"code"`
	Name text.Localized `json:"name"`
}

// SheetModality is one form in which a resource is given.
type SheetModality struct {
	Code        string         `json:"code"` // a name in the expressions of calls
	Name        text.Localized `json:"name"`
	Description text.Localized `json:"description,omitempty"`
}

// SheetTerm is how long the body has to resolve an application.
type SheetTerm struct {
	Amount int    `json:"amount"`
	Unit   string `json:"unit"` // months, days or working_days
	From   string `json:"from"` // day_after_filing or day_after_closing
}

// SheetBudget is the money behind a resource.
type SheetBudget struct {
	Amount   string `json:"amount"` // a decimal number, with a point
	Currency string `json:"currency"`
}

// SheetAnnex is a paper to attach to the application.
type SheetAnnex struct {
	Code       string         `json:"code"`
	Name       text.Localized `json:"name"`
	Instrument string         `json:"instrument,omitempty"` // the questionnaire that takes its place
	URL        string         `json:"url,omitempty"`
}

// SheetCommitment is the quality that the body promises: a share of the
// ratings reaches a score.
type SheetCommitment struct {
	Text     text.Localized `json:"text,omitempty"`
	Metric   text.Localized `json:"metric,omitempty"`
	Share    float64        `json:"share,omitempty"` // 1 is every rating
	MinScore float64        `json:"min_score,omitempty"`
	ScaleMin float64        `json:"scale_min,omitempty"`
	ScaleMax float64        `json:"scale_max,omitempty"` // zero: the promise has no score
}

// SheetRegulation is a rule that applies.
type SheetRegulation struct {
	Title text.Localized `json:"title"`
	URL   string         `json:"url,omitempty"`
}

// SheetIdentifier is what another register calls the resource.
type SheetIdentifier struct {
	Scheme string `json:"scheme"`
	Value  string `json:"value"`
}

// SheetProcedure is how the resource is granted.
type SheetProcedure struct {
	Code string         `json:"code,omitempty"`
	Name text.Localized `json:"name,omitempty"`
}

// SheetContact is where to ask.
type SheetContact struct {
	Phone string `json:"phone,omitempty"`
	Email string `json:"email,omitempty"`
	Form  bool   `json:"form,omitempty"` // the body has a contact form on its site
}

// SheetWindow is the days on which applications may be filed, both included.
type SheetWindow struct {
	From civil.Date `json:"from,omitzero"`
	To   civil.Date `json:"to,omitzero"`
}

// Decode reads the JSON of a sheet strictly: a misspelt name is a complaint,
// not a silence.
func Decode(raw []byte) (Sheet, error) {
	p, err := decode(raw)
	return p.Sheet, err
}

// packed is a sheet as packs write it, with the state it should be in.
type packed struct {
	Status State `json:"status"`
	Sheet
}

func decode(raw []byte) (p packed, err error) {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	err = d.Decode(&p)
	if err == nil {
		if _, after := d.Token(); !errors.Is(after, io.EOF) {
			err = errors.New("there is something after the end")
		}
	}
	if err != nil {
		return packed{}, fault.New(fault.Invalid, "catalogue.unreadable", "problem", err.Error())
	}
	p.Tidy()
	return p, p.check()
}

// says is the text of the whole sheet: two sheets that say the same are equal.
func (s Sheet) says() string {
	raw, err := json.Marshal(s)
	if err != nil {
		return "" // plain fields always marshal
	}
	return string(raw)
}

// Tidy removes texts, rows and languages that hold nothing.
func (s *Sheet) Tidy() {
	for _, t := range s.texts() {
		kept := text.Localized{}
		for lang, words := range *t {
			if words = strings.TrimSpace(strings.ReplaceAll(words, "\r\n", "\n")); words != "" {
				kept[lang] = words
			}
		}
		*t = kept
		if len(kept) == 0 {
			*t = nil
		}
	}
	s.Goals, s.Modalities = filled(s.Goals), filled(s.Modalities)
	s.Annexes, s.Regulations, s.Identifiers = filled(s.Annexes), filled(s.Regulations), filled(s.Identifiers)
	s.Recipients = slices.DeleteFunc(s.Recipients, func(r string) bool { return r == "" })
	if s.Term.Amount == 0 {
		s.Term = SheetTerm{}
	}
	if s.Budget.Amount == "" {
		s.Budget = SheetBudget{}
	}
}

func filled[R any](rows []R) []R {
	rows = slices.DeleteFunc(rows, func(r R) bool { return reflect.ValueOf(r).IsZero() })
	if len(rows) == 0 {
		return nil
	}
	return rows
}

// texts returns every text of the sheet that has languages.
func (s *Sheet) texts() []*text.Localized {
	all := []*text.Localized{
		&s.Area, &s.Service, &s.Unit, &s.Title, &s.Summary, &s.Description, &s.KindLabel, &s.KindDetail, &s.Subject, &s.Field,
		&s.RecipientsText, &s.Requirements, &s.Conditions, &s.TermText, &s.Commitment.Text, &s.Commitment.Metric, &s.Corrective,
		&s.Procedure.Name, &s.Channel, &s.Catalogue,
	}
	for i := range s.Goals {
		all = append(all, &s.Goals[i].Name)
	}
	for i := range s.Modalities {
		all = append(all, &s.Modalities[i].Name, &s.Modalities[i].Description)
	}
	for i := range s.Annexes {
		all = append(all, &s.Annexes[i].Name)
	}
	for i := range s.Regulations {
		all = append(all, &s.Regulations[i].Title)
	}
	return all
}

var (
	codeForm   = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_./-]{0,39}$`) // of a resource or an annex: 20270, C1-034
	nameForm   = regexp.MustCompile(`^[a-z][a-z0-9_]{0,39}$`)             // of a modality or a goal: a name in expressions
	amountForm = regexp.MustCompile(`^[0-9]{1,12}(\.[0-9]{1,2})?$`)
)

// check says everything that stands against keeping the sheet. What is merely
// missing stands only against publishing it.
func (s *Sheet) check() error {
	var wrong fault.Fields
	unless := func(right bool, at, key string, args ...any) {
		if !right {
			wrong.Add(at, key, args...)
		}
	}
	unless(codeForm.MatchString(s.Code), "code", "catalogue.bad_code")
	unless(len(s.Title) > 0, "title", "form.required")
	unless(slices.Contains(Kinds, s.Kind), "kind", "form.not_an_option")
	unless(s.ValidTo.IsZero() || !s.ValidTo.Before(s.ValidFrom), "valid_to", "catalogue.ends_first")
	unless(s.Window.To.IsZero() || !s.Window.To.Before(s.Window.From), "window_to", "catalogue.ends_first")
	unless(s.Budget.Amount == "" || amountForm.MatchString(s.Budget.Amount), "budget_amount", "form.not_a_number")
	unless(s.Commitment.ScaleMax >= s.Commitment.ScaleMin, "commitment_scale_max", "catalogue.bad_scale")
	for _, t := range s.texts() {
		for lang := range *t {
			unless(slices.Contains(languages, lang), "title", "catalogue.unknown_language", "language", lang)
		}
	}
	for _, n := range s.SDGs {
		unless(n >= 1 && n <= LastSDG, "sdgs", "form.not_an_option")
	}
	s.checkRows(unless)
	return wrong.Err()
}

// checkRows names each complaint by its list, its row from 0 and its column.
func (s *Sheet) checkRows(unless func(right bool, at, key string, args ...any)) {
	place := func(list string, row int, column string) string { return list + "." + strconv.Itoa(row) + "." + column }
	seen := map[string]bool{}
	for i, m := range s.Modalities {
		unless(nameForm.MatchString(m.Code) && !seen[m.Code], place("modalities", i, "code"), "catalogue.bad_name")
		unless(len(m.Name) > 0, place("modalities", i, "name"), "form.required")
		seen[m.Code] = true
	}
	for i, g := range s.Goals {
		unless(nameForm.MatchString(g.Code), place("goals", i, "code"), "catalogue.bad_name")
		unless(len(g.Name) > 0, place("goals", i, "name"), "form.required")
	}
	for i, a := range s.Annexes {
		unless(codeForm.MatchString(a.Code), place("annexes", i, "code"), "catalogue.bad_code")
		unless(len(a.Name) > 0, place("annexes", i, "name"), "form.required")
	}
	for i, r := range s.Regulations {
		unless(len(r.Title) > 0, place("regulations", i, "title"), "form.required")
	}
	for i, n := range s.Identifiers {
		unless(n.Scheme != "", place("identifiers", i, "scheme"), "form.required")
		unless(n.Value != "", place("identifiers", i, "value"), "form.required")
	}
}

// LastSDG is the number of the last goal of sustainable development.
const LastSDG = 17

// subjectKey is the same for every language of a subject.
func (s Sheet) subjectKey() string { return text.Fold(s.Subject.In(languages[0], languages...)) }

// words is what a search finds the sheet by.
func (s Sheet) words() string {
	all := []string{s.Code}
	for _, t := range []text.Localized{s.Title, s.Summary, s.Subject, s.Unit} {
		for _, lang := range languages {
			all = append(all, t[lang])
		}
	}
	return text.Fold(strings.Join(all, " "))
}

// modalityCodes and recipients are searched as words between spaces.
func (s Sheet) modalityCodes() string {
	codes := " "
	for _, m := range s.Modalities {
		codes += m.Code + " "
	}
	return codes
}

func (s Sheet) recipientCodes() string { return " " + strings.Join(append(s.Recipients, ""), " ") }

// sdgCodes returns the goals of sustainable development as texts.
func (s Sheet) sdgCodes() (codes []string) {
	for _, n := range s.SDGs {
		codes = append(codes, strconv.Itoa(n))
	}
	return codes
}
