package resolution_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"bastida/internal/kernel/record"
)

func TestACallIsTiedToAResourceOfItsOwn(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		v := w.visit(t, "technician")
		page := sound(t, v.Get("/calls/new"))
		options := page.Find(`select[name="resource_id"] option`)
		if options.Length() != 2 || !strings.Contains(options.Text(), "20270") {
			t.Fatalf("the page offers %q", options.Text())
		}
		page = sound(t, v.Get("/calls/new?from="+w.call.ID.String()))
		if got := page.Find(`select[name="resource_id"] option[selected]`).AttrOr("value", ""); got != w.resource.ID.String() {
			t.Errorf("the copy is of the resource %q", got)
		}
		fresh := url.Values{"code": {"2021-y"}, "resource_id": {w.resource.ID.String()}}
		page = sound(t, v.Submit(page, "form.form", fresh))
		made, err := w.calls.Call(w.as(t, "technician"), record.ID(strings.TrimPrefix(page.Path, "/calls/")))
		must(t, err)
		if made.ResourceID != w.resource.ID {
			t.Errorf("the copy keeps the resource %q", made.ResourceID)
		}
		for _, wrong := range []string{"", "018f0000-0000-7000-8000-000000000000"} {
			bad := v.Submit(v.Get(made.Href()+"/edit"), "form.form", url.Values{"resource_id": {wrong}})
			if bad.Status != http.StatusUnprocessableEntity || bad.Find(`select[name="resource_id"][aria-invalid="true"]`).Length() != 1 {
				t.Errorf("the resource %q: status %d, %s", wrong, bad.Status, bad.Find(".problems").Text())
			}
		}
	})
}

func TestAWithdrawnResourceIsOfferedOnlyToItsCalls(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		_, err := w.catalogue.Withdraw(w.as(t, "technician"), w.resource.ID, w.resource.Version)
		must(t, err)
		for offered, want := range map[record.ID]int{"": 0, w.resource.ID: 1} {
			found, err := w.resolution.Resources(w.as(t, "technician"), offered)
			must(t, err)
			if len(found) != want {
				t.Errorf("%d resources for a call of %q", len(found), offered)
			}
		}
	})
}

func TestASettledCallIsNotReviewed(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a := w.filed(t, large, complete(9))
		v := w.visit(t, "technician")
		steps := func() int {
			page := sound(t, v.Get(w.call.Href()+"/applications"))
			return page.Find(`[action*="/review/"], [formaction*="/review/"]`).Length()
		}
		if steps() == 0 {
			t.Fatal("an open call is not reviewed")
		}
		_, err := w.calls.CancelCall(w.as(t, "technician"), w.call.ID, "Invented reason")
		must(t, err)
		if got := steps(); got != 0 {
			t.Errorf("a cancelled call offers %d steps", got)
		}
		if err := w.resolution.Admit(w.as(t, "technician"), []record.ID{a.ID}); keyOf(err) != "resolution.not_reviewable" {
			t.Errorf("admitted in a cancelled call: %v", err)
		}
		if got := len(w.mailTo(t, large)); got != 0 {
			t.Errorf("%d messages", got)
		}
	})
}

func TestAResolvedCallIsNotReviewed(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.granted(t)
		page := sound(t, w.visit(t, "technician").Get(w.call.Href()+"/applications"))
		if got := page.Find(`[action*="/review/"], [formaction*="/review/"]`).Length(); got != 0 {
			t.Errorf("a resolved call offers %d steps", got)
		}
	})
}
