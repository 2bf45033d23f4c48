package catalogue_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"bastida/internal/kernel/record"
	"bastida/internal/modules/catalogue"
	"bastida/internal/modules/identity"
	"bastida/internal/platform/testkit"
	"bastida/internal/platform/ui"
	"bastida/packs"
)

// catalan collects every Catalan text of a sheet as packs write it, with the
// plain values that the page shows as they are.
func catalan(t *testing.T, file string) (texts []string) {
	t.Helper()
	raw, err := packs.FS.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var sheet map[string]any
	if err := json.Unmarshal(raw, &sheet); err != nil {
		t.Fatal(err)
	}
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			if ca, ok := v["ca"].(string); ok {
				texts = append(texts, strings.Split(ca, "\n\n")...)
				return
			}
			for key, inner := range v {
				switch s, isText := inner.(string); {
				case !isText:
					walk(inner)
				case key == "code" && (v["text"] != nil || v["title"] != nil || v["url"] != nil),
					key == "edition", key == "phone", key == "email", key == "url", key == "source", key == "sdgs_note", key == "value":
					texts = append(texts, s)
				}
			}
		case []any:
			for _, inner := range v {
				walk(inner)
			}
		}
	}
	walk(sheet)
	return texts
}

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

func TestTheSheetShowsEveryField(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := w.load(t, "diba", teams)
		page := w.visit(t, "").Get(home(r.ID))
		if page.Status != http.StatusOK {
			t.Fatal(page.Status, page.Body)
		}
		texts := catalan(t, teams)
		if len(texts) < 35 {
			t.Fatalf("only %d texts in the source", len(texts))
		}
		shows(t, page, texts...)
		shows(t, page, "Body of diba", "del 10/01/2020 al 13/02/2020", "del 01/01/2020 al 31/12/2020", "18 hores", "8 professionals",
			"1 sol·licitud per ens", "5 mesos des de l’endemà de la sol·licitud", "Ajuntaments, Consells comarcals, Mancomunitats",
			"100 % de les valoracions amb 7 o més, en una escala de 0 a 10", "Disponible al web de l’organisme")
		hides(t, page, "catalogue.", "Supervisión de equipos", "Edita", "només en")
	})
}

func TestTheOtherSheetsShowTheirOwnFields(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for i, file := range []string{managers, plans, training, italian, mugello} {
			r := w.load(t, "imas", file)
			page := w.visit(t, "").Get(home(r.ID))
			shows(t, page, catalan(t, file)...)
			hides(t, page, "catalogue.", "18 hores", "C1-034", "934 022 471", "Concessió directa", "13/02/2020", "0 hores", "<no value>")
			if i == 0 {
				shows(t, page, "21 hores", "Consorcis", "5 mesos")
			}
		}
		shows(t, w.visit(t, "").Get("/catalogue?words=burn"), "1–1 de 1")
	})
}

func TestAMissingLanguageIsNamed(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		raw := `{"code":"X1","status":"published","title":{"it":"Titolo"},"kind":"technical","unit":{"it":"Unità"},
			"summary":{"it":"Sintesi"},"description":{"it":"Testo"},"recipients":["municipality"],"sdgs":[1,10]}`
		r, err := w.Load(w.system(t, "imas"), []byte(raw))
		if err != nil {
			t.Fatal(err)
		}
		page := w.visit(t, "").Get(home(r.ID))
		shows(t, page, "Titolo", "Unità (només en italià)", "1. Fi de la pobresa", "10. Reducció de les desigualtats")
		if page.Find(`[lang=it]`).Length() == 0 {
			t.Error("the foreign text does not say its language")
		}
	})
}

func TestDraftsNeverLeak(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := w.load(t, "diba", teams)
		writer := w.visit(t, "writer@diba.example")
		edit := writer.Get("/resources/" + r.ID.String() + "/edit")
		saved := writer.Submit(edit, "form#catalogue-sheet", url.Values{
			"title_ca": {"Un secret de la redacció"}, "summary_ca": {"Un resum secret"}, "modality_code": {"cases", "secretkind", ""},
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
		public.Post(home(r.ID)+"/keep", nil)
		for _, path := range []string{"/folder", "/folder/print", "/folder/csv"} {
			hides(t, public.Get(path), "Un secret", "resum secret")
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
		public.Post(home(r.ID)+"/keep", nil)
		page := writer.Submit(writer.Get("/resources/"+r.ID.String()), `form[action$="/withdraw"]`, nil)
		shows(t, page, "Retirat")
		if got := public.Get(home(r.ID)); got.Status != http.StatusNotFound {
			t.Error(got.Status)
		}
		if total(t, public, "") != 0 {
			t.Error("still listed")
		}
		hides(t, public.Get("/folder"), "Supervisió")
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
		shows(t, refused, "Algú ha desat mentre escrivies", "Desat per Person writer@diba.example", "Títol de la primera", "Títol del segon")
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
		hides(t, start, "catalogue.sheet", "catalogue.start")
		if got := writer.Submit(start, "form#catalogue-sheet", url.Values{"code": {"A-1"}, "kind": {"technical"}}); got.Status != http.StatusUnprocessableEntity {
			t.Error("a sheet without a title is taken:", got.Status)
		}
		edit := writer.Submit(start, "form#catalogue-sheet", url.Values{"code": {"A-1"}, "kind": {"technical"}, "title_en": {"Advice"}})
		if !strings.HasSuffix(edit.Path, "/edit") {
			t.Fatal(edit.Path, text(edit))
		}
		hides(t, edit, "catalogue.sheet.", "catalogue.edit.")
		more := writer.Submit(edit, "form#catalogue-sheet", url.Values{
			"modality_code": {"onsite"}, "modality_name_ca": {"Presencial"}, "more": {"modalities"}, "sdgs": {"3"},
		})
		if !strings.HasSuffix(more.Path, "/edit?more=modalities") || more.Find(`input[name=modality_code]`).Length() != 2 {
			t.Fatal("no row to fill in:", more.Path)
		}
		wrong := writer.Submit(more, "form#catalogue-sheet", url.Values{"modality_code": {"onsite", "Bad code"}})
		if wrong.Status != http.StatusUnprocessableEntity {
			t.Error(wrong.Status)
		}
		shows(t, wrong, "Element 2", "A l’element 2 hi falta el text")
		page := writer.Submit(more, "form#catalogue-sheet", url.Values{"modality_code": {"onsite", "online"}, "modality_name_ca": {"Presencial", "En línia"}})
		shows(t, page, "Presencial", "En línia", "3. Salut i benestar", "Falta el resum.", "Encara no s’ha publicat mai")
		if page.Find(`form[action$="/publish"]`).Length() != 0 {
			t.Error("an incomplete sheet can be published")
		}
		gone := writer.Submit(writer.Get(page.Path+"/edit"), "form#catalogue-sheet", url.Values{"modalities_remove": {"0"}})
		hides(t, gone, "Presencial")
		shows(t, gone, "En línia")
		if got := w.visit(t, "").Get(strings.Replace(page.Path, "/resources", "/catalogue", 1)); got.Status != http.StatusNotFound {
			t.Error("the public sees a draft:", got.Status)
		}
	})
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

func TestFilters(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.load(t, "diba", teams)
		w.load(t, "diba", managers)
		w.load(t, "imas", plans)
		w.load(t, "imas", training)
		v := w.visit(t, "")
		for query, want := range map[string]int{
			"": 4, "?body=diba": 2, "?body=imas": 2, "?body=nobody": 0, "?words=SUPERVISIO": 2, "?words=20270": 1, "?words=gruppo+100%25": 0,
			"?kind=technical": 2, "?kind=material&body=imas": 0, "?recipient=consortium": 1, "?recipient=municipality": 4,
			"?modality=cases": 1, "?modality=case": 0, "?subject=benestar+i+ciutadania": 2, "?valid=true": 3, "?words=supervisione": 2,
		} {
			if got := total(t, v, query); got != want {
				t.Errorf("%q finds %d, not %d", query, got, want)
			}
		}
		if got := v.Get("/api/v1/catalogue/resources?kind=nonsense"); got.Status != http.StatusUnprocessableEntity {
			t.Error(got.Status)
		}
		page := v.Get("/catalogue?body=diba")
		shows(t, page, "Supervisió d'equips", "Body of imas")
		hides(t, page, "plans i projectes", "catalogue.offer", "catalogue.filter")
		if got := page.Find(`select[name=modality] option`).Length(); got != 9 {
			t.Errorf("%d modalities to choose among", got)
		}
	})
}

func TestPages(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for n := range 45 {
			raw := fmt.Sprintf(`{"code":"N%02d","status":"published","title":{"ca":"Recurs %02d","it":"Risorsa %02d"},"kind":"technical","unit":{"ca":"U"},
				"summary":{"ca":"S"},"description":{"ca":"D"},"recipients":["municipality"]}`, n, n, 99-n)
			if _, err := w.Load(w.system(t, "imas"), []byte(raw)); err != nil {
				t.Fatal(err)
			}
		}
		v := w.visit(t, "")
		first, last := v.Get("/catalogue"), v.Get("/catalogue?page=3")
		shows(t, first, "1–20 de 45", "Recurs 00", "Recurs 19")
		hides(t, first, "Recurs 20")
		shows(t, last, "41–45 de 45", "Recurs 44")
		hides(t, last, "Recurs 39")
		shows(t, v.Get("/catalogue?sort=-title"), "Recurs 44")
		v.Post("/preferences/language", url.Values{"language": {"it"}})
		hides(t, v.Get("/catalogue"), "Risorsa 99")
		if lines := strings.Count(v.Get("/catalogue?format=csv").Body, "\n"); lines != 46 {
			t.Errorf("the file has %d lines", lines)
		}
	})
}

func TestTheFolder(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		one, two := w.load(t, "diba", teams), w.load(t, "imas", plans)
		v := w.visit(t, "")
		shows(t, v.Get("/folder"), "La carpeta és buida")
		kept := v.Submit(v.Get(home(two.ID)), `form[action$="/keep"]`, nil)
		if kept.Find(`form[action$="/keep"]`).Length() != 0 || kept.Find(`form[action$="/remove"]`).Length() != 1 {
			t.Error("the page does not know that the resource is kept")
		}
		v.Post(home(one.ID)+"/keep", nil)
		v.Post(home(one.ID)+"/keep", nil)
		if got := v.Post("/catalogue/nothing/keep", nil); got.Status != http.StatusNotFound {
			t.Error(got.Status)
		}
		page := v.Get("/folder")
		if got := page.Find(".items > li").Length(); got != 2 {
			t.Errorf("%d resources", got)
		}
		shows(t, v.Get("/catalogue"), "Carpeta (2)")
		shows(t, v.Get("/folder/print"), "Supervisió de casos", "Pla de Drogues")
		file := v.Get("/folder/csv")
		if strings.Count(file.Body, "\n") != 3 || !strings.Contains(file.Body, "20270") {
			t.Error(file.Body)
		}
		m := w.demo["officer@diba.example"]
		v.Post("/sign-in/demo", url.Values{"user": {m.UserID.String()}, "membership": {m.ID.String()}, "back": {"/folder"}})
		left := v.Submit(v.Get("/folder"), fmt.Sprintf(`form[action="/folder/%s/remove"]`, two.ID), nil)
		hides(t, left, "plans i projectes")
		shows(t, w.visit(t, "officer@diba.example").Get("/folder"), "Supervisió d'equips")
		shows(t, w.visit(t, "second@diba.example").Get("/folder"), "La carpeta és buida")
		shows(t, w.visit(t, "").Get("/folder"), "La carpeta és buida")
	})
}

func TestWhatOthersSayStandsBeside(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := w.load(t, "diba", teams)
		w.load(t, "imas", plans)
		w.ShowBeside(func(_ context.Context, ids []record.ID) (map[record.ID][]ui.Notice, error) {
			return map[record.ID][]ui.Notice{r.ID: {{Tone: ui.Info, Text: "Obert fins al 13/02/2020"}}}, nil
		})
		v := w.visit(t, "")
		shows(t, v.Get(home(r.ID)), "Obert fins al 13/02/2020")
		if n := strings.Count(v.Get("/catalogue").Body, "Obert fins al 13/02/2020"); n != 1 {
			t.Errorf("said %d times in the list", n)
		}
	})
}

func TestProgramsWriteSheets(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		v := testkit.Visit(t, w.handler)
		token := w.token(t, "writer@diba.example")
		made := v.JSON(http.MethodPost, "/api/v1/resources", token, `{"code":"J1","kind":"economic","title":{"ca":"Ajut"},"unit":{"ca":"U"},
			"summary":{"ca":"S"},"description":{"ca":"D"},"recipients":["municipality"],"valid_from":"2020-01-01"}`)
		var r catalogue.ResourceShape
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
