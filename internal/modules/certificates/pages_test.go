package certificates_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"bastida/internal/platform/testkit"
)

func TestATechnicianCertifiesAPersonOnTheirPage(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.hold(t)
		v := w.visit(t, "technician")
		home := w.programme.Href() + "/coverage/people/"
		if body := v.Get(home + w.members["joan"].ID.String()).Text(); !strings.Contains(body, "Attendance is 50%, and the threshold is 80%.") {
			t.Error("no reason why Joan has none:", body)
		}
		p := v.Submit(v.Get(home+w.members["anna"].ID.String()), `form[action$="/certificate"]`, nil)
		if p.Status != http.StatusOK || !strings.Contains(p.Text(), "Certificate 1/2020") || !strings.Contains(p.Text(), "4\u00a0h of 4\u00a0h") {
			t.Fatal(p.Status, p.Path, p.Text())
		}
		if doc := v.Get(p.Path + "/document"); doc.Header.Get("Content-Type") != "application/pdf" || !strings.HasPrefix(doc.Body, "%PDF") {
			t.Error("no document:", doc.Header)
		}
		if list := v.Get(w.programme.Href() + "/certificates?words=anna"); !strings.Contains(list.Text(), "Person anna") {
			t.Error("not in the list")
		}
		refused := v.Submit(v.Get(p.Path+"/withdraw"), `form[action$="/withdraw"]`, nil)
		if refused.Status != http.StatusUnprocessableEntity {
			t.Error("withdrawn without a reason:", refused.Status)
		}
		gone := v.Submit(refused, `form[action$="/withdraw"]`, url.Values{"reason": {"Issued to the wrong person"}})
		if !strings.Contains(gone.Text(), "Issued to the wrong person") || gone.Find(`form[action$="/correct"]`).Length() != 0 {
			t.Error("withdrawn:", gone.Text())
		}
	})
}

func TestTheCreditPageDerivesTheTypeAndKeepsWhatWasTyped(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		v := w.visit(t, "technician")
		at := w.group.Href() + "/credit"
		if p := v.Get(at); !strings.Contains(p.Text(), "group of one profession, with a social worker as supervisor") {
			t.Error(p.Text())
		}
		late := url.Values{"event": {"EV-77"}, "by": {"Invented order"}, "on": {"2020-01-15"}, "hours": {"4"}}
		p := v.Submit(v.Get(at+"/new"), `form[action$="/credit/new"]`, late)
		if p.Status != http.StatusOK || !strings.Contains(p.Text(), "EV-77") {
			t.Error(p.Status, p.Text())
		}
		w.hold(t)
		late.Set("on", "2020-03-01")
		p = v.Submit(v.Get(at+"/new"), `form[action$="/credit/new"]`, late)
		if p.Status != http.StatusUnprocessableEntity || p.Find(`input[name="event"]`).AttrOr("value", "") != "EV-77" || !strings.Contains(p.Text(), "none is admitted afterwards") {
			t.Error(p.Status, p.Text())
		}
	})
}

func TestWhatMustNotAppear(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.hold(t)
		c, err := w.issue(t, "anna")
		must(t, err)
		public := w.visit(t, "").Get(c.Check())
		if public.Status != http.StatusOK || strings.Contains(public.Body, "anna") || !strings.Contains(public.Text(), c.SHA256[:8]) {
			t.Errorf("the public page names nobody: %d", public.Status)
		}
		mine := w.visit(t, "anna")
		if p := mine.Get("/my-supervision/certificates"); !strings.Contains(p.Text(), "Certificate 1/2020") {
			t.Error("Anna does not find hers")
		}
		if p := mine.Get(c.Href()); p.Status != http.StatusOK || p.Find(`form[action$="/correct"], a[href$="/withdraw"]`).Length() != 0 {
			t.Error("Anna is offered what is not hers to do:", p.Status)
		}
		for name, paths := range map[string][]string{
			"joan":      {c.Href(), c.Href() + "/document", w.programme.Href() + "/certificates"},
			"officer":   {c.Href(), w.programme.Href() + "/certificates"},
			"elsewhere": {c.Href(), c.Href() + "/document", w.programme.Href() + "/certificates", w.programme.Href() + "/coverage", w.group.Href() + "/credit"},
		} {
			expect(t, w.visit(t, name), http.StatusNotFound, paths...)
		}
		expect(t, w.visit(t, "officer"), http.StatusForbidden, w.group.Href()+"/credit")
	})
}

func expect(t *testing.T, v *testkit.Visitor, status int, paths ...string) {
	t.Helper()
	for _, path := range paths {
		if p := v.Get(path); p.Status != status {
			t.Errorf("%s: status %d, want %d", path, p.Status, status)
		}
	}
}
