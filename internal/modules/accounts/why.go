package accounts

import (
	"cmp"
	"slices"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/record"
	"bastida/internal/platform/access"
)

// Reason is one permission as it stands for one membership.
type Reason struct {
	Permission string
	Reach      access.Reach
	Decision   access.Decision // about a record of the membership's own body
}

// Reason keys of access say "you"; these say "this person".
var explained = map[string]string{
	"access.because_role": "accounts.why.because_role",
	"access.because_body": "accounts.why.because_body",
	"access.because_own":  "accounts.why.because_own",
	"access.role_lacks":   "accounts.why.role_lacks",
	"access.other_body":   "accounts.why.other_body",
	"access.token_scope":  "accounts.why.role_lacks",
}

// Key is the message that says the reason of somebody else.
func (r Reason) Key() string { return explained[r.Decision.Reason] }

// explain decides every permission for an actor, those they have first. It asks
// access itself, so that what the page says is what the program does.
func explain(a actor.Actor, all []access.Permission) []Reason {
	at := access.Place{Body: cmp.Or(a.Body, a.Tenant), People: []record.ID{a.User}}
	reasons := make([]Reason, len(all))
	for i, p := range all {
		reasons[i] = Reason{p.Name, p.Reach(a), p.Decide(a, at)}
	}
	slices.SortFunc(reasons, func(x, y Reason) int {
		return cmp.Or(cmp.Compare(y.Reach, x.Reach), cmp.Compare(x.Permission, y.Permission))
	})
	return reasons
}
