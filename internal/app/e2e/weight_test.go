package e2e_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"strings"
	"testing"

	"bastida/internal/platform/testkit"
	"bastida/internal/platform/ui"
)

// What a page may weigh: bytes on the wire, and nodes in the browser. A map has
// an outline and a name for each of three hundred municipalities, and a board a
// place to drag each applicant from, so their pages may hold more.
const (
	mostStyle    = 20 << 10
	mostScript   = 30 << 10
	mostPage     = 15 << 10
	mostMapPage  = 60 << 10
	mostNodes    = 1500
	mostMapNodes = 4500
)

// TestStylesAndScriptsAreLight weighs what every first visit brings.
func TestStylesAndScriptsAreLight(t *testing.T) {
	t.Parallel()
	v := testkit.Visit(t, ui.Static())
	weight := func(names ...string) (sum int) {
		for _, name := range names {
			file := v.Get(ui.Asset(name))
			if file.Status != http.StatusOK {
				t.Fatalf("%s: status %d", name, file.Status)
			}
			sum += gzipped(t, file.Body)
		}
		return sum
	}
	style, script := weight("ui.css"), weight("app.js", "htmx.min.js")
	t.Logf("styles %d bytes, scripts %d", style, script)
	if style > mostStyle || script > mostScript {
		t.Errorf("styles weigh %d bytes of %d, scripts %d of %d", style, mostStyle, script, mostScript)
	}
}

// weigh holds a page to its weight. The page of every component is no page of
// the product.
func weigh(t *testing.T, address string, page testkit.Page) {
	t.Helper()
	if page.Status != http.StatusOK || !strings.HasPrefix(page.Header.Get("Content-Type"), "text/html") || address == "/ui" {
		return
	}
	most, nodes := mostPage, mostNodes
	large := page.Find("svg.map, [data-drop]").Length() > 0
	if large {
		most, nodes = mostMapPage, mostMapNodes
	}
	weight, count := gzipped(t, page.Body), page.Find("*").Length()
	if large || weight > most*2/3 || count > nodes*2/3 {
		t.Logf("%s weighs %d bytes and has %d nodes", address, weight, count)
	}
	if weight > most {
		t.Errorf("%s weighs %d bytes, the most is %d", address, weight, most)
	}
	if count > nodes {
		t.Errorf("%s has %d nodes, the most is %d", address, count, nodes)
	}
}

func gzipped(t *testing.T, text string) int {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := io.WriteString(w, text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Len()
}
