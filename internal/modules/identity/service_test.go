package identity_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/fault"
	"bastida/internal/modules/identity"
)

func TestFiveWrongPasswordsLockTheAccount(t *testing.T) {
	t.Parallel()
	eachEngine(t, false, func(b *bench) {
		for range 5 {
			if err := b.signIn(b.marta.Email, "wrong"); !errors.Is(err, fault.Invalid) {
				t.Fatalf("a wrong password: %v", err)
			}
		}
		if err := b.signIn(b.marta.Email, goodPassword); fault.Of(err) == nil || fault.Of(err).Key != "identity.locked" {
			t.Fatalf("the right password of a locked account: %v", err)
		}
		locked, err := b.service.Person(b.as(b.marta), b.marta.ID)
		if err != nil || !locked.Locked {
			t.Errorf("got %+v, %v", locked, err)
		}
		b.clock.Set(b.clock.Now().Add(15 * time.Minute))
		b.must(b.signIn(b.marta.Email, goodPassword))
	})
}

func TestARightPasswordForgetsTheWrongOnes(t *testing.T) {
	t.Parallel()
	eachEngine(t, false, func(b *bench) {
		for range 4 {
			if err := b.signIn(b.pau.Email, "wrong"); err == nil {
				t.Fatal("a wrong password signs in")
			}
		}
		b.must(b.signIn(" "+strings.ToUpper(b.pau.Email)+" ", goodPassword))
		if err := b.signIn(b.pau.Email, "wrong"); err == nil {
			t.Fatal("a wrong password signs in")
		}
		b.must(b.signIn(b.pau.Email, goodPassword))
	})
}

func TestUnknownAccountAndWrongPasswordAreAnsweredAlike(t *testing.T) {
	t.Parallel()
	eachEngine(t, false, func(b *bench) {
		wrong, unknown := b.signIn(b.marta.Email, "wrong"), b.signIn("nobody@vilarodona.example", "wrong")
		if wrong == nil || unknown == nil || wrong.Error() != unknown.Error() {
			t.Errorf("%v and %v", wrong, unknown)
		}
	})
}

func TestDemoSignInIsRefusedOutsideADemo(t *testing.T) {
	t.Parallel()
	eachEngine(t, false, func(b *bench) {
		if _, err := b.service.DemoSignIn(b.t.Context(), b.marta.ID); !errors.Is(err, fault.NotFound) {
			t.Errorf("got %v", err)
		}
		if found, err := b.service.DemoUsers(b.t.Context(), ""); len(found) > 0 || err != nil {
			t.Errorf("%d people are offered, %v", len(found), err)
		}
	})
}

func TestDemoSignInIsOneClickInADemo(t *testing.T) {
	t.Parallel()
	eachEngine(t, true, func(b *bench) {
		u, err := b.service.DemoSignIn(b.t.Context(), b.marta.ID)
		if err != nil || u.Name != "Marta Roca" {
			t.Errorf("in a demo: %v, %v", u.Name, err)
		}
	})
}

func TestATokenReachesNoFurtherThanItsScopes(t *testing.T) {
	t.Parallel()
	eachEngine(t, false, func(b *bench) {
		made, key, err := b.service.MakeToken(b.as(b.marta), identity.TokenInput{Name: "list", Scopes: []string{identity.ReadUsers.Name}, Days: 1})
		b.must(err)
		a, _, err := b.service.ActorOf(b.t.Context(), key)
		b.must(err)
		ctx := actor.With(b.t.Context(), a)
		if _, _, err := b.service.People(ctx, identity.PersonFilter{}, everything()); err != nil {
			t.Errorf("within its scope: %v", err)
		}
		if _, err := b.service.Disable(ctx, b.pau.ID); !errors.Is(err, fault.Forbidden) {
			t.Errorf("beyond its scope: %v", err)
		}
		if _, _, err := b.service.ActorOf(b.t.Context(), key+"x"); !errors.Is(err, fault.Unknown) {
			t.Errorf("another key: %v", err)
		}
		b.clock.Set(b.clock.Now().Add(24 * time.Hour))
		if _, _, err := b.service.ActorOf(b.t.Context(), key); !errors.Is(err, fault.Unknown) {
			t.Errorf("an expired one: %v", err)
		}
		if _, err := b.service.RevokeToken(b.as(b.pau), made.ID); !errors.Is(err, fault.NotFound) {
			t.Errorf("revoked by somebody else: %v", err)
		}
	})
}

func TestARevokedTokenIsDead(t *testing.T) {
	t.Parallel()
	eachEngine(t, false, func(b *bench) {
		made, key, err := b.service.MakeToken(b.as(b.marta), identity.TokenInput{Name: "x", Scopes: []string{identity.ReadUsers.Name}, Days: 9})
		b.must(err)
		_, err = b.service.RevokeToken(b.as(b.marta), made.ID)
		b.must(err)
		if _, _, err := b.service.ActorOf(b.t.Context(), key); !errors.Is(err, fault.Unknown) {
			t.Errorf("got %v", err)
		}
	})
}

func TestPeopleOfAnotherTenantAreNeverSeenNorTouched(t *testing.T) {
	t.Parallel()
	eachEngine(t, false, func(b *bench) {
		ctx := b.as(b.marta)
		found, total, err := b.service.People(ctx, identity.PersonFilter{}, everything())
		if err != nil || total != 1 || found[0].ID != b.marta.ID || found[0].Password != "" || found[0].Held != "administrator" {
			t.Fatalf("got %+v, %v", found, err)
		}
		_, seen := b.service.Person(ctx, b.pau.ID)
		_, granted := b.service.Grant(ctx, identity.MembershipInput{UserID: b.pau.ID, Role: actor.Technician})
		_, disabled := b.service.Disable(ctx, b.pau.ID)
		_, word := b.service.SetPassword(ctx, b.pau.ID, goodPassword)
		_, corrected := b.service.Correct(ctx, b.pau.ID, 0, identity.UserInput{Email: "x@y.example", Name: "X", Language: "ca"})
		for name, err := range map[string]error{"see": seen, "grant": granted, "disable": disabled, "password": word, "correct": corrected} {
			if !errors.Is(err, fault.NotFound) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if _, _, err := b.service.People(b.as(b.pau), identity.PersonFilter{}, everything()); !errors.Is(err, fault.Forbidden) {
			t.Errorf("a professional lists people: %v", err)
		}
	})
}

func TestAnInvitedPersonIsSeenAndTheirAccountStaysTheirBodys(t *testing.T) {
	t.Parallel()
	eachEngine(t, false, func(b *bench) {
		ctx := b.as(b.marta)
		u, err := b.service.Invite(ctx, identity.Invitation{
			Email: " Pau.Serra-Mas@Ullastre.example", Name: "Somebody Else", Language: "en", Role: actor.LocalOfficer, BodyID: b.ullastre.ID,
		})
		if err != nil || u.ID != b.pau.ID || u.Name != "Pau Serra" {
			t.Fatalf("got %v, %v", u.Name, err)
		}
		found, _, err := b.service.People(ctx, identity.PersonFilter{Words: "SERRA", Role: actor.LocalOfficer}, everything())
		if err != nil || len(found) != 1 || found[0].Held != "local_officer" || found[0].Home != "Ullastre" {
			t.Errorf("got %+v, %v", found, err)
		}
		if _, err := b.service.Disable(ctx, b.pau.ID); !errors.Is(err, fault.NotFound) {
			t.Errorf("disabled from elsewhere: %v", err)
		}
		held, err := b.service.Roles(ctx, b.pau.ID)
		if err != nil || len(held) != 1 || held[0].BodyName != "Ullastre" {
			t.Fatalf("got %+v, %v", held, err)
		}
		_, err = b.service.End(ctx, held[0].ID)
		b.must(err)
		if _, err := b.service.Person(ctx, b.pau.ID); !errors.Is(err, fault.NotFound) {
			t.Errorf("still seen: %v", err)
		}
		contacts, err := b.service.Contacts(ctx, b.ullastre.ID, actor.LocalOfficer)
		if err != nil || len(contacts) != 0 {
			t.Errorf("contacts: %v, %v", contacts, err)
		}
	})
}

func TestNobodyShutsThemselvesOut(t *testing.T) {
	t.Parallel()
	eachEngine(t, false, func(b *bench) {
		ctx := b.as(b.marta)
		held, err := b.service.Roles(ctx, b.marta.ID)
		b.must(err)
		_, ended := b.service.End(ctx, held[0].ID)
		_, disabled := b.service.Disable(ctx, b.marta.ID)
		if !errors.Is(ended, fault.Conflict) || !errors.Is(disabled, fault.Conflict) {
			t.Errorf("got %v and %v", ended, disabled)
		}
	})
}

func TestARoleIsOneOfTheRolesAndABodyExists(t *testing.T) {
	t.Parallel()
	eachEngine(t, false, func(b *bench) {
		ctx := b.as(b.marta)
		for _, in := range []identity.MembershipInput{
			{UserID: b.marta.ID, Role: actor.System}, {UserID: b.marta.ID, Role: "king"}, {UserID: b.marta.ID, Role: actor.Auditor, BodyID: "nowhere"},
		} {
			if _, err := b.service.Grant(ctx, in); fault.Of(err) == nil {
				t.Errorf("%+v: %v", in, err)
			}
		}
	})
}

func TestOnesOwnPasswordNeedsTheOldOne(t *testing.T) {
	t.Parallel()
	eachEngine(t, false, func(b *bench) {
		ctx := b.as(b.pau)
		if _, err := b.service.ChangePassword(ctx, "wrong", "una altra frase llarga"); !errors.Is(err, fault.Invalid) {
			t.Errorf("a wrong old one: %v", err)
		}
		if _, err := b.service.ChangePassword(ctx, goodPassword, "curta"); !errors.Is(err, fault.Invalid) {
			t.Errorf("a short new one: %v", err)
		}
		_, err := b.service.ChangePassword(ctx, goodPassword, "una altra frase llarga")
		b.must(err)
		b.must(b.signIn(b.pau.Email, "una altra frase llarga"))
		if _, err := b.service.ChangePassword(b.t.Context(), goodPassword, "x"); !errors.Is(err, fault.Unknown) {
			t.Errorf("a stranger: %v", err)
		}
	})
}

func TestOnlyItsAdministratorChangesTheFaceOfABody(t *testing.T) {
	t.Parallel()
	eachEngine(t, false, func(b *bench) {
		changed, err := b.service.EditBody(b.as(b.marta), 1, identity.BodyFace{Unit: "Acció Social", Mark: "VR", Language: "es", Hue: 200, Chroma: .05})
		if err != nil || changed.ID != b.vilarodona.ID || changed.Language != "es" || changed.Name != "Vilarodona" {
			t.Errorf("got %+v, %v", changed, err)
		}
		if _, err := b.service.EditBody(b.as(b.marta), 1, identity.BodyFace{}); !errors.Is(err, fault.Stale) {
			t.Errorf("an old version: %v", err)
		}
		if _, err := b.service.EditBody(b.as(b.pau), 0, identity.BodyFace{}); !errors.Is(err, fault.Forbidden) {
			t.Errorf("a professional: %v", err)
		}
	})
}
