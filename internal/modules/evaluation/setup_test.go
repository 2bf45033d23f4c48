package evaluation_test

import (
	"context"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/alexedwards/scs/v2"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/profession"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/calls"
	"bastida/internal/modules/evaluation"
	"bastida/internal/modules/grouping"
	"bastida/internal/modules/identity"
	"bastida/internal/modules/profiles"
	"bastida/internal/modules/supervision"
	"bastida/internal/modules/supervisors"
	"bastida/internal/modules/territory"
	"bastida/internal/platform/db"
	"bastida/internal/platform/files"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/jobs"
	"bastida/internal/platform/mail"
	"bastida/internal/platform/module"
	"bastida/internal/platform/rule"
	"bastida/internal/platform/table"
	"bastida/internal/platform/testkit"
	"bastida/internal/platform/ui"
	"bastida/internal/platform/web"
)

// world is an organisation that supports two municipalities with one supervisor,
// in an open programme of two groups, and an organisation elsewhere.
type world struct {
	*evaluation.Service
	db          *db.DB
	clock       *testkit.Clock
	identity    *identity.Service
	supervision *supervision.Service
	profiles    *profiles.Service
	supervisors *supervisors.Service
	mail        *mail.Service
	modules     []module.Descriptor
	messages    *i18n.Catalogue
	handler     http.Handler
	bodies      map[string]record.ID
	people      map[string]identity.Acting
	programme   supervision.Programme
	large       supervision.Group // vila and poble
	small       supervision.Group // poble
}

const profile = `{
	"code": "funder", "name": {"ca": "Finançador inventat"}, "kinds": ["cases"], "supervisor": "required",
	"figures": [
		{"key": "commitment_threshold", "unit": "points", "value": 7, "source": "Fitxa inventada", "status": "assumed", "required": false},
		{"key": "commitment_scale", "unit": "points", "value": 10, "source": "Fitxa inventada", "status": "assumed", "required": false},
		{"key": "commitment_share", "unit": "%", "value": 100, "source": "Fitxa inventada", "status": "assumed", "required": false},
		{"key": "analysis_days", "unit": "days", "value": 15, "source": "Fitxa inventada", "status": "assumed", "required": false}
	]
}`

func each(t *testing.T, f func(t *testing.T, w *world)) {
	t.Helper()
	t.Parallel()
	testkit.EachURL(t, schemas(), func(t *testing.T, url string) {
		clock := testkit.NewClock(testkit.Now)
		f(t, build(t, testkit.Open(t, url, clock), clock))
	})
}

func schemas() []db.Schema {
	s := []db.Schema{jobs.Schema, files.Schema}
	for _, m := range (&world{}).connect(nil) {
		if m.Migrations != nil {
			s = append(s, m.Schema())
		}
	}
	return s
}

func (w *world) connect(d *db.DB) []module.Descriptor {
	w.identity, w.profiles, w.mail = identity.New(d, true), profiles.New(d), mail.New(d, mail.Config{})
	places := territory.New(d, nil)
	w.supervisors = supervisors.New(supervisors.Deps{DB: d, Identity: w.identity, Territory: places})
	asked := calls.New(calls.Deps{DB: d, Identity: w.identity, Territory: places})
	formed := grouping.New(d, asked, places)
	w.supervision = supervision.New(supervision.Deps{
		DB: d, Identity: w.identity, Territory: places, Profiles: w.profiles, Supervisors: w.supervisors, Calls: asked, Grouping: formed,
	})
	w.Service = evaluation.New(evaluation.Deps{
		DB: d, Identity: w.identity, Supervision: w.supervision, URL: "https://portal.example/",
		Say: func(lang, key string, args ...any) string { return w.messages.Say(lang, key, args...) },
	})
	return []module.Descriptor{
		w.mail.Module(), w.identity.Module(), places.Module(), w.profiles.Module(), w.supervisors.Module(), asked.Module(), formed.Module(),
		w.supervision.Module(), w.Module(),
	}
}

func build(t *testing.T, d *db.DB, clock *testkit.Clock) *world {
	t.Helper()
	w := &world{db: d, clock: clock, bodies: map[string]record.ID{}, people: map[string]identity.Acting{}}
	w.modules = w.connect(d)
	w.mount(t)
	for _, code := range []string{"office", "vila", "poble", "elsewhere"} {
		pack := "test"
		if code == "elsewhere" {
			pack = code
		}
		b, err := w.identity.RegisterBody(t.Context(), identity.BodyInput{Code: code, Pack: pack, Name: "Body " + code, Language: "ca"})
		must(t, err)
		w.bodies[code] = b.ID
	}
	for name, role := range map[string]actor.Role{
		"technician": actor.Technician, "legal": actor.LegalOfficer, "auditor": actor.Auditor, "supervisor": actor.Supervisor, "stranger": actor.Supervisor,
	} {
		w.person(t, "office", name, role, "")
	}
	w.person(t, "office", "vila", actor.LocalOfficer, "vila")
	w.person(t, "office", "poble", actor.LocalOfficer, "poble")
	w.person(t, "office", "anna", actor.Professional, "vila")
	w.person(t, "elsewhere", "outsider", actor.Technician, "")
	_, err := w.profiles.Load(w.system(t), []byte(profile))
	must(t, err)
	w.season(t)
	return w
}

// season opens a programme with a group of both municipalities and one of the
// second, led by the same supervisor.
func (w *world) season(t *testing.T) {
	t.Helper()
	ctx := w.as(t, "technician")
	who, err := w.supervisors.Add(ctx, supervisors.SupervisorInput{
		Name: "Elena Inventada", Email: "supervisor@people.example", External: true, Profession: profession.Psychologist, Languages: []string{"ca"},
	})
	must(t, err)
	w.programme, err = w.supervision.Create(ctx, supervision.ProgrammeInput{
		Title: "Programa inventat", Season: "2020", ProfileCode: "funder", Origin: supervision.FromDecision, OriginNote: "Decret inventat",
		Starts: civil.MustParse("2020-01-15"), Ends: civil.MustParse("2020-12-15"),
	})
	must(t, err)
	w.large = w.group(t, "Grup gran", who.ID, "vila", "poble")
	w.small = w.group(t, "Grup petit", who.ID, "poble")
	w.programme, err = w.supervision.Programme(ctx, w.programme.ID)
	must(t, err)
	w.programme, err = w.supervision.Step(ctx, w.programme.ID, w.programme.Version, "open")
	must(t, err)
}

func (w *world) group(t *testing.T, name string, supervisor record.ID, bodies ...string) supervision.Group {
	t.Helper()
	ctx := w.as(t, "technician")
	in := supervision.GroupInput{Name: name, Kind: profiles.Cases, Hours: 18, Language: "ca", Goals: []string{"Pensar plegats"}}
	for _, b := range bodies {
		in.Bodies = append(in.Bodies, supervision.GroupBody{BodyID: w.bodies[b], Name: "Body " + b, Professionals: 4})
	}
	g, err := w.supervision.AddGroup(ctx, w.programme.ID, in)
	must(t, err)
	g, err = w.supervision.Allocate(ctx, g.ID, g.Version, supervisor)
	must(t, err)
	return g
}

// begun opens a round of the programme.
func (w *world) begun(t *testing.T, moment evaluation.Moment) evaluation.Round {
	t.Helper()
	r, err := w.Begin(w.as(t, "technician"), w.programme.ID, evaluation.RoundInput{
		Moment: moment, AnswerBy: civil.MustParse("2020-02-10"), RemindAfter: 7, RemindMost: 2,
	})
	must(t, err)
	return r
}

// rating is the one of a body and a group in a round.
func (w *world) rating(t *testing.T, r evaluation.Round, group record.ID, body string) evaluation.Rating {
	t.Helper()
	all, _, err := w.Ratings(w.system(t), evaluation.RatingFilter{Round: r.ID, Group: group}, first)
	must(t, err)
	for _, one := range all {
		if one.BodyID == w.bodies[body] {
			return one
		}
	}
	t.Fatalf("no rating of %s", body)
	return evaluation.Rating{}
}

var first = table.Page{Number: 1, Size: 100, Sort: "group_number"}

// give rates for a body.
func (w *world) give(t *testing.T, r evaluation.Round, group record.ID, body string, score float64) {
	t.Helper()
	one := w.rating(t, r, group, body)
	_, err := w.Rate(w.as(t, body), one.ID, one.Version, evaluation.RatingInput{Score: score, Remarks: "Bé"})
	must(t, err)
}

// person makes a demo account that acts in a tenant.
func (w *world) person(t *testing.T, tenant, name string, role actor.Role, body string) {
	t.Helper()
	ctx := actor.AsSystem(t.Context(), w.bodies[tenant], "command")
	u, err := w.identity.Register(ctx, identity.UserInput{Email: name + "@people.example", Name: "Person " + name, Language: "en", Demo: true})
	must(t, err)
	m, err := w.identity.Grant(ctx, identity.MembershipInput{UserID: u.ID, Role: role, BodyID: w.bodies[body]})
	must(t, err)
	w.people[name] = identity.Acting{ID: m.ID, TenantID: m.TenantID, UserID: u.ID, Role: role, UserName: u.Name, BodyID: m.BodyID}
}

func (w *world) mount(t *testing.T) {
	t.Helper()
	sources := []fs.FS{web.Locales, ui.Locales, rule.Locales}
	for _, m := range w.modules {
		if m.Locales != nil {
			sources = append(sources, m.Locales)
		}
	}
	messages, err := i18n.Load(sources...)
	must(t, err)
	w.messages = messages
	r := web.NewRouter()
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
	return i18n.With(actor.AsSystem(t.Context(), w.bodies["office"], "command"), w.messages, "en")
}

func (w *world) as(t *testing.T, name string) context.Context {
	t.Helper()
	return i18n.With(actor.With(t.Context(), w.people[name].Actor()), w.messages, "en")
}

// visit opens a browser, signed in as a person when a name is given.
func (w *world) visit(t *testing.T, name string) *testkit.Visitor {
	t.Helper()
	v := testkit.Visit(t, w.handler)
	if name != "" {
		m := w.people[name]
		v.Post("/sign-in/demo", url.Values{"user": {m.UserID.String()}, "membership": {m.ID.String()}, "back": {"/"}})
	}
	v.Post("/preferences/language", url.Values{"language": {"en"}, "back": {"/"}})
	return v
}

// letters are the messages in somebody's mailbox.
func (w *world) letters(t *testing.T, name string) []mail.Message {
	t.Helper()
	found, _, err := w.mail.Mailbox(w.as(t, name), mail.Filter{}, table.Page{Number: 1, Size: 50, Sort: "created_at"})
	must(t, err)
	return found
}

func (w *world) wait(days int) { w.clock.Set(w.clock.Now().Add(time.Duration(days) * 24 * time.Hour)) }

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func refused(t *testing.T, err error, kind fault.Kind, key string) {
	t.Helper()
	if f := fault.Of(err); f == nil || f.Kind != kind || key != "" && f.Key != key {
		t.Errorf("got %v, want %s %s", err, kind, key)
	}
}
