package form

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/text"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/ui"
)

// LocalizedField is one text in several languages.
type LocalizedField[In any] struct {
	several[In]
	languages []string
	at        func(*In) *text.Localized
}

// mostCharacters is how long a text of a language may be. It is a safeguard, and
// no page mentions it.
const mostCharacters = 8000

// Line declares a line of text in every language. Its boxes are named name_ca,
// name_es and so on; a complaint about the text as a whole is named name.
func Line[In any](name string, at func(*In) *text.Localized) *LocalizedField[In] {
	return localized(Spec{Name: name, Kind: ui.FieldText, Length: mostCharacters}, i18n.Languages, at)
}

// Prose declares paragraphs of text in every language.
func Prose[In any](name string, at func(*In) *text.Localized) *LocalizedField[In] {
	return localized(Spec{Name: name, Kind: ui.FieldArea, Length: mostCharacters}, i18n.Languages, at)
}

// Localized declares a text in some languages, among the fields of a list.
func Localized[In any](name string, kind ui.FieldKind, required bool, languages []string, at func(*In) *text.Localized) []Field[In] {
	return []Field[In]{localized(Spec{Name: name, Kind: kind, Length: mostCharacters, Required: required}, languages, at)}
}

func localized[In any](s Spec, languages []string, at func(*In) *text.Localized) *LocalizedField[In] {
	return &LocalizedField[In]{several[In]{s}, languages, at}
}

// Required asks for the text in one language at least.
func (f *LocalizedField[In]) Required() *LocalizedField[In] { f.spec.Required = true; return f }

// Group starts a group of fields under a heading.
func (f *LocalizedField[In]) Group(name string) *LocalizedField[In] { f.spec.Group = name; return f }

func (f *LocalizedField[In]) box(lang string) string { return f.spec.Name + "_" + lang }

// read keeps the languages in which something is written.
func (f *LocalizedField[In]) read(typed url.Values, in *In) fault.Fields {
	written := text.Localized{}
	for _, lang := range f.languages {
		if words := strings.ReplaceAll(first(typed[f.box(lang)]), "\r\n", "\n"); words != "" {
			written[lang] = words
		}
	}
	*f.at(in) = written
	return f.check(in)
}

func (f *LocalizedField[In]) check(in *In) (wrong fault.Fields) {
	written := *f.at(in)
	if f.spec.Required && strings.TrimSpace(written.In(f.languages[0])) == "" {
		wrong.Add(f.spec.Name, "form.required")
	}
	for _, lang := range f.languages {
		if utf8.RuneCountInString(written[lang]) > f.spec.Length {
			wrong.Add(f.box(lang), "form.too_long", "max", f.spec.Length)
		}
	}
	return wrong
}

// draw puts the reader's language first and the others below it.
func (f *LocalizedField[In]) draw(ctx context.Context, subject string, in *In, typed url.Values, wrong fault.Fields) ui.Field {
	key := subject + "." + f.spec.Name
	var boxes []ui.Field
	for _, lang := range f.order(i18n.Lang(ctx)) {
		name := f.box(lang)
		value := (*f.at(in))[lang]
		if typed != nil {
			value = first(typed[name])
		}
		boxes = append(boxes, ui.Field{
			Name: name, Kind: f.spec.Kind, Label: inLanguage(ctx, key, lang), Value: value, Error: said(ctx, wrong, name),
		})
	}
	view := boxes[0]
	view.Required, view.Help, view.Others = f.spec.Required, help(ctx, key), boxes[1:]
	if whole := said(ctx, wrong, f.spec.Name); whole != "" {
		view.Error = whole
	}
	return view
}

func (f *LocalizedField[In]) order(reader string) []string {
	at := slices.Index(f.languages, reader)
	if at < 0 {
		return f.languages
	}
	return append([]string{reader}, slices.Delete(slices.Clone(f.languages), at, at+1)...)
}

func inLanguage(ctx context.Context, key, lang string) string {
	return i18n.T(ctx, key) + " (" + i18n.T(ctx, "ui.language_name."+lang) + ")"
}

func (f *LocalizedField[In]) differ(ctx context.Context, subject string, before, after *In) (found []ui.Difference) {
	was, is := *f.at(before), *f.at(after)
	for _, lang := range f.languages {
		if was[lang] != is[lang] {
			found = append(found, ui.Difference{Label: inLanguage(ctx, subject+"."+f.spec.Name, lang), Before: was[lang], After: is[lang]})
		}
	}
	return found
}

func (f *LocalizedField[In]) keys(subject string) []string {
	return []string{subject + "." + f.spec.Name}
}
