package resolution_test

import (
	"bytes"
	"errors"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"bastida/internal/kernel/fault"
	"bastida/internal/modules/calls"
	"bastida/internal/modules/drafts"
	"bastida/internal/platform/testkit"
)

// wholeAnnex answers every required question that an application of three
// social workers does not answer by itself.
func wholeAnnex() url.Values {
	return url.Values{
		"a_team_structure": {"single"}, "a_needs": {"complex_cases"}, "a_needs_text": {"An invented need."},
		"a_goals_text": {"An invented goal."}, "a_urgency": {"5"}, "a_had_supervision": {"false"}, "a_preferred_days": {"monday"},
		"a_part_of_day": {"morning"}, "a_space_available": {"false"}, "a_coordinator_position": {"Invented"}, "a_coordinator_phone": {"93 000 00 00"},
	}
}

func passed(t *testing.T, w *world, a calls.Application, condition string) bool {
	t.Helper()
	findings, err := w.applications.Screen(w.as(t, small), a.ID)
	must(t, err)
	i := slices.IndexFunc(findings, func(f calls.Finding) bool { return f.Code == condition })
	if i < 0 {
		t.Fatalf("no condition %q", condition)
	}
	return findings[i].Passed
}

func TestAnAnnexThatNobodyFilledInIsNotThere(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a := w.begun(t, small, complete(3))
		v := w.visit(t, small)
		page := sound(t, v.Get(a.Href()+"/annexes/C1-034"))
		if got := page.Find("[name=a_social_workers]").AttrOr("value", ""); got != "3" {
			t.Fatalf("the annex begins with %q social workers", got)
		}
		if passed(t, w, a, "annex") {
			t.Error("opening the annex meets its condition")
		}
		page = sound(t, v.Submit(page, "form.form", wholeAnnex()))
		if !strings.HasSuffix(page.Path, "/check") || !passed(t, w, a, "annex") {
			t.Errorf("after filling it in: %s %s", page.Path, page.Find(".notice").Text())
		}
	})
}

func TestAnEmptyAnnexIsFiledAsIncomplete(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a := w.begun(t, small, complete(3))
		v := w.visit(t, small)
		sound(t, v.Get(a.Href()+"/annexes/C1-034"))
		page := sound(t, v.Submit(v.Get(a.Href()+"/check"), `form[action$="/submit"]`, nil))
		if a = w.application(t, a.ID); !strings.HasSuffix(page.Path, "/receipt") || !a.Incomplete {
			t.Errorf("%s, incomplete: %v", page.Path, a.Incomplete)
		}
	})
}

func TestAnAnnexOpenedFirstKeepsInStep(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a, err := w.applications.Start(w.as(t, small), w.call.ID)
		must(t, err)
		v := w.visit(t, small)
		sound(t, v.Get(a.Href()+"/annexes/C1-034"))
		_, err = w.applications.Save(w.as(t, small), a.ID, drafts.Keystrokes{}, complete(3))
		must(t, err)
		typed := wholeAnnex()
		typed["a_social_workers"] = []string{""}
		_, err = w.applications.SaveAnnex(w.as(t, small), a.ID, "C1-034", drafts.Keystrokes{Typed: typed})
		must(t, err)
		page := sound(t, v.Get(a.Href()+"/annexes/C1-034"))
		if got := page.Find("[name=a_social_workers]").AttrOr("value", ""); got != "3" {
			t.Errorf("the annex says %q social workers", got)
		}
		if page.Find("[name=a_modality][value=cases][checked]").Length() != 1 || page.Find("[name=a_consent_to_group][value=true][checked]").Length() != 1 {
			t.Error("modality and consent are asked again")
		}
		if got := page.Find("[name=a_needs_text]").Text(); !strings.Contains(got, "An invented need.") {
			t.Errorf("what was typed is lost: %q", got)
		}
	})
}

func TestAContradictionIsNotFiled(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a := w.begun(t, small, complete(3))
		v := w.visit(t, small)
		typed := wholeAnnex()
		typed["a_social_workers"], typed["a_modality"], typed["a_consent_to_group"] = []string{"5"}, []string{"teams"}, []string{"false"}
		v.Submit(v.Get(a.Href()+"/annexes/C1-034"), "form.form", typed)
		page := sound(t, v.Get(a.Href()+"/check"))
		main := page.Find("main").Text()
		for _, part := range []string{
			"“Social workers”: the application says 3 and annex C1-034 says 5.",
			"nearby municipalities”: the application says yes and annex C1-034 says no.", "“Modality”: the application says",
		} {
			if !strings.Contains(main, part) {
				t.Errorf("the check does not say %q", part)
			}
		}
		if page.Find(`.notice a[href="`+a.Href()+`/annexes/C1-034"]`).Length() != 3 || page.Find(`form[action$="/submit"]`).Length() != 0 {
			t.Error("the check does not lead to the annex, or still offers to file")
		}
		if got := v.Post(a.Href()+"/submit", nil); got.Status != http.StatusUnprocessableEntity {
			t.Errorf("filed all the same: %d", got.Status)
		}
		_, err := w.applications.Submit(w.as(t, small), a.ID)
		if f := fault.Of(err); !errors.Is(err, fault.Invalid) || f.Key != "applications.contradicted" || len(f.Fields) != 3 || w.application(t, a.ID).Filed() {
			t.Fatalf("refusal: %v", err)
		}
		typed["a_social_workers"], typed["a_modality"], typed["a_consent_to_group"] = []string{"3"}, []string{"cases"}, []string{"true"}
		page = sound(t, v.Submit(v.Get(a.Href()+"/annexes/C1-034"), "form.form", typed))
		if page = sound(t, v.Submit(page, `form[action$="/submit"]`, nil)); !strings.HasSuffix(page.Path, "/receipt") {
			t.Errorf("after putting it right: %s %s", page.Path, page.Find(".notice").Text())
		}
	})
}

func TestARefusedFileComesBackBesideItsField(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a := w.begun(t, small, complete(9))
		send := w.uploader(t, small, a.Href()+"/attachments")
		for name, content := range map[string]string{"tool.exe": "MZ invented", "empty.pdf": "", "plan.pdf": "no PDF", "huge.txt": strings.Repeat("x", 20<<20+1)} {
			page := send(name, content)
			if page.Status != http.StatusUnprocessableEntity || page.Find("[name=file]").Length() != 1 || page.Find(".error").Length() == 0 {
				t.Errorf("%s: %d %s", name, page.Status, page.Find("main").Text())
			}
		}
		if found, err := w.applications.Attachments(w.as(t, small), a.ID); err != nil || len(found) != 0 {
			t.Errorf("stored: %v %v", found, err)
		}
		if page := send("plan.txt", "An invented plan."); page.Status != http.StatusOK || !strings.Contains(page.Find("main").Text(), "plan.txt") {
			t.Errorf("a good one: %d %s", page.Status, page.Find("main").Text())
		}
	})
}

// uploader returns how somebody signed in sends a file.
func (w *world) uploader(t *testing.T, name, path string) func(name, content string) testkit.Page {
	t.Helper()
	server := httptest.NewServer(w.handler)
	t.Cleanup(server.Close)
	jar, err := cookiejar.New(nil)
	must(t, err)
	client, m := &http.Client{Jar: jar}, w.people[name]
	entered, err := client.PostForm(server.URL+"/sign-in/demo", url.Values{"user": {m.UserID.String()}, "membership": {m.ID.String()}})
	must(t, err)
	must(t, entered.Body.Close())
	return func(name, content string) testkit.Page {
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
		document, err := goquery.NewDocumentFromReader(answer.Body)
		must(t, err)
		return testkit.Page{Status: answer.StatusCode, Path: answer.Request.URL.Path, Document: document}
	}
}

func TestApplyingAgainLeadsToWhatWasFiled(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a := w.filed(t, small, complete(9))
		page := sound(t, w.visit(t, small).Post(w.call.Href()+"/applications", nil))
		if page.Status != http.StatusOK || page.Path != a.Href() {
			t.Errorf("%d %s", page.Status, page.Path)
		}
	})
}
