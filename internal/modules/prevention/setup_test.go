package prevention_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/alexedwards/scs/v2"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/findings"
	"bastida/internal/modules/identity"
	"bastida/internal/modules/prevention"
	"bastida/internal/modules/teams"
	"bastida/internal/modules/territory"
	"bastida/internal/modules/wellbeing"
	"bastida/internal/platform/db"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/jobs"
	"bastida/internal/platform/mail"
	"bastida/internal/platform/pack"
	"bastida/internal/platform/testkit"
	"bastida/internal/platform/ui"
	"bastida/internal/platform/web"
	"bastida/packs"
)

// world is a service with two municipalities, and another service beside it.
type world struct {
	db        *db.DB
	clock     *testkit.Clock
	people    *identity.Service
	teams     *teams.Service
	wellbeing *wellbeing.Service
	findings  *findings.Service
	plans     *prevention.Service
	router    *web.Router
	handler   http.Handler
	bodies    map[string]identity.Body
	demo      map[string]identity.Acting
}

func each(t *testing.T, f func(t *testing.T, w *world)) {
	t.Helper()
	t.Parallel()
	schemas := []db.Schema{
		jobs.Schema, mail.Schema, identity.New(nil, false).Module().Schema(), territory.New(nil, nil).Module().Schema(),
		teams.New(nil, nil, nil).Module().Schema(), wellbeing.New(wellbeing.Deps{}).Module().Schema(), findings.New(findings.Deps{}).Module().Schema(),
		prevention.New(prevention.Deps{}).Module().Schema(),
	}
	testkit.EachURL(t, schemas, func(t *testing.T, url string) {
		clock := testkit.NewClock(testkit.Now)
		f(t, build(t, testkit.Open(t, url, clock), clock))
	})
}

func build(t *testing.T, d *db.DB, clock *testkit.Clock) *world {
	t.Helper()
	set, err := pack.Load(packs.FS)
	if err != nil {
		t.Fatal(err)
	}
	instruments, err := wellbeing.ReadInstruments(packs.FS)
	if err != nil {
		t.Fatal(err)
	}
	w := &world{db: d, clock: clock, people: identity.New(d, true), bodies: map[string]identity.Body{}, demo: map[string]identity.Acting{}}
	places := territory.New(d, territory.Drawings(set))
	w.teams = teams.New(d, w.people, places)
	w.wellbeing = wellbeing.New(wellbeing.Deps{
		DB: d, Identity: w.people, Teams: w.teams, Instruments: instruments, URL: "https://bastida.example",
		Say: func(lang, key string, args ...any) string { return w.router.Messages.Say(lang, key, args...) },
	})
	w.findings = findings.New(findings.Deps{DB: d, Territory: places, Teams: w.teams, Wellbeing: w.wellbeing})
	w.plans = prevention.New(prevention.Deps{DB: d, Teams: w.teams, Wellbeing: w.wellbeing, Findings: w.findings})
	for _, code := range []string{"diba", "imas", "vic", "manlleu"} {
		b, err := w.people.RegisterBody(t.Context(), identity.BodyInput{Code: code, Pack: code, Name: "Body of " + code, Language: "en", LeadsPack: code == "diba" || code == "imas"})
		if err != nil {
			t.Fatal(err)
		}
		w.bodies[code] = b
	}
	p, err := set.Pack("mugello")
	if err != nil {
		t.Fatal(err)
	}
	for _, code := range []string{"diba", "imas"} {
		load := territory.PackLoad{Bodies: map[string]record.ID{"048002": w.bodies["vic"].ID, "048004": w.bodies["manlleu"].ID}}
		if err := places.LoadPack(actor.AsSystem(t.Context(), w.bodies[code].ID, "command"), p, load); err != nil {
			t.Fatal(err)
		}
	}
	for _, one := range []struct {
		tenant, email, body string
		role                actor.Role
	}{
		{"diba", "tech@diba.example", "", actor.Technician},
		{"diba", "admin@diba.example", "", actor.Administrator},
		{"diba", "auditor@diba.example", "", actor.Auditor},
		{"diba", "lead@vic.example", "vic", actor.TeamLead},
		{"diba", "prof@vic.example", "vic", actor.Professional},
		{"diba", "lead@manlleu.example", "manlleu", actor.TeamLead},
		{"imas", "tech@imas.example", "", actor.Technician},
	} {
		w.person(t, one.tenant, one.email, one.body, one.role)
	}
	w.mount(t)
	return w
}

func (w *world) person(t *testing.T, tenant, email, body string, role actor.Role) {
	t.Helper()
	ctx := actor.AsSystem(t.Context(), w.bodies[tenant].ID, "command")
	u, err := w.people.Register(ctx, identity.UserInput{Email: email, Name: "Person " + email, Language: "en", Demo: true})
	if err != nil {
		t.Fatal(err)
	}
	m, err := w.people.Grant(ctx, identity.MembershipInput{UserID: u.ID, Role: role, BodyID: w.bodies[body].ID})
	if err != nil {
		t.Fatal(err)
	}
	w.demo[email] = identity.Acting{ID: m.ID, TenantID: m.TenantID, UserID: u.ID, Role: role, UserName: u.Name, BodyID: w.bodies[body].ID}
}

func (w *world) mount(t *testing.T) {
	t.Helper()
	messages, err := i18n.Load(web.Locales, ui.Locales, pack.Locales, w.people.Module().Locales, w.teams.Module().Locales,
		w.wellbeing.Module().Locales, w.findings.Module().Locales, w.plans.Module().Locales)
	if err != nil {
		t.Fatal(err)
	}
	r := web.NewRouter()
	r.Sessions, r.Messages, r.Log = scs.New(), messages, slog.New(slog.NewTextHandler(io.Discard, nil))
	r.Frame = func(req *http.Request) ui.Frame {
		f := ui.Frame{Lang: i18n.Lang(req.Context()), Path: req.URL.RequestURI(), Flash: r.Flash(req)}
		if a := actor.From(req.Context()); a.SignedIn() {
			f.User = &ui.User{Name: a.Name}
		}
		return f
	}
	w.people.Module().Routes(r.For("identity"))
	w.teams.Module().Routes(r.For("teams"))
	w.findings.Module().Routes(r.For("findings"))
	w.plans.Module().Routes(r.For("prevention"))
	w.router = r
	w.handler = r.Sessions.LoadAndSave(w.people.Identify(r, r))
}

// as is a context in which a person acts.
func (w *world) as(t *testing.T, email string) context.Context {
	t.Helper()
	return actor.With(t.Context(), w.demo[email].Actor())
}

// visit opens the pages in English, as somebody or as a stranger.
func (w *world) visit(t *testing.T, email string) *testkit.Visitor {
	t.Helper()
	v := testkit.Visit(t, w.handler)
	v.Post("/preferences/language", url.Values{"language": {"en"}, "back": {"/answer"}})
	if email != "" {
		m := w.demo[email]
		v.Post("/sign-in/demo", url.Values{"user": {m.UserID.String()}, "membership": {m.ID.String()}, "back": {"/wellbeing"}})
	}
	return v
}

// team describes a team of a body.
func (w *world) team(t *testing.T, name, body string, people int) teams.Team {
	t.Helper()
	in := teams.TeamInput{Name: name, BodyID: w.bodies[body].ID, Headcount: people}
	made, err := w.teams.Add(w.as(t, "tech@diba.example"), in)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func text(p testkit.Page) string { return strings.Join(strings.Fields(p.Find("main").Text()), " ") }

func shows(t *testing.T, p testkit.Page, wanted ...string) {
	t.Helper()
	for _, one := range wanted {
		if !strings.Contains(text(p), one) {
			t.Errorf("%s (%d) does not show %q: %.1500s", p.Path, p.Status, one, text(p))
		}
	}
}
