package identity

import (
	"slices"

	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
)

// Token lets a program act in a person's membership. Only its fingerprint is
// kept: the token itself is shown once, when it is made.
type Token struct {
	record.Row
	UserID       record.ID             `db:"user_id"`
	MembershipID record.ID             `db:"membership_id"`
	Name         string                `db:"name"`
	Fingerprint  string                `db:"fingerprint,secret"`
	Scopes       record.JSON[[]string] `db:"scopes"` // names of permissions
	Expires      record.Time           `db:"expires_at"`
	LastUsed     record.Time           `db:"last_used_at"`
	Revoked      bool                  `db:"revoked"`
}

// tokenPrefix lets people and scanners recognise a token that leaked.
const tokenPrefix = "bastida_"

// Usable refuses a token that was revoked or has expired.
func (t *Token) Usable(now record.Time) error {
	if t.Revoked || !now.Before(t.Expires.Time) {
		return fault.New(fault.Unknown, "identity.token_dead")
	}
	return nil
}

func (t *Token) allows() map[string]bool {
	allow := map[string]bool{}
	for scope := range slices.Values(t.Scopes.V) {
		allow[scope] = true
	}
	return allow
}
