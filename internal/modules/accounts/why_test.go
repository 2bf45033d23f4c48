package accounts

import (
	"testing"

	"bastida/internal/kernel/actor"
	"bastida/internal/platform/access"
)

func TestExplainingSaysWhatAccessDecides(t *testing.T) {
	t.Parallel()
	everywhere := access.Declare("a.everywhere", access.Grants{actor.LocalOfficer: access.Tenant})
	own := access.Declare("b.own", access.Grants{actor.LocalOfficer: access.OwnBody})
	nowhere := access.Declare("c.nowhere", access.Grants{actor.Technician: access.Tenant})
	officer := actor.Actor{Tenant: "county", Body: "town", Role: actor.LocalOfficer}
	got := explain(officer, []access.Permission{nowhere, own, everywhere})
	want := []struct{ permission, key string }{
		{"a.everywhere", "accounts.why.because_role"}, {"b.own", "accounts.why.because_body"}, {"c.nowhere", "accounts.why.role_lacks"},
	}
	for i, w := range want {
		if got[i].Permission != w.permission || got[i].Key() != w.key {
			t.Errorf("%d: %s because %s", i, got[i].Permission, got[i].Key())
		}
	}
}
