package accounts_test

import (
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/alexedwards/scs/v2"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/accounts"
	"bastida/internal/modules/identity"
	"bastida/internal/platform/access"
	"bastida/internal/platform/db"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/testkit"
	"bastida/internal/platform/ui"
	"bastida/internal/platform/web"
)

// bench is the demo's door and two bodies: Vilarodona, with the administrator
// Marta and the technician Quim, and Ullastre, with the professional Pau.
type bench struct {
	t                *testing.T
	people           *identity.Service
	handler          http.Handler
	vilarodona       identity.Body
	ullastre         identity.Body
	marta, quim, pau identity.User
}

func eachEngine(t *testing.T, test func(b *bench)) {
	t.Helper()
	schema := identity.New(nil, false).Module().Schema()
	testkit.EachEngine(t, []db.Schema{schema}, func(t *testing.T, d *db.DB) {
		b := &bench{t: t, people: identity.New(d, true)}
		b.vilarodona = b.body("01001", "Vilarodona")
		b.ullastre = b.body("01002", "Ullastre")
		b.marta = b.person(b.vilarodona, "Marta Roca", "marta@vilarodona.example", actor.Administrator)
		b.quim = b.person(b.vilarodona, "Quim Vila", "quim@vilarodona.example", actor.Technician)
		b.pau = b.person(b.ullastre, "Pau Serra", "pau@ullastre.example", actor.Professional)
		b.serve(d)
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
	made, err := b.people.RegisterBody(b.t.Context(), identity.BodyInput{
		Code: code, Pack: "prova", Kind: identity.Municipality, Name: name, Mark: name[:2], Language: "ca", Hue: 200, Chroma: .05,
	})
	b.must(err)
	return made
}

func (b *bench) person(home identity.Body, name, email string, role actor.Role) identity.User {
	b.t.Helper()
	ctx := actor.AsSystem(b.t.Context(), home.ID, "command")
	u, err := b.people.Register(ctx, identity.UserInput{Email: email, Name: name, Language: "en", Demo: true})
	b.must(err)
	_, err = b.people.Grant(ctx, identity.MembershipInput{UserID: u.ID, Role: role})
	b.must(err)
	return u
}

func (b *bench) serve(d *db.DB) {
	b.t.Helper()
	service := accounts.New(b.people)
	messages, err := i18n.Load(ui.Locales, web.Locales, b.people.Module().Locales, service.Module().Locales)
	b.must(err)
	r := web.NewRouter()
	r.Messages, r.Log = messages, slog.New(slog.NewTextHandler(io.Discard, nil))
	r.Sessions = scs.New()
	r.Sessions.Store = identity.SessionStore{DB: d}
	r.Frame = func(*http.Request) ui.Frame { return ui.Frame{User: &ui.User{}} }
	b.people.OfferScopes(b.people.Module().Permissions)
	b.people.Routes(r.For("identity"))
	service.Routes(r.For("accounts"))
	web.Handle(r, http.MethodGet, "/", access.Public, func(w http.ResponseWriter, _ web.Params) error {
		w.WriteHeader(http.StatusNoContent)
		return nil
	})
	b.handler = web.Secure(r.Sessions.LoadAndSave(b.people.Identify(r, r)))
}

// as returns somebody's browser, signed in.
func (b *bench) as(u identity.User) *testkit.Visitor {
	b.t.Helper()
	v := testkit.Visit(b.t, b.handler)
	v.Post("/sign-in/demo", url.Values{"user": {u.ID.String()}})
	return v
}

func (b *bench) shows(page testkit.Page, texts ...string) {
	b.t.Helper()
	for _, text := range texts {
		if !strings.Contains(page.Body, text) {
			b.t.Errorf("%s (%d) does not show %q", page.Path, page.Status, text)
		}
	}
}

func (b *bench) hides(page testkit.Page, texts ...string) {
	b.t.Helper()
	for _, text := range texts {
		if strings.Contains(page.Body, text) {
			b.t.Errorf("%s shows %q", page.Path, text)
		}
	}
}

func person(id record.ID) string { return "/people/" + id.String() }

func TestTheListShowsOwnPeopleOnly(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(b *bench) {
		v := b.as(b.marta)
		for _, path := range []string{"/people", "/people?format=csv", "/api/v1/people"} {
			page := v.Get(path)
			b.shows(page, "Marta Roca", "Quim Vila")
			b.hides(page, "Pau Serra", b.pau.Email, "argon2id")
		}
		page := v.Get("/people?words=quim&role=technician")
		b.shows(page, "Quim Vila")
		b.hides(page, "Marta Roca")
		if page := v.Get(person(b.pau.ID)); page.Status != http.StatusNotFound {
			t.Errorf("somebody else's person: %d", page.Status)
		}
		if page := b.as(b.quim).Get("/people"); page.Status != http.StatusForbidden {
			t.Errorf("a technician: %d", page.Status)
		}
	})
}

func TestAnAdministratorGivesAndTakesRoles(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(b *bench) {
		v := b.as(b.marta)
		form := v.Get("/people/new")
		page := v.Submit(form, "#accounts-invitation", url.Values{
			"name": {"Neus Coll"}, "email": {"neus@vilarodona.example"}, "role": {"local_officer"}, "body": {b.ullastre.ID.String()},
		})
		b.shows(page, "Neus Coll", "local officer", "Ullastre, within Vilarodona", "no password yet")
		again := v.Submit(form, "#accounts-invitation", url.Values{
			"name": {"Neus Coll"}, "email": {"neus@vilarodona.example"}, "role": {"local_officer"}, "body": {b.ullastre.ID.String()},
		})
		if again.Status != http.StatusConflict {
			t.Errorf("the same role twice: %d", again.Status)
		}
		b.shows(v.Get("/bodies/"+b.ullastre.ID.String()), "Neus Coll", "neus@vilarodona.example")
		asked := v.Submit(page, `form[action^="/memberships/"]`, nil)
		ended := v.Submit(asked, `form[action^="/memberships/"]`, nil)
		b.shows(ended, "Without a role they cannot sign in.")
	})
}

func TestAPersonsPageExplainsWhatTheyMaySee(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(b *bench) {
		page := b.as(b.marta).Get(person(b.quim.ID))
		b.shows(page, "What they may see and do as support technician", "identity.body.read",
			"Because their role allows it everywhere in the body.", "Their role does not allow it.")
	})
}

func TestAnAccountIsDisabledAndOpenedAgain(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(b *bench) {
		quim, v := b.as(b.quim), b.as(b.marta)
		asked := v.Submit(v.Get(person(b.quim.ID)), `form[action$="/disable"]`, nil)
		if page := quim.Get("/bodies"); page.Path != "/bodies" {
			t.Errorf("asking whether to disable an account is enough to lead it to %s", page.Path)
		}
		page := v.Submit(asked, `form[action$="/disable"]`, nil)
		b.shows(page, "disabled")
		if page := quim.Get("/bodies"); !strings.HasPrefix(page.Path, "/sign-in") {
			t.Errorf("still in: %s", page.Path)
		}
		page = v.Submit(page, `form[action$="/enable"]`, nil)
		b.hides(page, "disabled</span>")
		if page := b.as(b.quim).Get("/bodies"); page.Status != http.StatusOK {
			t.Errorf("status %d", page.Status)
		}
	})
}

func TestAShortPasswordIsRefused(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(b *bench) {
		v := b.as(b.marta)
		path := person(b.quim.ID) + "/password"
		page := v.Submit(v.Get(path), "#accounts-password", url.Values{"password": {"curta"}})
		if page.Status != http.StatusUnprocessableEntity {
			t.Errorf("status %d", page.Status)
		}
		b.hides(page, "curta")
		page = v.Submit(page, "#accounts-password", url.Values{"password": {"una frase prou llarga"}})
		if page.Path != person(b.quim.ID) {
			t.Errorf("led to %s", page.Path)
		}
	})
}

func TestAnEditSeesWhoSavedFirst(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(b *bench) {
		v := b.as(b.marta)
		form := v.Get(person(b.quim.ID) + "/edit")
		b.shows(v.Submit(form, "#accounts-person", url.Values{"name": {"Quim Vila Font"}}), "Quim Vila Font")
		if page := v.Submit(form, "#accounts-person", url.Values{"name": {"Another"}}); page.Status != http.StatusConflict {
			t.Errorf("status %d", page.Status)
		}
		taken := v.Submit(v.Get(person(b.quim.ID)+"/edit"), "#accounts-person", url.Values{"email": {b.pau.Email}})
		if taken.Status != http.StatusConflict {
			t.Errorf("somebody else's address: %d", taken.Status)
		}
	})
}

func TestABodyChoosesAColourThatCanBeRead(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(b *bench) {
		v := b.as(b.marta)
		path := "/bodies/" + b.vilarodona.ID.String() + "/edit"
		if page := v.Submit(v.Get(path), "#accounts-face", url.Values{"chroma": {"0,5"}}); page.Status != http.StatusUnprocessableEntity {
			t.Errorf("a glaring colour: %d", page.Status)
		}
		page := v.Submit(v.Get(path), "#accounts-face", url.Values{"hue": {"253"}, "chroma": {"0,08"}, "language": {"es"}, "unit": {"Acció Social"}})
		b.shows(page, "Acció Social", "Español")
		for _, other := range []string{"/bodies/" + b.ullastre.ID.String() + "/edit"} {
			if page := v.Get(other); page.Status != http.StatusNotFound {
				t.Errorf("somebody else's body: %d", page.Status)
			}
			if page := v.Post(other, url.Values{"mark": {"XX"}, "language": {"ca"}, "hue": {"1"}, "chroma": {"0"}}); page.Status != http.StatusNotFound {
				t.Errorf("somebody else's body: %d", page.Status)
			}
		}
		if page := b.as(b.quim).Get(path); page.Status != http.StatusForbidden {
			t.Errorf("a technician: %d", page.Status)
		}
	})
}

func TestEverybodyHasAnAccountPage(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(b *bench) {
		v := b.as(b.pau)
		page := v.Submit(v.Get("/account"), "#accounts-own", url.Values{"name": {"Pau Serra Mas"}})
		b.shows(page, "Pau Serra Mas", "professional")
		page = v.Submit(v.Get("/account/password"), "#accounts-own_password", url.Values{"old": {"wrong"}, "password": {"una frase prou llarga"}})
		b.shows(page, "This is not the current password.")
		if page := testkit.Visit(t, b.handler).Get("/account"); !strings.HasPrefix(page.Path, "/sign-in") {
			t.Errorf("a stranger: %s", page.Path)
		}
	})
}

func TestATokenIsShownOnceAndWorks(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(b *bench) {
		v := b.as(b.marta)
		page := v.Post("/account/tokens/new", url.Values{"name": {"list"}, "days": {"9"}, "scopes": {identity.ReadUsers.Name}})
		key := page.Find("code").Text()
		b.hides(v.Get("/account/tokens"), key)
		machine := testkit.Visit(t, b.handler)
		if page := machine.JSON(http.MethodGet, "/api/v1/people", key, ""); page.Status != http.StatusOK || strings.Contains(page.Body, "Pau") {
			t.Errorf("got %d %s", page.Status, page.Body)
		}
		if page := machine.JSON(http.MethodPost, "/api/v1"+person(b.quim.ID)+"/disable", key, ""); page.Status != http.StatusForbidden {
			t.Errorf("beyond its scope: %d", page.Status)
		}
		v.Submit(v.Get("/account/tokens"), `form[action$="/revoke"]`, nil)
		if page := machine.JSON(http.MethodGet, "/api/v1/people", key, ""); page.Status != http.StatusUnauthorized {
			t.Errorf("revoked: %d", page.Status)
		}
	})
}

func TestTheMatrixIsForWhoManagesPeople(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(b *bench) {
		b.shows(b.as(b.marta).Get("/permissions"), "identity.user.manage", "support technician")
		if page := b.as(b.pau).Get("/permissions"); page.Status != http.StatusForbidden {
			t.Errorf("a professional: %d", page.Status)
		}
	})
}

func TestBodiesAreListedToThoseWhoWorkWithThem(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(b *bench) {
		b.shows(b.as(b.quim).Get("/bodies?words=ulla"), "Ullastre", "01002")
		b.shows(b.as(b.quim).Get("/bodies/"+b.ullastre.ID.String()), "No local officer")
		if page := b.as(b.pau).Get("/bodies"); page.Status != http.StatusForbidden {
			t.Errorf("a professional: %d", page.Status)
		}
	})
}

func TestEveryTextExistsInEveryLanguage(t *testing.T) {
	t.Parallel()
	messages, err := i18n.Load(accounts.New(nil).Module().Locales)
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range i18n.Languages {
		for _, key := range accounts.New(nil).Module().Keys {
			if !messages.Has(lang, key) {
				t.Errorf("%s has no %s", lang, key)
			}
		}
	}
}
