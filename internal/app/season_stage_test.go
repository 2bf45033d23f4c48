package app_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"bastida/internal/app"
	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/identity"
	"bastida/internal/platform/audit"
	"bastida/internal/platform/db"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/testkit"
)

// stage is an installation on which seasons are lived from their groups to
// their end. Its seasons follow one another: there is one clock.
type stage struct {
	*testing.T

	app    *app.App
	server *httptest.Server
	log    *journal
}

// newStage opens a demonstration on a database, on a day.
func newStage(t *testing.T, url string, day civil.Date) stage {
	t.Helper()
	s := stage{T: t, log: &journal{}}
	config := app.Config{Data: t.TempDir(), Log: "debug"}
	if strings.HasPrefix(url, "postgres") {
		config.Database = url
	}
	a, err := app.Open(t.Context(), app.Options{Config: config, Demo: true, Log: s.log})
	s.must(err)
	t.Cleanup(func() { _ = a.Close() })
	s.must(a.LoadDemo(t.Context(), day))
	s.app, s.server = a, httptest.NewServer(a.Handler)
	t.Cleanup(s.server.Close)
	return s
}

func (s stage) must(err error) {
	s.Helper()
	if err != nil {
		s.Fatal(err)
	}
}

// play runs a part of the story as a test of its own.
func (s stage) play(name string, part func(stage)) {
	s.Run(name, func(t *testing.T) {
		s.T = t
		part(s)
	})
}

// clock sets the clock to an hour of a day. What the demonstration has prepared
// for the days before does not happen: that is what moveTo is for.
func (s stage) clock(day string, hour int) {
	at := civil.MustParse(day)
	s.app.Clock.SetTime(at.Start(i18n.Zone).Add(time.Duration(hour) * time.Hour))
}

// drain lets the worker do what waits.
func (s stage) drain() {
	s.Helper()
	_, err := s.app.Worker.Drain(s.Context())
	s.must(err)
}

// player is somebody at a browser without scripts.
type player struct {
	*testkit.Visitor

	stage
	page testkit.Page
}

// as signs in with one click.
func (s stage) as(p person) *player {
	s.Helper()
	v := &player{Visitor: signIn(s.T, s.app, s.server, p), stage: s}
	v.open("/catalogue")
	return v
}

// officer signs in as the local officer of a body in an organisation.
func (s stage) officer(tenant string, body record.ID) *player {
	s.Helper()
	all, err := s.app.DemoUsers(s.Context(), "")
	s.must(err)
	i := slices.IndexFunc(all, func(u identity.DemoUser) bool {
		return u.TenantCode == tenant && u.BodyID == body && u.Role == actor.LocalOfficer
	})
	if i < 0 {
		s.Fatalf("no officer of %s", body)
	}
	return s.act(all[i].Acting)
}

// act signs in with a membership.
func (s stage) act(m identity.Acting) *player {
	s.Helper()
	p := s.as(stranger)
	p.arrive(p.Post("/sign-in/demo", url.Values{"user": {m.UserID.String()}, "membership": {m.ID.String()}, "back": {"/account"}}))
	return p
}

func (p *player) arrive(page testkit.Page) {
	p.Helper()
	p.page = page
	if page.Status != http.StatusOK {
		p.Fatalf("%s: status %d: %.1200s", page.Path, page.Status, p.says())
	}
}

// open opens a page.
func (p *player) open(path string) {
	p.Helper()
	p.arrive(p.Get(path))
}

// answers asks for a page and expects a status.
func (p *player) answers(status int, paths ...string) {
	p.Helper()
	for _, path := range paths {
		if got := p.Get(path); got.Status != status {
			p.Errorf("%s answers %d, not %d", path, got.Status, status)
		}
	}
}

// follow opens the first link of the page that a selector finds.
func (p *player) follow(selector string) {
	p.Helper()
	href, found := p.page.Find(selector).First().Attr("href")
	if !found {
		p.Fatalf("%s has no link %s: %.1200s", p.page.Path, selector, p.says())
	}
	p.open(href)
}

// link is the selector of a link by its words.
func link(words string) string { return `main a:contains("` + words + `")` }

// press sends the first form of the page that a selector finds, and says yes
// when the page asks whether that is meant.
func (p *player) press(selector string, values url.Values) {
	p.Helper()
	p.arrive(p.sent(selector, values))
}

// fill sends the form of the page.
func (p *player) fill(values url.Values) {
	p.Helper()
	p.press("main form.form", values)
}

// refused sends the form of the page and expects complaints, with what was
// typed kept on the page.
func (p *player) refused(values url.Values, complaints ...string) {
	p.Helper()
	before := p.page
	p.page = p.sent("main form.form", values)
	if p.page.Status != http.StatusUnprocessableEntity && p.page.Status != http.StatusConflict {
		p.Errorf("%s: %d for what should be refused", p.page.Path, p.page.Status)
	}
	p.reads(complaints...)
	p.page = before
}

func (p *player) sent(selector string, values url.Values) testkit.Page {
	p.Helper()
	form := p.page.Find(selector).First()
	if form.Length() == 0 {
		p.Fatalf("%s has no form %s: %.1200s", p.page.Path, selector, p.says())
	}
	form.SetAttr("data-pressed", "")
	page := p.Submit(p.page, "form[data-pressed]", values)
	if page.Find("form:has(input[name=confirmed])").Length() == 1 {
		return p.Submit(page, "form:has(input[name=confirmed])", nil)
	}
	return page
}

// says is what the page says.
func (p *player) says() string { return wording(p.page.Find("main")) }

func wording(s *goquery.Selection) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(s.Text(), "\u00a0", " ")), " ")
}

// reads expects words on the page.
func (p *player) reads(words ...string) {
	p.Helper()
	for _, w := range words {
		if !strings.Contains(wording(p.page.Find("body")), w) {
			p.Errorf("%s does not say %q: %.2500s", p.page.Path, w, p.says())
		}
	}
}

// hides expects words not to be on the page.
func (p *player) hides(words ...string) {
	p.Helper()
	for _, w := range words {
		if strings.Contains(p.says(), w) {
			p.Errorf("%s says %q: %.2500s", p.page.Path, w, p.says())
		}
	}
}

// lacks expects nothing on the page that a selector finds.
func (p *player) lacks(selectors ...string) {
	p.Helper()
	for _, selector := range selectors {
		if found := p.page.Find(selector); found.Length() > 0 {
			p.Errorf("%s has %s: %q", p.page.Path, selector, wording(found))
		}
	}
}

// moveTo sets the day in the banner of the demonstration: what is prepared for
// the days before happens.
func (p *player) moveTo(day string) {
	p.Helper()
	p.press(`form[action="/demo/today"]`, url.Values{"today": {day}})
}

// verified checks the audit trail of every organisation, and that the log tells
// where people were and not what they wrote.
func (s stage) verified() {
	s.Helper()
	log := s.log.String()
	for _, written := range []string{confided, unsigned, "Explicació inventada", "Acció inventada", "Persona del grup", "Supervisió 2020", "Livenza"} {
		if strings.Contains(log, written) {
			s.Errorf("the log holds %q", written)
		}
	}
	if !strings.Contains(log, "/supervision/groups/{id}/record") {
		s.Error("the log is not where the test looks")
	}
	var tenants []record.ID
	s.must(s.app.DB.ViewAcross(s.Context(), "a test verifies every trail", func(tx *db.Tx) (err error) {
		tenants, err = audit.Tenants(tx)
		return err
	}))
	if len(tenants) < 5 {
		s.Errorf("only %d organisations have a trail", len(tenants))
	}
	for _, tenant := range tenants {
		s.must(s.app.DB.View(actor.AsSystem(s.Context(), tenant, "command"), func(tx *db.Tx) error {
			head, findings, err := audit.Verify(tx)
			if len(findings) > 0 || head.Seq == 0 {
				s.Errorf("the trail of %s: %+v, %v", tenant, head, findings)
			}
			return err
		}))
	}
}

// option is the value of the choice of a field that says some words, and
// nothing else if there is one.
func (p *player) option(field, words string) (value string) {
	p.Helper()
	p.page.Find(`select[name="` + field + `"] option, label:has(input[name="` + field + `"])`).Each(func(_ int, choice *goquery.Selection) {
		if value == "" && strings.Contains(choice.Text(), words) || wording(choice) == words {
			value = choice.AttrOr("value", choice.Find("input").AttrOr("value", ""))
		}
	})
	if value == "" {
		p.Fatalf("%s offers no %q for %s: %.1200s", p.page.Path, words, field, p.says())
	}
	return value
}

// explain writes why the commitment of a programme was broken and what is done
// about it; before, the programme is refused to close, with the reason.
func (p *player) explain(programme, reason string) {
	p.Helper()
	p.open(programme)
	p.reads(reason)
	p.lacks(`main form[action$="/close"]`)
	if early := p.Post(programme+"/close", nil); early.Status != http.StatusConflict || !strings.Contains(early.Body, reason) {
		p.Errorf("a broken commitment is closed without an analysis: %d", early.Status)
	}
	p.open(programme + "/commitment/analysis")
	p.refused(url.Values{"causes.0.category": {"fit"}, "causes.0.text": {""}})
	p.fill(url.Values{"causes.0.category": {"fit"}, "causes.0.text": {"Explicació inventada"}, "summary_ca": {"Resum inventat"}, "summary_it": {"Sintesi inventata"}})
	p.open(programme)
	p.lacks(`main form[action$="/close"]`)
	p.open(programme + "/commitment/actions/new")
	p.fill(url.Values{
		"what_ca": {"Acció inventada"}, "what_it": {"Azione inventata"}, "owner": {"Persona Responsable"}, "due": {"2021-01-31"}, "progress": {"planned"},
	})
	p.open(programme)
	p.hides(reason)
}
