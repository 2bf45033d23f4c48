package instruments

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"regexp"
	"slices"
	"strconv"

	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/text"
	"bastida/internal/platform/rule"
)

// decode reads the published format strictly: a misspelt name is a complaint,
// not a silence.
func decode(raw []byte) (Instrument, error) {
	var in Instrument
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	err := d.Decode(&in)
	if err == nil {
		if _, after := d.Token(); !errors.Is(after, io.EOF) {
			err = errors.New("there is something after the end")
		}
	}
	if err != nil {
		return Instrument{}, fault.New(fault.Invalid, "instruments.unreadable", "problem", err.Error())
	}
	return in, nil
}

// check says everything that stands against publishing an instrument.
func (in Instrument) check() error {
	c := &checker{languages: in.languages(), items: map[string]bool{}}
	c.unless(codeForm.MatchString(in.Code), "code", "instruments.bad_code")
	c.unless(in.Version > 0, "version", "instruments.bad_version")
	c.unless(in.Status != Draft, "status", "instruments.is_draft")
	c.unless(len(c.languages) > 0, "title", "form.required")
	for _, lang := range c.languages {
		c.unless(languageForm.MatchString(lang), "title", "instruments.unknown_language", "language", lang)
	}
	c.optional("intro", in.Intro)
	c.optional("note", in.Note)
	sections := map[string]bool{}
	for _, s := range in.Sections {
		at := "sections." + s.Code
		c.unique(sections, s.Code, at)
		c.said(at+".title", s.Title)
		for _, item := range s.Items {
			c.item(at+"."+item.Code, item)
		}
	}
	c.unless(len(c.items) > 0, "sections", "instruments.no_items")
	scores := map[string]bool{}
	for _, s := range in.Scores {
		at := "scores." + s.Code
		c.unique(scores, s.Code, at)
		c.said(at+".title", s.Title)
		c.expression(at, s.Expression, rule.Score)
	}
	return c.wrong.Err()
}

var (
	codeForm     = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$`) // of an instrument: C1-034
	nameForm     = regexp.MustCompile(`^[a-z][a-z0-9_]{0,39}$`)            // of anything in it: a name in expressions
	languageForm = regexp.MustCompile(`^[a-z]{2}$`)
)

// checker goes through an instrument in order and collects complaints.
type checker struct {
	languages []string
	items     map[string]bool // codes of the items so far
	wrong     fault.Fields
}

func (c *checker) unless(right bool, at, key string, args ...any) {
	if !right {
		c.wrong.Add(at, key, args...)
	}
}

func (c *checker) unique(seen map[string]bool, code, at string) {
	c.unless(nameForm.MatchString(code), at, "instruments.bad_name")
	c.unless(!seen[code], at, "instruments.twice", "code", code)
	seen[code] = true
}

// said demands a text in exactly the languages of the instrument.
func (c *checker) said(at string, t text.Localized) {
	for _, lang := range c.languages {
		c.unless(t[lang] != "", at, "instruments.not_said", "language", lang)
	}
	for _, lang := range slices.Sorted(maps.Keys(t)) {
		c.unless(slices.Contains(c.languages, lang), at, "instruments.unknown_language", "language", lang)
	}
}

func (c *checker) optional(at string, t text.Localized) {
	if len(t) > 0 {
		c.said(at, t)
	}
}

func (c *checker) item(at string, item Item) {
	// The condition is checked first: it sees only what was asked before.
	if item.When != "" {
		c.expression(at+".when", item.When, rule.Condition)
	}
	c.unique(c.items, item.Code, at)
	c.unless(slices.Contains(kinds, item.Kind), at, "instruments.unknown_kind", "kind", string(item.Kind))
	c.said(at+".label", item.Label)
	c.optional(at+".help", item.Help)
	c.limits(at, item)
	c.options(at, item)
	c.labels(at, item)
}

// longestScale is how many points still fit in a row.
const longestScale = 21

func (c *checker) limits(at string, item Item) {
	least, most := item.limits()
	counted := item.Kind == Text || item.Kind == Multi
	switch {
	case least > most || counted && least < 0:
		c.wrong.Add(at, "instruments.bad_limits")
	case item.Kind == Scale && (item.Min == nil || item.Max == nil || most-least >= longestScale):
		c.wrong.Add(at, "instruments.bad_scale", "count", longestScale)
	}
}

func (c *checker) options(at string, item Item) {
	if item.Kind != Choice && item.Kind != Multi {
		c.unless(len(item.Options) == 0, at, "instruments.no_options")
		return
	}
	c.unless(len(item.Options) > 1, at, "instruments.few_options")
	values := map[string]bool{}
	for _, o := range item.Options {
		c.unique(values, o.Value, at+"."+o.Value)
		c.said(at+"."+o.Value, o.Label)
	}
}

func (c *checker) labels(at string, item Item) {
	least, most := item.limits()
	for _, point := range slices.Sorted(maps.Keys(item.Labels)) {
		n, err := strconv.Atoi(point)
		c.unless(err == nil && item.Kind == Scale && n >= least && n <= most, at+".labels", "instruments.bad_label", "point", point)
		c.said(at+".labels."+point, item.Labels[point])
	}
}

// expression demands that an expression is right and speaks only of items that
// were asked before.
func (c *checker) expression(at, expression string, kind rule.Kind) {
	r, err := vocabulary.Compile(expression, kind)
	if f := fault.Of(err); f != nil {
		c.wrong.Add(at, f.Key, f.Args...)
		return
	}
	for _, name := range r.Names() {
		code := answerCode(name)
		c.unless(code == "" || c.items[code], at, "instruments.not_asked_before", "code", code)
	}
}
