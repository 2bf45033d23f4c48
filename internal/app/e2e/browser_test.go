// Package e2e tests the product as people use it: the real program, a real
// browser, both engines.
package e2e_test

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"net"
	"net/url"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"bastida/internal/app"
	"bastida/internal/kernel/civil"
)

// axe is the accessibility checker (see third_party).
//
//go:embed testdata/axe.min.js
var axe string

// patience is how long a step may take before the test gives up. It is no
// measure of speed: it only keeps a broken test from hanging.
const patience = 60 * time.Second

// site is a running program.
type site struct {
	address string
	app     *app.App
}

// start runs the demonstration on a day, on a database of its own.
func start(t *testing.T, database string, day civil.Date) site {
	t.Helper()
	config := app.Config{Address: freeAddress(t), Data: t.TempDir(), Database: database}
	a, err := app.Open(t.Context(), app.Options{Config: config, Demo: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := a.LoadDemo(t.Context(), day); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	started, ended := make(chan string, 1), make(chan error, 1)
	go func() { ended <- a.Serve(ctx, func(address string) { started <- address }) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error("serve:", err)
		}
		_ = a.Close()
	})
	select {
	case address := <-started:
		return site{address, a}
	case err := <-ended:
		ended <- nil
		t.Fatal(err)
		return site{}
	}
}

func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// browser is somebody at a browser.
type browser struct {
	t       *testing.T
	site    site
	ctx     context.Context
	console *[]string // what the browser complained of
}

// look is how a browser shows pages.
type look struct {
	width, height int64
	dark          bool
}

var (
	desk  = look{width: 1366, height: 768}
	phone = look{width: 390, height: 844}
)

// open starts a browser. Without one on the machine the test is skipped, loudly.
func open(t *testing.T, s site, l look) browser {
	t.Helper()
	if testing.Short() {
		t.Skip("browser tests are left out of short runs")
	}
	program := chromium()
	if program == "" {
		t.Skip("NOT TESTED IN A BROWSER: no Chromium on this machine (Debian: apt-get install chromium)")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(program), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("accept-lang", "ca"))
	allocated, stopAllocator := chromedp.NewExecAllocator(t.Context(), options...)
	ctx, stop := chromedp.NewContext(allocated, chromedp.WithErrorf(func(format string, args ...any) {
		// The driver does not know an event of newer browsers, and says so each time.
		if line := fmt.Sprintf(format, args...); !strings.Contains(line, "unhandled node event") {
			t.Log(line)
		}
	}))
	t.Cleanup(func() { stop(); stopAllocator() })
	b := browser{t, s, ctx, &[]string{}}
	// The first run starts the browser, which lives as long as its context.
	if err := chromedp.Run(ctx); err != nil {
		t.Fatal(err)
	}
	chromedp.ListenTarget(ctx, b.listen)
	b.run(log.Enable())
	b.appear(l)
	return b
}

// appear shows the page in a look. Nothing moves from one colour to another
// by and by, so that a page may be looked at straight away.
func (b browser) appear(l look) {
	b.t.Helper()
	scheme := "light"
	if l.dark {
		scheme = "dark"
	}
	b.run(
		emulation.SetDeviceMetricsOverride(l.width, l.height, 1, l.width < 500),
		emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{
			{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"},
		}),
	)
}

func chromium() string {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

// listen collects what the browser complains of: a broken security policy, a
// script that failed, a file that is missing. A refused form answers 422 and
// is no complaint.
func (b browser) listen(event any) {
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		*b.console = append(*b.console, e.ExceptionDetails.Error())
	case *log.EventEntryAdded:
		if e.Entry.Level == log.LevelError && !strings.Contains(e.Entry.Text, "status of 4") {
			*b.console = append(*b.console, e.Entry.Text+" "+e.Entry.URL)
		}
	}
}

func (b browser) run(actions ...chromedp.Action) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	b.must(chromedp.Run(ctx, actions...))
}

// follow runs what leads to another page, and waits until that is there.
func (b browser) follow(actions ...chromedp.Action) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	_, err := chromedp.RunResponse(ctx, actions...)
	b.must(err)
}

// must ends the test with what the browser shows.
func (b browser) must(err error) {
	b.t.Helper()
	if err == nil {
		return
	}
	var at, text string
	_ = chromedp.Run(b.ctx, chromedp.Location(&at), chromedp.Text("main", &text, chromedp.ByQuery, chromedp.AtLeast(0)))
	b.t.Fatalf("%v\nat %s\n%.600s\nconsole: %v", err, at, text, *b.console)
}

// visit opens a page.
func (b browser) visit(path string) {
	b.t.Helper()
	b.follow(chromedp.Navigate(b.site.address + path))
}

// signIn acts as somebody of the demonstration: words find the body or the
// person, role is what the button says.
func (b browser) signIn(words, role string) {
	b.t.Helper()
	b.visit("/sign-in?words=" + url.QueryEscape(words))
	b.follow(chromedp.Click(fmt.Sprintf(`//form[@action="/sign-in/demo"]//button[contains(., %q)]`, role), chromedp.BySearch))
}

// press clicks the button or the link that says a text, and waits for the page
// that follows.
func (b browser) press(text string) {
	b.t.Helper()
	b.follow(chromedp.Click(fmt.Sprintf(`//main//*[(self::button or self::a) and contains(normalize-space(.), %q)]`, text), chromedp.BySearch, chromedp.NodeVisible))
}

// at returns the path of the page.
func (b browser) at() string {
	b.t.Helper()
	var location string
	b.run(chromedp.Location(&location))
	u, err := url.Parse(location)
	if err != nil {
		b.t.Fatal(err)
	}
	return u.Path
}

// text returns what a part of the page says.
func (b browser) text(selector string) string {
	b.t.Helper()
	var text string
	b.run(chromedp.Text(selector, &text, chromedp.ByQuery))
	return text
}

// violation is one finding of the accessibility checker.
type violation struct {
	ID    string `json:"id"`
	Help  string `json:"help"`
	Nodes []struct {
		HTML string `json:"html"`
	} `json:"nodes"`
}

const hasAxe = `typeof axe !== 'undefined'`

// The rules of a check: all of WCAG 2.2 AA and good practice, or only those
// that colours decide.
const (
	everyRule   = `['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']`
	colourRules = `{type: 'rule', values: ['color-contrast', 'link-in-text-block']}`
	runAxe      = `axe.run(document, {runOnly: %s, resultTypes: ['violations']}).then(r => JSON.stringify(r.violations))`
)

// accessible holds the page, as it is now, to WCAG 2.2 AA.
func (b browser) accessible(name string) {
	b.t.Helper()
	b.holds(name, everyRule)
}

// holds reports where the page breaks some rules.
func (b browser) holds(name, rules string) {
	b.t.Helper()
	for _, v := range b.violations(rules) {
		b.t.Errorf("%s: %s: %s", name, v.ID, v.Help)
		for _, n := range v.Nodes {
			b.t.Logf("  %.300s", n.HTML)
		}
	}
}

func (b browser) violations(rules string) (found []violation) {
	b.t.Helper()
	var there bool
	b.run(chromedp.Evaluate(hasAxe, &there))
	if !there {
		b.run(chromedp.Evaluate(axe+";0", nil))
	}
	var raw string
	b.run(chromedp.Evaluate(fmt.Sprintf(runAxe, rules), &raw, func(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }))
	if err := json.Unmarshal([]byte(raw), &found); err != nil {
		b.t.Fatal(err)
	}
	return found
}

// quiet fails when the browser had something to complain of.
func (b browser) quiet(name string) {
	b.t.Helper()
	for _, line := range *b.console {
		b.t.Errorf("%s: the browser says %s", name, line)
	}
	*b.console = nil
}
