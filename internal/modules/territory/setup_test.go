package territory_test

import (
	"context"
	"log/slog"
	"net/http"
	"testing"

	"github.com/alexedwards/scs/v2"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/territory"
	"bastida/internal/platform/db"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/pack"
	"bastida/internal/platform/testkit"
	"bastida/internal/platform/ui"
	"bastida/internal/platform/web"
	"bastida/packs"
)

func setOf(t *testing.T) *pack.Set {
	t.Helper()
	set, err := pack.Load(packs.FS)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// eachEngine runs f with the territory of a pack loaded in the tenant "office",
// whose seat is the municipality with the given code.
func eachEngine(t *testing.T, code, seat string, f func(t *testing.T, s *territory.Service, ctx context.Context)) {
	t.Helper()
	t.Parallel()
	set := setOf(t)
	schemas := []db.Schema{territory.New(nil, nil).Module().Schema()}
	testkit.EachEngine(t, schemas, func(t *testing.T, d *db.DB) {
		s := territory.New(d, territory.Drawings(set))
		ctx := actor.AsSystem(t.Context(), "office", "command")
		p, err := set.Pack(code)
		if err != nil {
			t.Fatal(err)
		}
		own := *p
		own.Body.Seat = seat
		in := territory.PackLoad{Bodies: map[string]record.ID{"08298": "body-vic"}, Demo: true}
		if err := s.LoadPack(ctx, &own, in); err != nil {
			t.Fatal(err)
		}
		f(t, s, ctx)
	})
}

func as(ctx context.Context, role actor.Role) context.Context {
	return actor.With(ctx, actor.Actor{Tenant: "office", User: "u1", Name: "Somebody", Role: role})
}

// visit opens the pages of this module as somebody with a role.
func visit(t *testing.T, s *territory.Service, role actor.Role, lang string) *testkit.Visitor {
	t.Helper()
	messages, err := i18n.Load(ui.Locales, web.Locales, pack.Locales, s.Module().Locales)
	if err != nil {
		t.Fatal(err)
	}
	r := web.NewRouter()
	r.Sessions, r.Messages, r.Log = scs.New(), messages, slog.New(slog.NewTextHandler(t.Output(), nil))
	r.Frame = func(*http.Request) ui.Frame { return ui.Frame{Lang: lang, User: &ui.User{Name: "Somebody"}} }
	s.Module().Routes(r.For("territory"))
	return testkit.Visit(t, r.Sessions.LoadAndSave(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		r.ServeHTTP(w, req.WithContext(i18n.With(as(req.Context(), role), messages, lang)))
	})))
}
