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
	p.reads("5 h")
	p.answers(404, programme+"/commitment/none")

	p.open(programme)
	p.press(`main form[action$="/close"]`, nil)
	p.reads("El programa s’ha tancat", "tancat")
	p.lacks(`main form[action$="/close"]`, `main a[href$="/contracts/new"]`, `main a[href$="/groups/new"]`)
}

// minimums lives the season of an ambito, whose professionals have a minimum of
// hours in each action.
func minimums(s stage) {
	p := s.as(person{"", "treviso", actor.Technician})
	p.moveTo("2020-05-04")
	p.open("/supervision/programmes")
	p.follow(link("Supervisione professionale 2019-2020"))
	programme := p.page.Path
	p.reads("in corso", "DIMOSTRAZIONE-1", "Cooperativa inventata Riflessi")
	s.professionRule(p, programme)
	p.coverage(programme)
	p.halfWayEnds(programme)
	p.evaluate(programme, "2020-05-20", "La valutazione è aperta", func(rating) string { return "8" })
	p.open(programme)
	p.press(`main form[action$="/close"]`, nil)
	p.reads("Il programma è stato chiuso", "chiuso")
}

// professionRule tries to bring another profession into a group of one.
func (s stage) professionRule(p *player, programme string) {
	p.open(programme)
	p.follow(link("Livenza"))
	group := p.page.Path
	p.reads("A1")
	p.open(group + "/allocate")
	p.refused(url.Values{"supervisor": {p.option("supervisor", "Anna Baldi")}}, "professione")
	p.open(group + "/participants/new")
	p.lacks(`option[value=psychologist]`)
	p.refused(url.Values{
		"name": {"Persona Inventata"}, "email": {"persona@mottadilivenza.example"}, "body": {p.option("body", "Motta di Livenza")}, "profession": {"psychologist"},
	}, "profilo")
	p.answers(200, group)
}

// coverage reads who has had what against the minimums.
func (p *player) coverage(programme string) {
	p.Helper()
	p.open(programme + "/coverage")
	p.reads("minimo non raggiunto", "minimo raggiunto", "16 h", "Non si è ancora svolto nessun incontro")
	p.hides("minimo non indicato")
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
