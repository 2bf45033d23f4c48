// Package access decides who may do what, from one declaration.
//
//	var Read = access.Declare("calls.application.read", access.Grants{
//		actor.Technician:   access.Tenant,
//		actor.LocalOfficer: access.OwnBody,
//	})
//
// gives the decision (Check), the filter of a list (Filter), the sentence that
// explains it (Decide) and the row of the permission matrix in the docs.
//
// A refusal is NotFound for a record that the actor may not know of, Forbidden
// where the actor sees the record but may not do this to it, and Unknown when
// signing in could help.
package access

import (
	"context"
	"slices"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
)

// Reach is how far a permission goes for a role.
type Reach int

// The reaches, from nothing to everything within a tenant.
const (
	Nowhere Reach = iota
	Own           // records that name the actor among their people
	OwnBody       // records of the body that the membership speaks for
	Tenant        // every record of the tenant
)

// Grants says how far a permission reaches for each role. Roles left out have
// it nowhere.
type Grants map[actor.Role]Reach

// Permission is the right to do one thing.
type Permission struct {
	Name   string
	Grants Grants
	public bool
}

// Public is the permission of everybody, signed in or not.
var Public = Permission{Name: "public", public: true}

// SignedIn is the permission of everybody who is signed in, for pages about
// oneself.
var SignedIn = Declare("signed_in", everyone())

func everyone() Grants {
	g := Grants{}
	for _, r := range actor.Roles {
		g[r] = Tenant
	}
	return g
}

// Declare makes a permission. The system itself always has it.
func Declare(name string, grants Grants) Permission {
	return Permission{Name: name, Grants: grants}
}

// Place is where a record lies within its tenant: the body that it is about,
// others that it is about as well, and the accounts of the people it belongs to.
type Place struct {
	Body   record.ID
	Bodies []record.ID
	People []record.ID
}

// Decision is the answer with its reason, as a message key with its values.
type Decision struct {
	Allowed bool
	Reason  string
	Args    []any
}

// Reach returns how far the permission goes for an actor.
func (p Permission) Reach(a actor.Actor) Reach {
	switch {
	case p.public || a.Role == actor.System:
		return Tenant
	case a.Allow != nil && !a.Allow[p.Name]:
		return Nowhere
	default:
		return p.Grants[a.Role]
	}
}

// Decide answers whether the actor may do this to a record at a place.
func (p Permission) Decide(a actor.Actor, at Place) Decision {
	args := []any{"role", string(a.Role), "permission", p.Name}
	switch p.Reach(a) {
	case Tenant:
		return Decision{true, "access.because_role", args}
	case OwnBody:
		if at.Body == a.SpeaksFor() || slices.Contains(at.Bodies, a.SpeaksFor()) {
			return Decision{true, "access.because_body", args}
		}
		return Decision{false, "access.other_body", args}
	case Own:
		if a.User != "" && slices.Contains(at.People, a.User) {
			return Decision{true, "access.because_own", args}
		}
		return Decision{false, "access.not_own", args}
	default:
		if a.Allow != nil && p.Grants[a.Role] != Nowhere {
			return Decision{false, "access.token_scope", args}
		}
		return Decision{false, "access.role_lacks", args}
	}
}

// Check refuses an actor who may not do this to a record at a place.
func (p Permission) Check(ctx context.Context, at Place) error {
	a := actor.From(ctx)
	d := p.Decide(a, at)
	switch {
	case d.Allowed:
		return nil
	case !a.SignedIn():
		return fault.New(fault.Unknown, "access.sign_in")
	case d.Reason == "access.other_body" || d.Reason == "access.not_own":
		return fault.New(fault.NotFound, "record.not_found")
	default:
		return fault.New(fault.Forbidden, d.Reason, d.Args...)
	}
}

// Require refuses an actor who has the permission nowhere: for routes and for
// verbs that concern no record yet.
func (p Permission) Require(ctx context.Context) error {
	if p.May(ctx) {
		return nil
	}
	return p.Check(ctx, Place{})
}

// May reports whether the actor has the permission anywhere: for menus and
// buttons. The verb itself still checks.
func (p Permission) May(ctx context.Context) bool {
	return p.Reach(actor.From(ctx)) != Nowhere
}

// Filter returns the condition that keeps the records within reach, in the
// form that query.And takes. column holds the body of a record. What reaches
// only Own is not found by body: such lists ask for the actor's own records.
//
// Safety: column is a constant of the program.
func (p Permission) Filter(ctx context.Context, column string) (condition string, args []any) {
	a := actor.From(ctx)
	switch p.Reach(a) {
	case Tenant:
		return "", nil
	case OwnBody:
		return column + " = ?", []any{a.SpeaksFor()}
	default:
		return "1 = 0", nil
	}
}
