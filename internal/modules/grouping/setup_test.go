package grouping_test

import (
	"context"
	"fmt"
	"log/slog"
	"testing"

	"bastida/engine/formation"
	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/record"
	"bastida/internal/kernel/text"
	"bastida/internal/modules/calls"
	"bastida/internal/modules/grouping"
	"bastida/internal/modules/identity"
	"bastida/internal/modules/territory"
	"bastida/internal/platform/db"
	"bastida/internal/platform/jobs"
	"bastida/internal/platform/table"
	"bastida/internal/platform/testkit"
)

// world is an organisation with a closed call for which 25 bodies applied:
// one too large for a group, one far from everybody and one that shares with
// nobody among them.
type world struct {
	*grouping.Service
	db     *db.DB
	office record.ID
	other  record.ID
	call   calls.Call
	worker *jobs.Worker
}

var (
	callRows        = db.TableOf[calls.Call]("calls_call")
	applicationRows = db.TableOf[calls.Application]("calls_application")
)

func each(t *testing.T, f func(t *testing.T, w *world)) {
	t.Helper()
	t.Parallel()
	modules := services(nil)
	schemas := []db.Schema{
		jobs.Schema, modules.identity.Module().Schema(), modules.territory.Module().Schema(),
		modules.calls.Module().Schema(), modules.grouping.Module().Schema(),
	}
	testkit.EachEngine(t, schemas, func(t *testing.T, d *db.DB) { f(t, build(t, d)) })
}

type parts struct {
	identity  *identity.Service
	territory *territory.Service
	calls     *calls.Service
	grouping  *grouping.Service
}

func services(d *db.DB) (p parts) {
	p.identity = identity.New(d, true)
	p.territory = territory.New(d, nil)
	p.calls = calls.New(calls.Deps{DB: d, Identity: p.identity, Territory: p.territory})
	p.grouping = grouping.New(d, p.calls, p.territory)
	return p
}

func build(t *testing.T, d *db.DB) *world {
	t.Helper()
	p := services(d)
	w := &world{Service: p.grouping, db: d}
	w.worker = &jobs.Worker{DB: d, Log: slog.New(slog.NewTextHandler(t.Output(), nil)), Kinds: p.grouping.Module().Jobs}
	for code, id := range map[string]*record.ID{"office": &w.office, "other": &w.other} {
		b, err := p.identity.RegisterBody(t.Context(), identity.BodyInput{Code: code, Name: "Body " + code, Language: "ca"})
		must(t, err)
		*id = b.ID
	}
	w.fill(t, p.territory)
	return w
}

// fill writes the territory, the call and the applications.
func (w *world) fill(t *testing.T, places *territory.Service) {
	t.Helper()
	ctx := actor.AsSystem(t.Context(), w.office, "command")
	from := civil.MustParse("2020-01-01")
	bodies := applicants()
	rows := make([]territory.Place, len(bodies))
	for i, b := range bodies {
		rows[i] = territory.Place{
			Code: b.BodyCode, Kind: territory.Municipality, Name: b.BodyName, Area: b.Area,
			Lat: 41.8 + float64(i/5)*0.08, Lon: 2.1 + float64(i%5)*0.08, Status: territory.Editable,
		}
	}
	rows[far].Lat = 44
	must(t, places.LoadOffice(ctx, territory.Office{Pack: "test", Country: "ES", Region: "ES-CT"}))
	must(t, places.LoadPlaces(ctx, rows))
	must(t, places.LoadParameters(ctx, []territory.Parameter{
		{Key: territory.DetourKey, Value: 1.3, ValidFrom: from, Source: "invented", Status: "assumed"},
		{Key: territory.SpeedKey, Value: 50, ValidFrom: from, Source: "invented", Status: "assumed"},
	}))
	must(t, w.db.Do(ctx, func(tx *db.Tx) error {
		w.call = calls.Call{
			Code: "2020-1", Title: text.Localized{"ca": "Convocatòria inventada"}, State: calls.CallClosed, Opens: from,
			Closes: civil.MustParse("2020-01-10"), MaxPerBody: 1, HoursPerGroup: 18, HoursBudget: 360, MinGroup: 8, MaxGroup: 15, MaxKM: 40,
		}
		if err := callRows.Insert(tx, &w.call); err != nil {
			return err
		}
		for i := range bodies {
			bodies[i].CallID = w.call.ID
			if err := applicationRows.Insert(tx, &bodies[i]); err != nil {
				return err
			}
		}
		return nil
	}))
}

// The applicants that are unlike the others.
const (
	large = 7
	far   = 20
	alone = 12
)

func applicants() []calls.Application {
	all := make([]calls.Application, 25)
	for i := range all {
		a := &all[i]
		a.BodyID = record.ID(fmt.Sprintf("body-%02d", i))
		a.BodyCode, a.BodyName = fmt.Sprintf("99%03d", i), fmt.Sprintf("Vila %c", 'A'+i)
		a.BodyFold, a.Area = text.Fold(a.BodyName), "Comarca"
		a.Slot, a.Number, a.State = 1, fmt.Sprintf("2020-1-%04d", i), calls.Admitted
		a.Professionals, a.Consent, a.Modality = 2+i%4, true, "cases"
		if i%5 == 4 {
			a.Modality = "teams"
		}
	}
	all[large].Professionals = 33
	all[alone].Consent = false
	return all
}

// technician, officer and the others are who asks.
func (w *world) as(t *testing.T, role actor.Role) context.Context {
	t.Helper()
	return actor.With(t.Context(), w.actor(role))
}

func (w *world) actor(role actor.Role) actor.Actor {
	a := actor.Actor{Tenant: w.office, User: "user", Name: "Núria Inventada", Role: role}
	if role == actor.LocalOfficer {
		a.Body = "body-00"
	}
	return a
}

func (w *world) stranger(t *testing.T) context.Context {
	t.Helper()
	return actor.With(t.Context(), actor.Actor{Tenant: w.other, User: "else", Name: "Somebody Else", Role: actor.Technician})
}

// usual is what the call asks, with a search that ends by rounds and not by
// the clock, so that every machine finds the same.
func (w *world) usual() grouping.RunInput {
	return grouping.RunInput{
		Min: w.call.MinGroup, Max: w.call.MaxGroup, MaxKM: w.call.MaxKM, HoursPerGroup: w.call.HoursPerGroup, HoursBudget: w.call.HoursBudget,
		Penalty: formation.DefaultPenalty, Rounds: 40, Seconds: 60, Seed: 1,
	}
}

// searched is a run of the call, done.
func (w *world) searched(t *testing.T) *grouping.Board {
	t.Helper()
	ctx := w.as(t, actor.Technician)
	run, err := w.Start(ctx, w.call.ID, w.usual())
	must(t, err)
	return w.worked(t, run.ID)
}

// worked does the waiting searches and returns a run.
func (w *world) worked(t *testing.T, run record.ID) *grouping.Board {
	t.Helper()
	if _, err := w.worker.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	b, err := w.Board(w.as(t, actor.Technician), run)
	must(t, err)
	return b
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

var (
	runRows = db.TableOf[grouping.Run]("grouping_run")
	page    = table.Page{Number: 1, Size: 50}
)
