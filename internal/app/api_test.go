package app_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"bastida/internal/app"
	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/civil"
	"bastida/internal/platform/testkit"
)

// list is the JSON of any list, with what these tests read of its items.
type list struct {
	Items []item
	Total int
}

type item struct{ ID, Code, Body, State string }

// filing is the JSON of an application, as far.
type filing struct{ ID, State, Number string }

func items(t *testing.T, page testkit.Page) list {
	t.Helper()
	var l list
	if err := json.Unmarshal([]byte(page.Body), &l); err != nil || page.Status != http.StatusOK {
		t.Fatalf("status %d, %v: %.300s", page.Status, err, page.Body)
	}
	return l
}

// tokenFor signs in as somebody, makes a personal token with some scopes on the
// page for it, and returns its secret.
func tokenFor(t *testing.T, a *app.App, v *testkit.Visitor, p person, scopes ...string) string {
	t.Helper()
	u := find(t, a, p)
	v.Post("/sign-in/demo", url.Values{"user": {u.UserID.String()}, "membership": {u.ID.String()}})
	page := v.Post("/account/tokens/new", url.Values{"name": {"test"}, "days": {"2"}, "scopes": scopes})
	secret := page.Find("code").First().Text()
	if !strings.HasPrefix(secret, "bastida_") {
		t.Fatalf("no token: status %d, %.300s", page.Status, page.Find("main").Text())
	}
	return secret
}

// TestTheCatalogueAndTheCallsArePublic reads what programs read without signing
// in: every body's, or one's.
func TestTheCatalogueAndTheCallsArePublic(t *testing.T) {
	t.Parallel()
	_, server := demo(t)
	v := testkit.At(t, server.URL)
	all := items(t, v.Get("/api/v1/catalogue/resources"))
	own := items(t, v.Get("/api/v1/catalogue/resources?body=diba"))
	if own.Total != 2 || all.Total <= own.Total {
		t.Errorf("%d resources of the Diputació, %d of everybody", own.Total, all.Total)
	}
	for _, r := range own.Items {
		if r.Body != "diba" {
			t.Errorf("resource %s of %s among the Diputació's", r.Code, r.Body)
		}
	}
	calls := items(t, v.Get("/api/v1/calls?body=diba"))
	if calls.Total != 2 {
		t.Errorf("%d calls", calls.Total)
	}
	if none := items(t, v.Get("/api/v1/calls?body=nobody")); none.Total != 0 {
		t.Errorf("a body that is not there has %d calls", none.Total)
	}
}

// TestAnApplicationIsFiledThroughTheAPI does by token what an officer does in
// the browser.
func TestAnApplicationIsFiledThroughTheAPI(t *testing.T) {
	t.Parallel()
	a, err := app.NewDemo(t.Context(), civil.MustParse("2020-02-03"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.Close() })
	v := testkit.Visit(t, a.Handler)
	officer := person{"Abrera", "diba", actor.LocalOfficer}
	secret := tokenFor(t, a, v, officer, "calls.application.apply", "calls.application.read")
	machine := testkit.Visit(t, a.Handler)
	call := items(t, machine.Get("/api/v1/calls?body=diba")).Items[0]
	if call.Code != "2020-20270" {
		t.Fatalf("the first call is %s", call.Code)
	}
	path := "/api/v1/calls/" + call.ID + "/applications"
	if refused := machine.JSON(http.MethodPost, path, "", `{}`); refused.Status != http.StatusUnauthorized {
		t.Errorf("a stranger applies: %d", refused.Status)
	}
	made := machine.JSON(http.MethodPost, path, secret,
		`{"modality":"cases","team":{"social_workers":3},"consent_to_group":false,"contact_name":"Persona Inventada","contact_email":"a@abrera.example","contact_phone":"930000000"}`)
	var application filing
	if err := json.Unmarshal([]byte(made.Body), &application); err != nil || made.Status != http.StatusCreated || application.State != "draft" {
		t.Fatalf("status %d, %v: %.400s", made.Status, err, made.Body)
	}
	mine := "/api/v1/applications/" + application.ID
	if refused := machine.JSON(http.MethodPost, mine+"/submit", secret, ""); refused.Status != http.StatusUnprocessableEntity && refused.Status != http.StatusConflict ||
		!strings.Contains(refused.Body, "3") {
		t.Errorf("three professionals without consent to be grouped: %d %.400s", refused.Status, refused.Body)
	}
	changed := machine.JSON(http.MethodPut, mine, secret,
		`{"modality":"cases","team":{"social_workers":3},"consent_to_group":true,"contact_name":"Persona Inventada","contact_email":"a@abrera.example","contact_phone":"930000000"}`)
	if changed.Status != http.StatusOK {
		t.Fatalf("status %d: %.400s", changed.Status, changed.Body)
	}
	if half := machine.JSON(http.MethodPut, mine+"/annexes/C1-034", secret, `{"social_workers":3}`); half.Status != http.StatusUnprocessableEntity {
		t.Errorf("an annex with one answer: %d", half.Status)
	}
	annex := machine.JSON(http.MethodPut, mine+"/annexes/C1-034", secret, `{
		"social_workers": 3, "social_educators": 0, "psychologists": 0, "lawyers": 0, "family_workers": 0, "administratives": 0,
		"team_structure": "single", "modality": "cases", "needs": ["complex_cases"], "needs_text": "Necessitat inventada.",
		"goals_text": "Fita inventada.", "urgency": 5, "had_supervision": false, "preferred_days": ["monday"], "part_of_day": "morning",
		"space_available": false, "consent_to_group": true, "coordinator_name": "Persona Inventada", "coordinator_position": "Coordinació",
		"coordinator_email": "a@abrera.example", "coordinator_phone": "930000000"}`)
	if annex.Status != http.StatusOK {
		t.Errorf("annex: status %d: %.400s", annex.Status, annex.Body)
	}
	filed := machine.JSON(http.MethodPost, mine+"/submit", secret, "")
	if err := json.Unmarshal([]byte(filed.Body), &application); err != nil || filed.Status != http.StatusOK ||
		application.State != "submitted" || !strings.HasPrefix(application.Number, "2020-20270-") {
		t.Errorf("status %d, %v: %.400s", filed.Status, err, filed.Body)
	}
	if again := machine.JSON(http.MethodPost, mine+"/submit", secret, ""); again.Status != http.StatusConflict {
		t.Errorf("filing twice: %d %.200s", again.Status, again.Body)
	}
	if foreign := machine.JSON(http.MethodGet, "/api/v1/calls/"+call.ID+"/applications", secret, ""); items(t, foreign).Total != 1 {
		t.Errorf("the officer of one municipality lists %d applications", items(t, foreign).Total)
	}
}

// TestATokenReachesNoFurtherThanItsScopes tries the same with a token that may
// only read.
func TestATokenReachesNoFurtherThanItsScopes(t *testing.T) {
	t.Parallel()
	a, server := demo(t)
	secret := tokenFor(t, a, testkit.At(t, server.URL), technician, "calls.application.read")
	machine := testkit.At(t, server.URL)
	call := items(t, machine.Get("/api/v1/calls?body=diba")).Items[0]
	if seen := items(t, machine.JSON(http.MethodGet, "/api/v1/calls/"+call.ID+"/applications", secret, "")); seen.Total < 120 {
		t.Errorf("the technician's token lists %d applications", seen.Total)
	}
	if refused := machine.JSON(http.MethodPost, "/api/v1/calls/"+call.ID+"/groupings", secret, `{}`); refused.Status != http.StatusForbidden {
		t.Errorf("a token that may only read starts a run: %d %.200s", refused.Status, refused.Body)
	}
	if dead := machine.JSON(http.MethodGet, "/api/v1/calls/"+call.ID+"/applications", secret+"x", ""); dead.Status != http.StatusUnauthorized {
		t.Errorf("a token that nobody made: %d", dead.Status)
	}
}
