package attendance_test

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
	"bastida/internal/kernel/record"
	"bastida/internal/kernel/text"
	"bastida/internal/modules/attendance"
	"bastida/internal/modules/booking"
	"bastida/internal/modules/hours"
	"bastida/internal/modules/identity"
	"bastida/internal/modules/profiles"
	"bastida/internal/modules/sessions"
	"bastida/internal/modules/supervision"
	"bastida/internal/modules/supervisors"
	"bastida/internal/modules/territory"
	"bastida/internal/platform/db"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/jobs"
	"bastida/internal/platform/module"
	"bastida/internal/platform/testkit"
	"bastida/internal/platform/ui"
	"bastida/internal/platform/web"
)

// rules are those of an invented funder.
const rules = `{
	"code": "test", "name": {"ca": "Perfil de prova"}, "funder": "Organisme inventat", "basis": "Cap",
	"kinds": ["teams", "cases"], "actions": {}, "professions": [], "kind_only": {}, "same_profession": [], "supervisor": "allowed", "goals": [],
	"figures": [
		{"key": "spacing_min_days", "unit": "days", "value": 14, "source": "Inventat", "status": "assumed", "required": false},
		{"key": "spacing_max_days", "unit": "days", "value": 60, "source": "Inventat", "status": "assumed", "required": false},
		{"key": "rebook_days", "unit": "days", "value": 21, "source": "Inventat", "status": "assumed", "required": false},
		{"key": "cancel_notice_hours", "unit": "hours", "value": 48, "source": "Inventat", "status": "assumed", "required": false}
	]
}`

// world is an installation whose tenant offers supervision to two bodies: the
// group of the valley is led by Laia, that of the coast by Pere.
type world struct {
	*attendance.Service
	booking     *booking.Service
	handler     http.Handler
	messages    *i18n.Catalogue
	db          *db.DB
	clock       *testkit.Clock
	identity    *identity.Service
	supervision *supervision.Service
	supervisors *supervisors.Service
	territory   *territory.Service
	hours       *hours.Service
	sessions    *sessions.Service
	bodies      map[string]identity.Body
	people      map[string]identity.Acting
	modules     []module.Descriptor

	programme     supervision.Programme
	valley, coast supervision.Group
	laia, pere    supervisors.Supervisor
}

func connect(d *db.DB) *world {
	w := &world{db: d, identity: identity.New(d, true), bodies: map[string]identity.Body{}, people: map[string]identity.Acting{}}
	w.territory = territory.New(d, nil)
	known := profiles.New(d)
	w.supervisors = supervisors.New(supervisors.Deps{DB: d, Identity: w.identity, Territory: w.territory})
	w.supervision = supervision.New(supervision.Deps{DB: d, Identity: w.identity, Territory: w.territory, Profiles: known, Supervisors: w.supervisors})
	w.hours = hours.New(hours.Deps{DB: d, Supervision: w.supervision})
	w.sessions = sessions.New(sessions.Deps{DB: d, Supervision: w.supervision, Hours: w.hours})
	w.booking = booking.New(booking.Deps{
		DB: d, Territory: w.territory, Supervisors: w.supervisors, Supervision: w.supervision, Hours: w.hours, Sessions: w.sessions,
	})
	w.Service = attendance.New(attendance.Deps{DB: d, Sessions: w.sessions, URL: "https://portal.example"})
	w.modules = []module.Descriptor{
		w.identity.Module(), w.territory.Module(), known.Module(), w.supervisors.Module(), w.supervision.Module(), w.hours.Module(),
		w.sessions.Module(), w.booking.Module(), w.Module(),
	}
	return w
}

// wall is an instant as a clock on the wall shows it.
func wall(at string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04", at, i18n.Zone)
	if err != nil {
		panic(err)
	}
	return t
}

// each runs f on both engines, on the morning of 20 January 2020.
func each(t *testing.T, f func(t *testing.T, w *world)) {
	t.Helper()
	t.Parallel()
	schemas := []db.Schema{jobs.Schema}
	for _, m := range connect(nil).modules {
		if m.Migrations != nil {
			schemas = append(schemas, m.Schema())
		}
	}
	testkit.EachURL(t, schemas, func(t *testing.T, url string) {
		clock := testkit.NewClock(wall("2020-01-20 10:00"))
		w := connect(testkit.Open(t, url, clock))
		w.clock = clock
		w.mount(t)
		w.fill(t)
		f(t, w)
	})
}

func (w *world) fill(t *testing.T) {
	t.Helper()
	for _, code := range []string{"funder", "valley", "coast"} {
		b, err := w.identity.RegisterBody(t.Context(), identity.BodyInput{Code: code, Pack: "diba", Name: "Body of " + code, Language: "en"})
		must(t, err)
		w.bodies[code] = b
	}
	w.person(t, "technician", actor.Technician, "")
	w.person(t, "auditor", actor.Auditor, "")
	w.person(t, "laia", actor.Supervisor, "")
	w.person(t, "pere", actor.Supervisor, "")
	w.person(t, "officer", actor.LocalOfficer, "valley")
	w.person(t, "marta", actor.Professional, "valley")
	w.person(t, "joan", actor.Professional, "coast")
	must(t, w.territory.LoadOffice(w.system(t), territory.Office{Pack: "diba", Country: "ES", Region: "ES-CT"}))
	must(t, w.territory.LoadPlaces(w.system(t), []territory.Place{
		{Code: "08901", Kind: territory.Municipality, Name: "Vilapetita", NameFold: "vilapetita", Area: "Vall", AreaFold: "vall", Status: territory.Official},
	}))
	must(t, w.territory.LoadHolidays(w.system(t), []territory.Holiday{
		{Date: civil.MustParse("2020-05-01"), Scope: territory.National, Place: "ES", Name: text.Localized{"en": "Labour Day"}, Source: "Test", Status: "confirmed"},
	}))
	_, err := w.supervision.Profiles.Load(w.system(t), []byte(rules))
	must(t, err)
	w.season(t)
}

func (w *world) season(t *testing.T) {
	t.Helper()
	ctx := w.as(t, "technician")
	var err error
	w.programme, err = w.supervision.Create(ctx, supervision.ProgrammeInput{
		Title: "Season", Season: "2020", ProfileCode: "test", Origin: supervision.FromDecision, OriginNote: "Act 1/2020",
		Starts: civil.MustParse("2020-01-01"), Ends: civil.MustParse("2020-12-31"),
	})
	must(t, err)
	w.laia, w.pere = w.register(t, "laia"), w.register(t, "pere")
	w.valley = w.group(t, "valley", w.laia.ID, "marta")
	w.coast = w.group(t, "coast", w.pere.ID, "joan")
	w.programme, err = w.supervision.Step(ctx, w.programme.ID, db.AnyVersion, "open")
	must(t, err)
}

func (w *world) register(t *testing.T, name string) supervisors.Supervisor {
	t.Helper()
	s, err := w.supervisors.Add(w.as(t, "technician"), supervisors.SupervisorInput{
		Name: "Person " + name, Email: name + "@booking.example", Profession: profession.SocialWorker, Languages: []string{"ca"},
	})
	must(t, err)
	return s
}

// group makes a group of a body with three people, the first of whom has an
// account.
func (w *world) group(t *testing.T, code string, supervisor record.ID, account string) supervision.Group {
	t.Helper()
	ctx, b := w.as(t, "technician"), w.bodies[code]
	g, err := w.supervision.AddGroup(ctx, w.programme.ID, supervision.GroupInput{
		Name: "Group of the " + code, Kind: profiles.Teams, Language: "en", Hours: 18, PlaceCode: "08901",
		Bodies: []supervision.GroupBody{{BodyID: b.ID, Code: b.Code, Name: b.Name, Professionals: 3}},
	})
	must(t, err)
	_, err = w.supervision.Allocate(ctx, g.ID, db.AnyVersion, supervisor)
	must(t, err)
	for _, name := range []string{account, code + "2", code + "3"} {
		w.enrol(t, g, name+"@booking.example")
	}
	g, err = w.supervision.Group(ctx, g.ID)
	must(t, err)
	return g
}

func (w *world) enrol(t *testing.T, g supervision.Group, email string) supervision.Participant {
	t.Helper()
	p, err := w.supervision.Enrol(w.as(t, "technician"), g.ID, supervision.ParticipantInput{
		Name: "Member " + email, Email: email, Profession: profession.SocialWorker, BodyID: g.Bodies.V[0].BodyID, Joined: civil.MustParse("2020-01-01"),
	})
	must(t, err)
	return p
}

func (w *world) person(t *testing.T, name string, role actor.Role, body string) {
	t.Helper()
	u, err := w.identity.Register(w.system(t), identity.UserInput{Email: name + "@booking.example", Name: "Person " + name, Language: "en", Demo: true})
	must(t, err)
	m, err := w.identity.Grant(w.system(t), identity.MembershipInput{UserID: u.ID, Role: role, BodyID: w.bodies[body].ID})
	must(t, err)
	w.people[name] = identity.Acting{ID: m.ID, TenantID: m.TenantID, UserID: u.ID, Role: role, UserName: u.Name, BodyID: m.BodyID}
}

func (w *world) system(t *testing.T) context.Context {
	t.Helper()
	return actor.AsSystem(t.Context(), w.bodies["funder"].ID, "command")
}

func (w *world) as(t *testing.T, name string) context.Context {
	t.Helper()
	return actor.With(t.Context(), w.people[name].Actor())
}

// at is a booking of two hours of a group at nine.
func at(g supervision.Group, day string) booking.Booking {
	return booking.Booking{Group: g.ID, Day: civil.MustParse(day), Start: 9 * 60, Minutes: 120}
}

// book books one session.
func (w *world) book(t *testing.T, b booking.Booking) sessions.Session {
	t.Helper()
	booked, err := w.booking.Book(w.as(t, "technician"), []booking.Booking{b})
	must(t, err)
	return booked[0]
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// mount serves the pages of all modules that have any.
func (w *world) mount(t *testing.T) {
	t.Helper()
	sources := []fs.FS{web.Locales, ui.Locales}
	for _, m := range w.modules {
		if m.Locales != nil {
			sources = append(sources, m.Locales)
		}
	}
	var err error
	w.messages, err = i18n.Load(sources...)
	must(t, err)
	r := web.NewRouter()
	r.Sessions, r.Messages, r.Log = scs.New(), w.messages, slog.New(slog.NewTextHandler(io.Discard, nil))
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

// visit opens a browser in which a person is signed in, or a stranger's.
func (w *world) visit(t *testing.T, name string) *testkit.Visitor {
	t.Helper()
	v := testkit.Visit(t, w.handler)
	if name != "" {
		m := w.people[name]
		v.Post("/sign-in/demo", url.Values{"user": {m.UserID.String()}, "membership": {m.ID.String()}, "back": {"/supervision/sessions"}})
	}
	return v
}
