package territory_test

import (
	"context"
	"errors"
	"math"
	"testing"
	"time"

	"bastida/engine/deadline"
	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/territory"
	"bastida/internal/platform/db"
	"bastida/internal/platform/table"
	"bastida/internal/platform/testkit"
)

var everything = table.Page{Number: 1, Size: 1000, Sort: "name_fold"}

func place(t *testing.T, s *territory.Service, ctx context.Context, words string) territory.Place {
	t.Helper()
	found, _, err := s.Places(ctx, territory.PlaceFilter{Words: words, Kind: territory.Municipality}, everything)
	if err != nil || len(found) == 0 {
		t.Fatalf("%s: %d, %v", words, len(found), err)
	}
	return found[0]
}

func TestThePlacesOfAProvince(t *testing.T) {
	eachEngine(t, "diba", "08019", func(t *testing.T, s *territory.Service, ctx context.Context) {
		for _, ask := range []struct {
			filter territory.PlaceFilter
			want   int
		}{
			{territory.PlaceFilter{}, 324},
			{territory.PlaceFilter{Kind: territory.Municipality}, 311},
			{territory.PlaceFilter{Kind: territory.CountyCouncil}, 11},
			{territory.PlaceFilter{Area: "Moianès", Kind: territory.Municipality}, 10},
			{territory.PlaceFilter{Words: "SABADELL"}, 1},
			{territory.PlaceFilter{Words: "08298"}, 1},
			{territory.PlaceFilter{Words: "100%"}, 0},
		} {
			found, total, err := s.Places(ctx, ask.filter, everything)
			if err != nil || total != len(found) {
				t.Fatalf("%+v: %d of %d, %v", ask.filter, len(found), total, err)
			}
			if total != ask.want {
				t.Errorf("%+v: %d, want %d", ask.filter, total, ask.want)
			}
		}
		if p, err := s.PlaceOf(ctx, "body-vic"); err != nil || p.Name != "Vic" {
			t.Errorf("%+v, %v", p, err)
		}
		for _, body := range []record.ID{"", "body-other"} {
			if _, err := s.PlaceOf(ctx, body); !errors.Is(err, fault.NotFound) {
				t.Errorf("%q: %v", body, err)
			}
		}
		other := actor.AsSystem(t.Context(), "elsewhere", "command")
		if all, err := s.AllPlaces(other); err != nil || len(all) != 0 {
			t.Errorf("another tenant sees %d places, %v", len(all), err)
		}
	})
}

func TestNamesAreSortedAsPeopleDo(t *testing.T) {
	eachEngine(t, "imas", "", func(t *testing.T, s *territory.Service, ctx context.Context) {
		all, err := s.AllPlaces(ctx)
		if err != nil || len(all) != 53 {
			t.Fatalf("%d, %v", len(all), err)
		}
		if all[0].Name != "Alaró" || all[1].Name != "Alcúdia" {
			t.Errorf("%s, %s", all[0].Name, all[1].Name)
		}
	})
}

func TestLoadingAProvinceIsQuick(t *testing.T) {
	t.Parallel()
	set := setOf(t)
	schemas := []db.Schema{territory.New(nil, nil).Module().Schema()}
	testkit.EachEngine(t, schemas, func(t *testing.T, d *db.DB) {
		s := territory.New(d, territory.Drawings(set))
		p, err := set.Pack("diba")
		if err != nil {
			t.Fatal(err)
		}
		ctx := actor.AsSystem(t.Context(), "office", "command")
		start := time.Now()
		if err := s.LoadPack(ctx, p, territory.PackLoad{Demo: true}); err != nil {
			t.Fatal(err)
		}
		t.Logf("324 places, 618 local days and the rest in %s", time.Since(start))
		if err := s.LoadPack(ctx, p, territory.PackLoad{}); !errors.Is(err, fault.Conflict) {
			t.Errorf("a second loading: %v", err)
		}
	})
}

func TestEveryPackLoads(t *testing.T) {
	for _, code := range []string{"treviso", "mugello", "barcelona"} {
		t.Run(code, func(t *testing.T) {
			eachEngine(t, code, "", func(t *testing.T, s *territory.Service, ctx context.Context) {
				all, err := s.AllPlaces(ctx)
				want := map[string]int{"treviso": 37, "mugello": 8, "barcelona": 83}[code]
				if err != nil || len(all) != want {
					t.Errorf("%d places, want %d, %v", len(all), want, err)
				}
				if _, err := s.Travel(ctx, civil.MustParse("2020-01-20")); err != nil {
					t.Error(err)
				}
				if _, err := s.Drawing(ctx); err != nil {
					t.Error(err)
				}
			})
		})
	}
}

func TestAreasAddUp(t *testing.T) {
	eachEngine(t, "diba", "08019", func(t *testing.T, s *territory.Service, ctx context.Context) {
		areas, err := s.Areas(ctx)
		if err != nil {
			t.Fatal(err)
		}
		places := 0
		for _, a := range areas {
			places += a.Places
			if a.Population == 0 || a.Unsure != 0 {
				t.Errorf("%+v", a)
			}
		}
		if places != 311 || areas[0].Name != "Alt Penedès" {
			t.Errorf("%d places, first %s", places, areas[0].Name)
		}
	})
}

func TestAnAreaIsCorrectedOnlyWhereTheOrganisationDecides(t *testing.T) {
	eachEngine(t, "imas", "07040", func(t *testing.T, s *territory.Service, ctx context.Context) {
		p := place(t, s, ctx, "alcudia")
		if p.Status != territory.Uncertain {
			t.Fatalf("%+v", p)
		}
		for role, kind := range map[actor.Role]fault.Kind{
			actor.LocalOfficer: fault.Forbidden, actor.Auditor: fault.Forbidden, actor.Stranger: fault.Forbidden,
		} {
			if _, err := s.EditArea(as(ctx, role), p.ID, p.Version, territory.AreaInput{}); !errors.Is(err, kind) {
				t.Errorf("%s: %v", role, err)
			}
		}
		technician := as(ctx, actor.Technician)
		_, err := s.EditArea(technician, p.ID, p.Version, territory.AreaInput{Area: "Llevant", Status: territory.Official})
		if f := fault.Of(err); f == nil || len(f.Fields) != 1 || f.Fields[0].Name != "note" {
			t.Errorf("official without a source: %v", err)
		}
		_, err = s.EditArea(technician, p.ID, p.Version+1, territory.AreaInput{Area: "Llevant", Status: territory.Editable})
		if !errors.Is(err, fault.Stale) {
			t.Errorf("%v", err)
		}
		saved, err := s.EditArea(technician, p.ID, p.Version, territory.AreaInput{Area: "Llevant", Status: territory.Official, Note: "An act"})
		if err != nil || saved.AreaFold != "llevant" || saved.Status != territory.Official {
			t.Fatalf("%+v, %v", saved, err)
		}
		_, err = s.EditArea(technician, p.ID, saved.Version, territory.AreaInput{Area: "Raiguer", Status: territory.Editable})
		if !errors.Is(err, fault.Conflict) {
			t.Errorf("an official area was changed: %v", err)
		}
	})
}

func TestJourneysAreEstimated(t *testing.T) {
	eachEngine(t, "diba", "08019", func(t *testing.T, s *territory.Service, ctx context.Context) {
		vic, manlleu := place(t, s, ctx, "08298"), place(t, s, ctx, "manlleu")
		if d := territory.Distance(vic, manlleu); math.Abs(d-8.5) > 1.5 {
			t.Errorf("%.1f km in a straight line", d)
		}
		travel, err := s.Travel(ctx, civil.MustParse("2020-01-20"))
		if err != nil {
			t.Fatal(err)
		}
		if km := travel.Kilometres(vic, manlleu); math.Abs(km-1.3*territory.Distance(vic, manlleu)) > 1e-9 {
			t.Errorf("%.2f km", km)
		}
		if minutes := travel.Minutes(vic, manlleu); math.Abs(minutes-travel.Kilometres(vic, manlleu)*60/50) > 1e-9 {
			t.Errorf("%.2f minutes", minutes)
		}
		if _, err := s.Travel(ctx, civil.MustParse("2019-12-31")); !errors.Is(err, fault.NotFound) {
			t.Errorf("a figure before its first day: %v", err)
		}
	})
}

func TestAFigureIsReplacedFromADay(t *testing.T) {
	eachEngine(t, "diba", "08019", func(t *testing.T, s *territory.Service, ctx context.Context) {
		administrator := as(ctx, actor.Administrator)
		speed, err := s.Parameter(ctx, territory.SpeedKey, civil.MustParse("2020-01-20"))
		if err != nil {
			t.Fatal(err)
		}
		in := territory.ParameterInput{Value: 42, ValidFrom: civil.MustParse("2020-03-01"), Source: "A study"}
		if _, err := s.ChangeParameter(as(ctx, actor.TeamLead), speed.ID, speed.Version, in); !errors.Is(err, fault.Forbidden) {
			t.Errorf("%v", err)
		}
		if _, err := s.ChangeParameter(administrator, speed.ID, speed.Version, territory.ParameterInput{ValidFrom: speed.ValidFrom}); fault.Of(err) == nil || len(fault.Of(err).Fields) != 2 {
			t.Errorf("%v", err)
		}
		if _, err := s.ChangeParameter(administrator, speed.ID, speed.Version, in); err != nil {
			t.Fatal(err)
		}
		for on, want := range map[string]float64{"2020-02-29": 50, "2020-03-01": 42, "2026-01-01": 42} {
			if p, err := s.Parameter(ctx, territory.SpeedKey, civil.MustParse(on)); err != nil || p.Value != want {
				t.Errorf("%s: %v, %v", on, p.Value, err)
			}
		}
		if _, err := s.ChangeParameter(administrator, speed.ID, db.AnyVersion, in); !errors.Is(err, fault.Conflict) {
			t.Errorf("a figure that has ended was changed: %v", err)
		}
	})
}

func TestTheCalendarFollowsThePlaces(t *testing.T) {
	eachEngine(t, "diba", "08019", func(t *testing.T, s *territory.Service, ctx context.Context) {
		c, err := s.Calendar(ctx, "08298", "", "08019")
		if err != nil {
			t.Fatal(err)
		}
		if len(c.Calendar) != 4 { // the country, the region, the seat and Vic, each once
			t.Errorf("%d sets of holidays", len(c.Calendar))
		}
		due, err := c.Due(civil.MustParse("2020-01-10"), deadline.Months(5))
		if err != nil {
			t.Fatal(err)
		}
		if due.On() != civil.MustParse("2020-08-28") || civil.Date(due.Nominal) != civil.MustParse("2020-06-10") {
			t.Errorf("%s", due)
		}
		// La Mercè is a holiday at the seat: it counts nowhere in the organisation.
		due, err = c.Due(civil.MustParse("2020-09-23"), deadline.WorkingDays(1))
		if err != nil || due.On() != civil.MustParse("2020-09-25") {
			t.Errorf("%s, %v", due, err)
		}
		if _, err := c.Due(civil.MustParse("2020-09-23"), deadline.WorkingDays(0)); !errors.Is(err, fault.Invalid) {
			t.Errorf("%v", err)
		}
		stranger := actor.With(ctx, actor.Actor{Tenant: "elsewhere"})
		if _, err := s.Calendar(stranger); !errors.Is(err, fault.NotFound) {
			t.Errorf("a tenant without a calendar: %v", err)
		}
	})
}

func TestSaturdayCountsInItaly(t *testing.T) {
	eachEngine(t, "treviso", "026086", func(t *testing.T, s *territory.Service, ctx context.Context) {
		c, err := s.Calendar(ctx)
		if err != nil {
			t.Fatal(err)
		}
		due, err := c.Due(civil.MustParse("2026-02-06"), deadline.WorkingDays(1)) // a Friday
		if err != nil || due.On() != civil.MustParse("2026-02-07") {
			t.Errorf("%s, %v", due, err)
		}
		due, err = c.Due(civil.MustParse("2026-04-26"), deadline.Days(1)) // San Liberale, of Treviso
		if err != nil || due.On() != civil.MustParse("2026-04-28") {
			t.Errorf("%s, %v", due, err)
		}
	})
}

func TestLocalDaysAreKeptByTheOrganisation(t *testing.T) {
	eachEngine(t, "imas", "07040", func(t *testing.T, s *territory.Service, ctx context.Context) {
		technician := as(ctx, actor.Technician)
		missing, wanted, err := s.Lacking(technician, 2020)
		if err != nil || wanted != 2 || len(missing) != 53 {
			t.Fatalf("%d lack %d, %v", len(missing), wanted, err)
		}
		in := territory.HolidayInput{Date: civil.MustParse("2020-06-29"), Place: "07040", Name: "Sant Pere", Source: "An order"}
		if _, err := s.AddHoliday(as(ctx, actor.LocalOfficer), in); !errors.Is(err, fault.Forbidden) {
			t.Errorf("%v", err)
		}
		added, err := s.AddHoliday(technician, in)
		if err != nil {
			t.Fatal(err)
		}
		if missing, _, _ := s.Lacking(technician, 2020); len(missing) != 52 {
			t.Errorf("%d lack days", len(missing))
		}
		if _, err := s.AddHoliday(technician, in); !errors.Is(err, fault.Conflict) {
			t.Errorf("the same day twice: %v", err)
		}
		in.Place = "08019"
		if _, err := s.AddHoliday(technician, in); fault.Of(err) == nil || len(fault.Of(err).Fields) != 1 || fault.Of(err).Fields[0].Name != "place" {
			t.Errorf("a municipality of elsewhere: %v", err)
		}
		c, err := s.Calendar(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if working, why := c.IsWorking(deadline.Date(in.Date)); working || why.Name != "Sant Pere" {
			t.Errorf("%v %+v", working, why)
		}
		if _, err := s.DeleteHoliday(technician, added.ID); err != nil {
			t.Error(err)
		}
		days, err := s.HolidaysAt(ctx, "07040", 2020)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range days {
			if d.Scope != territory.Local {
				if _, err := s.DeleteHoliday(technician, d.ID); !errors.Is(err, fault.Conflict) {
					t.Errorf("%v", err)
				}
				break
			}
		}
	})
}

func TestReadingTheListsTakesARole(t *testing.T) {
	eachEngine(t, "mugello", "", func(t *testing.T, s *territory.Service, ctx context.Context) {
		citizen := as(ctx, actor.Citizen)
		_, _, err := s.Places(citizen, territory.PlaceFilter{}, everything)
		if !errors.Is(err, fault.Forbidden) {
			t.Errorf("%v", err)
		}
		if _, _, err := s.Holidays(citizen, territory.HolidayFilter{Year: 2026}, everything); !errors.Is(err, fault.Forbidden) {
			t.Errorf("%v", err)
		}
		if _, err := s.Parameters(citizen); !errors.Is(err, fault.Forbidden) {
			t.Errorf("%v", err)
		}
		if err := s.LoadPlaces(citizen, nil); !errors.Is(err, fault.Forbidden) {
			t.Errorf("%v", err)
		}
	})
}
