package evaluation_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"bastida/internal/modules/evaluation"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/testkit"
)

func text(p testkit.Page) string { return strings.Join(strings.Fields(p.Find("body").Text()), " ") }

func shows(t *testing.T, p testkit.Page, wanted ...string) {
	t.Helper()
	for _, w := range wanted {
		if !strings.Contains(text(p), strings.Join(strings.Fields(w), " ")) {
			t.Errorf("%s (%d) does not show %q: %s", p.Path, p.Status, w, text(p))
		}
	}
}

func hides(t *testing.T, p testkit.Page, unwanted ...string) {
	t.Helper()
	for _, w := range unwanted {
		if strings.Contains(p.Body, w) {
			t.Errorf("%s (%d) gives away %q", p.Path, p.Status, w)
		}
	}
}

func TestATechnicianOpensRemindsAndCloses(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		v := w.visit(t, "technician")
		form := v.Get("/supervision/programmes/" + w.programme.ID.String() + "/evaluations/new")
		bad := v.Submit(form, "form.form", url.Values{"moment": {"final"}, "answer_by": {"2019-01-01"}, "remind_after": {"7"}, "remind_most": {"1"}})
		if bad.Status != http.StatusUnprocessableEntity || bad.Find(`[name=answer_by]`).AttrOr("value", "") != "2019-01-01" {
			t.Errorf("%d: what was typed is lost", bad.Status)
		}
		shows(t, bad, "This day has passed")
		round := v.Submit(bad, "form.form", url.Values{"answer_by": {"2020-02-10"}})
		shows(t, round, "Grup gran", "Body vila", "Missing ratings3", "0 of 1")
		if got := round.Find(`form[action$="/close"]`).Length(); got != 0 {
			t.Error("a round with missing ratings can be closed")
		}
		reminded := v.Submit(round, `form[action$="/remind"]`, nil)
		shows(t, reminded, "Those who have not answered have been written to", "1 of 1", "No answer after 1 reminder")
		shows(t, v.Get("/supervision/evaluations?programme="+w.programme.ID.String()), "Programa inventat", "Open an evaluation")
		if got := v.Get("/supervision/evaluations?programme=" + w.bodies["vila"].String()); got.Status != http.StatusNotFound {
			t.Errorf("a programme that is not there: %d", got.Status)
		}
		for i := range 3 {
			list := v.Get(strings.Split(round.Path, "?")[0])
			excuse := list.Find(`a[href$="/excuse"]`).First().AttrOr("href", "")
			empty := v.Submit(v.Get(excuse), "form.form", nil)
			if empty.Status != http.StatusUnprocessableEntity {
				t.Errorf("%d: a reason is needed", empty.Status)
			}
			v.Submit(empty, "form.form", url.Values{"reason": {"Motiu inventat " + string(rune('a'+i))}})
		}
		closing := v.Submit(v.Get(round.Path), `form[action$="/close"]`, nil)
		shows(t, closing, "Close the evaluation?")
		shows(t, v.Submit(closing, "form.card", nil), "The evaluation is closed")
	})
}

func TestAnOfficerRatesOnAPhone(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := w.begun(t, evaluation.Final)
		v := w.visit(t, "vila")
		list := v.Get(r.Href())
		shows(t, list, "Body vila", "The rating of your body is missing")
		hides(t, list, "Body poble", "Grup petit", "/remind")
		page := v.Get(list.Find(`a[href$="/rate"]`).AttrOr("href", ""))
		shows(t, page, "How do you rate the professional competence of Elena Inventada?", "of 10")
		if got := page.Find("[name=score]").AttrOr("value", ""); got != "" {
			t.Errorf("a score that nobody gave is drawn as %q", got)
		}
		for _, typed := range []string{"", "onze", "11", "6.955"} {
			bad := v.Submit(page, "form.form", url.Values{"score": {typed}, "remarks": {"Una observació"}})
			if bad.Status != http.StatusUnprocessableEntity || bad.Find("[name=score]").AttrOr("value", "") != typed || bad.Find("[name=remarks]").Text() != "Una observació" {
				t.Errorf("%q: %d, what was typed is lost", typed, bad.Status)
			}
		}
		shows(t, v.Submit(page, "form.form", url.Values{"score": {"6,95"}, "remarks": {"Una observació"}}), "saved and signed", "6.95")
		one := w.rating(t, r, w.large.ID, "vila")
		shows(t, v.Get(one.Href()), "6.95", "Person vila", "Una observació", "Correct")
		other := w.rating(t, r, w.large.ID, "poble")
		for _, path := range []string{other.Href(), other.Href() + "/rate"} {
			if got := v.Get(path); got.Status != http.StatusNotFound {
				t.Errorf("%s: %d", path, got.Status)
			}
		}
		csv := v.Get(r.Href() + "?format=csv")
		if strings.Contains(csv.Body, "poble") || !strings.Contains(csv.Body, "6.95") {
			t.Error(csv.Body)
		}
	})
}

func TestWhoIsTurnedAway(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := w.begun(t, evaluation.Final)
		one := w.rating(t, r, w.large.ID, "vila")
		for _, path := range []string{r.Href(), one.Href(), "/api/v1" + r.Href() + "/ratings", "/api/v1" + one.Href()} {
			for name, want := range map[string]int{"outsider": http.StatusNotFound, "anna": http.StatusForbidden, "supervisor": http.StatusNotFound} {
				if name == "supervisor" && strings.HasPrefix(strings.TrimPrefix(path, "/api/v1"), r.Href()) {
					want = http.StatusOK
				}
				got := w.visit(t, name).Get(path)
				if got.Status != want {
					t.Errorf("%s of %s: %d, want %d", path, name, got.Status, want)
				}
				hides(t, got, "Body vila")
			}
		}
		if got := w.visit(t, "").Get(r.Href()); !strings.HasPrefix(got.Path, "/sign-in") {
			t.Errorf("a stranger is at %s", got.Path)
		}
	})
}

func TestMessages(t *testing.T) {
	t.Parallel()
	messages, err := i18n.Load(evaluation.New(evaluation.Deps{}).Module().Locales)
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range i18n.Languages {
		if !slices.Equal(messages.Keys(lang), messages.Keys("ca")) {
			t.Errorf("%s has other keys than ca", lang)
		}
	}
	for _, key := range evaluation.New(evaluation.Deps{}).Module().Keys {
		if !messages.Has("ca", key) {
			t.Errorf("no message %s", key)
		}
	}
}
