// Package form declares the input of a verb once, for the page, for JSON and
// for imports.
//
//	var courseForm = form.New("training.course",
//		form.Text("title", func(in *CourseInput) *string { return &in.Title }).Required().Limit(120),
//		form.Int("seats", 1, 500, func(in *CourseInput) *int { return &in.Seats }),
//	)
//
// Parsing and checking are two steps: a page parses and checks, JSON decodes
// and checks, so no way in skips a rule. Labels are derived: the title above is
// labelled training.course.title, its help training.course.title.help if that
// message exists. Rules between fields belong to the domain, which answers
// with fault.Fields; the form shows them beside the field they name.
//
// Two kinds of field have several boxes. A text in every language is one field,
// drawn in the reader's language with the others folded below; a list is one
// field whose columns are fields of its rows:
//
//	form.Line("title", func(in *CourseInput) *text.Localized { return &in.Title }),
//	form.Rows("teachers", func(in *CourseInput) *[]Teacher { return &in.Teachers },
//		form.Text("name", func(t *Teacher) *string { return &t.Name }).Required(),
//		form.Date("from", func(t *Teacher) *civil.Date { return &t.From }),
//	),
//
// Their boxes are named title_ca and teachers.0.name, and so are complaints. A
// long form is cut with Section, and Differences tells two inputs apart.
package form

import (
	"context"
	"net/url"
	"strings"

	"bastida/internal/kernel/fault"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/ui"
)

// Form is the declaration of an input of type In.
type Form[In any] struct {
	Subject string // prefix of its message keys
	Fields  []Field[In]
}

// Field is one declared input.
type Field[In any] interface {
	Spec() Spec
	Show(in *In) []string             // the value as texts
	Parse(raw []string, in *In) error // sets the value, or says what is wrong with the text
	Check(in *In) error               // says what is wrong with the value
}

// Spec describes a field to whoever draws or documents it.
type Spec struct {
	Name         string
	Kind         ui.FieldKind
	Required     bool
	Min, Max     string
	Length       int
	Options      []string // message keys are Subject.Name.option
	Labels       []ui.Option
	Group        string
	Unit         string
	Autocomplete string
	Accept       string
	Narrow       bool
}

// New declares a form.
func New[In any](subject string, fields ...Field[In]) *Form[In] {
	return &Form[In]{subject, fields}
}

// Section puts fields below one heading.
func Section[In any](name string, fields ...Field[In]) []Field[In] {
	under := make([]Field[In], len(fields))
	for i, field := range fields {
		under[i] = sectioned[In]{field, name}
	}
	return under
}

type sectioned[In any] struct {
	Field[In]
	name string
}

func (s sectioned[In]) Spec() Spec {
	spec := s.Field.Spec()
	spec.Group = s.name
	return spec
}

// Read parses what was typed and checks it. It collects every complaint.
func (f *Form[In]) Read(typed url.Values, in *In) error {
	var wrong fault.Fields
	for _, field := range f.Fields {
		wrong = append(wrong, partOf(field).read(typed, in)...)
	}
	return wrong.Err()
}

// Check checks an input that came in another way.
func (f *Form[In]) Check(in *In) error {
	var wrong fault.Fields
	for _, field := range f.Fields {
		wrong = append(wrong, partOf(field).check(in)...)
	}
	return wrong.Err()
}

// View draws the form with the values of in. When typed is not nil those texts
// are shown instead, so that nobody types twice; problem is what the form or
// the verb said, nil when all is well.
func (f *Form[In]) View(ctx context.Context, in *In, typed url.Values, problem error) ui.Form {
	view := ui.Form{ID: strings.ReplaceAll(f.Subject, ".", "-"), Submit: i18n.T(ctx, f.Subject+".submit")}
	var complaints fault.Fields
	if wrong := fault.Of(problem); wrong != nil {
		view.Problem = i18n.T(ctx, wrong.Key, wrong.Args...)
		complaints = wrong.Fields
	}
	view.Fields = f.draw(ctx, in, typed, complaints)
	return view
}

func (f *Form[In]) draw(ctx context.Context, in *In, typed url.Values, wrong fault.Fields) (drawn []ui.Field) {
	for _, field := range f.Fields {
		one := partOf(field).draw(ctx, f.Subject, in, typed, wrong)
		if group := field.Spec().Group; group != "" {
			one.Group = i18n.T(ctx, f.Subject+".group."+group)
		}
		drawn = append(drawn, one)
	}
	return drawn
}

// Keys returns the message keys that the form needs, for the locale test.
func (f *Form[In]) Keys() []string { return append(f.fieldKeys(), f.Subject+".submit") }

func (f *Form[In]) fieldKeys() (keys []string) {
	for _, field := range f.Fields {
		keys = append(keys, partOf(field).keys(f.Subject)...)
		if group := field.Spec().Group; group != "" {
			keys = append(keys, f.Subject+".group."+group)
		}
	}
	return keys
}
