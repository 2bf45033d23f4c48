package folder_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"testing"

	"github.com/alexedwards/scs/v2"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/catalogue"
	"bastida/internal/modules/folder"
	"bastida/internal/modules/identity"
	"bastida/internal/platform/db"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/testkit"
	"bastida/internal/platform/ui"
	"bastida/internal/platform/web"
	"bastida/packs"
)

// world is an installation with two bodies that offer resources.
type world struct {
	*catalogue.Service
	db      *db.DB
	people  *identity.Service
	handler http.Handler
	router  *web.Router
	bodies  map[string]identity.Body
	demo    map[string]identity.Acting // by e-mail address
}

func each(t *testing.T, f func(t *testing.T, w *world)) {
	t.Helper()
	t.Parallel()
	bare := identity.New(nil, false)
	schemas := []db.Schema{bare.Module().Schema(), catalogue.New(nil, bare).Module().Schema(), folder.New(nil, nil).Module().Schema()}
	testkit.EachEngine(t, schemas, func(t *testing.T, d *db.DB) { f(t, build(t, d)) })
}

func build(t *testing.T, d *db.DB) *world {
	t.Helper()
	people := identity.New(d, true)
	w := &world{
		Service: catalogue.New(d, people), db: d, people: people,
		bodies: map[string]identity.Body{}, demo: map[string]identity.Acting{},
	}
	for _, code := range []string{"diba", "imas"} {
		b, err := people.RegisterBody(t.Context(), identity.BodyInput{Code: code, Pack: code, Name: "Body of " + code, Language: "ca", LeadsPack: true})
		if err != nil {
			t.Fatal(err)
		}
		w.bodies[code] = b
	}
	w.person(t, "diba", "writer@diba.example", actor.Technician)
	w.person(t, "diba", "second@diba.example", actor.Technician)
	w.person(t, "diba", "officer@diba.example", actor.LocalOfficer)
	w.person(t, "imas", "writer@imas.example", actor.Technician)
	w.mount(t)
	return w
}

func (w *world) person(t *testing.T, body, email string, role actor.Role) {
	t.Helper()
	ctx := w.system(t, body)
	u, err := w.people.Register(ctx, identity.UserInput{Email: email, Name: "Person " + email, Language: "ca", Demo: true})
	if err != nil {
		t.Fatal(err)
	}
	m, err := w.people.Grant(ctx, identity.MembershipInput{UserID: u.ID, Role: role})
	if err != nil {
		t.Fatal(err)
	}
	w.demo[email] = identity.Acting{ID: m.ID, TenantID: m.TenantID, UserID: u.ID, Role: role, UserName: u.Name}
}

func (w *world) mount(t *testing.T) {
	t.Helper()
	module, gathers := w.Module(), folder.New(w.db, w.Service).Module()
	messages, err := i18n.Load(web.Locales, ui.Locales, w.people.Module().Locales, module.Locales, gathers.Locales)
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
	module.Routes(r.For("catalogue"))
	gathers.Routes(r.For("folder"))
	w.router = r
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

// load puts a sheet of the packs into a body.
func (w *world) load(t *testing.T, body, file string) catalogue.Resource {
	t.Helper()
	raw, err := packs.FS.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	r, err := w.Load(w.system(t, body), raw)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// visit opens a browser, signed in when an address is given.
func (w *world) visit(t *testing.T, email string) *testkit.Visitor {
	t.Helper()
	v := testkit.Visit(t, w.handler)
	if email != "" {
		m := w.demo[email]
		v.Post("/sign-in/demo", url.Values{"user": {m.UserID.String()}, "membership": {m.ID.String()}, "back": {"/catalogue"}})
	}
	return v
}

const (
	teams   = "diba/resources/20270.json"
	plans   = "imas/resources/plans-municipals.json"
	mugello = "mugello/resources/m5c2-1.1.4.json"
)

func home(id record.ID) string { return "/catalogue/" + id.String() }
