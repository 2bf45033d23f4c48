package register_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"bastida/internal/kernel/civil"
	"bastida/internal/modules/supervisors"
	"bastida/internal/platform/testkit"
)

const home = supervisors.Home

func shows(t *testing.T, page testkit.Page, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if !strings.Contains(page.Body, text) {
			t.Errorf("%s (%d) does not show %q", page.Path, page.Status, text)
		}
	}
}

func hides(t *testing.T, page testkit.Page, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if strings.Contains(page.Body, text) {
			t.Errorf("%s shows %q", page.Path, text)
		}
	}
}

func TestATechnicianKeepsASheetFromTheFirstFormToTheVerification(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		v := w.visit(t, nuria)
		typed := url.Values{
			"name": {"Laia Serra"}, "email": {laia}, "provider": {"Supervisió Inventada"}, "profession": {"psychologist"},
			"languages": {"ca", "ar"}, "areas": {"Garraf"}, "home": {"08002"}, "weekly_hours": {"200"}, "season_hours": {"100"},
		}
		refused := v.Submit(v.Get(home+"/new"), "#register-sheet", typed)
		if refused.Status != http.StatusUnprocessableEntity || refused.Find(`[name=name]`).AttrOr("value", "") != "Laia Serra" ||
			refused.Find(`[name=languages][value=ar][checked]`).Length() != 1 || refused.Find(`[name=areas][value=Garraf][checked]`).Length() != 1 {
			t.Fatalf("refused %d: %s", refused.Status, refused.Body)
		}
		typed["weekly_hours"] = []string{"7,5"}
		sheet := v.Submit(refused, "#register-sheet", typed)
		shows(t, sheet, "Laia Serra", "psychologist", "Catalan, Arabic", "Garraf", "Ullastre", "7.5", "There is no evidence of it.")
		form := v.Get(sheet.Path + "/evidence/new")
		proof := v.Submit(form, "#register-evidence", url.Values{"kind": {"own_supervision"}, "title": {"Monthly sessions"}, "date": {"2020-01-10"}})
		if proof.Status != http.StatusUnprocessableEntity || proof.Find(`[name=title]`).AttrOr("value", "") != "Monthly sessions" {
			t.Errorf("own supervision with nobody: %d", proof.Status)
		}
		proof = v.Submit(proof, "#register-evidence", url.Values{"person": {"Marta Roca"}, "frequency": {"monthly"}})
		shows(t, proof, "Marta Roca", "verified by nobody")
		verify := v.Get(proof.Path + "/verify")
		if day := verify.Find("[name=on]").AttrOr("value", ""); day != "2020-01-20" {
			t.Errorf("the day offered is %q", day)
		}
		done := v.Submit(verify, "#register-verify", url.Values{"seen": {"confirmed"}})
		shows(t, done, "Person "+nuria+" had it confirmed by the issuer on 20 Jan 2020")
		shows(t, v.Get(sheet.Path), "Person "+nuria+" had it confirmed")
	})
}

func TestNobodyVerifiesTheirOwnEvidenceOnThePageEither(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		piece := w.diploma(t, w.add(t, sheet("Oriol Vila", oriol)))
		v := w.visit(t, oriol)
		refused := v.Submit(v.Get(piece.Href()+"/verify"), "#register-verify", url.Values{"seen": {"original"}, "note": {"It is mine"}})
		shows(t, refused, "Nobody verifies their own evidence")
		if refused.Status == http.StatusOK || refused.Find("[name=note]").AttrOr("value", "") != "It is mine" {
			t.Errorf("refused with %d: %s", refused.Status, refused.Find("[name=note]").AttrOr("value", ""))
		}
	})
}

func TestTheListPutsFirstWhoNeedsActionAndExportsTheSame(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		calm := w.add(t, sheet("Anna Pla", "anna@s.example"))
		piece := w.diploma(t, calm)
		_, err := w.VerifyEvidence(w.as(t, nuria), calm.ID, piece.ID, supervisors.VerificationInput{On: civil.MustParse("2020-01-20"), Seen: supervisors.Copy})
		must(t, err)
		w.diploma(t, w.add(t, sheet("Berta Roig", "berta@s.example")))
		v := w.visit(t, auditor)
		list := v.Get(home)
		shows(t, list, "1 piece of evidence has been verified by nobody", "Catalan, Spanish")
		if strings.Index(list.Body, "Berta Roig") > strings.Index(list.Body, "Anna Pla") {
			t.Error("who needs action comes after who does not")
		}
		hides(t, list, home+"/new")
		csv := v.Get(home + "?format=csv&words=berta")
		shows(t, csv, "Berta Roig", "social worker")
		hides(t, csv, "Anna Pla")
		if filtered := v.Get(home + "?language=it"); strings.Contains(filtered.Body, "Berta Roig") {
			t.Error("found in a language that nobody speaks")
		}
		shows(t, v.Get("/api/v1"+home+"?area=Alt+Pened%C3%A8s"), `"unverified":1`, `"languages":["ca","es"]`)
	})
}

func TestASupervisorVisitsAndKeepsTheOwnSheetOnly(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		own, other := w.add(t, sheet("Laia Serra", laia)), w.add(t, sheet("Pere Puig", pere))
		piece := w.diploma(t, other)
		v := w.visit(t, laia)
		mine := v.Get(home + "/mine")
		shows(t, mine, "Laia Serra", own.Href()+"/contact", own.Href()+"/unavailability/new")
		hides(t, mine, "Pere Puig", own.Href()+"/edit", own.Href()+"/evidence/new", "/incompatibilities/new", "/steps/")
		hides(t, v.Get(home), "Pere Puig")
		for _, path := range []string{other.Href(), piece.Href(), other.Href() + "/contact", other.Href() + "/unavailability/new", "/api/v1" + other.Href()} {
			if page := v.Get(path); page.Status != http.StatusNotFound {
				t.Errorf("%s answers %d", path, page.Status)
			}
		}
		for _, path := range []string{own.Href() + "/edit", own.Href() + "/evidence/new", own.Href() + "/incompatibilities/new"} {
			if page := v.Get(path); page.Status != http.StatusForbidden {
				t.Errorf("%s answers %d", path, page.Status)
			}
		}
		refused := v.Submit(v.Get(own.Href()+"/unavailability/new"), "#register-unavailability", url.Values{"from": {"2020-03-02"}, "start": {"nine"}})
		if refused.Status != http.StatusUnprocessableEntity || refused.Find("[name=start]").AttrOr("value", "") != "nine" {
			t.Errorf("refused %d", refused.Status)
		}
		kept := v.Submit(refused, "#register-unavailability", url.Values{"from": {""}, "weekdays": {"mon", "fri"}, "start": {"15:00"}})
		shows(t, kept, "Every Monday, Friday", "15:00–24:00")
		kept = v.Submit(kept, `form[action*="/unavailability/"]`, nil)
		shows(t, kept, "No day is stated.")
		contact := v.Submit(v.Get(own.Href()+"/contact"), "#register-contact", url.Values{"phone": {"600 123 123"}})
		shows(t, contact, "600 123 123", "Vilarodona")
	})
}

func TestOthersAreRefused(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		s := w.add(t, sheet("Laia Serra", laia))
		piece := w.diploma(t, s)
		for _, path := range []string{s.Href(), piece.Href(), s.Href() + "/edit", piece.Href() + "/verify", "/api/v1" + s.Href()} {
			if page := w.visit(t, toni).Get(path); page.Status != http.StatusNotFound {
				t.Errorf("another tenant: %s answers %d", path, page.Status)
			}
			if page := w.visit(t, officer).Get(path); page.Status != http.StatusForbidden {
				t.Errorf("a local officer: %s answers %d", path, page.Status)
			}
		}
		hides(t, w.visit(t, toni).Get(home), "Laia Serra")
		if page := w.visit(t, pere).Get(home + "/mine"); page.Status != http.StatusNotFound {
			t.Errorf("a supervisor who is not in the register: %d", page.Status)
		}
	})
}

func TestAnIncompatibilityIsAddedAndTakenAway(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		s := w.add(t, sheet("Laia Serra", laia))
		v := w.visit(t, nuria)
		refused := v.Submit(v.Get(s.Href()+"/incompatibilities/new"), "#register-incompatibility", url.Values{"note": {"Until the merger"}})
		if refused.Status != http.StatusUnprocessableEntity || refused.Find("[name=note]").AttrOr("value", "") != "Until the merger" {
			t.Errorf("refused %d", refused.Status)
		}
		body := w.bodies["vilarodona"].ID.String()
		added := v.Submit(refused, "#register-incompatibility", url.Values{"body": {body}, "reason": {"relative"}, "until": {"2019-12-31"}})
		shows(t, added, "Body of vilarodona", "A relative works there", "over since 31 Dec 2019", "Until the merger")
		asked := v.Submit(added, `form[action*="/incompatibilities/"]`, nil)
		shows(t, asked, "Remove the incompatibility with Body of vilarodona?")
		shows(t, v.Submit(asked, `form[action*="/incompatibilities/"]`, nil), "None is stated.")
	})
}

func TestTheStepsOfALifeAreButtons(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		s := w.add(t, sheet("Laia Serra", laia))
		v := w.visit(t, nuria)
		paused := v.Submit(v.Get(s.Href()), `form[action$="/steps/pause"]`, nil)
		shows(t, paused, "paused", "/steps/resume")
		asked := v.Submit(paused, `form[action$="/steps/end"]`, nil)
		shows(t, asked, "End the work of Laia Serra?")
		shows(t, v.Submit(asked, `form[action$="/steps/end"]`, nil), "ended", "/steps/resume")
	})
}

// sent sends a document to a page as somebody signed in, and returns the status
// and the text of the answer.
func (w *world) sent(t *testing.T, email, path, name, content string) (int, string) {
	t.Helper()
	server := httptest.NewServer(w.handler)
	t.Cleanup(server.Close)
	jar, err := cookiejar.New(nil)
	must(t, err)
	client, m := &http.Client{Jar: jar}, w.demo[email]
	entered, err := client.PostForm(server.URL+"/sign-in/demo", url.Values{"user": {m.UserID.String()}, "membership": {m.ID.String()}, "back": {home}})
	must(t, err)
	must(t, entered.Body.Close())
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("file", name)
	must(t, err)
	_, err = part.Write([]byte(content))
	must(t, err)
	must(t, form.Close())
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL+path, &body)
	must(t, err)
	request.Header.Set("Content-Type", form.FormDataContentType())
	answer, err := client.Do(request)
	must(t, err)
	defer answer.Body.Close()
	var text bytes.Buffer
	_, err = text.ReadFrom(answer.Body)
	must(t, err)
	return answer.StatusCode, text.String()
}

func TestADocumentHangsOnItsEvidence(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		s := w.add(t, sheet("Laia Serra", laia))
		piece := w.diploma(t, s)
		if status, text := w.sent(t, nuria, piece.Href()+"/documents", "diploma.exe", "MZ"); status != http.StatusUnprocessableEntity || !strings.Contains(text, "Attach") {
			t.Errorf("a program: %d", status)
		}
		if status, text := w.sent(t, nuria, piece.Href()+"/documents", "diploma.txt", "An invented diploma."); status != http.StatusOK || !strings.Contains(text, "diploma.txt") {
			t.Errorf("a document: %d", status)
		}
		found, err := w.Evidence(w.as(t, nuria), s.ID, piece.ID)
		must(t, err)
		path := piece.Href() + "/documents/" + found.Files[0].ID.String()
		shows(t, w.visit(t, laia).Get(path), "An invented diploma.")
		for email, status := range map[string]int{pere: http.StatusNotFound, toni: http.StatusNotFound, officer: http.StatusForbidden} {
			if page := w.visit(t, email).Get(path); page.Status != status {
				t.Errorf("%s gets %d", email, page.Status)
			}
		}
		v := w.visit(t, nuria)
		shows(t, v.Submit(v.Get(piece.Href()), `form[action$="/remove"][action*="/documents/"]`, nil), "There is no document yet.")
	})
}
