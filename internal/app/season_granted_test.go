package app_test

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/PuerkitoBio/goquery"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/identity"
	"bastida/internal/modules/supervision"
)

// What a group writes, which only it may read, and what somebody answers
// without their name.
const (
	confided = "zxqvconfided paraules del grup"
	unsigned = "zxqvunsigned paraules sense nom"
)

// grantedSeason is a season of which the Diputació grants at most so many hours
// to each group that a call has formed.
type grantedSeason struct {
	stage

	call, programme string
	groups          []supervision.Group // two of the call, without a body in common
	sessions        []string            // of the first group
	technician      *player
	supervisor      *player
	member          *player
	code            string // of the body that rates low
}

// resolve brings the call from its closing day to its resolution.
func (g *grantedSeason) resolve(s stage) {
	p := s.as(technician)
	p.open("/calls")
	p.follow(link("Supervisió d'equips de serveis socials bàsics 2020"))
	g.call = p.page.Path
	p.open(g.call + "/applications")
	p.press(`main form[action$="/review/complete"]`, nil)
	p.open(g.call + "/applications?state=submitted&incomplete=true")
	p.arrive(p.Post(g.call+"/review/request_amendment", url.Values{"id": p.ticked()}))
	p.fill(url.Values{"text": {"Falten dades de l’annex."}})
	p.open(g.call + "/groupings/new")
	p.fill(url.Values{"seconds": {"1"}, "rounds": {"2"}, "seed": {"1"}})
	s.drain()
	p.open(p.page.Path)
	p.press(`main form[action$="/accept"]`, nil)
	p.reads("Acceptada")
	p.moveTo("2020-03-05") // whoever did not amend in ten working days is out
	p = s.as(legal)
	p.open(g.call + "/resolution/prepare")
	p.press(`main form[action$="/resolution/approve"]`, nil)
	p.open(g.call)
	p.reads("Resolta")
}

// ticked are the rows of the page that can be ticked.
func (p *player) ticked() (ids []string) {
	p.page.Find("input[name=id]").Each(func(_ int, box *goquery.Selection) { ids = append(ids, box.AttrOr("value", "")) })
	return ids
}

// live is the season itself.
func (g *grantedSeason) live(s stage) {
	g.stage = s
	g.clock("2020-07-02", 9)
	g.technician, g.supervisor = s.as(technician), s.as(person{"Lídia Mir", "diba", actor.Supervisor})
	g.prepare()
	g.state()
	g.staff()
	g.name()
	g.book()
	g.hold()
	g.makeUp()
	g.reflect()
	g.evaluateHalfWay()
	g.finish()
	g.breakTheCommitment()
	g.close()
	g.report()
}

// prepare makes the programme out of the resolution: the groups and their hours
// come along.
func (g *grantedSeason) prepare() {
	p := g.technician
	p.open("/supervision/programmes/new")
	said := url.Values{
		"title": {"Supervisió 2020, tardor"}, "season": {"2020"}, "profile": {"diba-20270"}, "origin": {"resolution"}, "call": {""},
		"starts": {"2020-07-06"}, "ends": {"2020-12-18"},
	}
	p.refused(said, "obligatori")
	said.Set("call", strings.TrimPrefix(g.call, "/calls/"))
	p.fill(said)
	g.programme = p.page.Path
	p.reads("S’ha creat el programa", "en preparació", "Resolució d’una convocatòria", "18 h", "Ningú no supervisa encara aquest grup", "sense indicar")
	p.lacks(`main form[action$="/close"]`)
	all, err := g.app.Inside().Supervision.Groups(g.asTechnician(), record.ID(strings.TrimPrefix(g.programme, "/supervision/programmes/")))
	g.must(err)
	g.groups = g.cast(all)
}

// cast picks two groups whose bodies have officers, and no body in common.
func (g *grantedSeason) cast(all []supervision.Group) (two []supervision.Group) {
	officers := map[record.ID]bool{}
	users, err := g.app.DemoUsers(g.Context(), "")
	g.must(err)
	for _, u := range users {
		officers[u.BodyID] = officers[u.BodyID] || u.TenantCode == "diba" && u.Role == actor.LocalOfficer
	}
	slices.SortStableFunc(all, func(a, b supervision.Group) int { return len(a.Bodies.V) - len(b.Bodies.V) })
	for _, wanted := range []int{2, 1} {
		i := slices.IndexFunc(all, func(x supervision.Group) bool {
			return len(x.Bodies.V) >= wanted && !slices.ContainsFunc(x.Bodies.V, func(b supervision.GroupBody) bool {
				return !officers[b.BodyID] || len(two) > 0 && slices.ContainsFunc(two[0].Bodies.V, func(o supervision.GroupBody) bool { return o.BodyID == b.BodyID })
			})
		})
		if i < 0 {
			g.Fatal("the call has no group for the story")
		}
		two = append(two, all[i])
	}
	return two
}

func (g *grantedSeason) asTechnician() context.Context {
	return actor.With(g.Context(), find(g.T, g.app, technician).Actor())
}

// state states what the profile leaves open; before, the programme does not open.
func (g *grantedSeason) state() {
	p := g.technician
	p.reads("Falta 1 xifra obligatòria")
	p.lacks(`main form[action$="/open"]`)
	if early := p.Post(g.programme+"/open", nil); early.Status != http.StatusConflict || !strings.Contains(early.Body, "xifra obligatòria") {
		g.Errorf("a programme without its figures opens: %d", early.Status)
	}
	p.open(g.programme + "/figures/session_minutes")
	p.refused(url.Values{"value": {"180"}, "source": {""}}, "obligatori")
	for name, value := range map[string]string{
		"session_minutes": "180", "rebook_days": "20", "cancel_notice_hours": "48", "analysis_days": "30", "retention_months": "12",
	} {
		p.open(g.programme + "/figures/" + name)
		p.fill(url.Values{"value": {value}, "source": {"Decisió inventada de la prova"}})
	}
	p.open(g.programme)
	p.reads("Decisió inventada de la prova. Ho va indicar Núria Ferrer Soler", "180 min")
	p.hides("xifra obligatòria", "xifres obligatòries")
}

// staff engages a provider and gives two groups their supervisor.
func (g *grantedSeason) staff() {
	p := g.technician
	p.open(g.programme + "/contracts/new")
	p.fill(url.Values{
		"provider": {"Supervisió inventada, SCCL"}, "scheme": {"Expedient"}, "reference": {"2020/0099"}, "document": {"Contracte inventat"},
		"signed_on": {"2020-06-30"}, "hours": {"36"}, "price": {"95"},
	})
	p.reads("Supervisió inventada, SCCL", "Expedient 2020/0099, 36 h a 95 €")
	for _, group := range g.groups {
		p.open(group.Href() + "/allocate")
		p.fill(url.Values{"supervisor": {p.option("supervisor", "Lídia Mir")}})
		p.reads("El grup ja té qui el supervisi", "Lídia Mir Martí")
		p.hides("Ningú no supervisa encara aquest grup")
	}
}

// name lets the officers say who takes part, each for their own body.
func (g *grantedSeason) name() {
	for i, group := range g.groups {
		other := g.officer("diba", g.groups[1-i].Bodies.V[0].BodyID)
		other.answers(http.StatusNotFound, group.Href(), group.Href()+"/participants/new", group.Href()+"/hours")
		for _, b := range group.Bodies.V {
			officer := g.officer("diba", b.BodyID)
			for n := range 2 {
				officer.open(group.Href() + "/participants/new")
				officer.fill(url.Values{
					"name": {"Persona " + b.Code + " " + string(rune('A'+n))}, "email": {"persona" + string(rune('a'+n)) + "@" + b.Code + ".example"}, "body": {b.BodyID.String()},
					"profession": {"social_worker"}, "joined": {"2020-07-06"},
				})
				officer.reads("La persona és al grup", "Persona "+b.Code)
			}
		}
	}
	group := g.groups[0]
	officer := g.officer("diba", group.Bodies.V[0].BodyID)
	officer.open(group.Href() + "/participants/new")
	elsewhere := group.Bodies.V[1].BodyID.String()
	officer.lacks(`option[value="` + elsewhere + `"]`)
	if got := officer.sent("main form.form", url.Values{
		"name": {"Persona"}, "email": {"persona@ens.example"}, "body": {elsewhere}, "profession": {"social_worker"},
	}); got.Status != http.StatusNotFound {
		g.Errorf("an officer names people of another body: %d", got.Status)
	}
	g.technician.open(g.programme)
	g.technician.press(`main form[action$="/open"]`, nil)
	g.technician.reads("El programa és obert", "en curs")
}

// invite gives somebody of a body an account in the Diputació.
func (g *grantedSeason) invite(name, email string, body record.ID) *player {
	in := g.app.Inside().Identity
	ctx := actor.AsSystem(g.Context(), g.groups[0].TenantID, "command")
	u, err := in.Register(ctx, identity.UserInput{Email: email, Name: name, Language: "ca", Demo: true})
	g.must(err)
	m, err := in.Grant(ctx, identity.MembershipInput{UserID: u.ID, Role: actor.Professional, BodyID: body})
	g.must(err)
	return g.act(identity.Acting{ID: m.ID, UserID: u.ID})
}
