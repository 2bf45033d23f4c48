package e2e_test

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"bastida/internal/kernel/civil"
)

// TestTheKeyboardIsEnough walks the pages where people work with the Tab key
// alone, and goes wherever the box that finds everything leads.
func TestTheKeyboardIsEnough(t *testing.T) {
	t.Parallel()
	s := start(t, "", civil.MustParse("2020-02-17"))
	b := open(t, s, desk)
	b.walkTabs("/catalogue")
	b.walkTabs("/sign-in?words=Abrera")
	b.signIn(technicianName, technicianRole)
	b.visit("/calls")
	b.press("Supervisió d'equips de serveis socials bàsics 2020")
	call := b.at()
	for _, address := range []string{call, call + "/applications", call + "/groupings/new", "/territory"} {
		b.walkTabs(address)
	}
	b.appear(phone)
	b.walkTabs(call + "/applications")
	b.appear(desk)
	b.skip("/calls")
	b.seek()
	b.quiet("the keyboard")
}

// stop is where the Tab key stops.
type stop struct {
	Words  string `json:"words"`
	At     int    `json:"at"`     // position in the page; -1 outside
	Hidden string `json:"hidden"` // what hides it, or empty
	Bare   bool   `json:"bare"`   // it does not show that it has the focus
}

// whereFocusIs describes the focused element. It counts as seen when some point
// of it is on top: links that wrap have corners that belong to nobody.
const whereFocusIs = `(() => {
	const e = document.activeElement;
	if (!e || e === document.body) return {words: '', at: -1, hidden: '', bare: false};
	const label = e.closest('label');
	const shown = e.matches('input') && label ? label : e;
	const boxes = [...shown.getClientRects()].filter(r => r.width && r.height);
	let over = boxes.length ? '' : 'nothing: it has no size';
	for (const r of boxes) for (const [x, y] of [[.5, .5], [.1, .5], [.9, .5], [.5, .15], [.5, .85]]) {
		const [above, below] = [Math.max(r.top, 0), Math.min(r.bottom, innerHeight)];
		const top = document.elementFromPoint(r.left + r.width * x, above + (below - above) * y);
		if (top && (shown.contains(top) || top.contains(shown))) { over = ''; break; }
		over = top ? top.outerHTML.slice(0, 120) : 'the edge of the window';
	}
	const style = getComputedStyle(e);
	const drawn = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
	return {
		words: (e.getAttribute('aria-label') || e.textContent || e.name || e.tagName).trim().slice(0, 60),
		at: [...document.querySelectorAll('*')].indexOf(e), hidden: over, bare: !drawn && !e.matches('.map-link'),
	};
})()`

// mostStops is where a walk gives up; a list of fifty rows with boxes has fewer.
const mostStops = 400

// walkTabs presses Tab from the top of a page until it has been everywhere.
func (b browser) walkTabs(address string) {
	b.t.Helper()
	b.visit(address)
	last, stops := -1, 0
	for ; stops < mostStops; stops++ {
		var at stop
		b.run(chromedp.KeyEvent(kb.Tab), chromedp.Evaluate(whereFocusIs, &at))
		if at.At < 0 {
			break
		}
		if at.Hidden != "" {
			b.t.Errorf("%s: %q has the focus and is hidden by %s", address, at.Words, at.Hidden)
		}
		if at.Bare {
			b.t.Errorf("%s: %q has the focus and does not show it", address, at.Words)
		}
		if at.At < last {
			b.t.Errorf("%s: %q comes before what had the focus last", address, at.Words)
		}
		last = at.At
	}
	b.t.Logf("%s: %d stops", address, stops)
	if stops < 5 || stops == mostStops {
		b.t.Errorf("%s: the Tab key stops %d times", address, stops)
	}
}

// skip leaves the navigation behind with the first link of the page.
func (b browser) skip(address string) {
	b.t.Helper()
	b.visit(address)
	var inside bool
	b.run(chromedp.KeyEvent(kb.Tab), chromedp.KeyEvent(kb.Enter), chromedp.KeyEvent(kb.Tab),
		chromedp.Evaluate(`document.activeElement.closest('main') !== null`, &inside))
	if !inside {
		b.t.Errorf("%s: after the link to the content the focus is elsewhere", address)
	}
}

// seek opens the box that finds everything, leaves it, and follows what it finds.
func (b browser) seek() {
	b.t.Helper()
	b.visit("/calls")
	ctrlK := chromedp.KeyEvent("k", chromedp.KeyModifiers(2))
	b.run(ctrlK, chromedp.WaitVisible(`#palette[open] input`, chromedp.ByQuery), chromedp.KeyEvent(kb.Escape))
	if b.has(`#palette[open]`) {
		b.t.Error("Escape leaves the box open")
	}
	b.run(chromedp.KeyEvent("/"))
	if b.has(`#palette[open]`) {
		b.t.Error("a single key opens the box, and nobody can switch that off")
	}
	b.run(ctrlK, chromedp.WaitVisible(`#palette[open] input`, chromedp.ByQuery), chromedp.KeyEvent("territ"),
		chromedp.WaitVisible(`#palette .hits a`, chromedp.ByQuery), chromedp.KeyEvent(kb.ArrowDown))
	var href string
	b.run(chromedp.Evaluate(`document.activeElement.getAttribute('href') || ''`, &href))
	if !strings.HasPrefix(href, "/") {
		b.t.Fatal("the arrow does not reach what was found")
	}
	b.follow(chromedp.KeyEvent(kb.Enter))
	if at := b.at(); !strings.HasPrefix(href, at) {
		b.t.Errorf("Enter leads to %s instead of %s", at, href)
	}
}
