package e2e_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"path/filepath"
	"slices"
	"testing"

	"github.com/chromedp/chromedp"

	"bastida/internal/kernel/civil"
	"bastida/internal/platform/testkit"
)

// TestTheCheckerChecks makes sure that the tests below can fail.
func TestTheCheckerChecks(t *testing.T) {
	t.Parallel()
	b := open(t, start(t, "", civil.MustParse("2020-02-03")), desk)
	b.visit("/ui")
	b.run(chromedp.Evaluate(`document.querySelector('main').innerHTML = '<input><button></button><p style="color:#ccc;background:#fff">pale</p>'`, nil))
	found := map[string]bool{}
	for _, v := range b.violations(everyRule) {
		found[v.ID] = true
	}
	for _, want := range []string{"label", "button-name"} {
		if !found[want] {
			t.Errorf("a page that breaks %q passes", want)
		}
	}
	if len(*b.console) == 0 {
		t.Error("a style of its own passes the security policy without a complaint")
	}
}

// looks are the four ways in which every page is checked. They differ from one
// to the next in one thing, so that a page is opened once and then changes.
var looks = []look{
	{width: 1366, height: 768},
	{width: 1366, height: 768, dark: true},
	{width: 390, height: 844, dark: true},
	{width: 390, height: 844},
}

func (l look) String() string { return fmt.Sprintf("%d wide, dark %v", l.width, l.dark) }

// narrowest is the width at which a page still fits without moving sideways
// (WCAG 1.4.10).
const narrowest = 320

// reader is somebody whose pages are checked.
type reader struct{ words, role string }

var (
	anybody       = reader{}
	officer       = reader{officerOf, officerRole}
	technician    = reader{technicianName, technicianRole}
	lawyer        = reader{legalName, legalRole}
	administrator = reader{"Laura Álvarez", "administració"}
)

// survey looks at every page of a site, at several moments of the story. A
// route is looked at once, as the first reader who may open it, unless its
// page is another one later.
type survey struct {
	site
	done map[string]bool
}

// TestEveryPageIsAccessible opens one address of every route in each look, and
// the routes that change with the story at each of its turns.
func TestEveryPageIsAccessible(t *testing.T) {
	t.Parallel()
	v := survey{start(t, "", civil.MustParse("2020-02-03")), map[string]bool{}}
	r := &road{visitor: v.visitor(t)}
	r.apply()
	v.look(t, "applying", []string{r.application + "/check", r.application + "/annexes/C1-034", r.call + "/apply"}, anybody, officer)
	r.submit()
	r.review()
	r.change()
	run := r.runs[1]
	moving := r.link(run+"?view=table", "Mou a")
	compared := r.call + "/groupings/compare?a=" + path.Base(r.runs[0]) + "&b=" + path.Base(run)
	v.look(t, "reviewing", []string{
		r.call, r.call + "/applications", r.application, run, run + "?view=table", run + "/rerun", moving, compared,
	}, technician, lawyer, administrator)
	v.upload(t)
	r.accept()
	r.approve()
	v.again("/calls/{id}", "/calls/{id}/resolution/prepare", "/calls/{id}/report", "/applications/{id}", "/groupings/{id}", "/mailbox")
	v.look(t, "resolved", []string{r.call, r.call + "/resolution"}, anybody)
	v.look(t, "told", []string{r.application, "/mailbox"}, officer)
	v.look(t, "reported", []string{r.call + "/report", r.call + "/resolution/prepare", run, r.call + "/applications"}, technician)
}

// look checks what the readers newly reach, first the addresses given. The
// readers' pages are checked side by side.
func (v survey) look(t *testing.T, moment string, first []string, readers ...reader) {
	t.Helper()
	t.Run(moment, func(t *testing.T) {
		for i, who := range readers {
			if i > 0 {
				first = nil
			}
			fresh := v.routes(t, who, first)
			t.Run(who.role, func(t *testing.T) {
				t.Parallel()
				b := open(t, v.site, desk)
				if who != anybody {
					b.signIn(who.words, who.role)
				}
				for _, address := range fresh {
					b.visit(address)
					b.inEachLook(address)
					b.quiet(address)
				}
			})
		}
	})
}

// again forgets that routes were looked at.
func (v survey) again(routes ...string) {
	for _, route := range routes {
		delete(v.done, "GET "+route)
	}
}

// routes walks the site as somebody and returns what is not looked at yet: the
// given addresses, and one of every route. Every page met is weighed.
func (v survey) routes(t *testing.T, who reader, first []string) (fresh []string) {
	t.Helper()
	walker := v.visitor(t)
	if who != anybody {
		walker.signIn(who.words, who.role)
	}
	fresh = slices.Clone(first)
	for _, address := range first {
		weigh(t, address, walker.Get(address))
		v.done[v.pattern(address)] = true
	}
	from := slices.Concat(first, []string{"/", "/catalogue", "/ui", "/sign-in", "/account"}[:entrances(who)])
	walker.Walk(from, v.app.Router.Pattern, 1, func(address string, page testkit.Page) {
		weigh(t, address, page)
		if route := v.pattern(address); !v.done[route] {
			v.done[route] = true
			fresh = append(fresh, address)
		}
	})
	return fresh
}

// entrances is how many of the places where a walk begins are somebody's.
func entrances(who reader) int {
	if who == anybody {
		return 4
	}
	return 5
}

func (v survey) pattern(address string) string {
	return v.app.Router.Pattern(httptest.NewRequest(http.MethodGet, address, nil))
}

// upload brings a spreadsheet in and looks at what would happen to it.
func (v survey) upload(t *testing.T) {
	t.Helper()
	sheet := filepath.Join(t.TempDir(), "persones.csv")
	if err := os.WriteFile(sheet, []byte("nom;correu\nPersona Inventada;persona@exemple.example\nSense correu;\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	b := open(t, v.site, desk)
	b.signIn(administrator.words, administrator.role)
	b.visit("/import/new")
	b.run(chromedp.SetUploadFiles(`main input[type=file]`, []string{sheet}, chromedp.ByQuery))
	b.follow(chromedp.Click(`main form[enctype] button.primary`, chromedp.ByQuery))
	b.inEachLook("a spreadsheet before it is applied")
	b.quiet("a spreadsheet before it is applied")
}

// link returns where the first link of a page that says a text leads.
func (r *road) link(page, text string) string {
	r.t.Helper()
	r.open(page)
	return r.page.Find(fmt.Sprintf(`main a:contains(%q)`, text)).First().AttrOr("href", "")
}

// inEachLook holds the page to WCAG 2.2 AA in every look. A dark look differs
// from the light one of the same size in its colours alone.
func (b browser) inEachLook(name string) {
	b.t.Helper()
	for _, l := range looks {
		b.appear(l)
		rules := everyRule
		if l.dark {
			rules = colourRules
		}
		b.holds(name+", "+l.String(), rules)
	}
	b.appear(look{width: narrowest, height: 640})
	var wide string
	b.run(chromedp.Evaluate(fmt.Sprintf(sideways, narrowest), &wide))
	if wide != "" {
		b.t.Errorf("%s: at %d wide the page moves sideways: %s", name, narrowest, wide)
	}
	b.appear(desk)
}

// sideways names the parts that stick out of a page of some width. A phone
// zooms out of a page that is too wide, so its own width says nothing.
const sideways = `(width => document.scrollingElement.scrollWidth <= width ? '' : document.scrollingElement.scrollWidth + ' ' +
	[...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > width + 1 && !e.closest('.table-box, .tabs ul, .segments ul'))
		.slice(0, 6).map(e => e.outerHTML.slice(0, 120)).join('\n'))(%d)`
