package reflection_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"bastida/internal/modules/obstacles"
	"bastida/internal/modules/reflection"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/module"
	"bastida/internal/platform/testkit"
)

// text is what a reader sees of a page, with single spaces.
func text(p testkit.Page) string { return strings.Join(strings.Fields(p.Find("body").Text()), " ") }

func shows(t *testing.T, p testkit.Page, wanted ...string) {
	t.Helper()
	for _, w := range wanted {
		if !strings.Contains(text(p), w) {
			t.Errorf("%s (%d) does not show %q: %.600s", p.Path, p.Status, w, text(p))
		}
	}
}

const form = "#reflection-record"

func TestARecordIsWrittenWithoutScripts(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		v := w.visit(t, "anna")
		home := "/supervision/groups/" + w.group.ID.String() + "/record"
		shows(t, v.Get(home), "Sessió 1, 17/01/2020", "Encara no s’hi ha escrit res", "Persona elena", "Persona berta", "fora del programa", "Ningú no ha dit encara")
		edit := v.Get(w.at.Href() + "/edit")
		if edit.Find("select[name='actions.0.who'] option").Length() != 4 || edit.Find("[name=themes]").Length() < 10 || edit.Find("[name=allowed]").Length() != 0 {
			t.Error("the form does not offer people and themes, or asks for names that nobody wrote")
		}
		refused := v.Submit(edit, form, url.Values{"worked": {"Amb la Maria Puig, 12345678Z."}, "actions.0.what": {"Pensar-hi"}})
		if refused.Status != http.StatusUnprocessableEntity || !strings.Contains(refused.Find("[name=worked]").Text(), "Maria Puig, 12345678Z.") {
			t.Errorf("refused: %d, %q stays", refused.Status, refused.Find("[name=worked]").Text())
		}
		if said := refused.Find("#f-worked-error").Text(); !strings.Contains(said, "[12345678Z]") {
			t.Errorf("beside the field: %q", said)
		}
		if box := refused.Find("[name=allowed]"); box.Length() != 1 || box.AttrOr("value", "") != "Maria Puig" {
			t.Errorf("%d names to confirm", box.Length())
		}
		more := v.Submit(refused, form, url.Values{"worked": {"Amb la Maria Puig."}, "allowed": {"Maria Puig"}, "more": {"actions"}})
		if more.Path != w.at.Href()+"/edit?more=actions" || more.Find("[name='actions.1.what']").Length() != 1 {
			t.Errorf("one row more: %d %s", more.Status, more.Path)
		}
		saved := v.Submit(more, form, url.Values{"actions.1.what": {"Llegir"}, "actions.1.who": {"Persona berta"}, "obstacles.0.kind": {"forms"}, "obstacles.0.text": {"Dos formularis"}})
		shows(t, saved, "El registre s’ha desat", "Amb la Maria Puig.", "Llegir", "Persona berta", "Tot el grup", "Comparteix: Dos formularis", "copieu-la a mà a l’expedient")
		shows(t, w.visit(t, "elena").Get(home+"/print"), "Amb la Maria Puig.", "Llegir")
	})
}

func TestTwoTextsStandSideBySide(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		anna, berta := w.visit(t, "anna"), w.visit(t, "berta")
		mine, theirs := anna.Get(w.at.Href()+"/edit"), berta.Get(w.at.Href()+"/edit")
		anna.Submit(mine, form, url.Values{"worked": {"El text de l’Anna"}})
		kept := berta.Post(theirs.Find(form).AttrOr("data-draft", ""), url.Values{"worked": {"El text de la Berta"}, "tab": {"b"}})
		if kept.Status != http.StatusOK || !strings.Contains(kept.Body, "Persona anna") {
			t.Errorf("typing on: %d %s", kept.Status, kept.Body)
		}
		clash := berta.Submit(theirs, form, url.Values{"worked": {"El text de la Berta"}})
		shows(t, clash, "El text de l’Anna", "El text de la Berta")
		if clash.Status != http.StatusConflict || clash.Find("[name=worked]").Text() != "El text de la Berta" {
			t.Errorf("%d, %q stays", clash.Status, clash.Find("[name=worked]").Text())
		}
		shows(t, berta.Submit(clash, form, url.Values{"worked": {"Els dos textos"}}), "Els dos textos")
		// What the other window typed is still there, to be taken up or thrown away.
		unsaved := berta.Get(w.at.Href() + "/unsaved")
		shows(t, unsaved, "Els dos textos", "El text de la Berta")
		going := berta.Get(unsaved.Find(`main a[href*="typed="]`).AttrOr("href", ""))
		if got := going.Find("[name=worked]").Text(); got != "El text de la Berta" {
			t.Errorf("going on with %q", got)
		}
		asked := berta.Submit(unsaved, `form[action$="/drop"]`, nil)
		shows(t, berta.Submit(asked, `main form[action$="/drop"]`, nil), "El text s’ha llençat", "Els dos textos")
	})
}

func TestTheFormGoesOnWithWhatWasTyped(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		v := w.visit(t, "anna")
		draft := v.Get(w.at.Href()+"/edit").Find(form).AttrOr("data-draft", "")
		v.Post(draft, url.Values{"worked": {"A mitges"}, "themes": {"roles"}, "actions.0.what": {"Una"}, "tab": {"closed"}})
		again := v.Get(w.at.Href() + "/edit")
		if again.Find("[name=worked]").Text() != "A mitges" || again.Find("[name=themes][value=roles][checked]").Length() != 1 ||
			again.Find("[name='actions.0.what']").AttrOr("value", "") != "Una" {
			t.Error("what was typed is not in the form")
		}
		shows(t, v.Get("/supervision/groups/"+w.group.ID.String()+"/record"), "sense desar")
		shows(t, v.Submit(again, form, nil), "A mitges")
		if n, err := w.UnsavedOf(w.as(t, "anna"), w.at); err != nil || len(n) != 0 {
			t.Errorf("%d typed texts after saving, %v", len(n), err)
		}
	})
}

func TestWhatIsTypedIsLookedAtAndNotStored(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		check := "/supervision/groups/" + w.group.ID.String() + "/record/check"
		v := w.visit(t, "anna")
		found := v.Post(check, url.Values{"worked": {"La Maria Puig, 612 345 678"}})
		if found.Status != http.StatusOK || !strings.Contains(found.Text(), "[612 345 678]") || !strings.Contains(found.Text(), "Maria Puig") || found.Find("main").Length() != 0 {
			t.Errorf("%d %s", found.Status, found.Body)
		}
		if clean := v.Post(check, url.Values{"worked": {"Els límits"}}); !strings.Contains(clean.Text(), "No s’hi ha trobat res") {
			t.Error(clean.Body)
		}
		if e := w.reads(t, "anna"); e.Written() || len(e.Mine) != 0 {
			t.Errorf("stored: %+v", e)
		}
		if other := w.visit(t, "carla").Post(check, url.Values{"worked": {"x"}}); other.Status != http.StatusNotFound {
			t.Errorf("somebody else's text is looked at: %d", other.Status)
		}
	})
}

func TestAnObstacleIsTypedAnewAndAnswered(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		_, err := w.save(t, "anna", 0, reflection.Content{Worked: "x", Obstacles: []reflection.Obstacle{{Kind: "forms", Text: "El full de vila"}}})
		must(t, err)
		v := w.visit(t, "anna")
		page := v.Get(v.Get(w.at.Href()).Find(`main a[href*="/share"]`).AttrOr("href", ""))
		if page.Find("[name=text]").Text() != "El full de vila" {
			t.Error("the obstacle is not there to be typed anew")
		}
		unsure := v.Submit(page, "#obstacles-share", nil)
		if unsure.Status != http.StatusUnprocessableEntity || unsure.Find("#f-sure-error").Length() != 1 {
			t.Errorf("shared without being sure: %d", unsure.Status)
		}
		shows(t, v.Submit(unsure, "#obstacles-share", url.Values{"text": {"Un full es demana dues vegades"}, "sure": {"true"}}), "sense dir d’on ve")
		technician := w.visit(t, "technician")
		list := technician.Get("/supervision/obstacles")
		shows(t, list, "Un full es demana dues vegades", "01/01/2020", "rebut")
		answer := technician.Get(list.Find(`main td a, main th a[href^="/supervision/obstacles/"]`).First().AttrOr("href", ""))
		shows(t, technician.Submit(answer, "#obstacles-answer", url.Values{"stage": {"solved"}, "answer": {"Un de sol"}}), "resolt")
		if csv := technician.Get("/supervision/obstacles?format=csv"); !strings.Contains(csv.Body, "dues vegades") || strings.Contains(csv.Body, "anna") {
			t.Error(csv.Body)
		}
		if got := w.visit(t, "anna").Get("/supervision/obstacles"); got.Status != http.StatusForbidden {
			t.Error(got.Status)
		}
	})
}

func TestTheRecordHasNoTwin(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for _, route := range w.router.Routes() {
			if route.JSON && strings.Contains(route.Path, "/record") {
				t.Errorf("%s %s", route.Method, route.Path)
			}
		}
	})
}

func TestMessages(t *testing.T) {
	t.Parallel()
	for _, m := range []module.Descriptor{reflection.New(reflection.Deps{}).Module(), obstacles.New(obstacles.Deps{}).Module()} {
		messages, err := i18n.Load(m.Locales)
		must(t, err)
		for _, lang := range i18n.Languages {
			if !slices.Equal(messages.Keys(lang), messages.Keys("ca")) {
				t.Errorf("%s: %s has other keys than ca", m.Name, lang)
			}
		}
	}
}
