package supervision_test

import (
	"context"
	"testing"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/profession"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/calls"
	"bastida/internal/modules/grouping"
	"bastida/internal/modules/identity"
	"bastida/internal/modules/profiles"
	"bastida/internal/modules/supervision"
	"bastida/internal/modules/supervisors"
	"bastida/internal/modules/territory"
	"bastida/internal/platform/db"
	"bastida/internal/platform/files"
	"bastida/internal/platform/jobs"
	"bastida/internal/platform/testkit"
)

// world is an organisation that supports two municipalities, with a profile
// that leaves one required figure open, and one supervisor.
type world struct {
	*supervision.Service
	db                   *db.DB
	identity             *identity.Service
	supervisors          *supervisors.Service
	office, vila, poble  record.ID
	elsewhere            record.ID
	supervisor           supervisors.Supervisor
	supervising, joining record.ID // accounts
}

const profile = `{
	"code": "funder", "name": {"ca": "Finançador inventat"}, "kinds": ["cases", "mono_professional"], "supervisor": "required",
	"kind_only": {"mono_professional": ["social_worker"]}, "same_profession": ["mono_professional"],
	"figures": [
		{"key": "max_hours_group", "unit": "h", "value": 18, "source": "invented", "status": "assumed", "required": true},
		{"key": "min_group", "unit": "people", "value": 8, "source": "invented", "status": "assumed", "required": true},
		{"key": "max_group", "unit": "people", "value": 2, "source": "invented", "status": "assumed", "required": false},
		{"key": "session_minutes", "unit": "min", "value": null, "source": "", "status": "", "required": true}
	]
}`

func each(t *testing.T, f func(t *testing.T, w *world)) {
	t.Helper()
	t.Parallel()
	bare := (&world{}).services(nil)
	schemas := []db.Schema{
		jobs.Schema, files.Schema, bare.Identity.Module().Schema(), bare.Territory.Module().Schema(), bare.Calls.Module().Schema(),
		bare.Grouping.Module().Schema(), bare.Profiles.Module().Schema(), supervisorsSchema(), supervision.New(bare).Module().Schema(),
	}
	testkit.EachEngine(t, schemas, func(t *testing.T, d *db.DB) { f(t, build(t, d)) })
}

func supervisorsSchema() db.Schema { return supervisors.New(supervisors.Deps{}).Module().Schema() }

func (w *world) services(d *db.DB) (deps supervision.Deps) {
	deps = supervision.Deps{DB: d, Identity: identity.New(d, true), Territory: territory.New(d, nil), Profiles: profiles.New(d)}
	deps.Supervisors = supervisors.New(supervisors.Deps{DB: d, Identity: deps.Identity, Territory: deps.Territory})
	deps.Calls = calls.New(calls.Deps{DB: d, Identity: deps.Identity, Territory: deps.Territory})
	deps.Grouping = grouping.New(d, deps.Calls, deps.Territory)
	return deps
}

func build(t *testing.T, d *db.DB) *world {
	t.Helper()
	w := &world{db: d}
	deps := w.services(d)
	w.Service, w.identity, w.supervisors = supervision.New(deps), deps.Identity, deps.Supervisors
	for code, id := range map[string]*record.ID{"office": &w.office, "vila": &w.vila, "poble": &w.poble, "elsewhere": &w.elsewhere} {
		pack := "test"
		if code == "elsewhere" {
			pack = code
		}
		b, err := w.identity.RegisterBody(t.Context(), identity.BodyInput{Code: code, Pack: pack, Name: "Body " + code, Language: "ca"})
		must(t, err)
		*id = b.ID
	}
	office := actor.AsSystem(t.Context(), w.office, "command")
	_, err := deps.Profiles.Load(office, []byte(profile))
	must(t, err)
	w.supervising = w.account(t, "supervisor@supervisio.example", actor.Supervisor, "")
	w.joining = w.account(t, "anna@vila.example", actor.Professional, w.vila)
	w.supervisor, err = w.supervisors.Add(w.as(t, actor.Technician), supervisors.SupervisorInput{
		Name: "Elena Inventada", Email: "supervisor@supervisio.example", External: true, Profession: profession.Psychologist, Languages: []string{"ca"},
	})
	must(t, err)
	return w
}

// account makes somebody who may act in the office's tenant.
func (w *world) account(t *testing.T, email string, role actor.Role, body record.ID) record.ID {
	t.Helper()
	ctx := actor.AsSystem(t.Context(), w.office, "command")
	u, err := w.identity.Register(ctx, identity.UserInput{Email: email, Name: email, Language: "ca"})
	must(t, err)
	_, err = w.identity.Grant(ctx, identity.MembershipInput{UserID: u.ID, Role: role, BodyID: body})
	must(t, err)
	return u.ID
}

// as acts in the office with a role; officers speak for the municipality vila.
func (w *world) as(t *testing.T, role actor.Role) context.Context {
	t.Helper()
	a := actor.Actor{Tenant: w.office, User: record.ID("user-" + role), Name: "Núria Inventada", Role: role}
	switch role {
	case actor.LocalOfficer, actor.TeamLead:
		a.Body = w.vila
	case actor.Professional:
		a.User, a.Body = w.joining, w.vila
	case actor.Supervisor:
		a.User = w.supervising
	default: // somebody of the office
	}
	return actor.With(t.Context(), a)
}

// programme is a programme of the profile, with a group of the municipalities
// given.
func (w *world) programme(t *testing.T, bodies ...record.ID) (supervision.Programme, supervision.Group) {
	t.Helper()
	ctx := w.as(t, actor.Technician)
	p, err := w.Create(ctx, supervision.ProgrammeInput{
		Title: "Programa inventat", Season: "2020", ProfileCode: "funder", Origin: supervision.FromDecision, OriginNote: "Decret inventat",
		Starts: civil.MustParse("2020-01-15"), Ends: civil.MustParse("2020-12-15"),
	})
	must(t, err)
	in := supervision.GroupInput{Name: "Grup", Kind: profiles.Cases, Hours: 18, Goals: []string{"Pensar"}}
	for _, b := range bodies {
		in.Bodies = append(in.Bodies, supervision.GroupBody{BodyID: b, Professionals: 4})
	}
	g, err := w.AddGroup(ctx, p.ID, in)
	must(t, err)
	p, err = w.Programme(ctx, p.ID)
	must(t, err)
	return p, g
}

func (w *world) open(t *testing.T, p supervision.Programme) supervision.Programme {
	t.Helper()
	ctx := w.as(t, actor.Technician)
	p, err := w.StateFigure(ctx, p.ID, p.Version, profiles.FigureInput{Name: "session_minutes", Value: 120, Source: "Decret inventat"})
	must(t, err)
	p, err = w.Step(ctx, p.ID, p.Version, "open")
	must(t, err)
	return p
}

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

// wrongField tells whether a refusal complains of a field.
func wrongField(t *testing.T, err error, name, key string) {
	t.Helper()
	f := fault.Of(err)
	if f == nil || len(f.Fields) == 0 || f.Fields[0].Name != name || f.Fields[0].Key != key {
		t.Errorf("got %+v, want a complaint %s of %s", f, key, name)
	}
}
