package schedule_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"bastida/internal/kernel/actor"
)

func TestATechnicianProposesLooksAndBooks(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.stated(t)
		v := w.visit(t, w.actor(actor.Technician))
		home := w.programme.Href() + "/schedule"
		typed := url.Values{"last": {"2020-07-17"}, "to": {"25:00"}, "rounds": {"10"}}
		wrong := v.Submit(v.Get(home+"/new"), "#schedule-run", typed)
		if wrong.Status != http.StatusUnprocessableEntity || wrong.Find("[name=to]").AttrOr("value", "") != "25:00" {
			t.Fatalf("%d keeps %q", wrong.Status, wrong.Find("[name=to]").AttrOr("value", ""))
		}
		typed.Set("to", "14:00")
		run := v.Submit(wrong, "#schedule-run", typed)
		if _, err := w.worker.Drain(t.Context()); err != nil {
			t.Fatal(err)
		}
		page := v.Get(run.Path)
		for _, g := range w.groups {
			if !strings.Contains(page.Find("table").Text(), g.Name) {
				t.Errorf("%s is not shown", g.Name)
			}
		}
		asks := v.Submit(page, "form[action$='/accept']", nil)
		v.Submit(asks, "main form[action$='/accept']", nil)
		if got := len(w.booked(t)); got != 25 {
			t.Errorf("%d sessions are booked", got)
		}
	})
}

func TestOnlyThoseWhoMayReachATimetable(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		home := w.programme.Href() + "/schedule"
		stranger := w.actor(actor.Technician)
		stranger.Tenant = w.other
		if got := w.visit(t, stranger).Get(home).Status; got != http.StatusNotFound {
			t.Errorf("another tenant: %d", got)
		}
		if got := w.visit(t, w.actor(actor.Auditor)).Get(home + "/new").Status; got != http.StatusForbidden {
			t.Errorf("an auditor proposes: %d", got)
		}
	})
}
