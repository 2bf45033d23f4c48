package identity_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"bastida/internal/platform/testkit"
)

func (b *bench) enter(v *testkit.Visitor, email, password string) testkit.Page {
	b.t.Helper()
	return v.Post("/sign-in", url.Values{"email": {email}, "password": {password}})
}

func TestSigningInRenewsTheTokenOfTheSession(t *testing.T) {
	t.Parallel()
	eachEngine(t, false, func(b *bench) {
		v := b.door()
		before := v.Post("/preferences/theme", url.Values{"theme": {"dark"}, "back": {"/sign-in"}})
		if before.Status != http.StatusOK {
			t.Fatalf("status %d", before.Status)
		}
		planted := b.sessions()
		if page := b.enter(v, b.marta.Email, goodPassword); page.Body != "in as Marta Roca" {
			t.Fatalf("got %d %s", page.Status, page.Body)
		}
		kept := b.sessions()
		if len(planted) != 1 || len(kept) != 1 || planted[0] == kept[0] {
			t.Errorf("before %v, after %v", planted, kept)
		}
		v.Post("/sign-out", nil)
		if page := v.Get("/"); !strings.HasPrefix(page.Path, "/sign-in") {
			t.Errorf("after signing out: %s", page.Path)
		}
	})
}

func TestAChangeOfPasswordEndsOpenSessions(t *testing.T) {
	t.Parallel()
	eachEngine(t, false, func(b *bench) {
		v := b.door()
		b.enter(v, b.pau.Email, goodPassword)
		_, err := b.service.ChangePassword(b.as(b.pau), goodPassword, "una altra frase llarga")
		b.must(err)
		if page := v.Get("/"); !strings.HasPrefix(page.Path, "/sign-in") {
			t.Errorf("still in: %s %s", page.Path, page.Body)
		}
	})
}

func TestAWrongPasswordSaysSoAndKeepsTheAddress(t *testing.T) {
	t.Parallel()
	eachEngine(t, false, func(b *bench) {
		page := b.enter(b.door(), b.marta.Email, "wrong")
		if page.Status != http.StatusUnprocessableEntity || page.Find(`input[name="email"]`).AttrOr("value", "") != b.marta.Email {
			t.Errorf("status %d", page.Status)
		}
		if strings.Contains(page.Body, "wrong\"") || page.Find(`form[action="/sign-in/demo"]`).Length() > 0 {
			t.Error("the page repeats the password or offers demo accounts")
		}
	})
}

func TestNobodyIsSentElsewhere(t *testing.T) {
	t.Parallel()
	eachEngine(t, true, func(b *bench) {
		for _, back := range []string{"https://evil.example/", "//evil.example/", `/\evil.example`, "javascript:alert(1)", ""} {
			v := b.door()
			page := v.Post("/sign-in/demo", url.Values{"user": {b.marta.ID.String()}, "back": {back}})
			if page.Path != "/" || page.Body != "in as Marta Roca" {
				t.Errorf("%q led to %s", back, page.Path)
			}
		}
	})
}

func TestADemoAccountCannotBeEnteredOutsideADemo(t *testing.T) {
	t.Parallel()
	eachEngine(t, false, func(b *bench) {
		v := b.door()
		if page := v.Post("/sign-in/demo", url.Values{"user": {b.marta.ID.String()}}); page.Status != http.StatusNotFound {
			t.Errorf("status %d", page.Status)
		}
		if page := v.Get("/"); !strings.HasPrefix(page.Path, "/sign-in") {
			t.Errorf("in at %s", page.Path)
		}
	})
}
