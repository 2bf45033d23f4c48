package e2e_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"bastida/internal/kernel/civil"
	"bastida/internal/platform/testkit"
)

// TestWellbeingIsAccessible prepares a measurement, answers it and reads it,
// and holds each page of it to WCAG 2.2 AA.
func TestWellbeingIsAccessible(t *testing.T) {
	t.Parallel()
	s := start(t, "", civil.MustParse("2020-02-03"))
	m := &measurement{visitor: s.visitor(t)}
	m.signIn(technicianName, technicianRole)
	m.prepare()
	codes := m.codes()
	m.step("open")
	for i, code := range codes[1:] {
		m.answer(code, i)
	}
	b := open(t, s, desk)
	b.look("/answer", "/answer/"+codes[0], "/answer/done")
	plan := m.put("/wellbeing/plans/new", "#prevention-measure", url.Values{
		"team_id": {m.teams[0]}, "what": {"Espai entre iguals"}, "why": {"Poc temps per pensar"}, "owner": {"Cap d’equip"}, "due": {"2020-02-05"},
	}).Path
	b.signIn(technicianName, technicianRole)
	b.look("/wellbeing", m.round, "/wellbeing/rounds/new", "/wellbeing/teams/"+m.teams[0]+"/edit", "/wellbeing/instruments",
		"/wellbeing/instruments/cbi-1", "/wellbeing/instruments/cbi-1/wording")
	m.Post("/demo/today", url.Values{"today": {"2020-02-10"}, "back": {"/wellbeing"}})
	m.step("publish")
	b.look(m.round+"/results", m.round+"/unit?of=all", "/wellbeing/plans", plan, plan+"/follow", "/wellbeing/care")
}

// look holds pages to the rules in each look.
func (b browser) look(addresses ...string) {
	b.t.Helper()
	for _, address := range addresses {
		b.visit(address)
		b.inEachLook(address)
		b.quiet(address)
	}
}

// measurement is a technician who measures.
type measurement struct {
	*visitor
	round string
	teams []string
}

func (m *measurement) put(path, form string, values url.Values) testkit.Page {
	m.t.Helper()
	page := m.Submit(m.Get(path), form, values)
	if page.Status != http.StatusOK {
		m.t.Fatalf("%s: %d %s", path, page.Status, page.Find("main").Text())
	}
	return page
}

// prepare describes the teams and a round that asks them.
func (m *measurement) prepare() {
	m.t.Helper()
	m.put("/wellbeing/teams/rows", "#teams-rows", url.Values{"rows": {"Equip Nord; Centre; 08298; 9\nEquip Sud; ; 08112; 4"}})
	m.Get("/wellbeing/rounds/new").Find(`input[name="teams"]`).Each(func(_ int, box *goquery.Selection) {
		m.teams = append(m.teams, box.AttrOr("value", ""))
	})
	m.round = m.put("/wellbeing/rounds/new", "#findings-round", url.Values{
		"title": {"Hivern"}, "instrument": {"climate-1"}, "opens": {"2020-02-03"}, "closes": {"2020-02-07"}, "teams": m.teams,
	}).Path
}

// codes makes the codes of every team.
func (m *measurement) codes() (all []string) {
	m.t.Helper()
	for _, team := range m.teams {
		made := m.Submit(m.Get(m.round+"/codes/"+team), "#findings-addresses", nil)
		made.Find(".columns .card b").Each(func(_ int, b *goquery.Selection) { all = append(all, b.Text()) })
	}
	return all
}

// step takes a step of the round, with its question.
func (m *measurement) step(name string) {
	m.t.Helper()
	form := fmt.Sprintf(`form[action$="/steps/%s"]`, name)
	page := m.Submit(m.Get(m.round), form, nil)
	if page.Find(form).Length() == 1 {
		page = m.Submit(page, form, nil)
	}
	if page.Status != http.StatusOK || page.Find(form).Length() > 0 {
		m.t.Fatalf("%s: %d %s", name, page.Status, page.Find("main").Text())
	}
}

// answer gives an answer with a code, without signing in.
func (m *measurement) answer(code string, i int) {
	m.t.Helper()
	values := url.Values{}
	for q := range 8 {
		values.Set(fmt.Sprintf("q%d", q+1), strconv.Itoa((i+q)%5))
	}
	m.put("/answer/"+code, "#answer", values)
}
