package instruments_test

import (
	"context"
	"errors"
	"net/url"
	"reflect"
	"strings"
	"testing"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/instruments"
	"bastida/internal/platform/db"
	"bastida/internal/platform/testkit"
	"bastida/packs"
)

func raw(t *testing.T) []byte {
	t.Helper()
	file, err := packs.FS.ReadFile("diba/instruments/C1-034.json")
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func as(ctx context.Context, role actor.Role, tenant record.ID) context.Context {
	return actor.With(ctx, actor.Actor{Tenant: tenant, User: "user-" + record.ID(role), Role: role, Body: "vila"})
}

// eachEngine gives a service in which the tenant diba has the annex.
func eachEngine(t *testing.T, f func(t *testing.T, ctx context.Context, s *instruments.Service)) {
	t.Helper()
	t.Parallel()
	schemas := []db.Schema{instruments.New(nil).Module().Schema()}
	testkit.EachEngine(t, schemas, func(t *testing.T, d *db.DB) {
		s := instruments.New(d)
		if _, err := s.Load(as(t.Context(), actor.Administrator, "diba"), raw(t)); err != nil {
			t.Fatal(err)
		}
		f(t, as(t.Context(), actor.LocalOfficer, "diba"), s)
	})
}

var subject = record.Ref{Kind: "calls_application", ID: "application-1"}

func open(ctx context.Context, t *testing.T, s *instruments.Service) instruments.Sheet {
	t.Helper()
	sheet, err := s.Open(ctx, subject, "vila", "C1-034")
	if err != nil {
		t.Fatal(err)
	}
	return sheet
}

func TestASheetFromDraftToCompleteAndBack(t *testing.T) {
	eachEngine(t, func(t *testing.T, ctx context.Context, s *instruments.Service) {
		sheet := open(ctx, t, s)
		if again := open(ctx, t, s); again.ID != sheet.ID || again.Edition != 1 || again.Subject() != subject {
			t.Fatalf("opened twice: %+v", again)
		}
		sheet, err := s.SaveDraft(ctx, sheet.ID, sheet.Version, url.Values{"a_social_workers": {"many"}, "a_modality": {"cases"}})
		if err != nil || sheet.Typed.V.Get("a_social_workers") != "many" || sheet.Values()["modality"] != "cases" {
			t.Fatalf("half a draft: %+v, %v", sheet, err)
		}
		if _, err := s.Complete(ctx, sheet.ID); !errors.Is(err, fault.Invalid) || len(fault.Of(err).Fields) < 10 {
			t.Fatalf("completing half a draft: %v", err)
		}
		if err := s.Check(ctx, sheet); !strings.Contains(err.Error(), "[a_social_workers: form.not_a_number]") {
			t.Fatalf("check: %v", err)
		}
		if sheet, err = s.SaveDraft(ctx, sheet.ID, sheet.Version, instruments.Filled()); err != nil {
			t.Fatal(err)
		}
		if sheet, err = s.Complete(ctx, sheet.ID); err != nil {
			t.Fatal(err)
		}
		stored, err := s.Sheet(ctx, subject)
		if err != nil || !reflect.DeepEqual(stored, sheet) {
			t.Fatalf("stored %+v\nreturned %+v\n%v", stored, sheet, err)
		}
		if stored.State != instruments.Complete || stored.Scores.V["professionals"] != 6 || stored.CompletedAt.IsZero() || stored.Values()["social_workers"] != int64(3) {
			t.Fatalf("%+v", stored)
		}
		if _, err := s.SaveDraft(ctx, sheet.ID, sheet.Version, instruments.Filled()); !errors.Is(err, fault.Conflict) {
			t.Errorf("changing a complete sheet: %v", err)
		}
		if _, err := s.Complete(ctx, sheet.ID); !errors.Is(err, fault.Conflict) {
			t.Errorf("completing twice: %v", err)
		}
		sheet, err = s.Reopen(ctx, sheet.ID)
		if err != nil || sheet.State != instruments.Open || len(sheet.Scores.V) != 0 || sheet.Typed.V.Get("a_urgency") != "10" {
			t.Errorf("reopened: %+v, %v", sheet, err)
		}
	})
}

func TestADraftSavedBySomebodyElseIsStale(t *testing.T) {
	eachEngine(t, func(t *testing.T, ctx context.Context, s *instruments.Service) {
		sheet := open(ctx, t, s)
		if _, err := s.SaveDraft(ctx, sheet.ID, sheet.Version, url.Values{"a_modality": {"teams"}}); err != nil {
			t.Fatal(err)
		}
		if _, err := s.SaveDraft(ctx, sheet.ID, sheet.Version, url.Values{"a_modality": {"cases"}}); !errors.Is(err, fault.Stale) {
			t.Errorf("saving over another's draft: %v", err)
		}
	})
}

func TestSheetsAndInstrumentsBelongToTheirTenant(t *testing.T) {
	eachEngine(t, func(t *testing.T, ctx context.Context, s *instruments.Service) {
		sheet := open(ctx, t, s)
		other := as(t.Context(), actor.Administrator, "imas")
		if _, err := s.Sheet(other, subject); !errors.Is(err, fault.NotFound) {
			t.Errorf("another tenant's sheet: %v", err)
		}
		if _, err := s.SaveDraft(other, sheet.ID, sheet.Version, instruments.Filled()); !errors.Is(err, fault.NotFound) {
			t.Errorf("writing to another tenant's sheet: %v", err)
		}
		if _, err := s.Latest(other, "C1-034"); !errors.Is(err, fault.NotFound) {
			t.Errorf("another tenant's instrument: %v", err)
		}
		if _, err := s.Open(other, subject, "vila", "C1-034"); !errors.Is(err, fault.NotFound) {
			t.Errorf("opening with another tenant's instrument: %v", err)
		}
	})
}

func TestAPublishedVersionNeverChanges(t *testing.T) {
	eachEngine(t, func(t *testing.T, ctx context.Context, s *instruments.Service) {
		sheet := open(ctx, t, s)
		admin := as(t.Context(), actor.Administrator, "diba")
		first, err := s.Load(admin, raw(t))
		if err != nil || first.Version != 1 {
			t.Fatalf("publishing the same again: %v", err)
		}
		changed := first
		changed.Source = "Another"
		if _, err := s.Publish(admin, changed); !errors.Is(err, fault.Conflict) {
			t.Errorf("another text under the same number: %v", err)
		}
		changed.Version = 3
		if _, err := s.Publish(admin, changed); err != nil {
			t.Fatal(err)
		}
		changed.Version = 2
		if _, err := s.Publish(admin, changed); !errors.Is(err, fault.Conflict) {
			t.Errorf("a lower number: %v", err)
		}
		newest, err := s.Latest(ctx, "C1-034")
		if err != nil || newest.Version != 3 || newest.Source != "Another" {
			t.Errorf("latest: %d, %v", newest.Version, err)
		}
		old, err := s.Version(ctx, "C1-034", 1)
		if err != nil || old.Status != instruments.Retired || old.Source == "Another" {
			t.Errorf("the first version: %s, %v", old.Status, err)
		}
		if again := open(ctx, t, s); again.ID != sheet.ID || again.Edition != 1 {
			t.Errorf("a sheet changed its version: %+v", again)
		}
		if again, err := s.Load(admin, raw(t)); err != nil || again.Status != instruments.Retired {
			t.Errorf("loading a retired version again: %s, %v", again.Status, err)
		}
		if _, err := s.Publish(ctx, changed); !errors.Is(err, fault.Forbidden) {
			t.Errorf("a local officer publishes: %v", err)
		}
	})
}

func TestASubjectHasOneSheet(t *testing.T) {
	eachEngine(t, func(t *testing.T, ctx context.Context, s *instruments.Service) {
		open(ctx, t, s)
		if _, err := s.Open(ctx, subject, "vila", "C1-035"); !errors.Is(err, fault.Conflict) {
			t.Errorf("another instrument for the same subject: %v", err)
		}
		if _, err := s.Open(ctx, record.Ref{Kind: "calls_application", ID: "application-2"}, "vila", "C1-035"); !errors.Is(err, fault.NotFound) {
			t.Errorf("an instrument that does not exist: %v", err)
		}
	})
}

func TestManyOpenTheSameSheetAtOnce(t *testing.T) {
	eachEngine(t, func(t *testing.T, ctx context.Context, s *instruments.Service) {
		ids := make(chan record.ID)
		const people = 8
		for range people {
			go func() {
				sheet, err := s.Open(ctx, subject, "vila", "C1-034")
				if err != nil {
					t.Error(err)
				}
				ids <- sheet.ID
			}()
		}
		first := <-ids
		for range people - 1 {
			if id := <-ids; id != first {
				t.Errorf("two sheets: %s and %s", first, id)
			}
		}
	})
}
