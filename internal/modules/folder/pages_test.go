package folder_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"bastida/internal/modules/folder"
	"bastida/internal/platform/db"
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

func TestAFolderHoldsOnlyWhatThePublicSees(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := w.load(t, "diba", teams)
		ctx := w.as(t, "writer@diba.example")
		visitor, person := w.visit(t, ""), w.visit(t, "officer@diba.example")
		for _, v := range []*testkit.Visitor{visitor, person} {
			v.Post(home(r.ID)+"/keep", nil)
			shows(t, v.Get("/folder"), "Supervisió d'equips")
		}
		draft := r.Sheet.V
		draft.Title = map[string]string{"ca": "Un secret de la redacció"}
		if _, err := w.Edit(ctx, r.ID, r.Version, draft); err != nil {
			t.Fatal(err)
		}
		for _, path := range []string{"/folder", "/folder/print", "/folder/csv"} {
			hides(t, visitor.Get(path), "Un secret")
		}
		if _, err := w.Withdraw(ctx, r.ID, db.AnyVersion); err != nil {
			t.Fatal(err)
		}
		for _, v := range []*testkit.Visitor{visitor, person} {
			hides(t, v.Get("/folder"), "Supervisió", "Un secret")
		}
	})
}

func TestMessages(t *testing.T) {
	t.Parallel()
	messages, err := i18n.Load(folder.New(nil, nil).Module().Locales)
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range i18n.Languages {
		if !slices.Equal(messages.Keys(lang), messages.Keys("ca")) {
			t.Errorf("%s has other keys than ca", lang)
		}
	}
}
