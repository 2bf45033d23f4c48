package identity

import (
	"context"
	"slices"
	"strings"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/kernel/text"
	"bastida/internal/platform/access"
	"bastida/internal/platform/db"
	"bastida/internal/platform/secret"
	"bastida/internal/platform/table"
)

// PersonFilter narrows a list of people.
type PersonFilter struct {
	Words string // part of the name or of the address
	Role  actor.Role
}

// People lists the accounts of the tenant of ctx: those kept in it and those
// that may act in it. Nobody else's are ever shown.
func (s *Service) People(ctx context.Context, f PersonFilter, p table.Page) (found []Person, total int, err error) {
	if err := ReadUsers.Check(ctx, access.Place{}); err != nil {
		return nil, 0, err
	}
	err = s.db.View(ctx, func(tx *db.Tx) error {
		found, total, err = peopleWhere(tx, f, p)
		return err
	})
	return found, total, err
}

// Person returns one of them.
func (s *Service) Person(ctx context.Context, id record.ID) (person Person, err error) {
	if err := ReadUsers.Check(ctx, access.Place{}); err != nil {
		return person, err
	}
	err = s.db.View(ctx, func(tx *db.Tx) error {
		person, err = db.One[Person](tx, personColumns+" AND u.id = $2", id)
		person.Locked = tx.Now.Before(person.LockedTill.Time)
		return err
	})
	return person, err
}

// Roles lists the memberships in the tenant of ctx of one user, or of everybody
// when user is empty.
func (s *Service) Roles(ctx context.Context, user record.ID) (held []Acting, err error) {
	if err := ReadUsers.Check(ctx, access.Place{}); err != nil {
		return nil, err
	}
	err = s.db.View(ctx, func(tx *db.Tx) error {
		held, err = rolesOf(tx, user)
		return err
	})
	return held, err
}

// Invitation is a person and the role that they get.
type Invitation struct {
	Email, Name, Language string
	Role                  actor.Role
	BodyID                record.ID
	Unit                  string
}

// Invite gives a role in the tenant of ctx to the account with an address,
// making it when there is none. An account kept elsewhere stays as it is.
func (s *Service) Invite(ctx context.Context, in Invitation) (u User, err error) {
	if err := ManageUsers.Check(ctx, access.Place{}); err != nil {
		return u, err
	}
	err = s.db.Do(ctx, func(tx *db.Tx) error {
		var known []User
		err := s.db.Across(tx.Context, "an account is one for the whole installation", func(tx *db.Tx) (err error) {
			known, err = userByEmail(tx, cleanEmail(in.Email))
			return err
		})
		switch {
		case err != nil:
			return err
		case len(known) > 0:
			u = known[0]
		default:
			if u, err = s.Register(tx.Context, UserInput{Email: in.Email, Name: in.Name, Language: in.Language}); err != nil {
				return err
			}
		}
		_, err = s.grant(tx, MembershipInput{u.ID, in.Role, in.BodyID, in.Unit})
		return err
	})
	return u, err
}

// grant checks what a membership says and stores it.
func (s *Service) grant(tx *db.Tx, in MembershipInput) (Membership, error) {
	if !slices.Contains(actor.Roles, in.Role) {
		var wrong fault.Fields
		wrong.Add("role", "form.not_an_option")
		return Membership{}, wrong.Err()
	}
	if in.BodyID == tx.Tenant {
		in.BodyID = ""
	}
	if in.BodyID != "" {
		if _, err := s.Body(tx.Context, in.BodyID); err != nil {
			return Membership{}, err
		}
	}
	m := Membership{UserID: in.UserID, Role: in.Role, BodyID: in.BodyID, Unit: strings.TrimSpace(in.Unit)}
	err := memberships.Insert(tx, &m)
	return m, err
}

// End takes a role away. One's own is for somebody else to take.
func (s *Service) End(ctx context.Context, membership record.ID) (m Membership, err error) {
	if err := ManageUsers.Check(ctx, access.Place{}); err != nil {
		return m, err
	}
	err = s.db.Do(ctx, func(tx *db.Tx) error {
		m, err = memberships.Edit(tx, membership, db.AnyVersion, func(m *Membership) error {
			if m.UserID == tx.Actor.User {
				return fault.New(fault.Conflict, "identity.oneself")
			}
			m.Ended = true
			return nil
		})
		return err
	})
	return m, err
}

// setPassword gives an account another password and opens it.
func setPassword(u *User, password string) error {
	if err := checkPassword(password); err != nil {
		return err
	}
	u.Password = secret.Hash(password)
	u.Succeed()
	return nil
}

// Seal ties a session to the password with which it began, so that a change of
// password ends it.
func Seal(password string) string { return secret.Fingerprint(password)[:16] }

// change edits an account kept in the tenant of ctx. Accounts kept elsewhere
// are NotFound: they belong to the body that keeps them.
func (s *Service) change(ctx context.Context, id record.ID, version int, f func(tx *db.Tx, u *User) error) (u User, err error) {
	if err := ManageUsers.Check(ctx, access.Place{}); err != nil {
		return u, err
	}
	err = s.db.Do(ctx, func(tx *db.Tx) error {
		u, err = users.Edit(tx, id, version, func(u *User) error { return f(tx, u) })
		return err
	})
	return u, err
}

// Correct changes the name, the address and the language of an account.
func (s *Service) Correct(ctx context.Context, id record.ID, version int, in UserInput) (User, error) {
	return s.change(ctx, id, version, func(_ *db.Tx, u *User) error {
		u.Email, u.Name, u.NameFold, u.Language = cleanEmail(in.Email), in.Name, text.Fold(in.Name), in.Language
		return nil
	})
}

// Disable shuts an account at once, sessions and tokens included.
func (s *Service) Disable(ctx context.Context, id record.ID) (User, error) {
	return s.change(ctx, id, db.AnyVersion, func(tx *db.Tx, u *User) error {
		if u.ID == tx.Actor.User {
			return fault.New(fault.Conflict, "identity.oneself")
		}
		u.Disabled = true
		return nil
	})
}

// Enable opens a disabled or locked account.
func (s *Service) Enable(ctx context.Context, id record.ID) (User, error) {
	return s.change(ctx, id, db.AnyVersion, func(_ *db.Tx, u *User) error {
		u.Disabled = false
		u.Succeed()
		return nil
	})
}

// SetPassword gives an account a password and ends its sessions.
func (s *Service) SetPassword(ctx context.Context, id record.ID, password string) (User, error) {
	return s.change(ctx, id, db.AnyVersion, func(_ *db.Tx, u *User) error { return setPassword(u, password) })
}

// own edits the account of the actor, wherever it is kept.
func (s *Service) own(ctx context.Context, f func(u *User) error) (u User, err error) {
	if err := access.SignedIn.Check(ctx, access.Place{}); err != nil {
		return u, err
	}
	err = s.db.Across(ctx, "one's own account may be kept in another body", func(tx *db.Tx) error {
		if u, err = users.First(tx, "WHERE id = $1", tx.Actor.User); err != nil || f == nil {
			return err
		}
		u, err = users.Edit(tx.In(u.TenantID), u.ID, db.AnyVersion, f)
		return err
	})
	return u, err
}

// Account returns the account of the actor.
func (s *Service) Account(ctx context.Context) (User, error) { return s.own(ctx, nil) }

// ChangeAccount changes the name and the language of the actor's own account.
func (s *Service) ChangeAccount(ctx context.Context, name, language string) (User, error) {
	return s.own(ctx, func(u *User) error {
		u.Name, u.NameFold, u.Language = name, text.Fold(name), language
		return nil
	})
}

// ChangePassword changes the actor's own password and ends their other
// sessions. The old one is asked, as often as at the door.
func (s *Service) ChangePassword(ctx context.Context, old, password string) (User, error) {
	if !s.limiter.allow("password of " + actor.From(ctx).User.String()) {
		return User{}, fault.New(fault.TooMany, "identity.too_often")
	}
	return s.own(ctx, func(u *User) error {
		if !secret.Matches(u.Password, old) {
			var wrong fault.Fields
			wrong.Add("old", "identity.wrong_password")
			return wrong.Err()
		}
		return setPassword(u, password)
	})
}
