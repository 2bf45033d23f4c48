package commitment_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"bastida/internal/modules/commitment"
	"bastida/internal/modules/evaluation"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/testkit"
)

func visible(p testkit.Page) string { return strings.Join(strings.Fields(p.Find("body").Text()), " ") }

func shows(t *testing.T, p testkit.Page, wanted ...string) {
	t.Helper()
	for _, w := range wanted {
		if !strings.Contains(visible(p), strings.Join(strings.Fields(w), " ")) {
			t.Errorf("%s (%d) does not show %q: %s", p.Path, p.Status, w, visible(p))
		}
	}
}

func TestATechnicianAnswersABrokenCommitment(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		home := "/supervision/programmes/" + w.programme.ID.String() + "/commitment"
		v := w.visit(t, "technician")
		shows(t, v.Get(home), "open", "No rating has been asked for yet")
		w.rated(t, 6.95, 10, 8)
		page := v.Get(home)
		shows(t, page, "broken", "1 rating below. The analysis of causes is missing, due on 4 Feb 2020.", "6.95, below 7", "Grup gran", "8.4", "Fitxa inventada")
		if strings.Contains(visible(page), "7.0") {
			t.Error("6.95 is rounded up")
		}
		form := v.Get(page.Find(`a[href$="/analysis"]`).First().AttrOr("href", ""))
		bad := v.Submit(form, "form.form", url.Values{"causes.0.category": {"organisation"}, "summary_ca": {"Un resum"}})
		if bad.Status != http.StatusUnprocessableEntity || bad.Find("[name=summary_ca]").Text() != "Un resum" {
			t.Errorf("%d: what was typed is lost", bad.Status)
		}
		back := v.Submit(bad, "form.form", url.Values{"causes.0.category": {"organisation"}, "causes.0.text": {"Massa lluny"}})
		shows(t, back, "The analysis is saved", "Massa lluny", "no improvement action with an owner and a date")
		form = v.Get(home + "/actions/new")
		bad = v.Submit(form, "form.form", url.Values{"what_ca": {"Més a prop"}, "owner": {"Núria"}, "due": {""}})
		if bad.Status != http.StatusUnprocessableEntity || bad.Find("[name=owner]").AttrOr("value", "") != "Núria" {
			t.Errorf("%d: what was typed is lost", bad.Status)
		}
		back = v.Submit(bad, "form.form", url.Values{"due": {"2020-03-01"}})
		shows(t, back, "The action is planned", "Més a prop", "Núria, until 1 Mar 2020", "The analysis and the improvements are there")
		done := v.Get(back.Find(`a[href^="/supervision/improvements/"]`).AttrOr("href", ""))
		shows(t, v.Submit(done, "form.form", url.Values{"progress": {"done"}}), "Say what shows that it was done")
		shows(t, v.Submit(done, "form.form", url.Values{"progress": {"done"}, "evidence": {"Acta 3"}}), "Acta 3", "done")
	})
}

func TestMissingIsShownAsMissing(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := w.begun(t, evaluation.Final)
		w.give(t, r, w.large.ID, "vila", 9)
		home := "/supervision/programmes/" + w.programme.ID.String() + "/commitment"
		shows(t, w.visit(t, "auditor").Get(home), "2 ratings lack: whether the commitment is kept is not known", "1 of 3", "Body poble")
		twin := w.visit(t, "auditor").Get("/api/v1" + home)
		for _, part := range []string{`"state":"open"`, `"expected":3`, `"given":1`, `"missing":2`, `"below":0`, `"mean":null`} {
			if !strings.Contains(twin.Body, part) {
				t.Errorf("no %s in %s", part, twin.Body)
			}
		}
		for name, want := range map[string]int{"vila": http.StatusForbidden, "anna": http.StatusForbidden, "supervisor": http.StatusForbidden, "outsider": http.StatusNotFound} {
			for _, path := range []string{home, "/api/v1" + home} {
				if got := w.visit(t, name).Get(path); got.Status != want {
					t.Errorf("%s of %s: %d, want %d", path, name, got.Status, want)
				}
			}
		}
	})
}

func TestEverybodyReadsTheReportInFourLanguages(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.closed(t)
		v, reader := w.visit(t, "technician"), w.visit(t, "")
		draft := v.Submit(v.Get("/commitments/new"), "form.form", url.Values{"year": {"2020"}, "intro_ca": {"Una introducció"}})
		shows(t, draft, "The public does not see this report", "The commitment was broken")
		if got := reader.Get(draft.Path); got.Status != http.StatusNotFound {
			t.Errorf("a draft is public: %d", got.Status)
		}
		v.Submit(v.Submit(draft, `form[action$="/publish"]`, nil), "form.card", nil)
		shows(t, reader.Get("/commitments"), "Quality commitment of supervision, 2020", "Body office")
		page := reader.Get(draft.Path)
		shows(t, page, "100% of the bodies’ ratings", "reach 7 of 10", "6.95", "Organisation: dates, places, travel", "Sessions més a prop", "Until 1 Mar 2020")
		for _, name := range []string{"Elena", "Person ", "Núria Responsable", "Massa lluny"} {
			if strings.Contains(page.Body, name) {
				t.Errorf("the public reads %q", name)
			}
		}
		for lang, words := range map[string]string{"ca": "El compromís no s’ha complert", "es": "El compromiso no se ha cumplido", "it": "L’impegno non è stato rispettato"} {
			reader.Post("/preferences/language", url.Values{"language": {lang}, "back": {draft.Path}})
			shows(t, reader.Get(draft.Path), words)
		}
		if got := reader.Get("/api/v1" + draft.Path); got.Status != http.StatusOK || strings.Contains(got.Body, "Elena") || !strings.Contains(got.Body, `"lowest":6.95`) {
			t.Errorf("%d %s", got.Status, got.Body)
		}
	})
}

func TestAProgrammeLeadsToItsCommitment(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		tabs := func(name string) string {
			var all []string
			for _, l := range w.supervision.TabsOf(w.as(t, name), w.programme, "") {
				all = append(all, l.Label)
			}
			return strings.Join(all, ", ")
		}
		for name, want := range map[string]string{"technician": "Evaluations, Quality commitment", "vila": "Evaluations", "anna": ""} {
			if got := tabs(name); got != want {
				t.Errorf("%s: %q, want %q", name, got, want)
			}
			panels, err := w.supervision.PanelsOf(w.as(t, name), w.programme)
			if err != nil || (len(panels) == 1) != (name == "technician") {
				t.Errorf("%s sees %d panels, %v", name, len(panels), err)
			}
		}
	})
}

func TestMessages(t *testing.T) {
	t.Parallel()
	module := commitment.New(commitment.Deps{}).Module()
	messages, err := i18n.Load(module.Locales)
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range i18n.Languages {
		if !slices.Equal(messages.Keys(lang), messages.Keys("ca")) {
			t.Errorf("%s has other keys than ca", lang)
		}
	}
	for _, key := range module.Keys {
		if !messages.Has("ca", key) {
			t.Errorf("no message %s", key)
		}
	}
}
