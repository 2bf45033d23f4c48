package app_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"

	"bastida/internal/kernel/actor"
)

// days are those of the sessions of the season that the Diputació grants.
var days = []string{"2020-09-15", "2020-10-06", "2020-10-27", "2020-11-10", "2020-11-24", "2020-12-09"}

// placed is what the form of a session asks for.
func placed(day, minutes string) url.Values {
	return url.Values{"day": {day}, "at": {"10:00"}, "minutes": {minutes}, "room": {"Sala d’actes"}}
}

// book plans the sessions of the first group, down to its last granted minute.
func (g *grantedSeason) book() {
	p, group := g.technician, g.groups[0].Href()
	for _, day := range days {
		p.open(group + "/sessions/new")
		p.fill(placed(day, "180"))
		p.reads("La sessió està programada i tothom ha rebut la invitació", "Lídia Mir Martí", "Sala d’actes", "S’avisa amb 48 h i es recupera en 20 dies")
		g.sessions = append(g.sessions, p.page.Path)
	}
	p.open(group + "/sessions/new")
	p.refused(placed("2020-12-16", "60"), "Al grup li queden 0 h lliures i en calen 1")
	p.refused(placed("2020-12-19", "60"), "El programa va del")
	p.open(g.groups[1].Href() + "/sessions/new")
	p.refused(placed(days[0], "180"), "Lídia Mir Martí ja té")
	p.fill(placed("2020-09-16", "180"))
	g.balance(1080, 1080, 1080, 0, 0)
	p.open(g.programme + "/hours")
	p.reads("Concedides", "Contractades", "Programades", "Fetes", "Facturades")
}

// balance compares the minutes of the first group in every stage.
func (g *grantedSeason) balance(granted, contracted, scheduled, delivered, invoiced int) {
	g.Helper()
	page := g.technician.Get("/api/v1" + g.groups[0].Href() + "/hours")
	var got map[string]int
	if err := json.Unmarshal([]byte(page.Body), &got); err != nil || page.Status != http.StatusOK {
		g.Fatalf("hours: %d, %v: %.300s", page.Status, err, page.Body)
	}
	for name, wanted := range map[string]int{"granted": granted, "contracted": contracted, "scheduled": scheduled, "delivered": delivered, "invoiced": invoiced} {
		if got[name] != wanted {
			g.Errorf("%s: %d minutes, not %d: %s", name, got[name], wanted, page.Body)
		}
	}
}

// hold lets the supervisor sign people in and close the first session.
func (g *grantedSeason) hold() {
	p, session := g.supervisor, g.sessions[0]
	g.clock(days[0], 9)
	p.open(session + "/sign-in")
	p.reads("La sessió encara no ha començat")
	p.lacks(`main form[action$="/close"]`)
	g.clock(days[0], 13)
	p.open(session + "/sign-in")
	first := p.page.Find(`main form[action$="/tap"]`).First().AttrOr("action", "")
	for range 3 {
		p.press(`form[action="`+first+`"]`, nil) // present, late, absent
	}
	p.reads("Aabsent", "pendent")
	p.press(`main form[action$="/rest"]`, nil)
	p.hides("pendent")
	p.press("main form.form", url.Values{"minutes": {"150"}})
	p.reads("La sessió està tancada i les hores, comptades", "2 h 30 min", "absent0 h", "present2 h 30 min", "No s’ha corregit res")
	g.balance(1080, 1080, 900, 150, 0)
	p.open(g.groups[0].Href() + "/hours?stage=delivered")
	p.reads("Sessió feta", "2 h 30 min")
	other := g.officer("diba", g.groups[1].Bodies.V[0].BodyID)
	other.answers(http.StatusNotFound, session)
	other.answers(http.StatusForbidden, session+"/sign-in")
	colleague := g.as(person{"Clara Castillo", "diba", actor.Supervisor})
	colleague.answers(http.StatusNotFound, session, session+"/sign-in", session+"/move", session+"/cancel")
}

// makeUp cancels a session and books it again within the rule.
func (g *grantedSeason) makeUp() {
	p, session := g.supervisor, g.sessions[1]
	g.clock("2020-10-05", 12)
	p.open(session + "/cancel")
	p.fill(url.Values{"reason": {"supervisor_ill"}})
	p.reads("La sessió està cancel·lada, les hores han tornat al grup", "Malaltia de qui supervisa", "menys de 48 hores d’avís", "S’ha de recuperar com a molt tard el 26/10/2020")
	g.balance(1080, 1080, 720, 150, 0)
	t := g.technician
	t.open(session)
	t.follow(link("Recupera-la"))
	t.refused(placed("2020-10-28", "180"), "S’havia de recuperar com a molt tard el 26/10/2020")
	t.fill(placed("2020-10-20", "180"))
	t.reads("La sessió està programada", "Recupera la del", "06/10/2020")
	g.sessions[1] = t.page.Path
	g.balance(1080, 1080, 900, 150, 0)
}

// reflect lets a member write what only the group reads.
func (g *grantedSeason) reflect() {
	group, body := g.groups[0], g.groups[0].Bodies.V[0]
	g.member = g.invite("Persona del grup", "membre@"+body.Code+".example", body.BodyID)
	g.technician.open(group.Href() + "/participants/new")
	g.technician.fill(url.Values{
		"name": {"Persona del grup"}, "email": {"membre@" + body.Code + ".example"}, "body": {body.BodyID.String()},
		"profession": {"social_educator"}, "joined": {"2020-07-06"},
	})
	record := group.Href() + "/record/" + strings.TrimPrefix(g.sessions[0], "/supervision/sessions/")
	p := g.member
	p.open("/my-supervision")
	p.reads(group.Name, "Lídia Mir Martí")
	p.open(record + "/edit")
	p.press("#reflection-record", url.Values{"worked": {confided}})
	p.reads(confided)
	g.supervisor.open(record)
	g.supervisor.reads(confided)
	for _, who := range []*player{g.technician, g.as(legal), g.officer("diba", body.BodyID), g.officer("diba", g.groups[1].Bodies.V[0].BodyID), g.as(stranger)} {
		if page := who.Get(record); strings.Contains(page.Body, confided) || page.Status == http.StatusOK && !strings.HasPrefix(page.Path, "/sign-in") {
			g.Errorf("somebody outside the group reads its record: %d at %s", page.Status, page.Path)
		}
	}
}
