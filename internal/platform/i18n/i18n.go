// Package i18n says everything the product says, in the reader's language.
//
// A message is a key and named values, as a log line is:
//
//	i18n.T(ctx, "calls.window", "opens", call.Opens, "closes", call.Closes)
//
// Keys live in the locales of the package that uses them, one flat JSON file a
// language; a test finds gaps. A value called "count" chooses the plural form.
// Dates, instants and numbers are formatted for the language before they are
// put in place, so messages never format anything.
package i18n

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	goi18n "github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

// Languages are the languages of the interface, the first being the fallback.
var Languages = []string{"ca", "es", "it", "en"}

// Catalogue holds the messages of every language.
type Catalogue struct {
	bundle   *goi18n.Bundle
	speakers map[string]*goi18n.Localizer
	keys     map[string]map[string]string // language, key, text in its plural "other" form
}

// Load merges the locales of every source. Each source holds files named
// ca.json, es.json, it.json and en.json in a folder called locales.
//
// It fails on a broken file and on a key that two sources define.
func Load(sources ...fs.FS) (*Catalogue, error) {
	c := &Catalogue{
		bundle:   goi18n.NewBundle(language.Catalan),
		speakers: map[string]*goi18n.Localizer{},
		keys:     map[string]map[string]string{},
	}
	c.bundle.RegisterUnmarshalFunc("json", json.Unmarshal)
	for _, lang := range Languages {
		c.keys[lang] = map[string]string{}
		c.speakers[lang] = goi18n.NewLocalizer(c.bundle, lang, Languages[0])
		for _, source := range sources {
			if err := c.add(source, lang); err != nil {
				return nil, err
			}
		}
	}
	return c, nil
}

func (c *Catalogue) add(source fs.FS, lang string) error {
	name := "locales/" + lang + ".json"
	raw, err := fs.ReadFile(source, name)
	if err != nil {
		return fmt.Errorf("read messages: %w", err)
	}
	file, err := c.bundle.ParseMessageFileBytes(raw, lang+".json")
	if err != nil {
		return fmt.Errorf("parse messages of %q: %w", lang, err)
	}
	for _, m := range file.Messages {
		if _, twice := c.keys[lang][m.ID]; twice {
			return fmt.Errorf("message %q is defined twice in %q", m.ID, lang)
		}
		c.keys[lang][m.ID] = m.Other
	}
	return nil
}

// Keys returns the keys that a language has, sorted.
func (c *Catalogue) Keys(lang string) []string {
	return slices.Sorted(maps.Keys(c.keys[lang]))
}

// Has reports whether the language has the key.
func (c *Catalogue) Has(lang, key string) bool {
	_, ok := c.keys[lang][key]
	return ok
}

// Say returns the message in a language. A missing message comes back as its
// key, so that a gap is seen and not hidden.
func (c *Catalogue) Say(lang, key string, args ...any) string {
	speaker, ok := c.speakers[lang]
	if !ok {
		speaker = c.speakers[Languages[0]]
	}
	if len(args) == 0 {
		// Most messages carry no values: skip the template machinery.
		if text, ok := c.keys[lang][key]; ok && !strings.Contains(text, "{{") {
			return text
		}
	}
	config := &goi18n.LocalizeConfig{MessageID: key, TemplateData: data(lang, args)}
	n, counted := count(args)
	if counted {
		config.PluralCount = n
	}
	text, err := speaker.Localize(config)
	if err != nil && counted {
		// Catalan, Spanish and Italian have a form for whole millions, which
		// no message of ours needs to tell from the plural.
		config.PluralCount = plural
		text, err = speaker.Localize(config)
	}
	if err != nil {
		return key
	}
	return text
}

// plural is a count that takes the plural in every language.
const plural = 2

func data(lang string, args []any) map[string]any {
	values := map[string]any{}
	for i := 0; i+1 < len(args); i += 2 {
		values[fmt.Sprint(args[i])] = Format(lang, args[i+1])
	}
	return values
}

func count(args []any) (int, bool) {
	for i := 0; i+1 < len(args); i += 2 {
		if args[i] == "count" {
			n, ok := args[i+1].(int)
			return n, ok
		}
	}
	return 0, false
}

type speaker struct {
	catalogue *Catalogue
	lang      string
}

type speakerKey struct{}

// With returns a context whose messages come in a language.
func With(ctx context.Context, c *Catalogue, lang string) context.Context {
	return context.WithValue(ctx, speakerKey{}, speaker{c, lang})
}

// T says a message in the language of the context. args are names and values
// in turn.
func T(ctx context.Context, key string, args ...any) string {
	s, ok := ctx.Value(speakerKey{}).(speaker)
	if !ok {
		return key
	}
	return s.catalogue.Say(s.lang, key, args...)
}

// Lang returns the language of the context.
func Lang(ctx context.Context) string {
	s, ok := ctx.Value(speakerKey{}).(speaker)
	if !ok {
		return Languages[0]
	}
	return s.lang
}

// Has reports whether the context's language has the key: for messages that
// may be absent, such as the help of a field.
func Has(ctx context.Context, key string) bool {
	s, ok := ctx.Value(speakerKey{}).(speaker)
	return ok && s.catalogue.Has(s.lang, key)
}

// F formats a value for the language of the context.
func F(ctx context.Context, v any) string { return Format(Lang(ctx), v) }
