package register_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"testing"

	"github.com/alexedwards/scs/v2"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/profession"
	"bastida/internal/modules/identity"
	"bastida/internal/modules/register"
	"bastida/internal/modules/supervisors"
	"bastida/internal/modules/territory"
	"bastida/internal/platform/db"
	"bastida/internal/platform/files"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/testkit"
	"bastida/internal/platform/ui"
	"bastida/internal/platform/web"
)

// The people of the tests. All of them are invented.
const (
	nuria   = "nuria@diba.example"         // technician
	oriol   = "oriol@diba.example"         // technician and supervisor, with one address
	laia    = "laia@supervisio.example"    // supervisor
	pere    = "pere@supervisio.example"    // another supervisor
	auditor = "auditor@diba.example"       // auditor
	officer = "officer@vilarodona.example" // local officer
	toni    = "toni@imas.example"          // technician of another tenant
)

// world is an installation with two tenants and the places of one.
type world struct {
	*supervisors.Service
	db      *db.DB
	people  *identity.Service
	handler http.Handler
	bodies  map[string]identity.Body
	demo    map[string]identity.Acting // by e-mail address
}

func each(t *testing.T, f func(t *testing.T, w *world)) {
	t.Helper()
	t.Parallel()
	schemas := []db.Schema{
		identity.New(nil, false).Module().Schema(), files.Schema, territory.New(nil, nil).Module().Schema(),
		supervisors.New(supervisors.Deps{}).Module().Schema(),
	}
	testkit.EachEngine(t, schemas, func(t *testing.T, d *db.DB) { f(t, build(t, d)) })
}

func build(t *testing.T, d *db.DB) *world {
	t.Helper()
	store, err := files.New(d, files.Options{Dir: t.TempDir()})
	must(t, err)
	people, places := identity.New(d, true), territory.New(d, nil)
	w := &world{
		Service: supervisors.New(supervisors.Deps{DB: d, Identity: people, Territory: places, Files: store}), db: d, people: people,
		bodies: map[string]identity.Body{}, demo: map[string]identity.Acting{},
	}
	for _, code := range []string{"diba", "imas", "vilarodona", "ullastre"} {
		pack := code
		if code == "vilarodona" || code == "ullastre" {
			pack = "diba"
		}
		b, err := people.RegisterBody(t.Context(), identity.BodyInput{Code: code, Pack: pack, Name: "Body of " + code, Language: "en", LeadsPack: code == pack})
		must(t, err)
		w.bodies[code] = b
	}
	w.person(t, "diba", nuria, actor.Technician)
	w.person(t, "diba", oriol, actor.Technician)
	w.person(t, "diba", laia, actor.Supervisor)
	w.person(t, "diba", pere, actor.Supervisor)
	w.person(t, "diba", auditor, actor.Auditor)
	w.person(t, "diba", officer, actor.LocalOfficer)
	w.person(t, "imas", toni, actor.Technician)
	must(t, places.LoadPlaces(w.system(t, "diba"), []territory.Place{
		{Code: "08001", Kind: territory.Municipality, Name: "Vilarodona", NameFold: "vilarodona", Area: "Alt Penedès", AreaFold: "alt penedes", Status: territory.Official},
		{Code: "08002", Kind: territory.Municipality, Name: "Ullastre", NameFold: "ullastre", Area: "Garraf", AreaFold: "garraf", Status: territory.Official},
	}))
	w.mount(t, places)
	return w
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (w *world) person(t *testing.T, body, email string, role actor.Role) {
	t.Helper()
	ctx := w.system(t, body)
	u, err := w.people.Register(ctx, identity.UserInput{Email: email, Name: "Person " + email, Language: "en", Demo: true})
	must(t, err)
	m, err := w.people.Grant(ctx, identity.MembershipInput{UserID: u.ID, Role: role})
	must(t, err)
	w.demo[email] = identity.Acting{ID: m.ID, TenantID: m.TenantID, UserID: u.ID, Role: role, UserName: u.Name}
}

func (w *world) mount(t *testing.T, places *territory.Service) {
	t.Helper()
	module := register.New(register.Deps{Supervisors: w.Service, Identity: w.people, Territory: places, Files: w.Files}).Module()
	messages, err := i18n.Load(web.Locales, ui.Locales, w.people.Module().Locales, w.Files.Module().Locales, w.Module().Locales, module.Locales)
	must(t, err)
	r := web.NewRouter()
	r.Sessions, r.Messages, r.Log = scs.New(), messages, slog.New(slog.NewTextHandler(io.Discard, nil))
	r.Frame = func(req *http.Request) ui.Frame {
		f := ui.Frame{Lang: i18n.Lang(req.Context()), Path: req.URL.RequestURI(), Flash: r.Flash(req)}
		if a := actor.From(req.Context()); a.SignedIn() {
			f.User = &ui.User{Name: a.Name}
		}
		return f
	}
	w.people.OfferScopes(w.Module().Permissions)
	w.people.Module().Routes(r.For("identity"))
	module.Routes(r.For("register"))
	w.handler = r.Sessions.LoadAndSave(w.people.Identify(r, r))
}

func (w *world) system(t *testing.T, body string) context.Context {
	t.Helper()
	return actor.AsSystem(t.Context(), w.bodies[body].ID, "command")
}

// as is a context in which a person acts.
func (w *world) as(t *testing.T, email string) context.Context {
	t.Helper()
	return actor.With(t.Context(), w.demo[email].Actor())
}

// visit opens a browser in which a person is signed in.
func (w *world) visit(t *testing.T, email string) *testkit.Visitor {
	t.Helper()
	v := testkit.Visit(t, w.handler)
	m := w.demo[email]
	v.Post("/sign-in/demo", url.Values{"user": {m.UserID.String()}, "membership": {m.ID.String()}, "back": {"/supervision/supervisors"}})
	return v
}

// sheet is an input that says what the register asks for.
func sheet(name, email string) supervisors.SupervisorInput {
	return supervisors.SupervisorInput{
		Name: name, Email: email, Phone: "600 000 001", Provider: "Supervisió Inventada", External: true, Profession: profession.SocialWorker,
		Languages: []string{"ca", "es"}, Areas: []string{"Alt Penedès"}, Home: "08001", WeeklyHours: 7.5, SeasonHours: 120,
	}
}

// add enters somebody in the register.
func (w *world) add(t *testing.T, in supervisors.SupervisorInput) supervisors.Supervisor {
	t.Helper()
	s, err := w.Add(w.as(t, nuria), in)
	must(t, err)
	return s
}

// diploma adds a piece of evidence.
func (w *world) diploma(t *testing.T, s supervisors.Supervisor) supervisors.Piece {
	t.Helper()
	p, err := w.AddEvidence(w.as(t, nuria), s.ID, supervisors.EvidenceInput{
		Kind: supervisors.SupervisorTraining, Title: "Diploma in supervision", Institution: "Invented School", Hours: 250, Date: civil.MustParse("2015-06-30"),
	})
	must(t, err)
	return p
}
