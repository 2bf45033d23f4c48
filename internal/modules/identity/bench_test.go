package identity_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"sync"
	"testing"

	"github.com/alexedwards/scs/v2"

	"bastida/internal/kernel/actor"
	"bastida/internal/modules/identity"
	"bastida/internal/platform/db"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/secret"
	"bastida/internal/platform/table"
	"bastida/internal/platform/testkit"
	"bastida/internal/platform/ui"
	"bastida/internal/platform/web"
)

// goodPassword is the password of everybody who has one.
const goodPassword = "tres nuvols damunt el moli"

// hashed is it as it is stored: hashing takes long on purpose, so tests do it once.
var hashed = sync.OnceValue(func() string { return secret.Hash(goodPassword) })

// bench is two bodies with a person in each: Vilarodona, which leads its pack,
// with the administrator Marta, and Ullastre with the professional Pau.
type bench struct {
	t                    *testing.T
	service              *identity.Service
	db                   *db.DB
	clock                *testkit.Clock
	vilarodona, ullastre identity.Body
	marta, pau           identity.User
}

func eachEngine(t *testing.T, demo bool, test func(b *bench)) {
	t.Helper()
	schema := identity.New(nil, false).Module().Schema()
	testkit.EachURL(t, []db.Schema{schema}, func(t *testing.T, url string) {
		clock := testkit.NewClock(testkit.Now)
		b := &bench{t: t, clock: clock, db: testkit.Open(t, url, clock)}
		b.service = identity.New(b.db, demo)
		b.vilarodona = b.body("01001", "Vilarodona")
		b.ullastre = b.body("01002", "Ullastre")
		b.marta = b.person(b.vilarodona, "Marta Roca", "marta@vilarodona.example", actor.Administrator)
		b.pau = b.person(b.ullastre, "Pau Serra", "pau.serra-mas@ullastre.example", actor.Professional)
		test(b)
	})
}

func (b *bench) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

func (b *bench) body(code, name string) identity.Body {
	b.t.Helper()
	made, err := b.service.RegisterBody(b.t.Context(), identity.BodyInput{
		Code: code, Pack: "prova", Kind: identity.Municipality, Name: name, Mark: name[:2], Language: "ca", LeadsPack: code == "01001",
	})
	b.must(err)
	return made
}

func (b *bench) person(home identity.Body, name, email string, role actor.Role) identity.User {
	b.t.Helper()
	ctx := actor.AsSystem(b.t.Context(), home.ID, "command")
	u, err := b.service.Register(ctx, identity.UserInput{Email: email, Name: name, Language: "ca", Demo: true})
	b.must(err)
	b.must(b.db.Do(ctx, func(tx *db.Tx) error {
		_, err := db.Bulk(tx, "a password hashed once for all tests", "UPDATE identity_user SET password = $2 WHERE tenant_id = $1", hashed())
		return err
	}))
	_, err = b.service.Grant(ctx, identity.MembershipInput{UserID: u.ID, Role: role})
	b.must(err)
	return u
}

// as returns a context in which a user acts in their usual membership.
func (b *bench) as(u identity.User) context.Context {
	b.t.Helper()
	m, _, err := b.service.Act(b.t.Context(), u.ID, "")
	b.must(err)
	return actor.With(b.t.Context(), m.Actor())
}

func (b *bench) signIn(email, password string) error {
	_, err := b.service.SignIn(b.t.Context(), email, password, "192.0.2.1")
	return err
}

func everything() table.Page { return table.Page{Number: 1, Size: 100, Sort: "u.name_fold"} }

// door is the pages of the module behind a real server, with a page that needs
// somebody signed in.
func (b *bench) door() *testkit.Visitor {
	b.t.Helper()
	messages, err := i18n.Load(ui.Locales, web.Locales, b.service.Module().Locales)
	b.must(err)
	r := web.NewRouter()
	r.Messages, r.Log = messages, slog.New(slog.NewTextHandler(io.Discard, nil))
	r.Sessions = scs.New()
	r.Sessions.Store = identity.SessionStore{DB: b.db}
	r.Frame = func(*http.Request) ui.Frame { return ui.Frame{} }
	b.service.Routes(r.For("identity"))
	web.Handle(r, http.MethodGet, "/", identity.OwnTokens, func(w http.ResponseWriter, p web.Params) error {
		_, err := io.WriteString(w, "in as "+actor.From(p.Context()).Name)
		return err
	})
	return testkit.Visit(b.t, web.Secure(r.Sessions.LoadAndSave(b.service.Identify(r, r))))
}

// sessions are the fingerprints of the sessions kept.
func (b *bench) sessions() (kept []string) {
	b.must(b.db.ViewAcross(b.t.Context(), "sessions belong to nobody", func(tx *db.Tx) (err error) {
		kept, err = db.All[string](tx, "SELECT fingerprint FROM identity_session ORDER BY fingerprint")
		return err
	}))
	return kept
}
