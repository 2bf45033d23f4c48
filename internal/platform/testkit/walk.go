package testkit

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"

	"github.com/PuerkitoBio/goquery"
)

// Walk follows the links of a site from some pages on, at most most addresses
// for each route, and returns the addresses by route. route names the route
// that answers a request; each looks at every page that was opened.
//
// A link that leads nowhere fails the test.
func (v *Visitor) Walk(from []string, route func(*http.Request) string, most int, each func(address string, page Page)) map[string][]string {
	v.t.Helper()
	seen, known := map[string][]string{}, map[string]bool{}
	queue := from
	for len(queue) > 0 {
		address := queue[0]
		queue = queue[1:]
		pattern := route(httptest.NewRequest(http.MethodGet, address, nil))
		if known[address] || len(seen[pattern]) >= most {
			continue
		}
		known[address] = true
		page := v.Get(address)
		if page.Status != http.StatusOK {
			v.t.Errorf("%s: status %d, and a page links to it", address, page.Status)
			continue
		}
		seen[pattern] = append(seen[pattern], address)
		if strings.HasPrefix(page.Header.Get("Content-Type"), "text/html") {
			each(address, page)
			queue = append(queue, page.links()...)
		}
	}
	return seen
}

// links returns the addresses of this site that the page leads to.
func (p Page) links() (found []string) {
	p.Find("a[href]").Each(func(_ int, link *goquery.Selection) {
		u, err := url.Parse(link.AttrOr("href", ""))
		if err == nil && u.Host == "" && u.Scheme == "" && strings.HasPrefix(u.Path, "/") {
			found = append(found, u.RequestURI())
		}
	})
	return found
}
