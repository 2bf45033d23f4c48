// Package actor says on whose behalf the program is acting.
package actor

import (
	"context"

	"bastida/internal/kernel/record"
)

// Actor is a signed-in person acting in one of their memberships, a program
// holding a person's token, the system itself, or a stranger.
type Actor struct {
	Tenant     record.ID // the body in whose data the actor works; empty for a stranger
	User       record.ID // empty for a stranger and for the system
	Membership record.ID
	Name       string
	Role       Role
	Body       record.ID       // the body that the membership speaks for; empty when it is the tenant itself
	Unit       string          // the unit that the membership is limited to; empty for the whole body
	Allow      map[string]bool // when not nil, only these permissions: the scopes of a token
	Request    string          // identifier of the request, for logs and audit
	Via        string          // "web", "api", "job" or "command"
}

// Role is what a membership makes of a person.
type Role string

// The roles of the product. Stranger is anybody who has not signed in; System
// is the program working by itself.
const (
	Stranger      Role = ""
	System        Role = "system"
	Professional  Role = "professional"
	Reception     Role = "reception"
	TeamLead      Role = "team_lead"
	LocalOfficer  Role = "local_officer"
	Technician    Role = "technician"
	LegalOfficer  Role = "legal_officer"
	Supervisor    Role = "supervisor"
	Citizen       Role = "citizen"
	Auditor       Role = "auditor"
	Administrator Role = "administrator"
)

// Roles lists the roles that a membership may give, in the order of product
// documents and of every list on screen.
var Roles = []Role{
	Professional, Reception, TeamLead, LocalOfficer, Technician,
	LegalOfficer, Supervisor, Citizen, Auditor, Administrator,
}

// SignedIn reports whether the actor is a person known to the system.
func (a Actor) SignedIn() bool { return a.User != "" }

// SpeaksFor is the body that the actor speaks for: their membership's, or the
// tenant itself.
func (a Actor) SpeaksFor() record.ID {
	if a.Body != "" {
		return a.Body
	}
	return a.Tenant
}

type key struct{}

// With returns a context acting as a.
func With(ctx context.Context, a Actor) context.Context { return context.WithValue(ctx, key{}, a) }

// From returns the actor of ctx: a stranger when nobody was set.
func From(ctx context.Context) Actor {
	a, _ := ctx.Value(key{}).(Actor)
	return a
}

// AsSystem returns a context in which the program acts by itself in a tenant.
func AsSystem(ctx context.Context, tenant record.ID, via string) context.Context {
	return With(ctx, Actor{Tenant: tenant, Role: System, Name: "system", Via: via})
}
