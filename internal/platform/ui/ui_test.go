package ui_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"flag"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/a-h/templ"

	"bastida/internal/kernel/civil"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/ui"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func TestGalleryIsGolden(t *testing.T) {
	t.Parallel()
	got := strings.ReplaceAll(render(t, staff(), ui.Gallery()), "><", ">\n<")
	got = regexp.MustCompile(`(/static/[\w.-]+)\.[0-9a-f]{12}\.`).ReplaceAllString(got, "$1.HASH.")
	golden := filepath.Join("testdata", "gallery.html")
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Error("the gallery has changed: look at the difference after go test ./internal/platform/ui -update")
	}
}

func TestClassesAreBothDrawnAndUsed(t *testing.T) {
	t.Parallel()
	used := map[string]bool{}
	for _, page := range everyPage(t) {
		page.Find("[class]").Each(func(_ int, s *goquery.Selection) {
			for class := range strings.FieldsSeq(s.AttrOr("class", "")) {
				used[class] = true
			}
		})
	}
	drawn := map[string]bool{}
	for _, m := range regexp.MustCompile(`\.([a-z][\w-]*)`).FindAllStringSubmatch(selectors(t), -1) {
		drawn[m[1]] = true
	}
	for class := range used {
		if !drawn[class] {
			t.Errorf("class %q is used and not drawn", class)
		}
	}
	modules := moduleTemplates(t)
	for class := range drawn {
		stem := strings.TrimRight(class, "0123456789") // numbered classes are put together
		if !used[class] && !regexp.MustCompile(`\b`+stem).MatchString(modules) {
			t.Errorf("class %q is drawn and not used", class)
		}
	}
	for _, m := range regexp.MustCompile(`class="([^"]*)"`).FindAllStringSubmatch(modules, -1) {
		for class := range strings.FieldsSeq(m[1]) {
			if !drawn[class] {
				t.Errorf("a module uses class %q, which is not drawn", class)
			}
		}
	}
}

// moduleTemplates returns what the modules draw by themselves: there is one
// style sheet, and it serves them too.
func moduleTemplates(t *testing.T) string {
	t.Helper()
	names, err := filepath.Glob("../../modules/*/*.templ")
	if err != nil || len(names) == 0 {
		t.Fatalf("no templates of modules: %v", err)
	}
	var all strings.Builder
	for _, name := range names {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(raw)
	}
	return all.String()
}

func TestPagesKeepTheSecurityPolicy(t *testing.T) {
	t.Parallel()
	for _, page := range everyPage(t) {
		for _, banned := range []string{"[style]", "style", "script:not([src])", "[onclick]", "[hx-on]", "[hx-vals]"} {
			if page.Find(banned).Length() > 0 {
				t.Errorf("a page has %s", banned)
			}
		}
	}
}

func TestEveryIconIsInTheSprite(t *testing.T) {
	t.Parallel()
	sprite := asset(t, "icons.svg")
	for _, page := range everyPage(t) {
		page.Find("use").Each(func(_ int, s *goquery.Selection) {
			_, name, _ := strings.Cut(s.AttrOr("href", ""), "#")
			if !strings.Contains(sprite, `<symbol id="`+name+`"`) {
				t.Errorf("icon %q is not in the sprite", name)
			}
		})
	}
}

func TestIdentifiersAreUniqueAndFound(t *testing.T) {
	t.Parallel()
	for _, page := range everyPage(t) {
		ids := map[string]bool{}
		page.Find("[id]").Each(func(_ int, s *goquery.Selection) {
			id := s.AttrOr("id", "")
			if ids[id] {
				t.Errorf("identifier %q is used twice", id)
			}
			ids[id] = true
		})
		for _, attribute := range []string{"for", "form", "aria-describedby", "aria-labelledby", "data-tick-all", "data-dialog"} {
			page.Find("[" + attribute + "]").Each(func(_ int, s *goquery.Selection) {
				for id := range strings.FieldsSeq(s.AttrOr(attribute, "")) {
					if !ids[id] {
						t.Errorf("%s points at %q, which is not there", attribute, id)
					}
				}
			})
		}
	}
}

func TestEveryTextIsKnownInEveryLanguage(t *testing.T) {
	t.Parallel()
	catalogue := messages(t)
	want := catalogue.Keys("ca")
	for _, lang := range i18n.Languages {
		if got := catalogue.Keys(lang); !slices.Equal(got, want) {
			t.Errorf("the keys of %q differ from those of Catalan", lang)
		}
	}
	for _, page := range everyPage(t) {
		if key := regexp.MustCompile(`ui\.[a-z_.]+`).FindString(page.Text()); key != "" {
			t.Errorf("message %q is missing", key)
		}
	}
}

func TestWhatPeopleTypeIsNotMarkup(t *testing.T) {
	t.Parallel()
	const attack = `"><script>alert(1)</script>`
	f := staff()
	f.Tenant.Name, f.Query, f.User.Name = attack, attack, attack
	f.Flash = &ui.Notice{Text: attack}
	form := ui.Form{ID: attack, Action: "javascript:alert(1)", Problem: attack, Fields: []ui.Field{
		{Name: attack, Kind: ui.FieldText, Label: attack, Value: attack, Help: attack, Error: attack},
		{Name: "area", Kind: ui.FieldArea, Label: attack, Value: attack},
		{Name: "radio", Kind: ui.FieldRadio, Label: attack, Options: []ui.Option{{Value: attack, Label: attack}}},
	}}
	body := templ.Join(
		ui.FormView(form), ui.Text(attack), ui.LinkTo("javascript:alert(1)", attack), ui.Paragraphs(attack),
		ui.ActionButton(ui.Action{Href: attack, Label: attack, Confirm: attack, Hidden: map[string]string{attack: attack}}),
		ui.SearchView(attack, nil),
	)
	html := render(t, f, page(ui.Head{Title: attack, Sub: attack}, body))
	for _, banned := range []string{"<script>", "javascript:"} {
		if strings.Contains(html, banned) {
			t.Errorf("the page has %s", banned)
		}
	}
}

func TestZeroValuesAreDrawn(t *testing.T) {
	t.Parallel()
	for _, c := range []templ.Component{
		ui.Page(ui.Head{}), ui.ErrorPage(0, "", "", ""), ui.ConfirmPage(ui.Action{}, ""),
		ui.FormView(ui.Form{}), ui.FieldView(ui.Field{}), ui.ActionButton(ui.Action{}),
		ui.TableView(ui.Table{}), ui.TableView(ui.Table{Rows: []ui.Row{{}}, Bulk: []ui.Action{{}}}),
		ui.TableView(ui.Table{Rows: []ui.Row{{Cells: []templ.Component{nil, ui.Text("beyond the columns")}}}}),
		ui.Figures(nil), ui.Facts([]ui.Fact{{}}), ui.Items([]ui.Item{{}}), ui.Timeline([]ui.Event{{}}),
		ui.Steps([]ui.Step{{}}), ui.Tabs(nil), ui.Segments(nil), ui.Trail(nil), ui.Tags(nil), ui.Notices(ui.Notice{}),
		ui.StatusTag(ui.Tag{}), ui.Meter(0, 0, ui.Plain), ui.Bar("", 0, 0, ui.Plain), ui.Progress("", 0, ""),
		ui.Menu("", "", nil), ui.Dialog("", ""), ui.DialogButton("", "", ""), ui.Empty("", "", nil),
		ui.Card("", nil), ui.Named("", ""), ui.Num(nil), ui.SearchView("", nil), ui.LinkButton(ui.Link{}),
		ui.LongFormView(ui.Form{}), ui.Differences(nil, "", ""), ui.Clash("", "", nil), ui.Said(nil), ui.SaidProse(nil),
		ui.FieldView(ui.Field{Kind: ui.FieldRows}), ui.FieldView(ui.Field{Kind: ui.FieldRows, Rows: [][]ui.Field{{{}}, {}}}),
		ui.FieldView(ui.Field{Kind: ui.FieldScale}), ui.FieldView(ui.Field{Kind: ui.FieldChecks}),
	} {
		render(t, ui.Frame{}, c)
	}
}

func TestAFieldIsTiedToItsTexts(t *testing.T) {
	t.Parallel()
	doc := parse(t, render(t, staff(), ui.FieldView(ui.Field{
		Name: "hours", Kind: ui.FieldNumber, Label: "Hours", Help: "Of work.", Error: "Too many.", Unit: "hours", Required: true,
	})))
	input := doc.Find("#f-hours")
	if got, want := input.AttrOr("aria-describedby", ""), "f-hours-help f-hours-error f-hours-unit"; got != want {
		t.Errorf("aria-describedby = %q, want %q", got, want)
	}
	if input.AttrOr("aria-invalid", "") != "true" {
		t.Error("a wrong field does not say that it is invalid")
	}
	if label := doc.Find("label[for=f-hours]").Text(); !strings.Contains(label, "obligatori") {
		t.Errorf("the label %q does not say that the field is required", label)
	}
}

func TestProblemsWithinListsAndLanguagesAreFound(t *testing.T) {
	t.Parallel()
	inRow := ui.Field{Name: "rows.0.code", Kind: ui.FieldText, Label: "Code", Value: "x", Error: "Too short."}
	doc := parse(t, render(t, staff(), ui.FormView(ui.Form{ID: "f", Fields: []ui.Field{
		{Name: "title_ca", Kind: ui.FieldText, Label: "Title", Others: []ui.Field{{Name: "title_it", Kind: ui.FieldText, Label: "Titolo", Error: "Too long."}}},
		{Name: "rows", Kind: ui.FieldRows, Label: "Rows", Rows: [][]ui.Field{{inRow}, {{Name: "rows.1.code", Kind: ui.FieldText, Label: "Code"}}}},
	}})))
	for _, place := range []string{"#f-title_it", "#f-rows.0.code"} {
		if doc.Find(`.problems a[href="`+place+`"]`).Length() != 1 || doc.Find(`details[open] [id="`+place[1:]+`"]`).Length() != 1 {
			t.Errorf("%s is not found from the summary, or is folded", place)
		}
	}
}

func TestAFilterStartsWithAnything(t *testing.T) {
	t.Parallel()
	field := ui.Field{Name: "state", Kind: ui.FieldSelect, Label: "Estat"}
	asked := parse(t, render(t, staff(), ui.FormView(ui.Form{Fields: []ui.Field{field}}))).Find("option").Text()
	filter := parse(t, render(t, staff(), ui.TableView(ui.Table{Filters: &ui.Form{Fields: []ui.Field{field}}}))).Find("option").Text()
	if asked != "Trieu…" || filter != "Qualsevol" {
		t.Errorf("a question offers %q and a filter %q", asked, filter)
	}
}

func TestAPasswordIsNeverSentBack(t *testing.T) {
	t.Parallel()
	html := render(t, staff(), ui.FieldView(ui.Field{Name: "p", Kind: ui.FieldPassword, Value: "s3cret"}))
	if strings.Contains(html, "s3cret") {
		t.Error("the page holds the password")
	}
}

func TestWorkUnderWayAsksForItself(t *testing.T) {
	t.Parallel()
	doc := parse(t, render(t, staff(), ui.Progress("Forming", 40, "/calls/7/progress")))
	if got := doc.Find("[hx-get='/calls/7/progress'][hx-trigger='every 1s']").Length(); got != 1 {
		t.Errorf("%d parts ask for the progress, want 1", got)
	}
}

func TestStaticFilesAreKeptForEver(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"ui.css", "app.js", "htmx.min.js", "icons.svg", "mark.svg", "inter.woff2", "inter-ext.woff2"} {
		w := get(ui.Asset(name), "gzip")
		if w.Code != http.StatusOK || !strings.Contains(w.Header().Get("Cache-Control"), "immutable") {
			t.Errorf("%s: status %d, Cache-Control %q", name, w.Code, w.Header().Get("Cache-Control"))
		}
	}
	if w := get("/static/ui.css", "gzip"); w.Code != http.StatusNotFound {
		t.Errorf("an address without its hash answers %d", w.Code)
	}
	if css := asset(t, "ui.css"); strings.Contains(css, "url(inter.woff2)") {
		t.Error("the style sheet points at a font without its hash")
	}
}

func TestPagesStayLight(t *testing.T) {
	t.Parallel()
	for name, most := range map[string]int{"ui.css": 20_000, "app.js": 6_000, "htmx.min.js": 14_000, "icons.svg": 8_000} {
		if size := get(ui.Asset(name), "gzip").Body.Len(); size > most {
			t.Errorf("%s weighs %d bytes compressed, at most %d", name, size, most)
		}
	}
}

// everyPage is the gallery in each frame, and the pages that it cannot hold.
func everyPage(t *testing.T) []*goquery.Document {
	t.Helper()
	stranger := staff()
	stranger.User, stranger.Flash, stranger.Demo = nil, nil, false
	action := ui.Action{Href: "/x", Label: "Delete", Danger: true, Confirm: "Really?"}
	return []*goquery.Document{
		parse(t, render(t, staff(), ui.Gallery())),
		parse(t, render(t, stranger, ui.Page(ui.Head{Title: "Welcome"}))),
		parse(t, render(t, staff(), ui.Page(ui.Head{Title: "Welcome", Public: true}))),
		parse(t, render(t, staff(), ui.ConfirmPage(action, "/back"))),
		parse(t, render(t, staff(), ui.ErrorPage(404, "Not found", "Not here.", "7f3a"))),
		parse(t, render(t, staff(), ui.SearchView("", nil))),
	}
}

// staff is the frame of somebody signed in, with all that a frame may hold.
func staff() ui.Frame {
	return ui.Frame{
		Lang: "ca", Languages: i18n.Languages, Path: "/groups?page=2", Theme: "light",
		Tenant: ui.Tenant{Name: "Consorci de l’Alt Bosc", Unit: "Serveis socials", Mark: "AB", StyleHref: "/style/ab.css"},
		Menu: []ui.Link{
			{Href: "/", Label: "Avui", Icon: "sun"},
			{Href: "/groups", Label: "Grups", Icon: "users", Count: 3, Current: true},
			{Href: "/calls", Label: "Convocatòries", Icon: "file-text"},
			{Href: "/agenda", Label: "Agenda", Icon: "calendar"},
			{Href: "/people", Label: "Persones", Icon: "user"},
			{Href: "/figures", Label: "Indicadors", Icon: "chart-column"},
		},
		User: &ui.User{Name: "Marta Roca", Initials: "MR", Role: "Treballadora social", Memberships: []ui.Link{
			{Href: "1", Label: "Alt Bosc", Current: true}, {Href: "2", Label: "Baix Bosc"},
		}},
		Flash: &ui.Notice{Tone: ui.OK, Text: "Desat.", Action: &ui.Link{Href: "/undo", Label: "Desfés"}},
		Demo:  true, Today: civil.MustParse("2026-11-21"),
	}
}

func page(h ui.Head, body templ.Component) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		return ui.Page(h).Render(templ.WithChildren(ctx, body), w)
	})
}

func render(t *testing.T, f ui.Frame, c templ.Component) string {
	t.Helper()
	var out bytes.Buffer
	ctx := i18n.With(ui.WithFrame(t.Context(), f), messages(t), "ca")
	if err := c.Render(ctx, &out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func messages(t *testing.T) *i18n.Catalogue {
	t.Helper()
	catalogue, err := i18n.Load(ui.Locales)
	if err != nil {
		t.Fatal(err)
	}
	return catalogue
}

func parse(t *testing.T, html string) *goquery.Document {
	t.Helper()
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(html))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func get(path, encoding string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.Header.Set("Accept-Encoding", encoding)
	ui.Static().ServeHTTP(w, r)
	return w
}

// asset is a static file as a browser unpacks it.
func asset(t *testing.T, name string) string {
	t.Helper()
	packed, err := gzip.NewReader(get(ui.Asset(name), "gzip").Body)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := io.ReadAll(packed)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// selectors is the style sheet without comments and values.
func selectors(t *testing.T) string {
	t.Helper()
	css := regexp.MustCompile(`(?s)/\*.*?\*/`).ReplaceAllString(asset(t, "ui.css"), "")
	css = regexp.MustCompile(`url\([^)]*\)`).ReplaceAllString(css, "")
	return regexp.MustCompile(`(?m)[\w-]+:\s[^;{}]*;`).ReplaceAllString(css, "")
}
