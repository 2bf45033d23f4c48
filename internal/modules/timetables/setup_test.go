package timetables_test

import (
	"context"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/profession"
	"bastida/internal/kernel/record"
	"bastida/internal/kernel/text"
	"bastida/internal/modules/booking"
	"bastida/internal/modules/hours"
	"bastida/internal/modules/identity"
	"bastida/internal/modules/planning"
	"bastida/internal/modules/profiles"
	"bastida/internal/modules/sessions"
	"bastida/internal/modules/supervision"
	"bastida/internal/modules/supervisors"
	"bastida/internal/modules/territory"
	"bastida/internal/modules/timetables"
	"bastida/internal/platform/db"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/jobs"
	"bastida/internal/platform/module"
	"bastida/internal/platform/testkit"
)

// rules are those of an invented funder, who leaves the longest distance
// between sessions to be stated.
const rules = `{
	"code": "test", "name": {"en": "Test profile"}, "funder": "Invented funder", "basis": "None",
	"kinds": ["teams", "mono_professional"], "actions": {}, "professions": [], "kind_only": {"mono_professional": ["psychologist"]},
	"same_profession": ["mono_professional"], "supervisor": "required", "goals": [],
	"figures": [
		{"key": "session_minutes", "unit": "min", "value": 120, "source": "Invented", "status": "assumed", "required": false},
		{"key": "spacing_min_days", "unit": "days", "value": 14, "source": "Invented", "status": "assumed", "required": false},
		{"key": "spacing_max_days", "unit": "days", "value": null, "source": "", "status": "", "required": false}
	]
}`

// world is a tenant with a season like that of the demonstration, smaller: five
// groups in four towns, without supervisors, and a register of three.
type world struct {
	*timetables.Service
	db          *db.DB
	identity    *identity.Service
	territory   *territory.Service
	supervision *supervision.Service
	supervisors *supervisors.Service
	hours       *hours.Service
	sessions    *sessions.Service
	booking     *booking.Service
	modules     []module.Descriptor
	worker      *jobs.Worker
	told        map[booking.Change]int // sessions that somebody was told of

	tenant, other record.ID
	bodies        []record.ID
	programme     supervision.Programme
	groups        []supervision.Group
	staff         map[string]supervisors.Supervisor
}

func connect(d *db.DB) *world {
	w := &world{db: d, identity: identity.New(d, true), territory: territory.New(d, nil), staff: map[string]supervisors.Supervisor{}, told: map[booking.Change]int{}}
	known := profiles.New(d)
	w.supervisors = supervisors.New(supervisors.Deps{DB: d, Identity: w.identity, Territory: w.territory})
	w.supervision = supervision.New(supervision.Deps{DB: d, Identity: w.identity, Territory: w.territory, Profiles: known, Supervisors: w.supervisors})
	w.hours = hours.New(hours.Deps{DB: d, Supervision: w.supervision})
	w.sessions = sessions.New(sessions.Deps{DB: d, Supervision: w.supervision, Hours: w.hours})
	w.booking = booking.New(booking.Deps{
		DB: d, Territory: w.territory, Supervisors: w.supervisors, Supervision: w.supervision, Hours: w.hours, Sessions: w.sessions,
	})
	w.booking.OnChange(func(_ *db.Tx, c booking.Change, all []sessions.Session) error {
		w.told[c] += len(all)
		return nil
	})
	set := planning.New(planning.Deps{Territory: w.territory, Supervisors: w.supervisors, Supervision: w.supervision, Hours: w.hours, Sessions: w.sessions})
	w.Service = timetables.New(timetables.Deps{DB: d, Supervision: w.supervision, Sessions: w.sessions, Booking: w.booking, Planning: set})
	w.modules = []module.Descriptor{
		w.identity.Module(), w.territory.Module(), known.Module(), w.supervisors.Module(), w.supervision.Module(), w.hours.Module(),
		w.sessions.Module(), w.booking.Module(), w.Module(),
	}
	return w
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
		clock := testkit.NewClock(time.Date(2020, time.January, 20, 10, 0, 0, 0, i18n.Zone))
		w := connect(testkit.Open(t, url, clock))
		w.worker = &jobs.Worker{DB: w.db, Log: slog.New(slog.NewTextHandler(t.Output(), nil)), Kinds: w.Module().Jobs}
		w.fill(t)
		f(t, w)
	})
}

func (w *world) fill(t *testing.T) {
	t.Helper()
	for i, code := range []string{"funder", "other", "town0", "town1", "town2", "town3"} {
		b, err := w.identity.RegisterBody(t.Context(), identity.BodyInput{Code: code, Pack: "diba", Name: "Body of " + code, Language: "en"})
		must(t, err)
		switch i {
		case 0:
			w.tenant = b.ID
		case 1:
			w.other = b.ID
		default:
			w.bodies = append(w.bodies, b.ID)
		}
	}
	system := actor.AsSystem(t.Context(), w.tenant, "command")
	from := civil.MustParse("2020-01-01")
	must(t, w.territory.LoadOffice(system, territory.Office{Pack: "diba", Country: "ES", Region: "ES-CT"}))
	var places []territory.Place
	for i := range w.bodies {
		places = append(places, territory.Place{
			Code: fmt.Sprintf("0890%d", i), Kind: territory.Municipality, Name: fmt.Sprintf("Vila %d", i), Area: "Vall", AreaFold: "vall",
			Lat: 41.8 + 0.05*float64(i), Lon: 2.1, Status: territory.Official,
		})
	}
	must(t, w.territory.LoadPlaces(system, places))
	must(t, w.territory.LoadHolidays(system, []territory.Holiday{
		{Date: civil.MustParse("2020-05-01"), Scope: territory.National, Place: "ES", Name: text.Localized{"en": "Labour Day"}, Source: "Test", Status: "confirmed"},
		{Date: civil.MustParse("2020-03-19"), Scope: territory.Local, Place: "08900", Name: text.Localized{"en": "Fair"}, Source: "Test", Status: "confirmed"},
	}))
	must(t, w.territory.LoadParameters(system, []territory.Parameter{
		{Key: territory.DetourKey, Value: 1.3, ValidFrom: from, Source: "invented", Status: "assumed"},
		{Key: territory.SpeedKey, Value: 50, ValidFrom: from, Source: "invented", Status: "assumed"},
	}))
	_, err := w.supervision.Profiles.Load(system, []byte(rules))
	must(t, err)
	w.season(t)
}

func (w *world) season(t *testing.T) {
	t.Helper()
	ctx := w.as(t, actor.Technician)
	for _, in := range []supervisors.SupervisorInput{
		{Name: "Laia", Profession: profession.SocialWorker, External: true, Home: "08900"},
		{Name: "Pere", Profession: profession.Psychologist, External: true, Home: "08903"},
		{Name: "Quim", Profession: profession.Psychologist},
	} {
		in.Email, in.Languages = in.Name+"@schedule.example", []string{"ca"}
		s, err := w.supervisors.Add(ctx, in)
		must(t, err)
		w.staff[in.Name] = s
	}
	p, err := w.supervision.Create(ctx, supervision.ProgrammeInput{
		Title: "Season", Season: "2020", ProfileCode: "test", Origin: supervision.FromDecision, OriginNote: "Act 1/2020",
		Starts: civil.MustParse("2020-01-07"), Ends: civil.MustParse("2020-07-31"),
	})
	must(t, err)
	for i := range 5 {
		kind := profiles.Teams
		if i == 4 {
			kind = profiles.MonoProfessional
		}
		g, err := w.supervision.AddGroup(ctx, p.ID, supervision.GroupInput{
			Name: fmt.Sprintf("Group %d", i+1), Kind: kind, Language: "ca", Hours: 10, PlaceCode: fmt.Sprintf("0890%d", i%4),
			Bodies: []supervision.GroupBody{{BodyID: w.bodies[i%4], Professionals: 8}},
		})
		must(t, err)
		w.groups = append(w.groups, g)
	}
	for _, g := range []int{0, 4} { // of the same body: one person is in both
		w.enrol(t, w.groups[g], "both@schedule.example")
	}
	w.programme, err = w.supervision.Step(ctx, p.ID, db.AnyVersion, "open")
	must(t, err)
}

func (w *world) enrol(t *testing.T, g supervision.Group, email string) {
	t.Helper()
	_, err := w.supervision.Enrol(w.as(t, actor.Technician), g.ID, supervision.ParticipantInput{
		Name: "Member " + email, Email: email, Profession: profession.Psychologist, BodyID: g.Bodies.V[0].BodyID, Joined: civil.MustParse("2020-01-01"),
	})
	must(t, err)
}

// stated states the figure that the profile leaves open.
func (w *world) stated(t *testing.T) {
	t.Helper()
	_, err := w.supervision.StateFigure(w.as(t, actor.Technician), w.programme.ID, db.AnyVersion, profiles.FigureInput{
		Name: "spacing_max_days", Value: 42, Source: "Invented decision",
	})
	must(t, err)
}

// asked is a search that ends by rounds, so that every machine finds the same.
func asked() planning.ProposalInput {
	return planning.ProposalInput{Window: window(), Seed: 1, Seconds: 60, Rounds: 10}
}

func window() planning.Window {
	return planning.Window{
		First: civil.MustParse("2020-02-03"), Last: civil.MustParse("2020-07-17"), Weekdays: []string{"mon", "tue", "wed", "thu", "fri"}, From: "09:00", To: "14:00",
	}
}

// proposed is a proposal, done.
func (w *world) proposed(t *testing.T, in planning.ProposalInput) timetables.Sheet {
	t.Helper()
	run, err := w.Propose(w.as(t, actor.Technician), w.programme.ID, in)
	must(t, err)
	return w.worked(t, run)
}

// worked does the waiting searches and returns a run.
func (w *world) worked(t *testing.T, run timetables.Run) timetables.Sheet {
	t.Helper()
	if _, err := w.worker.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	sheet, err := w.Sheet(w.as(t, actor.Technician), w.programme.ID, run.ID)
	must(t, err)
	if sheet.UnderWay() || sheet.State == timetables.Failed {
		t.Fatalf("the run is %s", sheet.State)
	}
	return sheet
}

// accepted is a season that was proposed and accepted.
func (w *world) accepted(t *testing.T) []sessions.Session {
	t.Helper()
	w.stated(t)
	sheet := w.proposed(t, asked())
	_, err := w.Accept(w.as(t, actor.Technician), w.programme.ID, sheet.ID, sheet.Version)
	must(t, err)
	return w.booked(t)
}

func (w *world) booked(t *testing.T) []sessions.Session {
	t.Helper()
	all, err := w.sessions.OfProgramme(w.as(t, actor.Technician), w.programme.ID)
	must(t, err)
	return all
}

func (w *world) actor(role actor.Role) actor.Actor {
	a := actor.Actor{Tenant: w.tenant, User: record.ID("user-" + role), Name: "Nadia Invented", Role: role}
	if role == actor.LocalOfficer {
		a.Body = w.bodies[0]
	}
	return a
}

func (w *world) as(t *testing.T, role actor.Role) context.Context {
	t.Helper()
	return actor.With(t.Context(), w.actor(role))
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
