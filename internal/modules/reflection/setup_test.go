package reflection_test

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
	"bastida/internal/kernel/record"
	"bastida/internal/modules/calls"
	"bastida/internal/modules/grouping"
	"bastida/internal/modules/hours"
	"bastida/internal/modules/identity"
	"bastida/internal/modules/obstacles"
	"bastida/internal/modules/profiles"
	"bastida/internal/modules/reflection"
	"bastida/internal/modules/sessions"
	"bastida/internal/modules/supervision"
	"bastida/internal/modules/supervisors"
	"bastida/internal/modules/territory"
	"bastida/internal/platform/crypt"
	"bastida/internal/platform/db"
	"bastida/internal/platform/files"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/jobs"
	"bastida/internal/platform/module"
	"bastida/internal/platform/testkit"
	"bastida/internal/platform/ui"
	"bastida/internal/platform/web"
	"bastida/packs"
)

// parts are the services of a test, wired as the program does.
type parts struct {
	*reflection.Service
	identity    *identity.Service
	territory   *territory.Service
	profiles    *profiles.Service
	supervisors *supervisors.Service
	calls       *calls.Service
	grouping    *grouping.Service
	supervision *supervision.Service
	hours       *hours.Service
	sessions    *sessions.Service
	obstacles   *obstacles.Service
	keys        *crypt.Keys
}

// world is a municipality with a group of two, its supervisor and a session.
type world struct {
	parts
	db        *db.DB
	clock     *testkit.Clock
	router    *web.Router
	handler   http.Handler
	office    record.ID
	vila      record.ID
	people    map[string]identity.Acting
	programme supervision.Programme
	group     supervision.Group
	at        reflection.At
	members   map[string]supervision.Participant
}

const profile = `{"code": "funder", "name": {"ca": "Finançador inventat"}, "kinds": ["cases"], "supervisor": "allowed", "figures": [
	{"key": "max_hours_group", "unit": "h", "value": 18, "source": "invented", "status": "assumed", "required": true},
	{"key": "retention_months", "unit": "months", "value": null, "source": "", "status": "", "required": false}]}`

func services(t *testing.T, d *db.DB) (p parts) {
	t.Helper()
	words, err := reflection.ReadTaxonomy(packs.FS)
	must(t, err)
	p.keys, err = crypt.New(crypt.Options{Masters: crypt.NewMaster()})
	must(t, err)
	p.identity, p.territory, p.profiles = identity.New(d, true), territory.New(d, nil), profiles.New(d)
	p.supervisors = supervisors.New(supervisors.Deps{DB: d, Identity: p.identity, Territory: p.territory})
	p.calls = calls.New(calls.Deps{DB: d, Identity: p.identity, Territory: p.territory})
	p.grouping = grouping.New(d, p.calls, p.territory)
	p.supervision = supervision.New(supervision.Deps{
		DB: d, Identity: p.identity, Territory: p.territory, Profiles: p.profiles, Supervisors: p.supervisors, Calls: p.calls, Grouping: p.grouping,
	})
	p.hours = hours.New(hours.Deps{DB: d, Supervision: p.supervision})
	p.sessions = sessions.New(sessions.Deps{DB: d, Supervision: p.supervision, Hours: p.hours})
	p.Service = reflection.New(reflection.Deps{
		DB: d, Keys: p.keys, Taxonomy: words, Territory: p.territory, Supervision: p.supervision, Sessions: p.sessions,
	})
	p.obstacles = obstacles.New(obstacles.Deps{DB: d, Reflection: p.Service})
	return p
}

func (p parts) modules() []module.Descriptor {
	return []module.Descriptor{
		p.identity.Module(), p.territory.Module(), p.profiles.Module(), p.supervisors.Module(), p.calls.Module(), p.grouping.Module(),
		p.supervision.Module(), p.hours.Module(), p.sessions.Module(), p.keys.Module(), p.Module(), p.obstacles.Module(),
	}
}

func each(t *testing.T, f func(t *testing.T, w *world)) {
	t.Helper()
	t.Parallel()
	schemas := []db.Schema{jobs.Schema, files.Schema}
	for _, m := range services(t, nil).modules() {
		schemas = append(schemas, m.Schema())
	}
	testkit.EachURL(t, schemas, func(t *testing.T, url string) {
		clock := testkit.NewClock(testkit.Now)
		f(t, build(t, testkit.Open(t, url, clock), clock))
	})
}

func build(t *testing.T, d *db.DB, clock *testkit.Clock) *world {
	t.Helper()
	w := &world{parts: services(t, d), db: d, clock: clock, people: map[string]identity.Acting{}, members: map[string]supervision.Participant{}}
	for code, id := range map[string]*record.ID{"office": &w.office, "vila": &w.vila} {
		b, err := w.identity.RegisterBody(t.Context(), identity.BodyInput{Code: code, Pack: "test", Name: "Ajuntament de " + code, Language: "ca"})
		must(t, err)
		*id = b.ID
	}
	for name, role := range map[string]actor.Role{
		"anna": actor.Professional, "berta": actor.Professional, "elena": actor.Supervisor, "carla": actor.Professional,
		"manager": actor.TeamLead, "technician": actor.Technician, "administrator": actor.Administrator,
	} {
		w.account(t, name, role)
	}
	w.season(t)
	w.mount(t)
	return w
}

func (w *world) account(t *testing.T, name string, role actor.Role) {
	t.Helper()
	ctx := w.system(t)
	u, err := w.identity.Register(ctx, identity.UserInput{Email: name + "@vila.example", Name: "Persona " + name, Language: "ca", Demo: true})
	must(t, err)
	var body record.ID
	if role == actor.Professional || role == actor.TeamLead {
		body = w.vila
	}
	m, err := w.identity.Grant(ctx, identity.MembershipInput{UserID: u.ID, Role: role, BodyID: body})
	must(t, err)
	w.people[name] = identity.Acting{ID: m.ID, TenantID: w.office, UserID: u.ID, Role: role, UserName: u.Name, BodyID: body}
}

func (w *world) system(t *testing.T) context.Context {
	t.Helper()
	return actor.AsSystem(t.Context(), w.office, "command")
}

func (w *world) as(t *testing.T, name string) context.Context {
	t.Helper()
	return actor.With(t.Context(), w.people[name].Actor())
}

func (w *world) season(t *testing.T) {
	t.Helper()
	_, err := w.profiles.Load(w.system(t), []byte(profile))
	must(t, err)
	technician := w.as(t, "technician")
	who, err := w.supervisors.Add(technician, supervisors.SupervisorInput{
		Name: "Persona elena", Email: "elena@vila.example", External: true, Profession: profession.Psychologist, Languages: []string{"ca"},
	})
	must(t, err)
	w.programme, err = w.supervision.Create(technician, supervision.ProgrammeInput{
		Title: "Programa inventat", Season: "2020", ProfileCode: "funder", Origin: supervision.FromDecision, OriginNote: "Decret inventat",
		Starts: civil.MustParse("2020-01-15"), Ends: civil.MustParse("2020-12-15"),
	})
	must(t, err)
	w.group, err = w.supervision.AddGroup(technician, w.programme.ID, supervision.GroupInput{
		Name: "Grup del Montseny", Kind: profiles.Cases, Hours: 18, Bodies: []supervision.GroupBody{{BodyID: w.vila, Professionals: 4}}, Goals: []string{"Pensar els límits"},
	})
	must(t, err)
	for _, name := range []string{"anna", "berta"} {
		w.members[name], err = w.supervision.Enrol(technician, w.group.ID, supervision.ParticipantInput{
			Name: "Persona " + name, Email: name + "@vila.example", Profession: profession.SocialWorker, BodyID: w.vila,
		})
		must(t, err)
	}
	w.group, err = w.supervision.Group(technician, w.group.ID)
	must(t, err)
	w.group, err = w.supervision.Allocate(technician, w.group.ID, w.group.Version, who.ID)
	must(t, err)
	w.step(t, "open")
	w.at = reflection.At{Group: w.group.ID, Session: w.meeting(t, w.group)}
}

func (w *world) meeting(t *testing.T, g supervision.Group) record.ID {
	t.Helper()
	row := sessions.Session{
		ProgrammeID: g.ProgrammeID, GroupID: g.ID, GroupName: g.Name, SupervisorUser: g.SupervisorUser,
		Day: civil.MustParse("2020-01-17"), Start: 600, Minutes: 120,
	}
	must(t, w.db.Do(w.system(t), func(tx *db.Tx) error { return w.sessions.Add(tx, &row) }))
	return row.ID
}

func (w *world) step(t *testing.T, name string) {
	t.Helper()
	p, err := w.supervision.Programme(w.as(t, "technician"), w.programme.ID)
	must(t, err)
	w.programme, err = w.supervision.Step(w.as(t, "technician"), p.ID, p.Version, name)
	must(t, err)
}

func (w *world) mount(t *testing.T) {
	t.Helper()
	r := web.NewRouter()
	messages, err := i18n.Load(web.Locales, ui.Locales, w.identity.Module().Locales, w.keys.Module().Locales, w.Service.Module().Locales, w.obstacles.Module().Locales, w.supervision.Module().Locales)
	must(t, err)
	r.Sessions, r.Messages, r.Log = scs.New(), messages, slog.New(slog.NewTextHandler(io.Discard, nil))
	r.Frame = func(req *http.Request) ui.Frame {
		f := ui.Frame{Lang: i18n.Lang(req.Context()), Path: req.URL.RequestURI(), Flash: r.Flash(req)}
		if a := actor.From(req.Context()); a.SignedIn() {
			f.User = &ui.User{Name: a.Name}
		}
		return f
	}
	for _, m := range []module.Descriptor{w.identity.Module(), w.Module(), w.obstacles.Module()} {
		m.Routes(r.For(m.Name))
	}
	w.router = r
	w.handler = r.Sessions.LoadAndSave(w.identity.Identify(r, r))
}

// visit opens a browser as somebody.
func (w *world) visit(t *testing.T, name string) *testkit.Visitor {
	t.Helper()
	v := testkit.Visit(t, w.handler)
	m := w.people[name]
	v.Post("/sign-in/demo", url.Values{"user": {m.UserID.String()}, "membership": {m.ID.String()}, "back": {"/supervision/obstacles"}})
	return v
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
