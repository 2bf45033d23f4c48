package hours_test

import (
	"context"
	"testing"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/hours"
	"bastida/internal/modules/identity"
	"bastida/internal/modules/profiles"
	"bastida/internal/modules/supervision"
	"bastida/internal/modules/supervisors"
	"bastida/internal/modules/territory"
	"bastida/internal/platform/db"
	"bastida/internal/platform/jobs"
	"bastida/internal/platform/module"
	"bastida/internal/platform/testkit"
)

// rules are those of an invented funder: at most 18 hours a group.
const rules = `{
	"code": "test", "name": {"ca": "Perfil de prova"}, "funder": "Organisme inventat", "basis": "Cap",
	"kinds": ["teams", "cases"], "actions": {}, "professions": [], "kind_only": {}, "same_profession": [], "supervisor": "allowed", "goals": [],
	"figures": [{"key": "max_hours_group", "unit": "hours", "value": 18, "source": "Inventat", "status": "assumed", "required": true}]
}`

// world is an installation whose tenant offers supervision to two bodies.
type world struct {
	*hours.Service
	db          *db.DB
	identity    *identity.Service
	supervision *supervision.Service
	bodies      map[string]identity.Body
	people      map[string]identity.Acting
	modules     []module.Descriptor
}

func connect(d *db.DB) *world {
	w := &world{db: d, identity: identity.New(d, true), bodies: map[string]identity.Body{}, people: map[string]identity.Acting{}}
	places, rules := territory.New(d, nil), profiles.New(d)
	register := supervisors.New(supervisors.Deps{DB: d, Identity: w.identity, Territory: places})
	w.supervision = supervision.New(supervision.Deps{DB: d, Identity: w.identity, Territory: places, Profiles: rules, Supervisors: register})
	w.Service = hours.New(hours.Deps{DB: d, Supervision: w.supervision})
	w.modules = []module.Descriptor{w.identity.Module(), places.Module(), rules.Module(), register.Module(), w.supervision.Module(), w.Module()}
	return w
}

func each(t *testing.T, f func(t *testing.T, w *world)) {
	t.Helper()
	t.Parallel()
	schemas := []db.Schema{jobs.Schema}
	for _, m := range connect(nil).modules {
		if m.Migrations != nil {
			schemas = append(schemas, m.Schema())
		}
	}
	testkit.EachEngine(t, schemas, func(t *testing.T, d *db.DB) {
		w := connect(d)
		for _, code := range []string{"funder", "valley", "coast"} {
			b, err := w.identity.RegisterBody(t.Context(), identity.BodyInput{Code: code, Pack: "diba", Name: "Body of " + code, Language: "en"})
			must(t, err)
			w.bodies[code] = b
		}
		w.person(t, "technician", actor.Technician, "")
		w.person(t, "legal", actor.LegalOfficer, "")
		w.person(t, "auditor", actor.Auditor, "")
		w.person(t, "supervisor", actor.Supervisor, "")
		w.person(t, "valley", actor.LocalOfficer, "valley")
		w.person(t, "coast", actor.LocalOfficer, "coast")
		_, err := w.supervisionProfiles().Load(w.system(t), []byte(rules))
		must(t, err)
		f(t, w)
	})
}

func (w *world) supervisionProfiles() *profiles.Service { return w.supervision.Profiles }

func (w *world) person(t *testing.T, name string, role actor.Role, body string) {
	t.Helper()
	u, err := w.identity.Register(w.system(t), identity.UserInput{Email: name + "@hours.example", Name: "Person " + name, Language: "en", Demo: true})
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

// programme makes an open season with two groups of 18 hours, one for each
// body, that comes from a contract or from the body's own decision.
func (w *world) programme(t *testing.T, from supervision.Origin) (p supervision.Programme, valley, coast supervision.Group) {
	t.Helper()
	ctx := w.as(t, "technician")
	p, err := w.supervision.Create(ctx, supervision.ProgrammeInput{
		Title: "Season", Season: "2020", ProfileCode: "test", Origin: from, OriginNote: "Act 1/2020",
		Starts: civil.MustParse("2020-01-01"), Ends: civil.MustParse("2020-12-31"),
	})
	must(t, err)
	for _, code := range []string{"valley", "coast"} {
		b := w.bodies[code]
		g, err := w.supervision.AddGroup(ctx, p.ID, supervision.GroupInput{
			Name: code, Kind: profiles.Teams, Language: "ca", Hours: 18,
			Bodies: []supervision.GroupBody{{BodyID: b.ID, Code: b.Code, Name: b.Name, Professionals: 10}},
		})
		must(t, err)
		if code == "valley" {
			valley = g
		} else {
			coast = g
		}
	}
	return p, valley, coast
}

// engage enters a contract of a programme at 60 euros an hour.
func (w *world) engage(t *testing.T, programme record.ID, worth float64) supervision.Contract {
	t.Helper()
	c, err := w.supervision.Engage(w.as(t, "legal"), programme, supervision.ContractInput{
		Provider: "Cooperativa inventada", Reference: "EXP-1", Hours: worth, Price: 60, SignedOn: civil.MustParse("2020-01-02"),
	})
	must(t, err)
	return c
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
