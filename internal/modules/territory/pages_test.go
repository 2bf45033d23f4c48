package territory_test

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"bastida/internal/kernel/actor"
	"bastida/internal/modules/territory"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/testkit"
)

// shows fails when a page lacks a text or answers anything but 200.
func shows(t *testing.T, page testkit.Page, wanted ...string) {
	t.Helper()
	if page.Status != http.StatusOK {
		t.Fatalf("%s: status %d: %s", page.Path, page.Status, page.Find("main").Text())
	}
	if strings.Contains(page.Body, "territory.") {
		at := strings.Index(page.Body, "territory.")
		t.Errorf("%s shows a key: %s", page.Path, page.Body[max(0, at-40):min(len(page.Body), at+60)])
	}
	for _, want := range wanted {
		if !strings.Contains(page.Body, want) {
			t.Errorf("%s does not show %q", page.Path, want)
		}
	}
}

func TestTheOverviewDrawsTheAreas(t *testing.T) {
	eachEngine(t, "diba", "08019", func(t *testing.T, s *territory.Service, ctx context.Context) {
		v := visit(t, s, actor.Technician, "ca")
		page := v.Get("/territory")
		shows(t, page, "Osona", "311", "Instituto Geográfico Nacional")
		if n := page.Find("svg.map path.map-shape").Length(); n != 309 {
			t.Errorf("%d shapes", n)
		}
		if n := page.Find("svg.map circle").Length(); n != 2 {
			t.Errorf("%d points for the two municipalities without a shape", n)
		}
		if n := page.Find("svg.map > a").Length(); n > 20 {
			t.Errorf("%d links: a keyboard should stop once an area", n)
		}
		if strings.Contains(page.Body, " style=") {
			t.Error("a style within the page")
		}
		shows(t, v.Get("/territory?area=Osona&kind=municipality"), "Manlleu", "Vic")
		vic := place(t, s, ctx, "08298")
		shows(t, v.Get("/territory/"+vic.ID.String()), "Osona", "Seu: Barcelona", "km/h", "oficial")
		csv := v.Get("/territory?format=csv")
		if lines := strings.Count(csv.Body, "\n"); lines != 325 {
			t.Errorf("%d lines of CSV", lines)
		}
		twin := v.JSON(http.MethodGet, "/api/v1/territory/places?words=manlleu", "", "")
		if !strings.Contains(twin.Body, `"name":"Manlleu"`) || !strings.Contains(twin.Body, `"total":1`) {
			t.Error(twin.Body)
		}
	})
}

func TestAreasAreCorrectedOnAPage(t *testing.T) {
	eachEngine(t, "imas", "07040", func(t *testing.T, s *territory.Service, ctx context.Context) {
		p := place(t, s, ctx, "palma")
		v := visit(t, s, actor.Technician, "es")
		edit := v.Get("/territory/" + p.ID.String() + "/edit")
		shows(t, edit, "Corregir el área")
		refused := v.Submit(edit, "form.form", url.Values{"area": {"Ponent"}, "status": {"official"}, "note": {""}})
		if refused.Status != http.StatusUnprocessableEntity || !strings.Contains(refused.Body, "Indique dónde se ha leído") {
			t.Errorf("%d", refused.Status)
		}
		saved := v.Submit(edit, "form.form", url.Values{"area": {"Ponent"}, "status": {"editable"}, "note": {"Propuesta"}})
		shows(t, saved, "Ponent")
		if page := visit(t, s, actor.LocalOfficer, "es").Get("/territory/" + p.ID.String() + "/edit"); page.Status != http.StatusForbidden {
			t.Errorf("%d", page.Status)
		}
		shows(t, visit(t, s, actor.LocalOfficer, "es").Get("/territory/"+p.ID.String()), "Ponent")
	})
}

func TestLocalHolidaysOnPages(t *testing.T) {
	eachEngine(t, "treviso", "026086", func(t *testing.T, s *territory.Service, ctx context.Context) {
		v := visit(t, s, actor.Technician, "it")
		shows(t, v.Get("/territory/holidays"), "A 36 comuni mancano feste locali del 2020", "San Liberale", "Arcade")
		form := v.Get("/territory/holidays/new?place=026002")
		added := v.Submit(form, "form.form", url.Values{"date": {"2020-11-11"}, "name": {"San Martino"}, "source": {"Delibera"}})
		shows(t, added, "San Martino", "A 35 comuni")
		row := added.Find(`tr:contains("San Martino") form`)
		shows(t, v.Post(row.AttrOr("action", ""), nil), "A 36 comuni")
	})
}

func TestATermIsExplainedInFourLanguages(t *testing.T) {
	eachEngine(t, "diba", "08019", func(t *testing.T, s *territory.Service, ctx context.Context) {
		for lang, want := range map[string][]string{
			"ca": {"El termini de 5 mesos a partir del 10/01/2020 acaba el divendres 28/08/2020.", "suspès, 79 dies", "10/06/2020"},
			"es": {"El plazo de 5 meses a partir del 10/01/2020 termina el viernes 28/08/2020.", "suspendido, 79 días"},
			"it": {"Il termine di 5 mesi a partire dal 10/01/2020 scade venerdì 28/08/2020.", "sospeso, 79 giorni"},
			"en": {"The term of 5 months from 10 Jan 2020 ends on Friday 28 Aug 2020.", "suspended, 79 days"},
		} {
			v := visit(t, s, actor.LegalOfficer, lang)
			page := v.Get("/territory/deadline")
			shows(t, page)
			answer := v.Submit(page, "form.form", url.Values{"start": {"2020-01-10"}, "amount": {"5"}, "unit": {"month"}, "place": {"08298"}})
			shows(t, answer, want...)
		}
		v := visit(t, s, actor.LegalOfficer, "en")
		shows(t, v.Get("/territory/deadline?start=2021-04-01&amount=10&unit=working-day&place="), "Good Friday (National)", "Easter Monday (Regional)", "Weekend")
		shows(t, v.Get("/territory/deadline?start=2020-09-23&amount=1&unit=working-day&place=08298"), "La Mercè (Barcelona)")
		if page := v.Get("/territory/deadline?start=nonsense&amount=-3&unit=fortnight&place=x"); page.Status != http.StatusUnprocessableEntity {
			t.Errorf("nonsense: %d", page.Status)
		}
		twin := v.JSON(http.MethodPost, "/api/v1/territory/deadline", "", `{"start":"2020-01-10","amount":5,"unit":"month","place":"08298"}`)
		if twin.Status != http.StatusCreated || !strings.Contains(twin.Body, `"ends":"2020-08-28"`) {
			t.Errorf("%d %s", twin.Status, twin.Body)
		}
	})
}

func TestFiguresOnPages(t *testing.T) {
	eachEngine(t, "diba", "08019", func(t *testing.T, s *territory.Service, ctx context.Context) {
		v := visit(t, s, actor.Administrator, "en")
		page := v.Get("/territory/parameters")
		shows(t, page, "Speed by road", "50\u00a0km/h", "Ley 39/2015")
		speed := page.Find(`tr:contains("travel.speed_kmh") a`).AttrOr("href", "")
		form := v.Get(speed)
		shows(t, form, "It is now 50\u00a0km/h")
		after := v.Submit(form, "form.form", url.Values{"value": {"45,5"}, "valid_from": {"2020-02-01"}, "source": {"A study"}})
		shows(t, after, "45.5\u00a0km/h", "A study")
		if page := visit(t, s, actor.Auditor, "en").Get("/territory/parameters"); page.Find(`a[href$="/change"]`).Length() != 0 {
			t.Error("an auditor is offered a change")
		}
	})
}

func TestBarcelonaIsDrawnByNeighbourhoods(t *testing.T) {
	eachEngine(t, "barcelona", "08019", func(t *testing.T, s *territory.Service, ctx context.Context) {
		page := visit(t, s, actor.TeamLead, "ca").Get("/territory")
		shows(t, page, "Ciutat Vella")
		if n := page.Find("svg.map path.map-shape").Length(); n != 73 {
			t.Errorf("%d shapes", n)
		}
	})
}

func TestTheSearchFindsPlaces(t *testing.T) {
	eachEngine(t, "mugello", "", func(t *testing.T, s *territory.Service, ctx context.Context) {
		find := s.Module().Search
		hits, err := find(as(ctx, actor.Technician), "borgo SAN")
		if err != nil || len(hits) != 1 || hits[0].Hits[0].Label != "Borgo San Lorenzo" {
			t.Errorf("%+v, %v", hits, err)
		}
		if hits, err := find(as(ctx, actor.Citizen), "borgo"); err != nil || hits != nil {
			t.Errorf("%+v, %v", hits, err)
		}
	})
}

func TestEveryKeyIsThereInEveryLanguage(t *testing.T) {
	t.Parallel()
	m := territory.New(nil, nil).Module()
	all, err := i18n.Load(m.Locales)
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range i18n.Languages {
		if !slices.Equal(all.Keys(lang), all.Keys("ca")) {
			t.Errorf("%s has other keys than ca", lang)
		}
		for _, key := range m.Keys {
			if !all.Has(lang, key) {
				t.Errorf("%s lacks %s", lang, key)
			}
		}
	}
}
