package attendance_test

import (
	"net/url"
	"strconv"
	"strings"
	"testing"

	"bastida/internal/kernel/civil"
	"bastida/internal/modules/booking"
	"bastida/internal/modules/sessions"
	"bastida/internal/modules/supervision"
)

// fourteen makes the group of the valley one of fourteen people.
func (w *world) fourteen(t *testing.T) {
	t.Helper()
	for i := 4; i <= 14; i++ {
		w.enrol(t, w.valley, "valley"+strconv.Itoa(i)+"@booking.example")
	}
}

// A supervisor opens the page, taps each of fourteen people and closes: sixteen
// taps, without scripts.
func TestASupervisorSignsFourteenPeopleInSixteenTaps(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.fourteen(t)
		s := w.book(t, at(w.valley, "2020-01-21"))
		w.clock.Set(wall("2020-01-21 10:55"))
		v := w.visit(t, "laia")
		taps := 1
		page := v.Get(s.Href() + "/sign-in")
		forms := page.Find("form[action$='/tap']")
		if forms.Length() != 14 {
			t.Fatalf("%d buttons, status %d", forms.Length(), page.Status)
		}
		for i := range 14 {
			action, _ := forms.Eq(i).Attr("action")
			page = v.Submit(page, "form[action='"+action+"']", nil)
			taps++
		}
		page = v.Submit(page, "form[action$='/close']", nil)
		taps++
		if page.Status != 200 || taps != 16 || !strings.Contains(page.Find("main").Text(), "28\u00a0h") {
			t.Errorf("%d taps, status %d at %s: %s", taps, page.Status, page.Path, page.Find("main").Text())
		}
		after, err := w.sessions.Session(w.as(t, "laia"), s.ID)
		if err != nil || after.State != sessions.Held || after.HeldMinutes != 120 || after.PersonMinutes != 14*120 {
			t.Errorf("got %+v, %v", after, err)
		}
	})
}

func TestWithScriptsOnlyTheButtonComesBack(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		s := w.book(t, at(w.valley, "2020-01-21"))
		page := w.visit(t, "laia").Get(s.Href() + "/sign-in")
		form := page.Find("form[action$='/tap']").First()
		for name, want := range map[string]string{"hx-post": "/tap", "hx-target": "this", "hx-swap": "outerHTML"} {
			if got, _ := form.Attr(name); !strings.HasSuffix(got, want) {
				t.Errorf("%s is %q", name, got)
			}
		}
	})
}

func TestNobodyElseOpensTheSheet(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		s := w.book(t, at(w.valley, "2020-01-21"))
		for who, want := range map[string]int{"pere": 404, "marta": 403, "joan": 403, "auditor": 403, "officer": 403} {
			if got := w.visit(t, who).Get(s.Href() + "/sign-in"); got.Status != want {
				t.Errorf("%s: %d", who, got.Status)
			}
		}
		if got := w.visit(t, "joan").Get(s.Href()); got.Status != 404 {
			t.Errorf("somebody of another group sees the session: %d", got.Status)
		}
		own := w.visit(t, "marta").Get(s.Href())
		if text := own.Find("main").Text(); own.Status != 200 || strings.Contains(text, "valley2@") {
			t.Errorf("a member reads of the others: %d %s", own.Status, text)
		}
	})
}

func TestACorrectionKeepsWhatWasTypedAndShowsInTheHistory(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		s := w.book(t, at(w.valley, "2020-01-21"))
		w.clock.Set(wall("2020-01-21 11:05"))
		_, err := w.sessions.Close(w.as(t, "laia"), s.ID, s.Version, sessions.CloseInput{Minutes: 120})
		must(t, err)
		v := w.visit(t, "laia")
		sheet := v.Get(s.Href() + "/sign-in")
		href, _ := sheet.Find("a[href$='/correct'][href*='sign-in']").First().Attr("href")
		form := v.Get(href)
		refused := v.Submit(form, "form[action='"+href+"']", url.Values{"mark": {"late"}, "late": {"15"}, "reason": {""}})
		if kept, _ := refused.Find("input[name=late]").Attr("value"); refused.Status != 422 || kept != "15" {
			t.Errorf("got %d, %q", refused.Status, kept)
		}
		done := v.Submit(refused, "form[action='"+href+"']", url.Values{"reason": {"She came, and did not sign"}})
		if text := done.Find("main").Text(); done.Status != 200 || !strings.Contains(text, "She came, and did not sign") || !strings.Contains(text, "1\u00a0h 45\u00a0min") {
			t.Errorf("got %d %s", done.Status, text)
		}
	})
}

func TestAPersonSignsAtTheAddressOfTheSession(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		s := w.book(t, at(w.valley, "2020-01-21"))
		path := "/sign/" + s.SignKey
		stranger := w.visit(t, "")
		if early := stranger.Get(path); early.Status != 200 || early.Find("input[name=code]").Length() != 0 {
			t.Errorf("the day before: %d", early.Status)
		}
		w.clock.Set(wall("2020-01-21 08:50"))
		people, err := w.supervision.Participants(w.as(t, "technician"), w.valley.ID)
		must(t, err)
		var second supervision.Participant
		for _, p := range people {
			if strings.HasPrefix(p.Email, "valley2@") {
				second = p
			}
		}
		page := stranger.Get(path)
		if strings.Contains(page.Find("main").Text(), "Member") {
			t.Error("the address tells who takes part")
		}
		wrong := stranger.Submit(page, "form[action='"+path+"']", url.Values{"code": {"xxxxxx"}})
		if wrong.Status != 422 {
			t.Errorf("a wrong code: %d", wrong.Status)
		}
		if done := stranger.Submit(page, "form[action='"+path+"']", url.Values{"code": {s.PersonalCode(second.ID)}}); done.Status != 200 {
			t.Errorf("the right code: %d", done.Status)
		}
		member := w.visit(t, "marta")
		member.Submit(member.Get(path), "form[action='"+path+"/me']", nil)
		all, err := w.sessions.Attendances(w.as(t, "laia"), s.ID)
		must(t, err)
		how := map[sessions.How]int{}
		for _, a := range all {
			how[a.How]++
		}
		if how[sessions.ByCode] != 1 || how[sessions.ByAccount] != 1 {
			t.Errorf("got %v", how)
		}
		if unknown := stranger.Get("/sign/nothing00000"); unknown.Status != 404 {
			t.Errorf("an unknown address: %d", unknown.Status)
		}
	})
}

func TestTheListTheCalendarAndTheHoursLeadToTheSession(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		s := w.book(t, at(w.valley, "2020-01-21"))
		w.book(t, booking.Booking{Group: w.coast.ID, Day: civil.MustParse("2020-02-05"), Start: 540, Minutes: 90})
		v := w.visit(t, "technician")
		for _, path := range []string{
			"/supervision/sessions?state=planned&from=2020-01-20&to=2020-01-31", "/supervision/sessions/calendar?month=2020-01",
			w.valley.Href() + "/hours?stage=scheduled", w.programme.Href() + "/hours/entries?stage=scheduled",
		} {
			page := v.Get(path)
			if page.Status != 200 || page.Find("a[href='"+s.Href()+"']").Length() == 0 {
				t.Errorf("%s: %d has no link to the session", path, page.Status)
			}
		}
		if page := v.Get("/supervision/sessions/calendar?month=2020-01"); strings.Contains(page.Find("main").Text(), "coast") {
			t.Error("January shows a session of February")
		}
		csv := v.Get("/supervision/sessions?format=csv")
		if csv.Status != 200 || !strings.Contains(csv.Body, "Group of the coast") {
			t.Errorf("CSV: %d %s", csv.Status, csv.Body)
		}
		page := v.Get(w.programme.Href() + "/hours")
		for _, stage := range []string{"granted", "contracted", "scheduled", "delivered", "invoiced", "person-minutes"} {
			if page.Find("a[href='"+w.valley.Href()+"/hours?stage="+stage+"']").Length() == 0 {
				t.Errorf("%s of a group leads nowhere", stage)
			}
		}
		if own := w.visit(t, "officer").Get(w.programme.Href() + "/hours"); own.Status != 200 || strings.Contains(own.Find("main").Text(), "coast") {
			t.Errorf("an officer: %d", own.Status)
		}
	})
}

func TestBookingMovingAndCancellingExplainThemselves(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		v := w.visit(t, "technician")
		path := w.valley.Href() + "/sessions/new"
		form := v.Get(path)
		typed := url.Values{"day": {"2020-05-01"}, "at": {"09:00"}, "minutes": {"120"}, "room": {"Sala 1"}}
		refused := v.Submit(form, "form[action='"+path+"']", typed)
		if room, _ := refused.Find("input[name=room]").Attr("value"); refused.Status != 422 || room != "Sala 1" || !strings.Contains(refused.Body, "Labour Day") {
			t.Errorf("a holiday: %d", refused.Status)
		}
		done := v.Submit(refused, "form[action='"+path+"']", url.Values{"day": {"2020-05-04"}})
		if done.Status != 200 || !strings.HasPrefix(done.Path, "/supervision/sessions/") {
			t.Fatalf("got %d at %s", done.Status, done.Path)
		}
		cancel := v.Get(done.Path + "/cancel")
		gone := v.Submit(cancel, "form[action='"+done.Path+"/cancel']", url.Values{"reason": {"strike"}})
		if gone.Status != 200 || gone.Find("a[href*='replaces=']").Length() == 0 || !strings.Contains(gone.Find("main").Text(), "2020") {
			t.Errorf("got %d", gone.Status)
		}
	})
}

func TestAnInvoiceProposesWhatWasDeliveredAndIsCorrected(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		s := w.book(t, at(w.valley, "2020-01-21"))
		w.clock.Set(wall("2020-01-21 11:05"))
		_, err := w.sessions.Close(w.as(t, "laia"), s.ID, s.Version, sessions.CloseInput{Minutes: 120})
		must(t, err)
		c, err := w.supervision.Engage(w.as(t, "technician"), w.programme.ID, supervision.ContractInput{Provider: "Cooperativa inventada", Reference: "EXP-1", Hours: 30, Price: 60})
		must(t, err)
		v, path := w.visit(t, "technician"), w.programme.Href()+"/hours/invoice"
		form := v.Get(path)
		done := v.Submit(form, "form[action='"+path+"']", url.Values{"contract": {c.ID.String()}, "number": {"F-7"}, "date": {"2020-01-21"}})
		if text := done.Find("main").Text(); done.Status != 200 || !strings.Contains(text, "F-7") {
			t.Fatalf("got %d at %s: %s", done.Status, done.Path, text)
		}
		entries := v.Get(w.valley.Href() + "/hours?stage=invoiced")
		href, _ := entries.Find("a[href^='/supervision/hours/']").First().Attr("href")
		fixed := v.Submit(v.Get(href), "form[action='"+href+"']", url.Values{"hours": {"1.5"}, "reason": {"Half an hour was ours"}})
		if text := fixed.Find("main").Text(); fixed.Status != 200 || !strings.Contains(text, "Half an hour was ours") {
			t.Errorf("got %d at %s: %s", fixed.Status, fixed.Path, text)
		}
		assign := w.valley.Href() + "/hours/assign"
		refused := v.Submit(v.Get(assign), "form[action='"+assign+"']", url.Values{
			"contract": {c.ID.String()}, "direction": {"from_group"}, "hours": {"20"}, "reason": {"Too much"},
		})
		if refused.Status != 409 && refused.Status != 422 {
			t.Errorf("more than the group has: %d", refused.Status)
		}
	})
}
