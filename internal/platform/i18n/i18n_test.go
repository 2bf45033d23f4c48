package i18n_test

import (
	"testing"
	"testing/fstest"
	"time"

	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/record"
	"bastida/internal/platform/i18n"
)

func catalogue(t *testing.T) *i18n.Catalogue {
	t.Helper()
	files := fstest.MapFS{}
	for lang, raw := range map[string]string{
		"ca": `{"t.plain": "hola", "t.named": "fins al {{.date}}", "t.many": {"one": "{{.count}} grup", "other": "{{.count}} grups"}}`,
		"es": `{"t.plain": "hola", "t.named": "hasta el {{.date}}", "t.many": {"one": "{{.count}} grupo", "other": "{{.count}} grupos"}}`,
		"it": `{"t.plain": "ciao", "t.named": "fino al {{.date}}", "t.many": {"one": "{{.count}} gruppo", "other": "{{.count}} gruppi"}}`,
		"en": `{"t.plain": "hello", "t.named": "until {{.date}}", "t.many": {"one": "{{.count}} group", "other": "{{.count}} groups"}}`,
	} {
		files["locales/"+lang+".json"] = &fstest.MapFile{Data: []byte(raw)}
	}
	c, err := i18n.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestMessages(t *testing.T) {
	t.Parallel()
	c := catalogue(t)
	day := civil.MustParse("2020-02-13")
	for _, m := range []struct {
		lang, key string
		args      []any
		want      string
	}{
		{"it", "t.plain", nil, "ciao"},
		{"ca", "t.named", []any{"date", day}, "fins al 13/02/2020"},
		{"en", "t.named", []any{"date", day}, "until 13 Feb 2020"},
		{"ca", "t.many", []any{"count", 1}, "1 grup"},
		{"ca", "t.many", []any{"count", 0}, "0 grups"},
		{"it", "t.many", []any{"count", 1234}, "1.234 gruppi"},
		{"es", "t.many", []any{"count", 1_000_000}, "1\u00a0000\u00a0000 grupos"},
		{"xx", "t.plain", nil, "hola"},
		{"ca", "t.missing", nil, "t.missing"},
	} {
		if got := c.Say(m.lang, m.key, m.args...); got != m.want {
			t.Errorf("%s %s %v: %q, want %q", m.lang, m.key, m.args, got, m.want)
		}
	}
}

func TestAKeyIsDefinedOnce(t *testing.T) {
	t.Parallel()
	files := fstest.MapFS{}
	for _, lang := range i18n.Languages {
		files["locales/"+lang+".json"] = &fstest.MapFile{Data: []byte(`{"t.plain": "x"}`)}
	}
	if _, err := i18n.Load(files, files); err == nil {
		t.Error("two packages define the same key and nobody minds")
	}
}

// The numbers follow CLDR for each language.
func TestFormats(t *testing.T) {
	t.Parallel()
	summer := record.At(time.Date(2020, 7, 1, 22, 30, 0, 0, time.UTC))
	for _, c := range []struct {
		lang string
		v    any
		want string
	}{
		{"ca", 1373, "1.373"},
		{"es", 1373, "1373"},
		{"it", 1373, "1.373"},
		{"en", 1373, "1,373"},
		{"es", 56496319, "56\u00a0496\u00a0319"},
		{"ca", -1250, "−1.250"},
		{"ca", 0.5, "0,5"},
		{"en", 0.5, "0.5"},
		{"it", 12.0, "12"},
		{"es", 1234.567, "1234,57"},
		{"ca", -0.25, "−0,25"},
		{"ca", civil.Date{}, "–"},
		{"it", summer, "02/07/2020 00:30"},
		{"en", summer, "2 Jul 2020 00:30"},
		{"ca", "text", "text"},
	} {
		if got := i18n.Format(c.lang, c.v); got != c.want {
			t.Errorf("%s %v: %q, want %q", c.lang, c.v, got, c.want)
		}
	}
}
