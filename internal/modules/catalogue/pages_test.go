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
			"100 % de les valoracions amb 7 o més, en una escala de 0 a 10", "Disponible al web de l’ens")
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
			"?modality=cases": 1, "?modality=case": 0, "?subject=benestar+i+ciutadania": 2, "?valid=true": 3, "?words=supervisione": 2, "?words=basics+supervisio": 1, "?words=20270+plans": 0,
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
