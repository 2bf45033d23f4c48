package accounts

import (
	"strings"
	"time"

	"bastida/internal/modules/identity"
)

// AccountShape is the JSON of an account to the administrators of a tenant.
type AccountShape struct {
	ID       string   `json:"id"`
	Name     string   `json:"name"`
	Email    string   `json:"email"`
	Language string   `json:"language"`
	Home     string   `json:"home" doc:"Name of the body that keeps the account"`
	Roles    []string `json:"roles" doc:"Roles in this tenant"`
	Disabled bool     `json:"disabled"`
	Version  int      `json:"version"`
}

func shapeAccount(p identity.Person) AccountShape {
	s := shapeUser(p.User)
	s.Home = p.Home
	if p.Held != "" {
		s.Roles = strings.Split(p.Held, ",")
	}
	return s
}

func shapeUser(u identity.User) AccountShape {
	return AccountShape{
		ID: u.ID.String(), Name: u.Name, Email: u.Email, Language: u.Language, Roles: []string{}, Disabled: u.Disabled, Version: u.Version,
	}
}

func shapeRecord(r Record) AccountShape { return shapeAccount(r.Person) }

// MembershipShape is the JSON of a role that somebody holds.
type MembershipShape struct {
	ID    string `json:"id"`
	User  string `json:"user"`
	Role  string `json:"role"`
	Body  string `json:"body,omitempty"`
	Unit  string `json:"unit,omitempty"`
	Ended bool   `json:"ended"`
}

func shapeMembership(m identity.Membership) MembershipShape {
	return MembershipShape{m.ID.String(), m.UserID.String(), string(m.Role), m.BodyID.String(), m.Unit, m.Ended}
}

// OrganisationShape is the JSON of a body: what is public of it.
type OrganisationShape struct {
	ID       string `json:"id"`
	Code     string `json:"code"`
	Kind     string `json:"kind"`
	Name     string `json:"name"`
	Unit     string `json:"unit"`
	Language string `json:"language"`
	Pack     string `json:"pack"`
	Version  int    `json:"version"`
}

func shapeBody(b identity.Body) OrganisationShape {
	return OrganisationShape{b.ID.String(), b.Code, string(b.Kind), b.Name, b.Unit, b.Language, b.Pack, b.Version}
}

// TokenShape is the JSON of a personal token, without its secret.
type TokenShape struct {
	ID      string    `json:"id"`
	Name    string    `json:"name"`
	Scopes  []string  `json:"scopes"`
	Expires time.Time `json:"expires"`
	Revoked bool      `json:"revoked"`
}

func shapeToken(t identity.Token) TokenShape {
	return TokenShape{t.ID.String(), t.Name, t.Scopes.V, t.Expires.Time, t.Revoked}
}

func shapeTokens(all []identity.Token) []TokenShape {
	shapes := make([]TokenShape, len(all))
	for i, t := range all {
		shapes[i] = shapeToken(t)
	}
	return shapes
}
