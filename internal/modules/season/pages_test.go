package season_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"bastida/internal/modules/evaluation"
	"bastida/internal/modules/season"
	"bastida/internal/modules/sessions"
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

func TestRowsThatNeedSomebodyComeFirstWithTheirButton(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.name(t)
		held := w.meet(t, w.large, "2020-01-16")
		w.meet(t, w.large, "2020-02-13")
		w.hold(t, held)
		v := w.visit(t, "technician")
		page := v.Get("/supervision")
		shows(t, page, "Programa inventat", "1 thing more", "8 of 12", "2 / 18 h", "13 Feb 9:00", "None has been asked for yet", "4 professionals are lacking")
		rows := page.Find("tbody tr:not(.issue)")
		if rows.Length() != 2 || !strings.Contains(rows.First().Text(), "petit") {
			t.Errorf("the group that is too small is not first: %s", rows.First().Text())
		}
		if page.Find(`tr.issue a[href$="/edit"]`).Length() != 1 {
			t.Error("no button in the row")
		}
		if page.Find("[style], script:not([src])").Length() > 0 {
			t.Error("the content policy forbids it")
		}
		w.answered(t, 6.9)
		page = v.Get("/supervision")
		shows(t, page, "7.4", "1 of 2", "1 missing", "1 rating below 7. The analysis of causes is missing, due on 4 Feb.", "Commitment: 100%. 1 below. 1 missing", "Open the analysis")
		if !strings.Contains(page.Find("tbody tr").First().Text(), "gran") {
			t.Error("a rating below the threshold does not come first")
		}
		shows(t, v.Get("/supervision?view=stages"), "Forming", "Under way", "Grup gran")
		report := v.Get("/supervision/report")
		shows(t, report, "4 professionals announced and no names", "Grup petit")
		if report.Find("tr.issue a").Length() != 0 {
			t.Error("paper has buttons")
		}
	})
}

// answered gives two of the three ratings, one of them low.
func (w *world) answered(t *testing.T, low float64) {
	t.Helper()
	r := w.begun(t, evaluation.HalfWay)
	w.give(t, r, w.large.ID, "vila", low)
	w.give(t, r, w.large.ID, "poble", 8)
}

func TestTheTwinSaysTheSame(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		open := w.meet(t, w.large, "2020-01-21")
		w.wait(3)
		twin := w.visit(t, "auditor").Get("/api/v1/supervision?programme=" + w.programme.ID.String())
		var got season.SeasonShape
		if err := json.Unmarshal([]byte(twin.Body), &got); err != nil {
			t.Fatal(err)
		}
		if got.Figures.Bodies != 2 || got.Figures.People != 12 || got.Figures.PeopleProper != 8 || got.Figures.HoursGranted != 36 || got.Figures.SessionsOver != 1 || got.Figures.SessionsClosed != 0 {
			t.Errorf("%+v", got.Figures)
		}
		large := got.Groups[slices.IndexFunc(got.Groups, func(g season.SeasonGroupShape) bool { return g.Name == "Grup gran" })]
		if large.Rating != nil || large.Needs[0].Kind != season.OpenRegister || large.Needs[0].Href != open.Href() || large.Stage != season.Forming {
			t.Errorf("%+v", large)
		}
	})
}

func TestTheBoardIsForThoseWhoSeeTheWholeProgramme(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for name, want := range map[string]int{
			"technician": http.StatusOK, "legal": http.StatusOK, "auditor": http.StatusOK, "vila": http.StatusForbidden, "lead": http.StatusForbidden,
			"anna": http.StatusForbidden, "supervisor": http.StatusForbidden, "outsider": http.StatusNotFound,
		} {
			path := "/supervision?programme=" + w.programme.ID.String()
			for _, at := range []string{path, "/api/v1" + path} {
				if got := w.visit(t, name).Get(at); got.Status != want {
					t.Errorf("%s of %s: %d, want %d", at, name, got.Status, want)
				}
			}
		}
		if page := w.visit(t, "auditor").Get("/supervision"); page.Find("tr.issue a, a[href$='/groups/new']").Length() != 0 {
			t.Error("an auditor is offered what only a technician may do")
		}
		shows(t, w.visit(t, "outsider").Get("/supervision"), "There is no programme yet")
		if n := w.season.Module().Menu[0].Count(w.as(t, "technician")); n != 2 {
			t.Errorf("the menu says %d", n)
		}
		if n := w.season.Module().Menu[0].Count(w.as(t, "auditor")); n != 0 {
			t.Errorf("the menu says %d to who cannot act", n)
		}
	})
}

func TestACancelledSessionIsNoDate(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		s := w.meet(t, w.large, "2020-02-13")
		_, err := w.booking.Cancel(w.as(t, "technician"), s.ID, sessions.CallOff{Reason: sessions.Strike})
		must(t, err)
		shows(t, w.visit(t, "technician").Get("/supervision"), "No session is agreed: 18 h to put on dates", "No date")
	})
}

func TestMessages(t *testing.T) {
	t.Parallel()
	module := season.New(season.Deps{}).Module()
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
