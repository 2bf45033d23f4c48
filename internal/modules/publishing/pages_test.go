package publishing_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"bastida/internal/kernel/record"
	"bastida/internal/modules/catalogue"
	"bastida/internal/modules/identity"
	"bastida/internal/modules/publishing"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/testkit"
)

// text is what a reader sees of a page, with single spaces.
func text(p testkit.Page) string { return strings.Join(strings.Fields(p.Find("main").Text()), " ") }

func shows(t *testing.T, p testkit.Page, wanted ...string) {
	t.Helper()
	for _, w := range wanted {
		if !strings.Contains(text(p), strings.Join(strings.Fields(w), " ")) {
			t.Errorf("%s (%d) does not show %q", p.Path, p.Status, w)
		}
	}
}

func hides(t *testing.T, p testkit.Page, unwanted ...string) {
	t.Helper()
	for _, w := range unwanted {
		if strings.Contains(p.Body, w) {
			t.Errorf("%s (%d) gives away %q", p.Path, p.Status, w)
		}
	}
}

func total(t *testing.T, v *testkit.Visitor, query string) int {
	t.Helper()
	page := v.Get("/api/v1/catalogue/resources" + query)
	var list struct {
		Total int
		Items []struct{ Code, Body string }
	}
	if err := json.Unmarshal([]byte(page.Body), &list); err != nil {
		t.Fatal(err, page.Body)
	}
	return list.Total
}

func TestDraftsNeverLeak(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := w.load(t, "diba", teams)
		writer := w.visit(t, "writer@diba.example")
		edit := writer.Get("/resources/" + r.ID.String() + "/edit")
		saved := writer.Submit(edit, "form#catalogue-sheet", url.Values{
			"title_ca": {"Un secret de la redacció"}, "summary_ca": {"Un resum secret"}, "modalities.0.code": {"secretkind"},
			"subject_ca": {"Matèria secreta"},
		})
		if saved.Status != http.StatusOK || saved.Path != "/resources/"+r.ID.String() {
			t.Fatal(saved.Status, saved.Path, text(saved))
		}
		shows(t, saved, "Un secret de la redacció", "Hi ha canvis que encara no es veuen", "Matèria secreta")
		public := w.visit(t, "")
		for _, path := range []string{
			home(r.ID), "/api/v1" + home(r.ID), "/catalogue", "/catalogue?format=csv", "/api/v1/catalogue/resources",
			"/catalogue?words=secret", "/api/v1/catalogue/resources?words=secret", "/api/v1/catalogue/resources?modality=secretkind",
		} {
			page := public.Get(path)
			if page.Status != http.StatusOK {
				t.Errorf("%s: %d", path, page.Status)
			}
			hides(t, page, "Un secret", "resum secret", "Matèria secreta")
		}
		if n := total(t, public, "?words=secret"); n != 0 {
			t.Error("the search finds the draft")
		}
		hits, err := w.Module().Search(t.Context(), "secret")
		if err != nil || len(hits) != 0 {
			t.Error("the search of the whole program finds the draft", hits, err)
		}
		published := writer.Submit(saved, `form[action$="/publish"]`, nil)
		shows(t, published, "Versió 2")
		shows(t, public.Get(home(r.ID)), "Un secret de la redacció")
		old := writer.Get("/resources/" + r.ID.String() + "/versions/1")
		shows(t, old, "Supervisió d'equips de serveis socials bàsics")
		hides(t, old, "Un secret")
	})
}

func TestWithdrawingHides(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := w.load(t, "diba", teams)
		writer, public := w.visit(t, "writer@diba.example"), w.visit(t, "")
		page := writer.Submit(writer.Get("/resources/"+r.ID.String()), `form[action$="/withdraw"]`, nil)
		shows(t, page, "Retirat")
		if got := public.Get(home(r.ID)); got.Status != http.StatusNotFound {
			t.Error(got.Status)
		}
		if total(t, public, "") != 0 {
			t.Error("still listed")
		}
		again := writer.Submit(page, `form[action$="/publish"]`, nil)
		shows(t, again, "Publicat", "Versió 1")
		hides(t, again, "Versió 2")
		if got := public.Get(home(r.ID)); got.Status != http.StatusOK {
			t.Error(got.Status)
		}
	})
}

func TestOthersDoNotSeeDrafts(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := w.load(t, "diba", teams)
		base := "/resources/" + r.ID.String()
		for _, path := range []string{base, base + "/edit", base + "/versions/1", "/api/v1" + base} {
			if got := w.visit(t, "writer@imas.example").Get(path); got.Status != http.StatusNotFound {
				t.Errorf("%s: %d for another body", path, got.Status)
			}
			if got := w.visit(t, "officer@diba.example").Get(path); got.Status != http.StatusForbidden {
				t.Errorf("%s: %d for a local officer", path, got.Status)
			}
		}
		other := w.visit(t, "writer@imas.example")
		if got := other.Post(base+"/withdraw", url.Values{"version": {fmt.Sprint(r.Version)}}); got.Status != http.StatusNotFound {
			t.Error("withdraw:", got.Status)
		}
		hides(t, other.Get("/resources"), "20270")
		if got := w.visit(t, "").Get("/resources"); !strings.HasPrefix(got.Path, "/sign-in") {
			t.Error("a stranger is not asked to sign in:", got.Path)
		}
		hides(t, w.visit(t, "").Get("/catalogue"), "/resources")
	})
}

func TestTwoWriters(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := w.load(t, "diba", teams)
		path := "/resources/" + r.ID.String() + "/edit"
		first, second := w.visit(t, "writer@diba.example"), w.visit(t, "second@diba.example")
		one, two := first.Get(path), second.Get(path)
		first.Submit(one, "form#catalogue-sheet", url.Values{"title_ca": {"Títol de la primera"}})
		refused := second.Submit(two, "form#catalogue-sheet", url.Values{"title_ca": {"Títol del segon"}, "area_ca": {"Àrea nova"}})
		if refused.Status != http.StatusConflict {
			t.Fatal(refused.Status)
		}
		shows(t, refused, "Algú ha desat mentre escrivíeu", "Desat per Person writer@diba.example", "Títol de la primera", "Títol del segon")
		if got := refused.Find(`input[name=area_ca]`).AttrOr("value", ""); got != "Àrea nova" {
			t.Errorf("what was typed is lost: %q", got)
		}
		saved := second.Submit(refused, "form#catalogue-sheet", nil)
		shows(t, saved, "Títol del segon", "Àrea nova")
	})
}

func TestWritingASheet(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		writer := w.visit(t, "writer@imas.example")
		start := writer.Get("/resources/new")
		hides(t, start, "catalogue.sheet", "publishing.")
		if got := writer.Submit(start, "form#catalogue-sheet", url.Values{"code": {"A-1"}, "kind": {"technical"}}); got.Status != http.StatusUnprocessableEntity {
			t.Error("a sheet without a title is taken:", got.Status)
		}
		edit := writer.Submit(start, "form#catalogue-sheet", url.Values{"code": {"A-1"}, "kind": {"technical"}, "title_en": {"Advice"}})
		if !strings.HasSuffix(edit.Path, "/edit") {
			t.Fatal(edit.Path, text(edit))
		}
		hides(t, edit, "catalogue.sheet.", "publishing.")
		more := writer.Submit(edit, "form#catalogue-sheet", url.Values{
			"modalities.0.code": {"onsite"}, "modalities.0.name_ca": {"Presencial"}, "more": {"modalities"}, "sdgs": {"3"},
		})
		if !strings.HasSuffix(more.Path, "/edit?more=modalities") || more.Find(`input[name$=".code"][name^="modalities."]`).Length() != 2 {
			t.Fatal("no row to fill in:", more.Path)
		}
		wrong := writer.Submit(more, "form#catalogue-sheet", url.Values{"modalities.1.code": {"Bad code"}})
		if wrong.Status != http.StatusUnprocessableEntity {
			t.Error(wrong.Status)
		}
		shows(t, wrong, "Modalitats, 2: Rètol curt: El rètol curt ha d’anar en minúscules", "Modalitats, 2: Modalitat (català): Cal una resposta.")
		if wrong.Find(`details[open] [id="f-modalities.1.code"]`).Length() != 1 {
			t.Error("what is wrong is folded")
		}
		page := writer.Submit(more, "form#catalogue-sheet", url.Values{"modalities.1.code": {"online"}, "modalities.1.name_ca": {"En línia"}})
		shows(t, page, "Presencial", "En línia", "3. Salut i benestar", "Falta el resum.", "Encara no s’ha publicat mai")
		if page.Find(`form[action$="/publish"]`).Length() != 0 {
			t.Error("an incomplete sheet can be published")
		}
		gone := writer.Submit(writer.Get(page.Path+"/edit"), "form#catalogue-sheet", url.Values{"modalities.0.remove": {"true"}})
		hides(t, gone, "Presencial")
		shows(t, gone, "En línia")
		if got := w.visit(t, "").Get(strings.Replace(page.Path, "/resources", "/catalogue", 1)); got.Status != http.StatusNotFound {
			t.Error("the public sees a draft:", got.Status)
		}
	})
}

func TestProgramsWriteSheets(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		v := testkit.Visit(t, w.handler)
		token := w.token(t, "writer@diba.example")
		made := v.JSON(http.MethodPost, "/api/v1/resources", token, `{"code":"J1","kind":"economic","title":{"ca":"Ajut"},"unit":{"ca":"U"},
			"summary":{"ca":"S"},"description":{"ca":"D"},"recipients":["municipality"],"valid_from":"2020-01-01"}`)
		var r publishing.ResourceShape
		if err := json.Unmarshal([]byte(made.Body), &r); err != nil || made.Status != http.StatusCreated {
			t.Fatal(made.Status, made.Body)
		}
		path := "/api/v1/resources/" + r.ID
		if got := v.JSON(http.MethodPut, path, token, `{"code":"J1","kind":"economic","title":{"ca":"Ajut 2"}}`); got.Status != http.StatusUnprocessableEntity {
			t.Error("an edit that saw no version:", got.Status)
		}
		if got := v.JSON(http.MethodPost, "/api/v1/resources", token, `{"code":"J1","kind":"economic","title":{"ca":"Ajut"}}`); got.Status != http.StatusConflict {
			t.Error("the same code twice:", got.Status)
		}
		if got := v.JSON(http.MethodPost, "/api/v1/resources", token, `{"code":"J2","kind":"economic","titel":{"ca":"Ajut"}}`); got.Status != http.StatusUnprocessableEntity {
			t.Error("a misspelt name:", got.Status)
		}
		if got := v.JSON(http.MethodPost, path+"/publish", token, ""); got.Status != http.StatusOK {
			t.Error(got.Status, got.Body)
		}
		var p catalogue.PublicationShape
		if got := v.JSON(http.MethodGet, "/api/v1"+home(record.ID(r.ID)), "", ""); json.Unmarshal([]byte(got.Body), &p) != nil || p.Sheet.Title["ca"] != "Ajut" || p.Body != "diba" {
			t.Error(got.Body)
		}
		if got := v.JSON(http.MethodPost, path+"/withdraw", w.token(t, "writer@imas.example"), ""); got.Status != http.StatusNotFound {
			t.Error(got.Status)
		}
	})
}

func (w *world) token(t *testing.T, email string) string {
	t.Helper()
	_, key, err := w.people.MakeToken(w.as(t, email), identity.TokenInput{
		Name: "test", Days: 9, Scopes: []string{catalogue.Read.Name, catalogue.Manage.Name},
	})
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// Every message that the module can say is there in every language.
func TestMessages(t *testing.T) {
	t.Parallel()
	module := publishing.New(nil).Module()
	messages, err := i18n.Load(module.Locales, catalogue.New(nil, nil).Module().Locales)
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range i18n.Languages {
		for _, key := range module.Keys {
			if !messages.Has(lang, key) {
				t.Errorf("%s: no %s", lang, key)
			}
		}
		if !slices.Equal(messages.Keys(lang), messages.Keys("ca")) {
			t.Errorf("%s has other keys than ca", lang)
		}
	}
}

func TestTheDocumentOfTheAPI(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		raw, err := w.router.OpenAPI()
		if err != nil {
			t.Fatal(err)
		}
		var doc struct{ Paths map[string]any }
		if err := json.Unmarshal(raw, &doc); err != nil {
			t.Fatal(err)
		}
		for _, path := range []string{"/resources", "/resources/{id}", "/resources/{id}/publish", "/resources/{id}/withdraw", "/resources/{id}/versions/{number}"} {
			if doc.Paths[path] == nil {
				t.Errorf("%s is not described", path)
			}
		}
	})
}
