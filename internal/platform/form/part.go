package form

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"bastida/internal/kernel/fault"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/ui"
)

// part is what a form asks of each field: to read, check and draw itself, to
// tell two values apart, and to name its messages. A field of one box is a
// part by way of box; the fields of several boxes are parts themselves.
type part[In any] interface {
	read(typed url.Values, in *In) fault.Fields
	check(in *In) fault.Fields
	draw(ctx context.Context, subject string, in *In, typed url.Values, wrong fault.Fields) ui.Field
	differ(ctx context.Context, subject string, before, after *In) []ui.Difference
	keys(subject string) []string
}

func partOf[In any](field Field[In]) part[In] {
	if s, ok := field.(sectioned[In]); ok {
		field = s.Field
	}
	if p, ok := field.(part[In]); ok {
		return p
	}
	return box[In]{field}
}

// several is what a field of several boxes answers to those who ask for one.
type several[In any] struct{ spec Spec }

// Spec implements Field.
func (f *several[In]) Spec() Spec { return f.spec }

// Show implements Field: there is no single text to show.
func (f *several[In]) Show(*In) []string { return nil }

// Parse implements Field: the boxes are parsed one by one.
func (f *several[In]) Parse([]string, *In) error { return nil }

// Check implements Field: the boxes are checked one by one.
func (f *several[In]) Check(*In) error { return nil }

// box is a field of one box.
type box[In any] struct{ Field[In] }

func (b box[In]) read(typed url.Values, in *In) fault.Fields {
	name := b.Spec().Name
	err := b.Parse(typed[name], in)
	if err == nil {
		err = b.Check(in)
	}
	return complaint(name, err)
}

func (b box[In]) check(in *In) fault.Fields { return complaint(b.Spec().Name, b.Check(in)) }

func complaint(name string, err error) (wrong fault.Fields) {
	if f := fault.Of(err); f != nil {
		wrong.Add(name, f.Key, f.Args...)
	}
	return wrong
}

func (b box[In]) draw(ctx context.Context, subject string, in *In, typed url.Values, wrong fault.Fields) ui.Field {
	s := b.Spec()
	values := b.Show(in)
	if typed != nil {
		values = typed[s.Name]
	}
	key := subject + "." + s.Name
	view := ui.Field{
		Name: s.Name, Kind: s.Kind, Label: i18n.T(ctx, key), Help: help(ctx, key), Error: said(ctx, wrong, s.Name), Values: values,
		Required: s.Required, Min: s.Min, Max: s.Max, Length: s.Length, Autocomplete: s.Autocomplete, Accept: s.Accept, Narrow: s.Narrow,
		Options: s.Labels,
	}
	if len(values) > 0 {
		view.Value = values[0]
	}
	for _, option := range s.Options {
		view.Options = append(view.Options, ui.Option{Value: option, Label: i18n.T(ctx, key+"."+option)})
	}
	if s.Unit != "" {
		view.Unit = i18n.T(ctx, s.Unit)
	}
	return view
}

// help is the message that explains a field, if there is one.
func help(ctx context.Context, key string) string {
	if !i18n.Has(ctx, key+".help") {
		return ""
	}
	return i18n.T(ctx, key+".help")
}

// said is what is wrong with the field of a name.
func said(ctx context.Context, wrong fault.Fields, name string) (problem string) {
	for _, c := range wrong {
		if c.Name == name {
			problem = i18n.T(ctx, c.Key, c.Args...)
		}
	}
	return problem
}

func (b box[In]) differ(ctx context.Context, subject string, before, after *In) []ui.Difference {
	key := subject + "." + b.Spec().Name
	was, is := b.say(ctx, key, before), b.say(ctx, key, after)
	if was == is {
		return nil
	}
	return []ui.Difference{{Label: i18n.T(ctx, key), Before: was, After: is}}
}

// say is the value as it is read: options and yes in words.
func (b box[In]) say(ctx context.Context, key string, in *In) string {
	s := b.Spec()
	values := slices.Clone(b.Show(in))
	for i, v := range values {
		switch {
		case slices.Contains(s.Options, v):
			values[i] = i18n.T(ctx, key+"."+v)
		case s.Kind == ui.FieldCheck:
			values[i] = i18n.T(ctx, "ui.yes")
		}
	}
	return strings.Join(values, ", ")
}

func (b box[In]) keys(subject string) (keys []string) {
	s := b.Spec()
	if s.Kind != ui.FieldHidden {
		keys = append(keys, subject+"."+s.Name)
	}
	for _, option := range s.Options {
		keys = append(keys, subject+"."+s.Name+"."+option)
	}
	if s.Unit != "" {
		keys = append(keys, s.Unit)
	}
	return keys
}

// Differences lists what two inputs state differently, in the order of the
// form: what was saved meanwhile beside what is typed, or a draft beside what
// was published.
func (f *Form[In]) Differences(ctx context.Context, before, after *In) (found []ui.Difference) {
	for _, field := range f.Fields {
		found = append(found, partOf(field).differ(ctx, f.Subject, before, after)...)
	}
	return found
}
