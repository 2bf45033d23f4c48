package e2e_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"bastida/internal/kernel/civil"
	"bastida/internal/platform/testkit"
)

// The people of the story. Abrera is a real municipality that did not apply in
// the demonstration's data; its officer is invented, like everybody else.
const (
	officerOf       = "Abrera"
	officerRole     = "Diputació"
	technicianName  = "Núria Ferrer"
	technicianRole  = "tècnica"
	legalName       = "Roger Escolà"
	legalRole       = "jurídica"
	resourceWanted  = "Supervisió d'equips de serveis socials bàsics"
	pollUntilFormed = `//main//button[contains(., "Accepta aquests grups")]`
)

// TestTheRoadFromTheCatalogueToTheResolution walks the call of 2020 in a real
// browser, on both engines: a stranger finds the resource, an officer applies,
// the technician reviews and forms groups, somebody else approves, and
// everybody reads the outcome.
func TestTheRoadFromTheCatalogueToTheResolution(t *testing.T) {
	t.Parallel()
	testkit.EachURL(t, nil, func(t *testing.T, url string) {
		database := ""
		if strings.HasPrefix(url, "postgres") {
			database = url
		}
		s := start(t, database, civil.MustParse("2020-02-03"))
		b := open(t, s, desk)
		readTheCatalogue(b)
		application := apply(b)
		b.moveTo("2020-02-17")
		call := review(b)
		formGroups(b, call)
		b.moveTo("2020-03-05") // whoever did not amend in ten working days is out
		approve(b, call)
		readTheOutcome(b, application, call)
		b.quiet("the whole story")
	})
}

func readTheCatalogue(b browser) {
	b.t.Helper()
	b.visit("/catalogue?words=supervisi%C3%B3")
	b.press(resourceWanted)
	if text := b.text("main"); !strings.Contains(text, "18 hores") || !strings.Contains(text, "20270") {
		b.t.Errorf("the sheet lacks its hours or its code:\n%.400s", text)
	} else if !strings.Contains(text, "13/02/2020") {
		b.t.Error("the sheet does not say until when the resource can be applied for")
	}
	b.press("Afegeix a la carpeta")
	b.visit("/folder")
	if !strings.Contains(b.text("main"), resourceWanted) {
		b.t.Error("what was added to the folder is not in it")
	}
}

// apply files an application and returns its address.
func apply(b browser) string {
	b.t.Helper()
	b.signIn(officerOf, officerRole)
	b.visit("/calls")
	b.press("Supervisió d'equips de serveis socials bàsics 2020")
	b.press("Sol·licita")
	b.press("Comença la sol·licitud")
	address := strings.TrimSuffix(b.at(), "/edit")
	b.run(chromedp.Click(`input[name=modality][value=cases]`, chromedp.ByQuery))
	b.write(map[string]string{
		"social_workers": "3", "social_educators": "2", "contact_name": "Persona Inventada",
		"contact_email": "contacte@abrera.example", "contact_phone": "930000000",
	})
	// A draft is kept while typing: leaving without saving loses nothing.
	b.run(chromedp.WaitVisible(`[data-draft-status]:not(:empty)`, chromedp.ByQuery))
	b.visit(address)
	b.visit(address + "/edit")
	var kept string
	b.run(chromedp.Value(`[name=contact_name]`, &kept, chromedp.ByQuery))
	if kept != "Persona Inventada" {
		b.t.Errorf("of what was typed %q is left", kept)
	}
	b.press("Desa i revisa")
	if !strings.Contains(b.text("main"), "No es compleix") {
		b.t.Error("five professionals without consent to be grouped meet the condition")
	}
	b.visit(address + "/edit")
	b.run(chromedp.Click(`input[name=consent_to_group]`, chromedp.ByQuery))
	b.press("Desa i revisa")
	fillAnnex(b, address)
	b.visit(address + "/check")
	b.press("Presenta")
	if text := b.text("main"); !strings.Contains(text, "2020-20270-") || !strings.Contains(text, "SHA-256") {
		b.t.Errorf("the receipt lacks its number or its hash:\n%.400s", text)
	}
	return address
}

func fillAnnex(b browser, address string) {
	b.t.Helper()
	b.visit(address + "/annexes/C1-034")
	for name, value := range map[string]string{
		"a_team_structure": "single", "a_modality": "cases", "a_needs": "complex_cases", "a_urgency": "5", "a_had_supervision": "false",
		"a_preferred_days": "monday", "a_part_of_day": "morning", "a_space_available": "false", "a_consent_to_group": "true",
	} {
		b.run(chromedp.Evaluate(fmt.Sprintf(`document.querySelector('input[name=%s][value="%s"]').checked = true`, name, value), nil))
	}
	b.write(map[string]string{
		"a_social_workers": "3", "a_social_educators": "2", "a_psychologists": "0", "a_lawyers": "0", "a_family_workers": "0",
		"a_administratives": "0", "a_needs_text": "Necessitat inventada.", "a_goals_text": "Fita inventada.",
		"a_coordinator_name": "Persona Inventada", "a_coordinator_position": "Coordinació",
		"a_coordinator_email": "contacte@abrera.example", "a_coordinator_phone": "930000000",
	})
	b.follow(chromedp.Click(`//main//form[contains(@action, "/annexes/")]//button[normalize-space(.)="Desa"]`, chromedp.BySearch))
}

// review admits what is complete, asks for the rest, and returns the call.
func review(b browser) string {
	b.t.Helper()
	b.signIn(technicianName, technicianRole)
	b.visit("/calls")
	b.press("Supervisió d'equips de serveis socials bàsics 2020")
	call := b.at()
	b.visit(call + "/applications?incomplete=true")
	b.tickAll()
	b.press("Demana una esmena")
	b.accessible("the page that asks what is missing")
	b.press("Demana l’esmena")
	b.accessible("a form that was sent empty")
	b.write(map[string]string{"text": "Falten dades de l’annex."})
	b.press("Demana l’esmena")
	b.visit(call + "/applications")
	b.ask(`//main//form[contains(@action, "/review/complete")]//button`)
	b.visit(call + "/applications?state=submitted")
	if b.has(`input[name=id]`) {
		b.t.Error("after admitting what is complete there are still applications to admit")
	}
	return call
}

func formGroups(b browser, call string) {
	b.t.Helper()
	b.visit(call + "/groupings")
	if !b.has(`[name=seconds]`) {
		b.visit(call + "/groupings/new")
	}
	b.write(map[string]string{"seconds": "3"})
	b.press("Cerca els grups")
	b.run(chromedp.WaitVisible(pollUntilFormed, chromedp.BySearch)) // the page follows the search by itself
	b.ask(pollUntilFormed)
	if !strings.Contains(b.text("main"), "Acceptada") {
		b.t.Errorf("the groups are not accepted:\n%.400s", b.text("main"))
	}
}

func approve(b browser, call string) {
	b.t.Helper()
	b.signIn(legalName, legalRole)
	b.visit(call + "/resolution/prepare")
	b.ask(`//form[contains(@action, "/resolution/approve")]//button`)
	if !strings.Contains(b.text("main"), "Resolta") {
		b.t.Errorf("the call is not resolved:\n%.400s", b.text("main"))
	}
}

func readTheOutcome(b browser, application, call string) {
	b.t.Helper()
	b.signIn(officerOf, officerRole)
	b.visit(application)
	if text := b.text("main"); !strings.Contains(text, "Concedida") || !strings.Contains(text, "El vostre grup") {
		b.t.Errorf("the officer does not see the outcome or the group:\n%.600s", text)
	}
	b.visit("/mailbox")
	if !strings.Contains(b.text("main"), "Concedida") {
		b.t.Error("no notice reached the officer's mailbox")
	}
	b.follow(chromedp.Evaluate(`document.querySelector('form[action="/sign-out"]').submit()`, nil))
	b.visit(call + "/resolution")
	if !strings.Contains(b.text("main"), officerOf) {
		b.t.Error("the published resolution lacks the municipality")
	}
}

// write types into boxes by their name, over what they hold.
func (b browser) write(values map[string]string) {
	b.t.Helper()
	for name, value := range values {
		box := fmt.Sprintf(`[name=%s]`, name)
		b.run(chromedp.Evaluate(fmt.Sprintf(`document.querySelector(%q).select()`, box), nil), chromedp.SendKeys(box, value, chromedp.ByQuery))
	}
}

func (b browser) tickAll() {
	b.t.Helper()
	b.run(chromedp.Evaluate(`document.querySelectorAll('input[name=id]').forEach(i => i.checked = true)`, nil))
}

// ask presses a button that asks first, and says yes.
func (b browser) ask(button string) {
	b.t.Helper()
	yes := `#confirm button[value=yes]`
	b.run(chromedp.Click(button, chromedp.BySearch), chromedp.WaitVisible(yes, chromedp.ByQuery))
	b.follow(chromedp.Click(yes, chromedp.ByQuery))
}

func (b browser) has(selector string) (found bool) {
	b.t.Helper()
	b.run(chromedp.Evaluate(fmt.Sprintf(`document.querySelector(%q) !== null`, selector), &found))
	return found
}

// moveTo sets the day of the demonstration, as anybody may in its banner.
func (b browser) moveTo(day string) {
	b.t.Helper()
	b.run(chromedp.Evaluate(fmt.Sprintf(`document.querySelector('[name=today]').value = %q`, day), nil))
	b.follow(chromedp.Click(`form[action="/demo/today"] button`, chromedp.ByQuery))
}
