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

// Read parses what was typed and checks it. It collects every complaint.
func (f *Form[In]) Read(typed url.Values, in *In) error {
	var wrong fault.Fields
	for _, field := range f.Fields {
		name := field.Spec().Name
		err := field.Parse(typed[name], in)
		if err == nil {
			err = field.Check(in)
		}
		complain(&wrong, name, err)
	}
	return wrong.Err()
}

// Check checks an input that came in another way.
func (f *Form[In]) Check(in *In) error {
	var wrong fault.Fields
	for _, field := range f.Fields {
		complain(&wrong, field.Spec().Name, field.Check(in))
	}
	return wrong.Err()
}

func complain(wrong *fault.Fields, name string, err error) {
	if f := fault.Of(err); f != nil {
		wrong.Add(name, f.Key, f.Args...)
	}
}

// View draws the form with the values of in. When typed is not nil those texts
// are shown instead, so that nobody types twice; problem is what the form or
// the verb said, nil when all is well.
func (f *Form[In]) View(ctx context.Context, in *In, typed url.Values, problem error) ui.Form {
	view := ui.Form{ID: strings.ReplaceAll(f.Subject, ".", "-"), Submit: i18n.T(ctx, f.Subject+".submit")}
	wrong := fault.Of(problem)
	for _, field := range f.Fields {
		view.Fields = append(view.Fields, f.draw(ctx, field, in, typed, wrong))
	}
	if wrong != nil {
		view.Problem = i18n.T(ctx, wrong.Key, wrong.Args...)
	}
	return view
}

func (f *Form[In]) draw(ctx context.Context, field Field[In], in *In, typed url.Values, wrong *fault.Fault) ui.Field {
	s := field.Spec()
	values := field.Show(in)
	if typed != nil {
		values = typed[s.Name]
	}
	key := f.Subject + "." + s.Name
	view := ui.Field{
		Name: s.Name, Kind: s.Kind, Label: i18n.T(ctx, key), Values: values, Required: s.Required,
		Min: s.Min, Max: s.Max, Length: s.Length, Autocomplete: s.Autocomplete, Accept: s.Accept, Narrow: s.Narrow,
		Options: s.Labels,
	}
	if len(values) > 0 {
		view.Value = values[0]
	}
	for _, option := range s.Options {
		view.Options = append(view.Options, ui.Option{Value: option, Label: i18n.T(ctx, key+"."+option)})
	}
	if i18n.Has(ctx, key+".help") {
		view.Help = i18n.T(ctx, key+".help")
	}
	if s.Unit != "" {
		view.Unit = i18n.T(ctx, s.Unit)
	}
	if s.Group != "" {
		view.Group = i18n.T(ctx, f.Subject+".group."+s.Group)
	}
	if wrong != nil {
		for _, c := range wrong.Fields {
			if c.Name == s.Name {
				view.Error = i18n.T(ctx, c.Key, c.Args...)
			}
		}
	}
	return view
}

// Keys returns the message keys that the form needs, for the locale test.
func (f *Form[In]) Keys() []string {
	keys := []string{f.Subject + ".submit"}
	for _, field := range f.Fields {
		s := field.Spec()
		if s.Kind != ui.FieldHidden {
			keys = append(keys, f.Subject+"."+s.Name)
		}
		for _, option := range s.Options {
			keys = append(keys, f.Subject+"."+s.Name+"."+option)
		}
		if s.Unit != "" {
			keys = append(keys, s.Unit)
		}
		if s.Group != "" {
			keys = append(keys, f.Subject+".group."+s.Group)
		}
	}
	return keys
}
