package app_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"testing"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/record"
	"bastida/internal/platform/testkit"
)

// TestSeasonsAreLivedFromFormedGroupsToTheirEnd lives one season of each
// profile, on both engines, as people do without scripts: the maximum of hours
// that follows from a call of the Diputació, the minimums for each professional
// of Treviso, and the reflection among peers of a centre of Barcelona.
func TestSeasonsAreLivedFromFormedGroupsToTheirEnd(t *testing.T) {
	t.Parallel()
	testkit.EachURL(t, nil, func(t *testing.T, url string) {
		s := newStage(t, url, afterWindow)
		granted := &grantedSeason{}
		s.play("a call becomes groups", func(s stage) { granted.resolve(s) })
		s.play("a minimum for each professional", minimums)
		s.play("peers by themselves", peers)
		s.play("a maximum of hours", func(s stage) { granted.live(s) })
		s.play("what is kept of it all", stage.verified)
	})
}

// peers lives a season without funder, supervisor or contract.
func peers(s stage) {
	p := s.as(person{"", "barcelona", actor.Technician})
	p.moveTo("2020-07-01")
	p.open("/supervision/programmes")
	p.follow(link("Espais de reflexió 2020"))
	programme := p.page.Path
	p.reads("en curs", "Decisió pròpia", "Acord inventat de la direcció del centre", "No hi ha cap contracte", "Reflexió entre iguals")
	p.hides("Ningú no supervisa", "Assigna supervisor", "Compromís", "Avaluacions", "valoraci", "/commitment")
	p.lacks(`main a[href$="/commitment"]`, `main a[href*="/evaluations"]`)
	p.follow(link("Reflexió entre iguals"))
	p.hides("Ningú no supervisa", "Assigna supervisor")
	group := p.page.Path
	p.open(group + "/hours")
	p.reads("Concedides9 h", "Fetes5 h")
	p.open(programme + "/evaluations/new")
	p.refused(url.Values{"moment": {"final"}, "answer_by": {"2020-07-10"}, "remind_after": {"0"}, "remind_most": {"0"}}, "no diu l’escala de les valoracions")
	peer := s.as(person{"Aurora Hernández", "barcelona", actor.Professional})
	peer.open(group)
	peer.reads("Glòria Farré Vázquez")
	peer.hides("Edita", "Assigna")
	peer.open(group + "/record")
	peer.reads("Èlia Molas Collell")
	peer.follow(`main a[href*="/record/"]:contains("Sessió")`)
	peer.follow(`main a[href$="/edit"]`)
	peer.press("#reflection-record", url.Values{"worked": {confided}})
	peer.reads(confided)
	p.answers(http.StatusForbidden, group+"/record")
	p.open("/supervision")
	p.reads("Espais de reflexió 2020", "Reflexió entre iguals")
	p.lacks(`main a[href$="/allocate"]`, `main a[href*="/evaluations"]`, `main a[href$="/contracts/new"]`)
	p.hides("Assigna", "per sota", confided)

	p.open(programme)
	p.press(`main form[action$="/close"]`, nil)
	p.reads("El programa s’ha tancat", "tancat")
	p.lacks(`main form[action$="/close"]`, `main a[href$="/contracts/new"]`, `main a[href$="/groups/new"]`)
}

// minimums lives the season of an ambito, whose professionals have a minimum of
// hours in each action.
func minimums(s stage) {
	p := s.as(person{"", "treviso", actor.Technician})
	p.open("/supervision/programmes")
	p.follow(link("Supervisione professionale 2019-2020"))
	programme := p.page.Path
	p.reads("in corso", "DIMOSTRAZIONE-1", "Cooperativa inventata Riflessi", "Cifra inventata per la dimostrazione")
	p.professions()
	p.open(programme)
	p.individual()
	p.moveTo("2020-05-04")
	p.coverage(programme)
	p.halfWayEnds(programme)
	p.open(programme)
	p.reads("nessuno ha aperto la valutazione finale")
	p.evaluate(programme, "2020-05-20", "La valutazione è aperta", func(rating) string { return "8" })
	p.explain(programme, "3 valutazioni sotto la soglia. Manca l’analisi delle cause")
	p.press(`main form[action$="/close"]`, nil)
	p.reads("Il programma è stato chiuso", "chiuso")
	p.hides("Assegna", "Aggiungi")
}

// professions tries to bring another profession into a group of one.
func (p *player) professions() {
	p.Helper()
	p.follow(link("Livenza"))
	group := p.page.Path
	p.reads("A1", "5 professionisti su 8: il gruppo è troppo piccolo")
	p.open(group + "/allocate")
	p.refused(url.Values{"supervisor": {p.option("supervisor", "Anna Baldi")}}, "Anna Baldi non ha la professione del gruppo")
	p.open(group + "/participants/new")
	p.lacks(`option[value=psychologist]`)
	p.refused(url.Values{
		"name": {"Persona Inventata"}, "email": {"persona@mottadilivenza.example"}, "body": {p.option("body", "Motta di Livenza")}, "profession": {"psychologist"},
	}, "Il profilo non prevede questa professione")
}

// individual adds the supervision of one person to the programme of the page.
func (p *player) individual() {
	p.Helper()
	p.open(p.page.Path + "/groups/new")
	p.fill(url.Values{
		"name": {"Percorso individuale"}, "kind": {"individual"}, "place": {"026086"}, "language": {"it"}, "hours": {"4"},
		"contract": {p.option("contract", "DIMOSTRAZIONE-1")}, "bodies.0.body": {"treviso"}, "bodies.0.professionals": {"1"},
	})
	p.reads("A2", "Percorso individuale", "4 h")
	group := p.page.Path
	p.open(group + "/participants/new")
	p.fill(url.Values{
		"name": {"Giovanni Carbone"}, "email": {"giovanni.carbone@treviso.example"}, "body": {p.option("body", "Treviso")}, "profession": {"social_worker"},
	})
	p.open(group + "/allocate")
	p.fill(url.Values{"supervisor": {p.option("supervisor", "Cristina Martini")}})
	for _, day := range []string{"2020-03-25", "2020-04-15"} {
		p.open(group + "/sessions/new")
		p.fill(url.Values{"day": {day}, "at": {"15:00"}, "minutes": {"120"}})
		p.reads("La sessione è in calendario", "Cristina Martini")
	}
}

// coverage reads who has had what against the minimums.
func (p *player) coverage(programme string) {
	p.Helper()
	p.open(programme + "/coverage")
	p.reads("minimo non raggiunto", "minimo raggiunto", "16 h", "Non si è ancora svolto nessun incontro")
	p.hides("minimo non indicato")
	p.open(programme + "/coverage?words=Giovanni+Carbone")
	p.reads("A2 · ", "4 h", "minimo raggiunto")
	p.hides("minimo non raggiunto", "in ritardo")
	p.open(programme + "/coverage?words=Monica+Piovesan")
	p.reads("A1 · ", "minimo non raggiunto")
	p.open(programme + "/coverage?words=Alessandra+Da+Re")
	p.reads("A3 · ", "9 h", "minimo raggiunto")
}

// rating is one that a body is asked for.
type rating struct {
	ID, Body      record.ID
	BodyName      string `json:"body_name"`
	Answer, Group string
}

// ratings are those of the round of the page.
func (p *player) ratings(round string) (all []rating) {
	p.Helper()
	page := p.Get("/api/v1" + round + "/ratings")
	var list struct{ Items []rating }
	if err := json.Unmarshal([]byte(page.Body), &list); err != nil || page.Status != http.StatusOK {
		p.Fatalf("ratings: %d, %v: %.300s", page.Status, err, page.Body)
	}
	return list.Items
}

// halfWayEnds closes the evaluation that bodies answered half-way.
func (p *player) halfWayEnds(programme string) {
	p.Helper()
	p.open("/supervision/evaluations?programme=" + programme[len("/supervision/programmes/"):])
	p.follow("main tbody a")
	p.press(`main form[action$="/close"]`, nil)
	p.reads("La valutazione è chiusa")
}

// evaluate opens the final evaluation, lets every body say what it thinks, and
// closes it.
func (p *player) evaluate(programme, by, opened string, score func(rating) string) {
	p.Helper()
	p.open(programme + "/evaluations/new")
	p.fill(url.Values{"moment": {"final"}, "answer_by": {by}, "remind_after": {"0"}, "remind_most": {"1"}})
	p.reads(opened)
	round := p.page.Path
	for _, r := range p.ratings(round) {
		p.officer("treviso", r.Body).rate(r, score(r))
	}
	p.open(round)
	p.press(`main form[action$="/close"]`, nil)
}

// rate signs a rating.
func (p *player) rate(r rating, score string) {
	p.Helper()
	p.open("/supervision/ratings/" + r.ID.String() + "/rate")
	p.fill(url.Values{"score": {score}})
}
