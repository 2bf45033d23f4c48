package profiles_test

import (
	"context"
	"io/fs"
	"testing"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/identity"
	"bastida/internal/modules/profiles"
	"bastida/internal/platform/db"
	"bastida/internal/platform/testkit"
	"bastida/packs"
)

func each(t *testing.T, f func(t *testing.T, s *profiles.Service, as func(actor.Role) context.Context)) {
	t.Helper()
	t.Parallel()
	schemas := []db.Schema{identity.New(nil, false).Module().Schema(), profiles.New(nil).Module().Schema()}
	testkit.EachEngine(t, schemas, func(t *testing.T, d *db.DB) {
		body, err := identity.New(d, false).RegisterBody(t.Context(), identity.BodyInput{Code: "office", Name: "Office", Language: "ca"})
		if err != nil {
			t.Fatal(err)
		}
		f(t, profiles.New(d), func(role actor.Role) context.Context {
			return actor.With(t.Context(), actor.Actor{Tenant: body.ID, User: "someone", Role: role})
		})
	})
}

func TestEveryProfileOfThePacksLoads(t *testing.T) {
	each(t, func(t *testing.T, s *profiles.Service, as func(actor.Role) context.Context) {
		files, err := fs.Glob(packs.FS, "*/profiles/*.json")
		if err != nil || len(files) < 5 {
			t.Fatalf("%d profiles, %v", len(files), err)
		}
		for _, name := range files {
			raw, err := fs.ReadFile(packs.FS, name)
			if err != nil {
				t.Fatal(err)
			}
			p, err := s.Load(as(actor.Administrator), raw)
			if err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			for _, f := range p.Figures {
				if f.Value != nil && (f.Source == "" || f.Status == "") {
					t.Errorf("%s: %s has a value without source or status", name, f.Name())
				}
			}
			if _, err := s.ByCode(as(actor.Supervisor), p.Code); err != nil {
				t.Errorf("%s cannot be read: %v", name, err)
			}
		}
	})
}

func TestAFigureWithoutASourceIsRefused(t *testing.T) {
	each(t, func(t *testing.T, s *profiles.Service, as func(actor.Role) context.Context) {
		for name, raw := range map[string]string{
			"no source":     `{"code":"x","name":{"ca":"X"},"kinds":["cases"],"figures":[{"key":"min_group","unit":"people","value":8,"source":"","status":"","required":false}]}`,
			"unknown rule":  `{"code":"x","name":{"ca":"X"},"kinds":["cases"],"figures":[{"key":"luck","unit":"people","value":null,"source":"","status":"","required":false}]}`,
			"no kinds":      `{"code":"x","name":{"ca":"X"},"kinds":[]}`,
			"unknown field": `{"code":"x","name":{"ca":"X"},"kinds":["cases"],"colour":"red"}`,
		} {
			if _, err := s.Load(as(actor.Administrator), []byte(raw)); err == nil {
				t.Errorf("%s: accepted", name)
			}
		}
		_, err := s.Load(as(actor.Technician), []byte(`{"code":"x","name":{"ca":"X"},"kinds":["cases"]}`))
		if f := fault.Of(err); f == nil || f.Kind != fault.Forbidden {
			t.Errorf("a technician loads a profile: %v", err)
		}
		_, err = s.ByCode(actor.With(as(actor.Technician), actor.Actor{Tenant: record.ID("other"), User: "x", Role: actor.Technician}), "x")
		if f := fault.Of(err); f == nil || f.Kind != fault.NotFound {
			t.Errorf("another tenant: %v", err)
		}
	})
}
