package e2e_test

import (
	"fmt"
	"maps"
	"net/url"
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
	for _, v := range b.violations() {
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

// looks are the four ways in which every page is checked.
var looks = []look{
	{width: 1366, height: 768}, {width: 390, height: 844},
	{width: 1366, height: 768, dark: true}, {width: 390, height: 844, dark: true},
}

func (l look) String() string { return fmt.Sprintf("%d wide, dark %v", l.width, l.dark) }

// readers are the people whose pages are checked, the most powerful last: each
// adds the routes that nobody before them could open.
var readers = []struct{ words, role string }{
	{"", ""}, {"Ramon Díaz", "Diputació"}, {"Núria Ferrer", "tècnica"}, {"Roger Escolà", "jurídica"}, {"Laura Álvarez", "administració"},
}

// TestEveryPageIsAccessible opens one address of every route in each look.
func TestEveryPageIsAccessible(t *testing.T) {
	t.Parallel()
	s := start(t, "", civil.MustParse("2020-02-17"))
	done := map[string]bool{}
	for _, reader := range readers {
		fresh := s.routes(t, reader.words, reader.role, done)
		if len(fresh) == 0 {
			continue
		}
		t.Run("as "+reader.role, func(t *testing.T) {
			for _, l := range looks {
				t.Run(l.String(), func(t *testing.T) {
					b := open(t, s, l)
					if reader.role != "" {
						b.signIn(reader.words, reader.role)
					}
					for _, address := range fresh {
						b.visit(address)
						b.accessible(address)
						b.quiet(address)
					}
				})
			}
		})
	}
}

// routes walks the site as somebody and returns one address of every route
// that is not done yet.
func (s site) routes(t *testing.T, words, role string, done map[string]bool) (fresh []string) {
	t.Helper()
	v := testkit.At(t, s.address)
	if role != "" {
		page := v.Get("/sign-in?words=" + url.QueryEscape(words))
		v.Submit(page, fmt.Sprintf(`form[action="/sign-in/demo"]:has(button:contains(%q))`, role), nil)
	}
	met := v.Walk([]string{"/", "/catalogue", "/ui", "/sign-in"}, s.app.Router.Pattern, 1, func(string, testkit.Page) {})
	for _, route := range slices.Sorted(maps.Keys(met)) {
		if !done[route] {
			done[route] = true
			fresh = append(fresh, met[route]...)
		}
	}
	return fresh
}
