package e2e_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"bastida/internal/kernel/civil"
	"bastida/internal/platform/testkit"
)

// visitor is somebody whose browser runs no scripts.
type visitor struct {
	t *testing.T
	*testkit.Visitor
	page testkit.Page
}

func (s site) visitor(t *testing.T) *visitor {
	return &visitor{t: t, Visitor: testkit.At(t, s.address)}
}

func (v *visitor) open(path string) {
	v.t.Helper()
	v.arrive(v.Get(path))
}

func (v *visitor) arrive(page testkit.Page) {
	v.t.Helper()
	v.page = page
	if page.Status >= 500 {
		v.t.Fatalf("%s: status %d", page.Path, page.Status)
	}
}

// signIn acts as the first whom the words and the role find.
func (v *visitor) signIn(words, role string) {
	v.t.Helper()
	v.open("/sign-in?words=" + url.QueryEscape(words))
	v.send(v.page.Find(fmt.Sprintf(`form[action="/sign-in/demo"] button:contains(%q)`, role)).First(), nil)
}

// press follows the link or sends the form of the button that says a text.
func (v *visitor) press(text string, typed url.Values) {
	v.t.Helper()
	found := v.page.Find("main button, main a").FilterFunction(func(_ int, e *goquery.Selection) bool {
		return strings.HasPrefix(strings.TrimSpace(e.Text()), text)
	})
	if buttons := found.Filter("button"); buttons.Length() > 0 {
		found = buttons
	}
	found = found.First()
	switch {
	case found.Length() == 0:
		v.t.Fatalf("%s offers no %q:\n%.800s", v.page.Path, text, v.says())
	case goquery.NodeName(found) == "a":
		v.open(found.AttrOr("href", ""))
	default:
		v.send(found, typed)
	}
}

// send sends the form of a button as a browser does: to where the button says,
// with the fields that belong to the form from elsewhere in the page. When the
// site asks whether that is meant, the answer is yes.
func (v *visitor) send(button *goquery.Selection, typed url.Values) {
	v.t.Helper()
	form := button.Closest("form")
	if id, apart := button.Attr("form"); apart {
		form = v.page.Find("form#" + id)
	}
	if id, named := form.Attr("id"); named {
		form.AppendSelection(v.page.Find(fmt.Sprintf(`[form=%q]`, id)).Clone())
	}
	if to, elsewhere := button.Attr("formaction"); elsewhere {
		form.SetAttr("action", to)
	}
	form.SetAttr("data-pressed", "")
	v.arrive(v.Submit(v.page, "form[data-pressed]", typed))
	if again := v.page.Find("form:has(input[name=confirmed]) button").First(); again.Length() > 0 {
		v.send(again, nil)
	}
}

// sendTo sends the form that posts to a place.
func (v *visitor) sendTo(action string, typed url.Values) {
	v.t.Helper()
	v.arrive(v.Submit(v.page, fmt.Sprintf(`form[action=%q]`, action), typed))
}

// says returns what the page says.
func (v *visitor) says() string {
	return strings.Join(strings.Fields(v.page.Find("main").Text()), " ")
}

func (v *visitor) mustSay(words ...string) {
	v.t.Helper()
	for _, w := range words {
		if !strings.Contains(v.says(), w) {
			v.t.Fatalf("%s does not say %q:\n%.800s", v.page.Path, w, v.says())
		}
	}
}

// ids are the rows that can be ticked.
func (v *visitor) ids() (found []string) {
	v.page.Find("input[name=id]").Each(func(_ int, box *goquery.Selection) { found = append(found, box.AttrOr("value", "")) })
	return found
}

// road is the way of an application through a call, walked without scripts.
type road struct {
	*visitor
	call, application string
	runs              []string
}

// TestTheRoadWithoutScripts walks the whole story in a browser that runs none.
func TestTheRoadWithoutScripts(t *testing.T) {
	t.Parallel()
	s := start(t, "", civil.MustParse("2020-02-03"))
	r := &road{visitor: s.visitor(t)}
	r.apply()
	r.submit()
	r.review()
	r.change()
	r.accept()
	r.approve()
	r.signIn(officerOf, officerRole)
	r.open(r.application)
	r.mustSay("Concedida", "El vostre grup")
}

// moveTo sets the day of the demonstration.
func (r *road) moveTo(day string) {
	r.t.Helper()
	r.sendTo("/demo/today", url.Values{"today": {day}})
}

// apply finds the resource and writes an application, all but the last press.
func (r *road) apply() {
	r.t.Helper()
	r.open("/catalogue?words=supervisi%C3%B3")
	r.press(resourceWanted, nil)
	r.press("Afegeix a la carpeta", nil)
	r.open("/folder")
	r.mustSay(resourceWanted)
	r.signIn(officerOf, officerRole)
	r.open("/calls")
	r.press("Supervisió d'equips de serveis socials bàsics 2020", nil)
	r.call = r.page.Path
	r.press("Sol·licita", nil)
	r.press("Comença la sol·licitud", nil)
	r.application = strings.TrimSuffix(r.page.Path, "/edit")
	r.press("Desa i revisa", url.Values{
		"modality": {"cases"}, "social_workers": {"3"}, "social_educators": {"2"}, "contact_name": {"Persona Inventada"},
		"contact_email": {"contacte@abrera.example"}, "contact_phone": {"930000000"},
	})
	r.mustSay("No es compleix") // five professionals need to consent to be grouped
	r.open(r.application + "/edit")
	r.press("Desa i revisa", url.Values{"consent_to_group": {"true"}})
	r.annex()
}

// annex fills in the annex. Which questions it asks hangs on answers, so there
// is a button that brings the page up to date.
func (r *road) annex() {
	r.t.Helper()
	r.open(r.application + "/annexes/C1-034")
	before := r.page.Find("main .field").Length()
	r.press("Actualitza les preguntes", url.Values{"a_had_supervision": {"true"}})
	if after := r.page.Find("main .field").Length(); after <= before {
		r.t.Errorf("after an answer that opens questions there are %d of them, before %d", after, before)
	}
	r.press("Desa", url.Values{
		"a_team_structure": {"single"}, "a_modality": {"cases"}, "a_needs": {"complex_cases"}, "a_urgency": {"5"},
		"a_had_supervision": {"false"}, "a_preferred_days": {"monday"}, "a_part_of_day": {"morning"}, "a_space_available": {"false"},
		"a_consent_to_group": {"true"}, "a_social_workers": {"3"}, "a_social_educators": {"2"}, "a_psychologists": {"0"},
		"a_lawyers": {"0"}, "a_family_workers": {"0"}, "a_administratives": {"0"}, "a_needs_text": {"Necessitat inventada."},
		"a_goals_text": {"Fita inventada."}, "a_coordinator_name": {"Persona Inventada"}, "a_coordinator_position": {"Coordinació"},
		"a_coordinator_email": {"contacte@abrera.example"}, "a_coordinator_phone": {"930000000"},
	})
}

func (r *road) submit() {
	r.t.Helper()
	r.open(r.application + "/check")
	r.press("Presenta", nil)
	r.mustSay("2020-20270-", "SHA-256")
}

// review asks for what is missing, admits the rest and forms groups.
func (r *road) review() {
	r.t.Helper()
	r.moveTo("2020-02-17")
	r.signIn(technicianName, technicianRole)
	r.open(r.call + "/applications?incomplete=true")
	r.press("Demana una esmena", url.Values{"id": r.ids()})
	r.press("Demana l’esmena", url.Values{"text": {"Falten dades de l’annex."}})
	for range 8 {
		r.open(r.call + "/applications?state=submitted")
		if len(r.ids()) == 0 {
			break
		}
		r.press("Admet", url.Values{"id": r.ids()})
	}
	r.form(1)
	r.form(2)
}

// form searches for groups. A page without scripts does not follow the search:
// it offers a link to look again.
func (r *road) form(seed int) {
	r.t.Helper()
	r.open(r.call + "/groupings/new")
	r.press("Cerca els grups", url.Values{"seconds": {"2"}, "seed": {fmt.Sprint(seed)}})
	r.runs = append(r.runs, r.page.Path)
	again := false
	for ticks := time.Tick(300 * time.Millisecond); !strings.Contains(r.says(), "Accepta aquests grups"); <-ticks {
		again = again || r.page.Find("main .unscripted a:contains('Torna a carregar')").Length() > 0
		r.open(r.page.Path)
	}
	if !again {
		r.t.Error("while the search is under way there is no link to look again")
	}
}

// change moves an applicant with the menu of its row, and undoes it.
func (r *road) change() {
	r.t.Helper()
	r.open(r.runs[1] + "?view=table")
	r.press("Mou a", nil)
	to := ""
	r.page.Find("main form [name=to]").Each(func(_ int, choice *goquery.Selection) {
		if choice.AttrOr("value", "") == "none" || choice.Find(`option[value=none]`).Length() > 0 {
			to = "none"
		}
	})
	if to == "" {
		r.t.Fatalf("%s does not offer to leave the applicant out:\n%s", r.page.Path, r.says())
	}
	r.send(r.page.Find("main form:has([name=to]) button").First(), url.Values{"to": {to}})
	r.mustSay("Desfés")
	r.press("Desfés", nil)
}

func (r *road) accept() {
	r.t.Helper()
	r.open(r.runs[1])
	r.press("Accepta aquests grups", nil)
	r.mustSay("Acceptada")
}

func (r *road) approve() {
	r.t.Helper()
	r.moveTo("2020-03-05") // whoever did not amend in ten working days is out
	r.signIn(legalName, legalRole)
	r.open(r.call + "/resolution/prepare")
	r.send(r.page.Find(`main form[action$="/resolution/approve"] button`), nil)
	r.open(r.call)
	r.mustSay("Resolta")
}
