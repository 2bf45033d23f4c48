package resolution_test

import (
	"context"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"net/url"
	"sync"
	"testing"
	"time"

	"github.com/alexedwards/scs/v2"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/record"
	"bastida/internal/kernel/text"
	"bastida/internal/modules/applications"
	"bastida/internal/modules/calls"
	"bastida/internal/modules/catalogue"
	"bastida/internal/modules/drafts"
	"bastida/internal/modules/identity"
	"bastida/internal/modules/instruments"
	"bastida/internal/modules/resolution"
	"bastida/internal/modules/territory"
	"bastida/internal/platform/db"
	"bastida/internal/platform/files"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/jobs"
	"bastida/internal/platform/mail"
	"bastida/internal/platform/module"
	"bastida/internal/platform/pack"
	"bastida/internal/platform/rule"
	"bastida/internal/platform/testkit"
	"bastida/internal/platform/ui"
	"bastida/internal/platform/web"
	"bastida/packs"
)

// world is an installation where one organisation convenes and some invented
// municipalities apply.
type world struct {
	db           *db.DB
	clock        *testkit.Clock
	identity     *identity.Service
	instruments  *instruments.Service
	calls        *calls.Service
	catalogue    *catalogue.Service
	applications *applications.Service
	resolution   *resolution.Service
	tenant       record.ID
	call         calls.Call
	resource     catalogue.Resource
	bodies       map[string]identity.Body
	people       map[string]identity.Acting
	messages     *i18n.Catalogue
	handler      http.Handler
	modules      []module.Descriptor
}

// The bodies of the tests: two small municipalities that would share a group, a
// large one, and a consortium, which the call of 2020 does not admit.
const (
	small      = "08901"
	other      = "08902"
	large      = "08903"
	consortium = "C-901"
)

// dated returns an instant of the call of 2020 as a clock on the wall shows it.
func dated(wall string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04:05", wall, i18n.Zone)
	if err != nil {
		panic(err)
	}
	return t
}

// each runs f on both engines, on the morning of 20 January 2020, with the call
// of 2020 open.
func each(t *testing.T, f func(t *testing.T, w *world)) {
	t.Helper()
	t.Parallel()
	testkit.EachURL(t, schemas(), func(t *testing.T, url string) {
		clock := testkit.NewClock(dated("2020-01-09 10:00:00"))
		f(t, build(t, testkit.Open(t, url, clock), clock))
	})
}

func schemas() []db.Schema {
	s := []db.Schema{jobs.Schema, mail.Schema, files.Schema}
	for _, m := range (&world{}).connect(nil, nil) {
		if m.Migrations != nil {
			s = append(s, m.Schema())
		}
	}
	return s
}

func (w *world) connect(d *db.DB, store *files.Store) []module.Descriptor {
	w.identity, w.instruments = identity.New(d, true), instruments.New(d)
	places := territory.New(d, nil)
	w.calls = calls.New(calls.Deps{DB: d, Identity: w.identity, Territory: places})
	w.applications = applications.New(applications.Deps{
		DB: d, Identity: w.identity, Territory: places, Instruments: w.instruments, Calls: w.calls, Files: store,
	})
	w.catalogue = catalogue.New(d, w.identity)
	w.resolution = resolution.New(resolution.Deps{
		DB: d, Identity: w.identity, Instruments: w.instruments, Catalogue: w.catalogue, Calls: w.calls, URL: "https://portal.example",
		Say: func(lang, key string, args ...any) string { return w.messages.Say(lang, key, args...) },
	})
	return []module.Descriptor{
		w.identity.Module(), places.Module(), w.instruments.Module(), w.catalogue.Module(), drafts.Module(), w.calls.Module(), w.applications.Module(),
		w.resolution.Module(),
	}
}

func build(t *testing.T, d *db.DB, clock *testkit.Clock) *world {
	t.Helper()
	w := &world{db: d, clock: clock, bodies: map[string]identity.Body{}, people: map[string]identity.Acting{}}
	store, err := files.New(d, files.Options{Dir: t.TempDir()})
	must(t, err)
	w.modules = w.connect(d, store)
	w.mount(t)
	w.tenant = w.body(t, "diba", identity.Supramunicipal, "Body that convenes").ID
	w.body(t, small, identity.Municipality, "Vilapetita")
	w.body(t, other, identity.Municipality, "Vallxica")
	w.body(t, large, identity.Municipality, "Vilagran")
	w.body(t, consortium, identity.Consortium, "Consorci inventat")
	w.person(t, "technician", actor.Technician, "")
	w.person(t, "second", actor.Technician, "")
	w.person(t, "legal", actor.LegalOfficer, "")
	w.person(t, "auditor", actor.Auditor, "")
	for _, code := range []string{small, other, large, consortium} {
		w.person(t, code, actor.LocalOfficer, code)
	}
	w.territory(t)
	raw, err := packs.FS.ReadFile("diba/instruments/C1-034.json")
	must(t, err)
	_, err = w.instruments.Load(w.system(t), raw)
	must(t, err)
	raw, err = packs.FS.ReadFile("diba/resources/20270.json")
	must(t, err)
	w.resource, err = w.catalogue.Load(w.system(t), raw)
	must(t, err)
	w.call = w.load(t, "diba/calls/2020-20270.json")
	clock.Set(dated("2020-01-20 10:00:00"))
	return w
}

func (w *world) load(t *testing.T, file string) calls.Call {
	t.Helper()
	raw, err := packs.FS.ReadFile(file)
	must(t, err)
	c, err := w.calls.LoadCall(w.system(t), raw, w.resource.ID)
	must(t, err)
	return c
}

func (w *world) body(t *testing.T, code string, kind identity.BodyKind, name string) identity.Body {
	t.Helper()
	b, err := w.identity.RegisterBody(t.Context(), identity.BodyInput{Code: code, Pack: "diba", Kind: kind, Name: name, Language: "ca"})
	must(t, err)
	w.bodies[code] = b
	return b
}

// person makes a demo account that acts in the tenant that convenes.
func (w *world) person(t *testing.T, name string, role actor.Role, body string) {
	t.Helper()
	u, err := w.identity.Register(w.system(t), identity.UserInput{Email: name + "@" + "example.example", Name: "Person " + name, Language: "ca", Demo: true})
	must(t, err)
	m, err := w.identity.Grant(w.system(t), identity.MembershipInput{UserID: u.ID, Role: role, BodyID: w.bodies[body].ID})
	must(t, err)
	w.people[name] = identity.Acting{ID: m.ID, TenantID: m.TenantID, UserID: u.ID, Role: role, UserName: u.Name, BodyID: m.BodyID}
}

var wholePack = sync.OnceValues(func() (*pack.Set, error) { return pack.Load(packs.FS) })

// territory gives the tenant its places and the calendar of 2020, suspension
// of terms included.
func (w *world) territory(t *testing.T) {
	t.Helper()
	set, err := wholePack()
	must(t, err)
	diba, err := set.Pack("diba")
	must(t, err)
	s := territory.New(w.db, nil)
	must(t, s.LoadOffice(w.system(t), territory.Office{Pack: "diba", Country: "ES", Region: diba.RegionCode, Seat: "08019", AreaKind: "comarca"}))
	must(t, s.LoadPlaces(w.system(t), []territory.Place{
		{Code: small, Kind: territory.Municipality, Name: "Vilapetita", Area: "Vall", Population: 900, BodyID: w.bodies[small].ID},
		{Code: other, Kind: territory.Municipality, Name: "Vallxica", Area: "Vall", Population: 4_000, BodyID: w.bodies[other].ID},
		{Code: large, Kind: territory.Municipality, Name: "Vilagran", Area: "Pla", Population: 45_000, BodyID: w.bodies[large].ID},
	}))
	all, err := diba.Holidays()
	must(t, err)
	days := []territory.Holiday{
		{Date: civil.MustParse("2020-02-24"), Scope: territory.Local, Place: small, Name: text.Localized{"ca": "Festa"}, Status: "invented"},
		{Date: civil.MustParse("2020-09-21"), Scope: territory.Local, Place: small, Name: text.Localized{"ca": "Festa"}, Status: "invented"},
	}
	for _, h := range all {
		if h.Date.Year == 2020 && (h.Place == "ES" || h.Place == diba.RegionCode || h.Place == "08019") {
			days = append(days, territory.Holiday{Date: h.Date, Scope: territory.Scope(h.Scope), Place: h.Place, Name: h.Name, Source: h.Source, Status: h.Status})
		}
	}
	must(t, s.LoadHolidays(w.system(t), days))
	var suspended []territory.Suspension
	for _, p := range diba.Suspensions() {
		suspended = append(suspended, territory.Suspension{From: p.From, To: p.To, Name: p.Name, Source: p.Source})
	}
	must(t, s.LoadSuspensions(w.system(t), suspended))
}

func (w *world) mount(t *testing.T) {
	t.Helper()
	sources := []fs.FS{web.Locales, ui.Locales, rule.Locales}
	for _, m := range w.modules {
		if m.Locales != nil {
			sources = append(sources, m.Locales)
		}
	}
	r := web.NewRouter()
	messages, err := i18n.Load(sources...)
	must(t, err)
	w.messages = messages
	r.Sessions, r.Messages, r.Log = scs.New(), messages, slog.New(slog.NewTextHandler(io.Discard, nil))
	r.Frame = func(req *http.Request) ui.Frame {
		f := ui.Frame{Lang: i18n.Lang(req.Context()), Path: req.URL.RequestURI(), Flash: r.Flash(req)}
		if a := actor.From(req.Context()); a.SignedIn() {
			f.User = &ui.User{Name: a.Name}
		}
		return f
	}
	for _, m := range w.modules {
		if m.Routes != nil {
			m.Routes(r.For(m.Name))
		}
	}
	w.handler = r.Sessions.LoadAndSave(w.identity.Identify(r, r))
}

func (w *world) system(t *testing.T) context.Context {
	t.Helper()
	return w.speaking(actor.AsSystem(t.Context(), w.bodies["diba"].ID, "command"))
}

func (w *world) speaking(ctx context.Context) context.Context {
	return i18n.With(ctx, w.messages, "en")
}

// as is a context in which a person acts.
func (w *world) as(t *testing.T, name string) context.Context {
	t.Helper()
	return w.speaking(actor.With(t.Context(), w.people[name].Actor()))
}

// visit opens a browser, signed in as a person when a name is given.
func (w *world) visit(t *testing.T, name string) *testkit.Visitor {
	t.Helper()
	v := testkit.Visit(t, w.handler)
	if name != "" {
		m := w.people[name]
		v.Post("/sign-in/demo", url.Values{"user": {m.UserID.String()}, "membership": {m.ID.String()}, "back": {"/calls"}})
		v.Post("/preferences/language", url.Values{"language": {"en"}, "back": {"/calls"}})
	}
	return v
}

// complete is an application that fulfils every condition but the annex.
func complete(people int) applications.Input {
	return applications.Input{
		Modality: "cases", Team: calls.Team{SocialWorkers: people}, Consent: people < 8, ContactName: "Person invented",
		ContactEmail: "person@example.example",
	}
}

// filed starts, fills in and files an application of a body.
func (w *world) filed(t *testing.T, body string, in applications.Input) calls.Application {
	t.Helper()
	a := w.begun(t, body, in)
	a, err := w.applications.Submit(w.as(t, body), a.ID)
	must(t, err)
	return a
}

func (w *world) begun(t *testing.T, body string, in applications.Input) calls.Application {
	t.Helper()
	a, err := w.applications.Start(w.as(t, body), w.call.ID)
	must(t, err)
	a, err = w.applications.Save(w.as(t, body), a.ID, drafts.Keystrokes{}, in)
	must(t, err)
	return a
}

// proposed brings an application of each body to a proposal by the technician,
// and closes the window.
func (w *world) proposed(t *testing.T, outcomes map[string]calls.State) map[string]calls.Application {
	t.Helper()
	all := map[string]calls.Application{}
	for body := range outcomes {
		all[body] = w.filed(t, body, complete(9))
	}
	w.clock.Set(dated("2020-02-17 09:00:00"))
	for body, outcome := range outcomes {
		must(t, w.resolution.Admit(w.as(t, "technician"), []record.ID{all[body].ID}))
		must(t, w.resolution.Propose(w.as(t, "technician"), w.call.ID, []record.ID{all[body].ID}, calls.Outcome{
			Outcome: outcome, Reasons: text.Localized{"ca": "Motiu inventat"}, Hours: 18,
		}))
	}
	return all
}

func (w *world) application(t *testing.T, id record.ID) calls.Application {
	t.Helper()
	a, err := w.calls.Application(w.system(t), id)
	must(t, err)
	return a
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
