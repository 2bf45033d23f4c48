package myseason_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"bastida/internal/kernel/civil"
	"bastida/internal/modules/evaluation"
	"bastida/internal/modules/myseason"
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

func TestASupervisorSeesTheDay(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		_, err := w.myseason.Day(w.as(t, "supervisor"))
		must(t, err)
		w.name(t)
		now := w.meet(t, w.large, "2020-01-20")
		w.meet(t, w.large, "2020-02-13")
		open := w.meet(t, w.small, "2020-01-16")
		v := w.visit(t, "supervisor")
		page := v.Get("/supervision/day")
		shows(t, page, "09:00–11:00 Grup gran", "1 person", "13 Feb 2020", "Grup petit, 16 Jan 2020: the attendance is not closed", "14 h without a date")
		for _, href := range []string{now.Href() + "/sign-in", open.Href() + "/sign-in", "/my-supervision/calendar"} {
			if page.Find(`a[href="`+href+`"]`).Length() != 1 {
				t.Errorf("no way to %s", href)
			}
		}
		if page.Find(`a[href$="/unavailability/new"]`).Length() != 1 {
			t.Error("no way to say when one cannot")
		}
		if sent := v.Get("/my-supervision"); !strings.HasPrefix(sent.Path, "/supervision/day") {
			t.Errorf("a supervisor lands on %s", sent.Path)
		}
		if other := w.visit(t, "stranger").Get("/supervision/day"); strings.Contains(other.Body, "Grup") {
			t.Error("another supervisor sees the groups")
		}
	})
}

func TestACancelledSessionIsToBeMadeUpFor(t *testing.T) {
	t.Parallel()
	var d myseason.Day
	d.Today = civil.MustParse("2020-01-20")
	by := civil.MustParse("2020-02-01")
	lost := sessions.Session{State: sessions.Cancelled, RebookBy: by}
	lost.ID = "lost"
	d.Sort([]sessions.Session{lost})
	if len(d.Rebook) != 1 {
		t.Errorf("%+v", d)
	}
	d.Rebook = nil
	d.Sort([]sessions.Session{lost, {State: sessions.Planned, Day: by, Replaces: "lost"}})
	if len(d.Rebook) != 0 || len(d.Later) != 1 {
		t.Errorf("%+v", d)
	}
}

func TestAProfessionalSeesTheirOwnSupervision(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		shows(t, w.visit(t, "anna").Get("/my-supervision"), "You are in no group")
		w.name(t)
		held := w.meet(t, w.large, "2020-01-16")
		w.hold(t, held)
		w.meet(t, w.large, "2020-02-13")
		w.meet(t, w.small, "2020-02-20")
		w.begun(t, evaluation.HalfWay)
		page := w.visit(t, "anna").Get("/my-supervision")
		shows(t, page, "13 Feb 2020 09:00–11:00", "Grup gran", "with Elena Inventada", "2 of 2 h, 100%", "Nobody will know what you answered")
		if strings.Contains(page.Body, "petit") {
			t.Error("the group of others is shown")
		}
		if page.Find(`a[href="/my-supervision/evaluate/`+w.large.ID.String()+`"]`).Length() != 1 {
			t.Error("no way to answer")
		}
	})
}

func TestABodySeesHoursAndWhatItOwesAndNothingElse(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.name(t)
		w.hold(t, w.meet(t, w.large, "2020-01-16"))
		w.meet(t, w.large, "2020-02-13")
		r := w.begun(t, evaluation.HalfWay)
		w.give(t, r, w.large.ID, "poble", 3)
		page := w.visit(t, "lead").Get("/supervision/teams")
		shows(t, page, "Grup gran", "Anna Inventada", "2 of 2 h, 100%", "The names of 3 professionals are missing", "13 Feb 2020")
		officer := w.visit(t, "vila").Get("/supervision/teams")
		shows(t, officer, "The rating of Elena Inventada for the group Grup gran is missing")
		for _, never := range []string{"Grup petit", "Body poble", "Bé", "Pensar plegats"} {
			if strings.Contains(visible(page), never) || strings.Contains(visible(officer), never) {
				t.Errorf("the body sees %q", never)
			}
		}
		if page.Find(`a[href^="/supervision/ratings/"]`).Length() != 0 {
			t.Error("a team lead is asked to rate")
		}
	})
}

func TestEverybodyHasTheirOwnPages(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for name, want := range map[string][3]int{
			"supervisor": {http.StatusOK, http.StatusOK, http.StatusForbidden},
			"anna":       {http.StatusForbidden, http.StatusOK, http.StatusForbidden},
			"lead":       {http.StatusForbidden, http.StatusOK, http.StatusOK},
			"technician": {http.StatusForbidden, http.StatusForbidden, http.StatusForbidden},
		} {
			v := w.visit(t, name)
			for i, path := range []string{"/supervision/day", "/my-supervision", "/supervision/teams"} {
				page := v.Get(path)
				if page.Status != want[i] {
					t.Errorf("%s of %s: %d, want %d", path, name, page.Status, want[i])
				}
				if page.Status == http.StatusOK && strings.Contains(visible(page), "myseason.") {
					t.Errorf("%s of %s lacks a message", path, name)
				}
			}
		}
	})
}

func TestMessages(t *testing.T) {
	t.Parallel()
	module := myseason.New(myseason.Deps{}).Module()
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
