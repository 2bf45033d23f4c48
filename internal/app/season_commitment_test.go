package app_test

import (
	"net/http"
	"net/url"

	"bastida/internal/kernel/actor"
)

// begin opens an evaluation and returns its page.
func (g *grantedSeason) begin(moment, by string) string {
	g.Helper()
	p := g.technician
	p.open(g.programme + "/evaluations/new")
	p.fill(url.Values{"moment": {moment}, "answer_by": {by}, "remind_after": {"0"}, "remind_most": {"1"}})
	p.reads("L’avaluació és oberta i tothom ha rebut l’avís", "pendent")
	return p.page.Path
}

// evaluateHalfWay asks everybody while something can still be changed.
func (g *grantedSeason) evaluateHalfWay() {
	g.clock("2020-10-28", 9)
	p := g.technician
	round := g.begin("half_way", "2020-11-10")
	if again := p.Post(g.programme+"/evaluations/new", url.Values{"moment": {"half_way"}, "answer_by": {"2020-11-12"}, "remind_after": {"0"}, "remind_most": {"1"}}); again.Status < http.StatusBadRequest {
		g.Errorf("the same evaluation opens twice: %d", again.Status)
	}
	all := p.ratings(round)
	g.officer("diba", all[0].Body).answers(http.StatusNotFound, "/supervision/ratings/"+all[len(all)-1].ID.String())
	for _, r := range all[1:] {
		g.officer("diba", r.Body).rate(r, "8")
	}
	p.open(round)
	p.lacks(`main form[action$="/close"]`)
	p.open(g.programme + "/commitment")
	p.reads("pendent", "Falta 1 valoració: no se sap si el compromís es compleix")
	p.hides("no complert")
	p.open(round)
	p.press(`main form[action$="/remind"]`, nil)
	p.reads("S’ha escrit a qui encara no ha respost")
	late := g.officer("diba", all[0].Body)
	late.open("/mailbox")
	late.reads("Recordatori: falta la vostra valoració (Supervisió 2020, tardor)")
	late.open("/supervision/ratings/" + all[0].ID.String() + "/rate")
	late.reads("Com valoreu la competència professional de Lídia Mir Martí?", "de 10")
	late.refused(url.Values{"score": {"11"}})
	late.refused(url.Values{"score": {""}})
	late.fill(url.Values{"score": {"7"}})
	late.reads("La valoració és desada i signada")
	g.answer()
	p.open(round)
	p.press(`main form[action$="/close"]`, nil)
	p.reads("L’avaluació és tancada")
	p.open(round + "/results")
	p.reads("Mínim per mostrar una xifra", "no es mostra")
	p.hides(unsigned, "Persona del grup")
	p.open(g.programme + "/commitment")
	p.reads("complert", "Totes les valoracions han arribat")
	p.hides("no complert")
}

// answer lets the member say without their name how it goes.
func (g *grantedSeason) answer() {
	p := g.member
	p.open("/my-supervision/evaluate/" + g.groups[0].ID.String())
	p.press("main form.form", url.Values{"competence": {"3"}, "words": {unsigned}})
	p.reads("Ningú no pot saber què heu dit")
	if again := p.Get("/my-supervision/evaluate/" + g.groups[0].ID.String()); again.Status != http.StatusNotFound {
		g.Errorf("somebody answers twice: %d", again.Status)
	}
}

// finish holds what is planned and enters the invoice.
func (g *grantedSeason) finish() {
	p := g.supervisor
	g.clock("2020-12-10", 9)
	for _, session := range g.sessions[1:] {
		p.open(session + "/sign-in")
		p.press(`main form[action$="/rest"]`, nil)
		p.press("main form.form", url.Values{"minutes": {"180"}})
	}
	g.balance(1080, 1080, 0, 1050, 0)
	t := g.technician
	t.open(g.programme + "/hours/invoice")
	bill := url.Values{"contract": {t.option("contract", "2020/0099")}, "number": {"F-2020-12"}, "date": {"2020-12-10"}}
	name := t.page.Find(`select[name="items.0.group"], input[name="items.0.group"]`)
	bill.Set("items.0.group", g.groups[0].ID.String())
	bill.Set("items.0.hours", "17,75")
	if name.Length() == 0 {
		g.Fatalf("no row for the group: %s", t.page.Body)
	}
	t.refused(bill, "no se’n poden facturar 17,75")
	bill.Set("items.0.hours", "17,5")
	t.fill(bill)
	t.reads("La factura s’ha entrat")
	g.balance(1080, 1080, 0, 1050, 1050)
}

// breakTheCommitment lets one body rate lower than was promised, by a tenth.
func (g *grantedSeason) breakTheCommitment() {
	p := g.technician
	round := g.begin("final", "2020-12-17")
	all := p.ratings(round)
	for i, r := range all {
		score := "9"
		if i == 0 {
			score = "6,9"
		}
		g.officer("diba", r.Body).rate(r, score)
	}
	g.code = all[0].BodyName
	p.open(g.programme + "/commitment")
	p.reads("no complert", "6,9, per sota de 7", "1 valoració per sota. Falta l’anàlisi de causes, termini 09/01/2021", g.code)
	p.open(round)
	p.press(`main form[action$="/close"]`, nil)
	p.reads("L’avaluació és tancada")
	p.open("/supervision")
	p.reads("Supervisió 2020, tardor", "Hores fetes17,5 de", "Valoracions de 7 o més5 de 6", "1 llista per tancar")
	p.hides(confided, unsigned, "Persona del grup")
}

// close ends the programme, once it is explained why the word was broken.
func (g *grantedSeason) close() {
	p := g.technician
	p.explain(g.programme, "1 valoració per sota. Falta l’anàlisi de causes")
	p.reads("L’anàlisi i les millores ja hi són")
	p.press(`main form[action$="/close"]`, nil)
	p.reads("El programa s’ha tancat", "tancat", "Núria Ferrer Soler")
	p.lacks(`main form[action$="/close"]`, `main form[action$="/open"]`, `main a[href$="/groups/new"]`)
	p.answers(http.StatusOK, g.programme+"/hours", g.programme+"/coverage")
	late := p.Post(g.groups[0].Href()+"/sessions/new", placed("2020-12-17", "30"))
	if late.Status < http.StatusBadRequest {
		g.Errorf("a closed programme takes sessions: %d", late.Status)
	}
}

// report publishes what everybody may read of the commitment.
func (g *grantedSeason) report() {
	p := g.technician
	p.open("/commitments/new")
	p.fill(url.Values{"year": {"2020"}})
	report := p.page.Path
	p.reads("L’informe és preparat", "El públic no veu aquest informe")
	public := g.as(stranger)
	public.answers(http.StatusNotFound, report)
	p.open(report)
	p.press(`main form[action$="/publish"]`, nil)
	p.reads("L’informe és publicat")
	public.open("/commitments")
	public.follow(`main a[href="` + report + `"]`)
	public.reads("Supervisió 2020, tardor", "no complert", "El compromís no s’ha complert", "6,9", "Acció inventada", "Resum inventat")
	public.hides("Lídia Mir", g.code, "Persona Responsable", "Persona del grup", "Explicació inventada", confided)
	officer := g.officer("diba", g.groups[0].Bodies.V[0].BodyID)
	officer.open(report)
	for _, who := range []person{{"", "diba", actor.Auditor}, otherOffice} {
		g.as(who).answers(http.StatusOK, report)
	}
}
