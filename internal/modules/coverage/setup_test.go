package coverage_test

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
	"bastida/internal/kernel/profession"
	"bastida/internal/modules/booking"
	"bastida/internal/modules/coverage"
	"bastida/internal/modules/hours"
	"bastida/internal/modules/identity"
	"bastida/internal/modules/profiles"
	"bastida/internal/modules/sessions"
	"bastida/internal/modules/supervision"
	"bastida/internal/modules/supervisors"
	"bastida/internal/modules/territory"
	"bastida/internal/platform/db"
	"bastida/internal/platform/files"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/jobs"
	"bastida/internal/platform/module"
	"bastida/internal/platform/testkit"
	"bastida/internal/platform/ui"
	"bastida/internal/platform/web"
)

// rules are those of an invented funder: four hours a person, 80 % of the time.
const rules = `{
	"code": "test", "name": {"en": "Test profile"}, "funder": "Invented", "basis": "None",
	"kinds": ["mono_professional"], "actions": {"mono_professional": "A1"}, "supervisor": "required",
	"figures": [
		{"key": "min_hours_person", "kind": "mono_professional", "unit": "hours", "value": 4, "source": "Invented", "status": "assumed", "required": false},
		{"key": "attendance_threshold", "unit": "percent", "value": 80, "source": "Invented", "status": "assumed", "required": false},
		{"key": "attendance_strict", "unit": "yes", "value": 0, "source": "Invented", "status": "assumed", "required": false}
	]
}`

// world is an installation whose tenant has one group of social workers from
// two bodies, led by one of them, with two sessions of two hours.
type world struct {
	*coverage.Service
	db          *db.DB
	clock       *testkit.Clock
	identity    *identity.Service
	supervision *supervision.Service
	sessions    *sessions.Service
	booking     *booking.Service
	known       *profiles.Service
	register    *supervisors.Service
	bodies      map[string]identity.Body
	people      map[string]identity.Acting
	modules     []module.Descriptor
	handler     http.Handler

	programme supervision.Programme
	group     supervision.Group
	booked    []sessions.Session
	members   map[string]supervision.Participant
}

func connect(d *db.DB, store *files.Store) *world {
	w := &world{
		db: d, identity: identity.New(d, true), bodies: map[string]identity.Body{}, people: map[string]identity.Acting{},
		members: map[string]supervision.Participant{},
	}
	places, known := territory.New(d, nil), profiles.New(d)
	register := supervisors.New(supervisors.Deps{DB: d, Identity: w.identity, Territory: places, Files: store})
	w.known, w.register = known, register
	w.supervision = supervision.New(supervision.Deps{DB: d, Identity: w.identity, Territory: places, Profiles: known, Supervisors: register})
	ledger := hours.New(hours.Deps{DB: d, Supervision: w.supervision})
	w.sessions = sessions.New(sessions.Deps{DB: d, Supervision: w.supervision, Hours: ledger})
	w.booking = booking.New(booking.Deps{DB: d, Territory: places, Supervisors: register, Supervision: w.supervision, Hours: ledger, Sessions: w.sessions})
	w.Service = coverage.New(coverage.Deps{DB: d, Supervisors: register, Supervision: w.supervision, Sessions: w.sessions})
	w.modules = []module.Descriptor{
		w.identity.Module(), places.Module(), known.Module(), register.Module(), w.supervision.Module(), ledger.Module(), w.sessions.Module(),
		w.booking.Module(), w.Module(),
	}
	return w
}

// each runs f on both engines, with a season that is about to begin.
func each(t *testing.T, f func(t *testing.T, w *world)) {
	t.Helper()
	t.Parallel()
	schemas := []db.Schema{jobs.Schema, files.Schema}
	for _, m := range connect(nil, nil).modules {
		if m.Migrations != nil {
			schemas = append(schemas, m.Schema())
		}
	}
	testkit.EachURL(t, schemas, func(t *testing.T, url string) {
		clock := testkit.NewClock(time.Date(2020, 1, 20, 10, 0, 0, 0, i18n.Zone))
		d := testkit.Open(t, url, clock)
		store, err := files.New(d, files.Options{Dir: t.TempDir()})
		must(t, err)
		w := connect(d, store)
		w.clock = clock
		w.mount(t)
		w.fill(t)
		f(t, w)
	})
}

func (w *world) mount(t *testing.T) {
	t.Helper()
	sources := []fs.FS{web.Locales, ui.Locales}
	for _, m := range w.modules {
		if m.Locales != nil {
			sources = append(sources, m.Locales)
		}
	}
	messages, err := i18n.Load(sources...)
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
	for _, m := range w.modules {
		if m.Routes != nil {
			m.Routes(r.For(m.Name))
		}
	}
	w.handler = r.Sessions.LoadAndSave(w.identity.Identify(r, r))
}

func (w *world) fill(t *testing.T) {
	t.Helper()
	for _, code := range []string{"funder", "valley", "coast", "stranger"} {
		b, err := w.identity.RegisterBody(t.Context(), identity.BodyInput{Code: code, Pack: "diba", Name: "Body of " + code, Language: "en"})
		must(t, err)
		w.bodies[code] = b
	}
	w.person(t, "funder", "technician", actor.Technician, "")
	w.person(t, "funder", "laia", actor.Supervisor, "")
	w.person(t, "funder", "officer", actor.LocalOfficer, "valley")
	w.person(t, "funder", "anna", actor.Professional, "valley")
	w.person(t, "funder", "joan", actor.Professional, "coast")
	w.person(t, "stranger", "elsewhere", actor.Technician, "")
	_, err := w.known.Load(w.system(t, "funder"), []byte(rules))
	must(t, err)
	ctx := w.as(t, "technician")
	w.programme, err = w.supervision.Create(ctx, supervision.ProgrammeInput{
		Title: "Season of the test", Season: "2020", ProfileCode: "test", Origin: supervision.FromDecision, OriginNote: "Act 1/2020",
		Starts: civil.MustParse("2020-01-01"), Ends: civil.MustParse("2020-12-31"),
	})
	must(t, err)
	leads, err := w.register.Add(ctx, supervisors.SupervisorInput{
		Name: "Laia", Email: "laia@season.example", External: true, Profession: profession.SocialWorker, Languages: []string{"en"},
	})
	must(t, err)
	in := supervision.GroupInput{Name: "Group of the test", Kind: profiles.MonoProfessional, Language: "en", Hours: 18}
	for _, code := range []string{"valley", "coast"} {
		in.Bodies = append(in.Bodies, supervision.GroupBody{BodyID: w.bodies[code].ID, Professionals: 4})
	}
	w.group, err = w.supervision.AddGroup(ctx, w.programme.ID, in)
	must(t, err)
	w.group, err = w.supervision.Allocate(ctx, w.group.ID, db.AnyVersion, leads.ID)
	must(t, err)
	for name, body := range map[string]string{"anna": "valley", "berta": "valley", "joan": "coast"} {
		w.members[name], err = w.supervision.Enrol(ctx, w.group.ID, supervision.ParticipantInput{
			Name: "Person " + name, Email: name + "@season.example", Profession: profession.SocialWorker, BodyID: w.bodies[body].ID,
			Joined: civil.MustParse("2020-01-01"),
		})
		must(t, err)
	}
	w.programme, err = w.supervision.Step(ctx, w.programme.ID, db.AnyVersion, "open")
	must(t, err)
	w.booked, err = w.booking.Book(ctx, []booking.Booking{
		{Group: w.group.ID, Day: civil.MustParse("2020-02-04"), Start: 540, Minutes: 120, Online: "https://meet.example/1"},
		{Group: w.group.ID, Day: civil.MustParse("2020-03-10"), Start: 540, Minutes: 120, Online: "https://meet.example/1"},
	})
	must(t, err)
}

// hold lets both sessions take place: Anna came to everything, Joan to one, and
// Berta left 48 minutes early once, which makes exactly 80 % of the time.
func (w *world) hold(t *testing.T) {
	t.Helper()
	for i, session := range w.booked {
		w.clock.Set(session.Ends(i18n.Zone))
		ctx := w.as(t, "technician")
		marks := map[string]sessions.MarkInput{"anna": {Mark: sessions.Present}, "berta": {Mark: sessions.Present}, "joan": {Mark: sessions.Present}}
		if i == 1 {
			marks["berta"], marks["joan"] = sessions.MarkInput{Mark: sessions.Present, Left: 48}, sessions.MarkInput{Mark: sessions.Excused}
		}
		for name, mark := range marks {
			mark.Participant = w.members[name].ID
			_, err := w.sessions.Mark(ctx, session.ID, mark)
			must(t, err)
		}
		_, err := w.sessions.Close(ctx, session.ID, db.AnyVersion, sessions.CloseInput{Minutes: 120})
		must(t, err)
	}
}

func (w *world) person(t *testing.T, tenant, name string, role actor.Role, body string) {
	t.Helper()
	ctx := w.system(t, tenant)
	u, err := w.identity.Register(ctx, identity.UserInput{Email: name + "@season.example", Name: "Person " + name, Language: "en", Demo: true})
	must(t, err)
	m, err := w.identity.Grant(ctx, identity.MembershipInput{UserID: u.ID, Role: role, BodyID: w.bodies[body].ID})
	must(t, err)
	w.people[name] = identity.Acting{ID: m.ID, TenantID: m.TenantID, UserID: u.ID, Role: role, UserName: u.Name, BodyID: m.BodyID}
}

func (w *world) system(t *testing.T, tenant string) context.Context {
	t.Helper()
	return actor.AsSystem(t.Context(), w.bodies[tenant].ID, "command")
}

func (w *world) as(t *testing.T, name string) context.Context {
	t.Helper()
	return actor.With(t.Context(), w.people[name].Actor())
}

// visit opens a browser, signed in when a name is given.
func (w *world) visit(t *testing.T, name string) *testkit.Visitor {
	t.Helper()
	v := testkit.Visit(t, w.handler)
	if name != "" {
		m := w.people[name]
		v.Post("/sign-in/demo", url.Values{"user": {m.UserID.String()}, "membership": {m.ID.String()}, "back": {"/"}})
	}
	return v
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
