package findings_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"bastida/internal/modules/findings"
	"bastida/internal/modules/teams"
	"bastida/internal/modules/wellbeing"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/module"
	"bastida/internal/platform/testkit"
)

func TestAMeasurementIsPreparedAnsweredAndReadThroughPages(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		v := w.visit(t, "tech@diba.example")
		rows := "North; Centre; 048002; 9\nSouth; ; Borgo San Lorenzo; x"
		refused := v.Submit(v.Get("/wellbeing/teams/rows"), "#teams-rows", url.Values{"rows": {rows}})
		if refused.Status != http.StatusUnprocessableEntity || !strings.Contains(text(refused), "Row 2") || len(w.rows(t, "SELECT id FROM teams_team")) > 0 {
			t.Errorf("%d %.400s", refused.Status, text(refused))
		}
		rows = "North; Centre; 048002; 9\nSouth\t\t048004\t4"
		list := v.Submit(v.Get("/wellbeing/teams/rows"), "#teams-rows", url.Values{"rows": {rows}})
		shows(t, list, "North", "Barberino di Mugello", "South", "Borgo San Lorenzo")
		ids := w.rows(t, "SELECT id FROM teams_team ORDER BY name")
		form := url.Values{"title": {"Winter"}, "instrument": {"cbi-1"}, "opens": {first}, "closes": {"2020-01-19"}, "teams": ids}
		page := v.Submit(v.Get("/wellbeing/rounds/new"), "#findings-round", form)
		shows(t, page, "has no wording yet")
		form.Set("instrument", "climate-1")
		page = v.Submit(page, "#findings-round", form)
		shows(t, page, "must not come before the first")
		form.Set("closes", last)
		page = v.Submit(page, "#findings-round", form)
		shows(t, page, "Winter", "in preparation", "has no codes yet")
		var codes []string
		for i, id := range ids {
			codesPage := v.Get(page.Path + "/codes/" + id)
			sent := v.Submit(codesPage, "#findings-addresses", url.Values{"addresses": {[]string{"one@vic.example two@vic.example", ""}[i]}})
			if sent.Status != http.StatusCreated {
				t.Fatalf("%d %s", sent.Status, text(sent))
			}
			sent.Find(".columns .card b").Each(func(_ int, b *goquery.Selection) { codes = append(codes, b.Text()) })
		}
		letters := w.rows(t, "SELECT text FROM mail_message ORDER BY recipient")
		if len(codes) != 11 || len(letters) != 2 {
			t.Fatalf("%d slips, %d letters", len(codes), len(letters))
		}
		for _, letter := range letters {
			_, rest, _ := strings.Cut(letter, "https://bastida.example/answer/")
			codes = append(codes, strings.Fields(rest)[0])
		}
		shows(t, v.Submit(v.Get(page.Path), `form[action$="/open"]`, nil), "Until it is published nobody sees anything")
		w.answerThroughPages(t, codes)
		w.clock.Set(time.Date(2020, 2, 1, 9, 0, 0, 0, time.UTC))
		ask := v.Submit(v.Get(page.Path), `form[action$="/publish"]`, nil)
		shows(t, ask, "Answers and codes will be destroyed")
		shows(t, v.Submit(ask, `form[action$="/publish"]`, nil), "published")
		w.readThroughPages(t, page.Path)
	})
}

// answerThroughPages answers with every code, in one language or another.
func (w *world) answerThroughPages(t *testing.T, codes []string) {
	t.Helper()
	s := w.visit(t, "")
	shows(t, s.Submit(s.Get("/answer"), "#findings-code", url.Values{"code": {"WRONG"}}), "There is no measurement with this code")
	page := s.Submit(s.Get("/answer"), "#findings-code", url.Values{"code": {strings.ToLower(codes[0])}})
	shows(t, page, "Winter", "I can do my work well", "Always")
	if empty := s.Submit(page, "#answer", nil); empty.Status != http.StatusUnprocessableEntity || !strings.Contains(text(empty), "Answer one question at least") {
		t.Errorf("%d %.300s", empty.Status, text(empty))
	}
	wrong := s.Submit(page, "#answer", url.Values{"q1": {"9"}, "q2": {"3"}})
	if wrong.Status != http.StatusUnprocessableEntity || wrong.Find("#f-q2-4[checked]").Length() != 1 {
		t.Errorf("%d: what was chosen is not kept", wrong.Status)
	}
	for i, code := range codes {
		values := url.Values{}
		for _, q := range []string{"q1", "q2", "q3", "q4", "q5", "q6", "q7", "q8"} {
			values.Set(q, []string{"0", "1", "2", "4"}[i%4])
		}
		shows(t, s.Submit(s.Get("/answer/"+code), "#answer", values), "Thank you")
	}
	if used := s.Get("/answer/" + codes[0]); used.Status != http.StatusConflict {
		t.Error(used.Status)
	}
	s.Post("/preferences/language", url.Values{"language": {"it"}, "back": {"/answer"}})
	shows(t, s.Get("/answer/"+codes[0]), "Ogni codice vale una volta sola")
}

// readThroughPages looks for what must not be seen: the small team, and the big
// one, from which with everybody it would follow.
func (w *world) readThroughPages(t *testing.T, path string) {
	t.Helper()
	v := w.visit(t, "tech@diba.example")
	page := v.Get(path + "/results")
	shows(t, page, "13 of 13", "(13 answers)", "Withheld: fewer than 5 people", "Withheld so that another group cannot be worked out")
	file := v.Get(path + "/results/csv")
	twin := v.Get("/api/v1" + path + "/results")
	for _, p := range []testkit.Page{page, file, twin} {
		for _, unwanted := range []string{"(9 answers)", "(4 answers)", `"answers":9,"mean"`, `"answers":4,"mean"`} {
			if strings.Contains(p.Body, unwanted) {
				t.Errorf("%s gives away %s", p.Path, unwanted)
			}
		}
	}
	if strings.Count(file.Body, "Withheld") != 5*5 || strings.Count(twin.Body, `"mean":`) != 4 {
		t.Errorf("%s\n%s", file.Body, twin.Body)
	}
	shows(t, v.Get(path+"/unit?of=all"), "How the answers spread", "Load and time to think")
	if gone := v.Get(path + "/unit?of=nobody"); gone.Status != http.StatusNotFound {
		t.Error(gone.Status)
	}
	lead := w.visit(t, "lead@manlleu.example").Get(path + "/results")
	if strings.Contains(lead.Body, "North") || !strings.Contains(lead.Body, "South") {
		t.Error("a team lead sees another body, or not the own one")
	}
	for email, status := range map[string]int{
		"prof@vic.example": http.StatusOK, "admin@diba.example": http.StatusForbidden, "auditor@diba.example": http.StatusForbidden, "tech@imas.example": http.StatusNotFound,
	} {
		if got := w.visit(t, email).Get(path + "/results"); got.Status != status {
			t.Errorf("%s: %d", email, got.Status)
		}
	}
}

func TestWordingIsPutInThroughPages(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		v := w.visit(t, "admin@diba.example")
		shows(t, v.Get("/wellbeing/instruments"), "Team pulse", "ready", "Copenhagen Burnout Inventory (CBI)", "to be completed")
		page := v.Get("/wellbeing/instruments/cbi-1")
		shows(t, page, "we have read no text of a licence", "This instrument has no wording yet")
		typed := url.Values{"language": {"es"}, "items": {strings.Repeat("Una frase\n", 19)}, "answers": {"a\nb\nc\nd\ne"}, "source": {"Manual"}}
		refused := v.Submit(v.Get("/wellbeing/instruments/cbi-1/wording"), "#findings-wording", typed)
		shows(t, refused, "State that you have read the licence")
		if refused.Find("textarea#f-items").Text() != typed.Get("items") {
			t.Error("what was typed is gone")
		}
		typed.Set("licence", "true")
		typed.Set("checked", "true")
		shows(t, v.Submit(refused, "#findings-wording", typed), "Person admin@diba.example answers for it", "It is not said how many")
		least := v.Submit(v.Get("/wellbeing/instruments/cbi-1/least"), "#findings-least", url.Values{"least_personal": {"3"}, "least_work": {"8"}, "least_client": {"3"}, "source": {"Manual"}})
		if least.Status != http.StatusUnprocessableEntity {
			t.Error(least.Status)
		}
		shows(t, v.Submit(least, "#findings-least", url.Values{"least_work": {"4"}}), "ready", "at least 4 of 7")
	})
}

func TestMessages(t *testing.T) {
	t.Parallel()
	for _, m := range []module.Descriptor{
		teams.New(nil, nil, nil).Module(), wellbeing.New(wellbeing.Deps{}).Module(), findings.New(findings.Deps{}).Module(),
	} {
		messages, err := i18n.Load(m.Locales)
		if err != nil {
			t.Fatal(err)
		}
		for _, lang := range i18n.Languages {
			if !slices.Equal(messages.Keys(lang), messages.Keys("ca")) {
				t.Errorf("%s: %s has other keys than ca", m.Name, lang)
			}
		}
	}
}
