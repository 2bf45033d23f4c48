package resolution_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"bastida/internal/kernel/record"
	"bastida/internal/modules/calls"
	"bastida/internal/modules/identity"
	"bastida/internal/platform/testkit"
)

// gap is a message that nobody wrote: it is shown as its key.
var gap = regexp.MustCompile(`\b(calls|applications|resolution|drafts|territory|instruments|ui)\.[a-z_]+(\.[a-z_]+)*\b`)

// sound fails on a page that did not come well or shows a key.
func sound(t *testing.T, p testkit.Page) testkit.Page {
	t.Helper()
	if p.Status != http.StatusOK {
		t.Fatalf("%s: status %d: %s", p.Path, p.Status, p.Find("main").Text())
	}
	if key := gap.FindString(p.Find("body").Text()); key != "" {
		t.Errorf("%s shows the key %q", p.Path, key)
	}
	return p
}

func TestFromTheCallToTheReceipt(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		v := w.visit(t, small)
		sound(t, v.Get("/calls"))
		page := sound(t, v.Get(w.call.Href()))
		if !strings.Contains(page.Find("main").Text(), "24 days left") {
			t.Errorf("the page does not count the days: %s", page.Find(".notice").Text())
		}
		page = sound(t, v.Get(w.call.Href()+"/apply"))
		page = sound(t, v.Submit(page, `form[action="`+w.call.Href()+`/applications"]`, nil))
		edit := page.Path
		page = sound(t, v.Submit(page, "form.form", url.Values{
			"modality": {"cases"}, "social_workers": {"3"}, "contact_name": {"Person invented"}, "contact_email": {"person@example.example"},
		}))
		if !strings.Contains(page.Find(".notice").Text(), "professionals: 3") {
			t.Errorf("the check does not explain: %s", page.Find(".notice").Text())
		}
		sound(t, v.Submit(v.Get(edit), "form.form", url.Values{"consent_to_group": {"true"}}))
		annex := strings.TrimSuffix(edit, "/edit") + "/annexes/C1-034"
		sound(t, v.Get(annex))
		sound(t, v.Get(strings.TrimSuffix(edit, "/edit")+"/attachments"))
		page = sound(t, v.Submit(v.Get(strings.TrimSuffix(edit, "/edit")+"/check"), `form[action$="/submit"]`, nil))
		if !strings.HasSuffix(page.Path, "/receipt") || !strings.Contains(page.Find("main").Text(), "2020-20270-0001") {
			t.Errorf("after filing: %s %s", page.Path, page.Find("main").Text())
		}
		sound(t, v.Get(strings.TrimSuffix(edit, "/edit")))
		sound(t, v.Get("/applications"))
	})
}

func TestEveryPageSpeaksEveryLanguage(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a := w.filed(t, small, complete(3))
		b := w.begun(t, large, complete(9))
		for _, lang := range []string{"ca", "es", "it", "en"} {
			for who, paths := range map[string][]string{
				"technician": {
					"/calls", "/calls/new", "/calls/new?from=" + w.call.ID.String(), w.call.Href(), w.call.Href() + "/edit", w.call.Href() + "/cancel",
					w.call.Href() + "/applications", w.call.Href() + "/report", w.call.Href() + "/resolution/prepare", a.Href(),
					a.Href() + "/annexes/C1-034",
				},
				small: {"/applications", a.Href(), a.Href() + "/receipt", w.call.Href()},
				large: {b.Href(), b.Href() + "/edit", b.Href() + "/check", b.Href() + "/annexes/C1-034", b.Href() + "/attachments", b.Href() + "/copies"},
				"":    {"/calls", w.call.Href()},
			} {
				v := w.visit(t, who)
				v.Post("/preferences/language", url.Values{"language": {lang}, "back": {"/calls"}})
				for _, path := range paths {
					if strings.HasSuffix(path, "/annexes/C1-034") && who == "technician" {
						continue // nobody has opened it yet
					}
					sound(t, v.Get(path))
				}
			}
		}
	})
}

func TestATechnicianReviewsAndALegalOfficerApproves(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a, b := w.filed(t, small, complete(3)), w.filed(t, large, complete(9))
		w.clock.Set(dated("2020-02-17 09:00:00"))
		v := w.visit(t, "technician")
		list := sound(t, v.Get(w.call.Href()+"/applications?area=Vall"))
		if got := list.Find("tbody").Text(); !strings.Contains(got, "Vilapetita") || strings.Contains(got, "Vilagran") {
			t.Errorf("the filter shows %s", got)
		}
		for _, query := range []string{"?state=submitted", "?modality=cases", "?words=vila", "?incomplete=true", "?soon=true", "?sort=-professionals", "?page=2"} {
			sound(t, v.Get(w.call.Href()+"/applications"+query))
		}
		csv := v.Get(w.call.Href() + "/applications?format=csv")
		if !strings.Contains(csv.Body, "2020-20270-0001") {
			t.Errorf("CSV: %s", csv.Body)
		}
		both := url.Values{"id": {a.ID.String(), b.ID.String()}}
		sound(t, v.Post(w.call.Href()+"/review/admit", both))
		page := sound(t, v.Post(w.call.Href()+"/review/propose", both))
		sound(t, v.Submit(page, "form.form", url.Values{"outcome": {"granted"}, "text": {"Invented reason"}}))
		if got := w.application(t, b.ID); got.Outcome != calls.Granted || got.Hours != 18 || got.Reasons["it"] != "Invented reason" {
			t.Fatalf("proposed %s, %d h, %v", got.Outcome, got.Hours, got.Reasons)
		}
		if page = v.Get(a.Href()); !strings.Contains(page.Find("main").Text(), "Proposal: Granted") {
			t.Errorf("the technician does not see the proposal")
		}
		if page = w.visit(t, small).Get(a.Href()); strings.Contains(page.Body, "Invented reason") {
			t.Errorf("the body sees the proposal before it is approved")
		}
		sound(t, v.Get(w.call.Href()+"/resolution/prepare"))
		if got := v.Post(w.call.Href()+"/resolution/approve", nil).Status; got != http.StatusForbidden {
			t.Errorf("the technician approves: %d", got)
		}
		legal := w.visit(t, "legal")
		page = sound(t, legal.Submit(legal.Get(w.call.Href()+"/resolution/prepare"), `form[action$="/approve"]`, nil))
		page = sound(t, legal.Submit(page, `form:has([name=confirmed])`, nil)) // asked once more
		if !strings.Contains(page.Find("table").Text(), "Invented reason") {
			t.Errorf("published: %s", page.Find("main").Text())
		}
		stranger := sound(t, w.visit(t, "").Get(w.call.Href()+"/resolution"))
		if !strings.Contains(stranger.Find("table").Text(), "Vilagran") {
			t.Errorf("the public sees %s", stranger.Find("main").Text())
		}
		sound(t, v.Get(w.call.Href()+"/report"))
		officer := w.visit(t, small)
		sound(t, officer.Get(a.Href()+"/renounce"))
		page = sound(t, officer.Submit(officer.Get(a.Href()), `form[action$="/accept"]`, nil))
		if !strings.Contains(page.Find(".notice").Text(), "Expressly accepted") {
			t.Errorf("after accepting: %s", page.Find(".notice").Text())
		}
	})
}

func TestAStepWithoutWordsComesBack(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a := w.filed(t, small, complete(9))
		v := w.visit(t, "technician")
		page := sound(t, v.Post(w.call.Href()+"/review/exclude", url.Values{"id": {a.ID.String()}}))
		page = v.Submit(page, "form.form", nil)
		if page.Status != http.StatusUnprocessableEntity || w.application(t, a.ID).State != calls.Submitted {
			t.Fatalf("status %d", page.Status)
		}
		sound(t, v.Submit(page, "form.form", url.Values{"text": {"Invented reason"}}))
		if w.application(t, a.ID).State != calls.Excluded {
			t.Fatal("not excluded")
		}
	})
}

func TestOthersFindNothingThere(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a := w.begun(t, small, complete(9))
		_, err := w.applications.Attach(w.as(t, small), a.ID, "plan.txt", strings.NewReader("An invented plan."))
		must(t, err)
		_, _, err = w.applications.Annex(w.as(t, small), a.ID, "C1-034")
		must(t, err)
		a, err = w.applications.Submit(w.as(t, small), a.ID)
		must(t, err)
		found, err := w.applications.Attachments(w.as(t, small), a.ID)
		must(t, err)
		v := w.visit(t, large)
		for _, path := range []string{
			"", "/edit", "/check", "/receipt", "/annexes/C1-034", "/attachments", "/attachments/" + found[0].ID.String(), "/copies", "/renounce",
		} {
			if got := v.Get(a.Href() + path).Status; got != http.StatusNotFound {
				t.Errorf("GET %s: %d", path, got)
			}
		}
		for _, path := range []string{"/draft", "/submit", "/withdraw", "/accept", "/annexes/C1-034", "/annexes/C1-034/draft", "/attachments/" + found[0].ID.String() + "/remove"} {
			if got := v.Post(a.Href()+path, url.Values{}).Status; got != http.StatusNotFound {
				t.Errorf("POST %s: %d", path, got)
			}
		}
		for _, path := range []string{"/applications", w.call.Href() + "/applications"} {
			if csv := v.Get(path + "?format=csv"); strings.Contains(csv.Body, a.Number) {
				t.Errorf("%s as CSV shows it", path)
			}
		}
		if got := w.visit(t, small).Get(a.Href() + "/attachments/" + found[0].ID.String()); got.Status != http.StatusOK || got.Body != "An invented plan." {
			t.Errorf("its own body gets %d", got.Status)
		}
	})
}

func TestADraftIsSavedWhileTyping(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a := w.begun(t, small, complete(9))
		v := w.visit(t, small)
		page := sound(t, v.Get(a.Href()+"/edit"))
		form := page.Find("form[data-draft]")
		if got := form.AttrOr("data-draft", ""); got != a.Href()+"/draft" {
			t.Fatalf("the form saves to %q", got)
		}
		first := url.Values{"version": {form.Find("[name=version]").AttrOr("value", "")}, "tab": {form.Find("[name=tab]").AttrOr("value", "")}}
		typed := func(window url.Values, remarks string) url.Values {
			return url.Values{"version": window["version"], "tab": window["tab"], "remarks": {remarks}, "social_workers": {"eleven"}}
		}
		second := url.Values{"version": first["version"], "tab": {"another"}}
		if got := v.Post(a.Href()+"/draft", typed(first, "one")); got.Status != http.StatusOK || !strings.Contains(got.Body, "2020") {
			t.Fatalf("%d %q", got.Status, got.Body)
		}
		if got := v.Post(a.Href()+"/draft", typed(first, "one again")).Status; got != http.StatusOK {
			t.Fatalf("the same window: %d", got)
		}
		if got := v.Post(a.Href()+"/draft", typed(second, "two")); got.Status != http.StatusConflict || strings.Contains(got.Body, "<") {
			t.Fatalf("another window: %d %s", got.Status, got.Body)
		}
		if got := w.visit(t, "").Post(a.Href()+"/draft", typed(first, "x")).Status; got != http.StatusUnauthorized {
			t.Fatalf("after the session ended: %d", got)
		}
		page = sound(t, v.Get(a.Href()+"/edit"))
		if got := page.Find("[name=social_workers]").AttrOr("value", ""); got != "eleven" {
			t.Errorf("what was typed wrong comes back as %q", got)
		}
		if !strings.Contains(page.Find(".notice").Text(), "another window") {
			t.Errorf("nothing is said of the copy: %s", page.Find(".notice").Text())
		}
		copies := sound(t, v.Get(a.Href()+"/copies"))
		sound(t, v.Submit(copies, `form[action$="/use"]`, nil))
		if got := w.application(t, a.ID).Remarks; got != "two" {
			t.Errorf("after using the copy: %q", got)
		}
	})
}

func TestAnOfficerElsewhereIsOfferedTheRightMembership(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		home := w.people[small]
		home.TenantID, home.BodyID = w.bodies[small].ID, ""
		m, err := w.identity.Grant(w.system(t), identity.MembershipInput{UserID: home.UserID, Role: "team_lead"})
		must(t, err)
		home.ID = m.ID
		w.people["home"] = home
		v := w.visit(t, "home")
		page := sound(t, v.Get(w.call.Href()+"/apply"))
		page = sound(t, v.Submit(page, `form[action="/session/membership"]:has([name=back][value$="/apply"])`, nil))
		if page.Find(`form[action$="/applications"]`).Length() != 1 {
			t.Fatalf("after switching: %s", page.Find("main").Text())
		}
	})
}

func TestAProgramFilesWithAToken(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.identity.OfferScopes(w.calls.Module().Permissions)
		_, key, err := w.identity.MakeToken(w.as(t, small), identity.TokenInput{
			Name: "robot", Days: 9, Scopes: []string{calls.Read.Name, calls.Apply.Name},
		})
		must(t, err)
		v := w.visit(t, "")
		list := v.JSON(http.MethodGet, "/api/v1/calls?body=diba", "", "")
		if list.Status != http.StatusOK || !strings.Contains(list.Body, `"code":"2020-20270"`) || !strings.Contains(list.Body, `"closes":"2020-02-13"`) {
			t.Fatalf("%d %s", list.Status, list.Body)
		}
		api := "/api/v1/applications/"
		begun := v.JSON(http.MethodPost, "/api/v1"+w.call.Href()+"/applications", key, `{"modality":"teams","team":{"social_workers":5}}`)
		var a struct {
			ID, Number, State string
			Professionals     int
			Version           int
			Hash              string `json:"receipt_hash"`
		}
		must(t, json.Unmarshal([]byte(begun.Body), &a))
		if begun.Status != http.StatusCreated || a.Professionals != 5 {
			t.Fatalf("%d %s", begun.Status, begun.Body)
		}
		refused := v.JSON(http.MethodPost, api+a.ID+"/submit", key, "")
		if refused.Status != http.StatusConflict || !strings.Contains(refused.Body, "minimum_or_consent") {
			t.Fatalf("%d %s", refused.Status, refused.Body)
		}
		saved := v.JSON(http.MethodPut, api+a.ID, key, `{"modality":"teams","team":{"social_workers":5},"consent_to_group":true}`)
		if saved.Status != http.StatusOK {
			t.Fatalf("%d %s", saved.Status, saved.Body)
		}
		incomplete := v.JSON(http.MethodPut, api+a.ID+"/annexes/C1-034", key, `{"social_workers":5,"needs":["burnout"]}`)
		if incomplete.Status != http.StatusUnprocessableEntity || !strings.Contains(incomplete.Body, "a_coordinator_name") {
			t.Fatalf("%d %s", incomplete.Status, incomplete.Body)
		}
		filed := v.JSON(http.MethodPost, api+a.ID+"/submit", key, "")
		must(t, json.Unmarshal([]byte(filed.Body), &a))
		if filed.Status != http.StatusOK || a.State != "submitted" || len(a.Hash) != 64 {
			t.Fatalf("%d %s", filed.Status, filed.Body)
		}
		got := v.JSON(http.MethodGet, api+a.ID, key, "")
		if got.Status != http.StatusOK || !strings.Contains(got.Body, a.Number) {
			t.Fatalf("%d %s", got.Status, got.Body)
		}
		if got := w.application(t, record.ID(a.ID)); got.State != calls.Submitted {
			t.Fatalf("stored as %s", got.State)
		}
		if got := v.JSON(http.MethodPost, api+a.ID+"/withdraw", key, "").Status; got != http.StatusOK {
			t.Fatalf("withdraw: %d", got)
		}
	})
}

func TestACallIsWrittenInTheBrowser(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		v := w.visit(t, "technician")
		page := sound(t, v.Get("/calls/new?from="+w.call.ID.String()))
		page = sound(t, v.Submit(page, "form.form", url.Values{"code": {"2021-x"}, "opens": {"2021-01-11"}, "closes": {"2021-02-11"}}))
		if !strings.Contains(page.Find("main").Text(), "Still a draft") {
			t.Fatalf("%s", page.Find("main").Text())
		}
		draft := page.Path
		if got := w.visit(t, small).Get(draft).Status; got != http.StatusNotFound {
			t.Errorf("an officer sees the draft: %d", got)
		}
		bad := v.Submit(v.Get(draft+"/edit"), "form.form", url.Values{"conditions.0.expression": {"body.colour == 1"}})
		if bad.Status != http.StatusUnprocessableEntity || !strings.Contains(bad.Find(".problems").Text(), "body.colour") {
			t.Errorf("%d %s", bad.Status, bad.Find(".problems").Text())
		}
		page = sound(t, v.Submit(v.Get(draft), `form[action$="/steps/publish"]`, nil))
		if c := page.Find("main").Text(); !strings.Contains(c, "Published") {
			t.Errorf("after publishing: %s", c)
		}
	})
}
