package access_test

import (
	"errors"
	"testing"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/platform/access"
)

var read = access.Declare("notes.read", access.Grants{
	actor.Technician:   access.Tenant,
	actor.LocalOfficer: access.OwnBody,
	actor.Supervisor:   access.Own,
})

func TestDecisionAndFilterAgree(t *testing.T) {
	t.Parallel()
	technician := actor.Actor{Tenant: "diba", User: "t", Role: actor.Technician}
	officer := actor.Actor{Tenant: "diba", User: "o", Role: actor.LocalOfficer, Body: "vic"}
	own := actor.Actor{Tenant: "vic", User: "o", Role: actor.LocalOfficer}
	token := technician
	token.Allow = map[string]bool{"notes.write": true}
	for _, c := range []struct {
		name string
		who  actor.Actor
		body record.ID
		want error // nil when allowed
	}{
		{"a technician sees every body", technician, "vic", nil},
		{"an officer sees the own body", officer, "vic", nil},
		{"an officer does not know of another body", officer, "manlleu", fault.NotFound},
		{"an officer at home sees the own tenant's", own, "vic", nil},
		{"a stranger is asked to sign in", actor.Actor{}, "vic", fault.Unknown},
		{"another role is refused", actor.Actor{Tenant: "diba", User: "c", Role: actor.Citizen}, "vic", fault.Forbidden},
		{"a token reaches no further than its scopes", token, "vic", fault.Forbidden},
		{"the system may", actor.Actor{Tenant: "diba", Role: actor.System}, "vic", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			ctx := actor.With(t.Context(), c.who)
			err := read.Check(ctx, access.Place{Body: c.body})
			if c.want == nil && err != nil || c.want != nil && !errors.Is(err, c.want) {
				t.Errorf("Check says %v, want %v", err, c.want)
			}
			if kept := keeps(read.Filter(ctx, "body_id"))(c.body); kept != (err == nil) {
				t.Errorf("the filter keeps it: %v; the check says %v", kept, err)
			}
		})
	}
}

// keeps evaluates the three conditions that a filter can be.
func keeps(condition string, args []any) func(record.ID) bool {
	return func(body record.ID) bool {
		switch condition {
		case "":
			return true
		case "body_id = ?":
			return args[0] == body
		default:
			return false
		}
	}
}

func TestOwnReachesThePeopleNamed(t *testing.T) {
	t.Parallel()
	ctx := actor.With(t.Context(), actor.Actor{Tenant: "diba", User: "s", Role: actor.Supervisor})
	if err := read.Check(ctx, access.Place{Body: "diba", People: []record.ID{"x", "s"}}); err != nil {
		t.Errorf("one's own is refused: %v", err)
	}
	if err := read.Check(ctx, access.Place{Body: "diba", People: []record.ID{"x"}}); !errors.Is(err, fault.NotFound) {
		t.Errorf("others' is known: %v", err)
	}
	nobody := actor.With(t.Context(), actor.Actor{Tenant: "diba", Role: actor.Supervisor})
	if err := read.Check(nobody, access.Place{People: []record.ID{""}}); err == nil {
		t.Error("nobody passes for an empty name")
	}
}

func TestPublicIsForEverybody(t *testing.T) {
	t.Parallel()
	if err := access.Public.Check(t.Context(), access.Place{Body: "any"}); err != nil {
		t.Error(err)
	}
	if access.SignedIn.May(t.Context()) {
		t.Error("a stranger passes for somebody signed in")
	}
}
