package ballots_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"bastida/internal/modules/ballots"
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

func TestAParticipantAnswersWithACodeAndNoAccount(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.begun(t, evaluation.Final)
		v := w.visit(t, "")
		path := "/evaluate/" + w.code(t, "berta")
		page := v.Get(path)
		shows(t, page, "How is supervision going?", "Grup gran", "How competent is your supervisor", "Pensar plegats", "I learn things there")
		if got := page.Find(`input[name=competence]`).Length(); got != 11 {
			t.Errorf("%d marks", got)
		}
		v.Post("/preferences/language", url.Values{"language": {"it"}, "back": {path}})
		shows(t, v.Get(path), "Come va la supervisione?")
		v.Post("/preferences/language", url.Values{"language": {"en"}, "back": {path}})
		bad := v.Submit(page, "form.form", url.Values{"restorative": {"4"}, "words": {"Unes paraules"}})
		if bad.Status != http.StatusUnprocessableEntity || bad.Find("[name=words]").Text() != "Unes paraules" || bad.Find(`[name=restorative][value="4"][checked]`).Length() != 1 {
			t.Errorf("%d: what was answered is lost", bad.Status)
		}
		shows(t, v.Submit(bad, "form.form", url.Values{"competence": {"8"}}), "Thank you", "Nobody can know what you said")
		for _, method := range []testkit.Page{v.Get(path), v.Post(path, url.Values{"competence": {"8"}})} {
			if method.Status != http.StatusNotFound {
				t.Errorf("a code that was used: %d", method.Status)
			}
			shows(t, method, "This link was used before, or is not valid")
		}
	})
}

func TestAParticipantAnswersSignedIn(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.begun(t, evaluation.Final)
		path := "/my-supervision/evaluate/" + w.large.ID.String()
		if got := w.visit(t, "").Get(path); !strings.HasPrefix(got.Path, "/sign-in") {
			t.Errorf("a stranger is at %s", got.Path)
		}
		for _, name := range []string{"technician", "vila", "supervisor", "outsider"} {
			if got := w.visit(t, name).Get(path); got.Status != http.StatusNotFound {
				t.Errorf("%s: %d", name, got.Status)
			}
		}
		v := w.visit(t, "anna")
		shows(t, v.Submit(v.Get(path), "form.form", url.Values{"competence": {"8"}}), "Thank you")
		if got := v.Get(path); got.Status != http.StatusNotFound {
			t.Errorf("answering twice: %d", got.Status)
		}
	})
}

// TestWhatMayNotAppear looks for the answers of the few, and for names, in every
// page, JSON and CSV of a round.
func TestWhatMayNotAppear(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := w.answered(t)
		paths := []string{r.Href(), r.Href() + "?format=csv", r.Href() + "/results", "/api/v1" + r.Href() + "/results", "/api/v1" + r.Href() + "/ratings"}
		look := func(names []string, secrets ...string) {
			t.Helper()
			for _, name := range names {
				v := w.visit(t, name)
				for _, path := range paths {
					page := v.Get(path)
					for _, secret := range secrets {
						if strings.Contains(page.Body, secret) {
							t.Errorf("%s of %s gives away %q", path, name, secret)
						}
					}
				}
			}
		}
		people := []string{"technician", "legal", "auditor", "supervisor", "vila", "outsider"}
		look(people, "Secret de l", "Paraules z", "Person berta", "berta@people.example", "Person anna")
		w.close(t, r)
		look(people, "Person berta", "berta@people.example", "Person anna")
		look([]string{"supervisor", "vila", "poble", "outsider", "stranger"}, "Secret de l", "Paraules z")
		page := w.visit(t, "technician").Get(r.Href() + "/results")
		shows(t, page, "Secret de l", "1 of 3", "6 of 6", "withheld", "5 people and 5 answers")
		small := page.Find("tr").FilterFunction(func(_ int, row *goquery.Selection) bool { return strings.Contains(row.Text(), "Grup petit") })
		if strings.ContainsAny(strings.TrimPrefix(strings.Join(strings.Fields(small.Text()), " "), "Grup petit1 of 3"), "0123456789") {
			t.Errorf("a figure of three people: %s", small.Text())
		}
	})
}

func TestMessages(t *testing.T) {
	t.Parallel()
	module := ballots.New(ballots.Deps{}).Module()
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
