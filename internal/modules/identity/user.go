package identity

import (
	"strings"
	"time"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
)

// User is one account. Its row belongs to the body where the person works.
type User struct {
	record.Row
	Email      string      `db:"email"` // lower case; unique in the installation
	Name       string      `db:"name"`
	NameFold   string      `db:"name_fold"`
	Language   string      `db:"language"`
	Password   string      `db:"password,secret"` // argon2id in PHC form; empty while none is set
	Failures   int         `db:"failures"`        // wrong passwords since the last right one
	LockedTill record.Time `db:"locked_till"`
	Disabled   bool        `db:"disabled"`
	Demo       bool        `db:"demo"` // may sign in with one click in a demo installation
}

// Lock-out: after so many wrong passwords in a row the account waits.
const (
	failuresAllowed = 5
	lockedFor       = 15 * time.Minute
)

// Open refuses an account that may not sign in now.
func (u *User) Open(now record.Time) error {
	switch {
	case u.Disabled:
		return fault.New(fault.Forbidden, "identity.disabled")
	case now.Before(u.LockedTill.Time):
		return fault.New(fault.TooMany, "identity.locked", "until", u.LockedTill)
	}
	return nil
}

// Fail counts a wrong password, and locks the account after too many.
func (u *User) Fail(now record.Time) {
	u.Failures++
	if u.Failures >= failuresAllowed {
		u.Failures = 0
		u.LockedTill = record.At(now.Add(lockedFor))
	}
}

// Succeed forgets the wrong passwords.
func (u *User) Succeed() { u.Failures, u.LockedTill = 0, record.Time{} }

// Initials returns up to two letters for the person's badge.
func (u *User) Initials() string { return Initials(u.Name) }

// Initials returns the first letters of the first two words of a name.
func Initials(name string) string {
	var out strings.Builder
	for i, word := range strings.Fields(name) {
		if i == 2 {
			break
		}
		for _, letter := range word {
			out.WriteRune(letter)
			break
		}
	}
	return strings.ToUpper(out.String())
}

// Person is an account as the administrators of a tenant see it, without its
// password.
type Person struct {
	User
	Ready  bool   `db:"ready"` // a password is set
	Home   string `db:"home"`  // name of the body that keeps it
	Held   string `db:"held"`  // roles in the tenant, parted by commas
	Locked bool   // it waits after too many wrong passwords
}

// Membership lets a user act in a tenant. Its row belongs to that tenant.
type Membership struct {
	record.Row
	UserID record.ID  `db:"user_id"`
	Role   actor.Role `db:"role"`
	BodyID record.ID  `db:"body_id"` // the body it speaks for; empty when it is the tenant itself
	Unit   string     `db:"unit"`
	Ended  bool       `db:"ended"`
}

// Acting is a membership with the names that a page shows.
type Acting struct {
	ID         record.ID  `db:"id"`
	TenantID   record.ID  `db:"tenant_id"`
	UserID     record.ID  `db:"user_id"`
	Role       actor.Role `db:"role"`
	BodyID     record.ID  `db:"body_id"`
	Unit       string     `db:"unit"`
	UserName   string     `db:"user_name"`
	Language   string     `db:"language"`
	TenantName string     `db:"tenant_name"`
	TenantCode string     `db:"tenant_code"`
	BodyName   string     `db:"body_name"` // empty when it is the tenant itself
	Password   string     `db:"password"`  // of the account, to know whether a session is still its
}

// Actor returns the actor that the membership makes.
func (m Acting) Actor() actor.Actor {
	return actor.Actor{
		Tenant: m.TenantID, User: m.UserID, Membership: m.ID, Name: m.UserName, Role: m.Role, Body: m.BodyID, Unit: m.Unit,
	}
}
