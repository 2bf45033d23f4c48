package identity

import (
	"context"
	"net/mail"
	"strings"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/kernel/text"
	"bastida/internal/platform/access"
	"bastida/internal/platform/db"
	"bastida/internal/platform/table"
)

// Service is the verbs of this module.
type Service struct {
	db      *db.DB
	demo    bool
	limiter *limiter
	scopes  []access.Permission // what a personal token may be given
}

// New returns the service. demo lets demo users sign in with one click.
func New(d *db.DB, demo bool) *Service { return &Service{db: d, demo: demo, limiter: newLimiter()} }

// BodyInput is a new body.
type BodyInput struct {
	Code, Pack string
	Kind       BodyKind
	Name, Unit string
	Mark       string
	Language   string
	Hue        float64
	Chroma     float64
	LeadsPack  bool
}

// RegisterBody makes a tenant. Only the program does this, when it loads a
// pack or imports bodies.
func (s *Service) RegisterBody(ctx context.Context, in BodyInput) (Body, error) {
	b := Body{
		Row:  record.Row{ID: db.NewID()},
		Code: in.Code, Pack: in.Pack, Kind: in.Kind, Name: in.Name, NameFold: text.Fold(in.Name), Unit: in.Unit,
		Mark: in.Mark, Language: in.Language, Hue: in.Hue, Chroma: in.Chroma, LeadsPack: in.LeadsPack,
	}
	err := s.db.Do(actor.AsSystem(ctx, b.ID, "command"), func(tx *db.Tx) error {
		return bodies.Insert(tx, &b)
	})
	return b, err
}

// BodyFilter narrows a list of bodies.
type BodyFilter struct {
	Words string // part of the name, folded
	Pack  string
	Kind  BodyKind
}

// Bodies lists the bodies of the installation, which are public.
func (s *Service) Bodies(ctx context.Context, f BodyFilter, p table.Page) (found []Body, total int, err error) {
	f.Words = text.Fold(f.Words)
	err = s.db.ViewAcross(ctx, "the list of bodies is public", func(tx *db.Tx) error {
		found, total, err = bodiesWhere(tx, f, p)
		return err
	})
	return found, total, err
}

// Body returns one body, which is public.
func (s *Service) Body(ctx context.Context, id record.ID) (b Body, err error) {
	err = s.db.ViewAcross(ctx, "the name of a body is public", func(tx *db.Tx) error {
		b, err = bodies.First(tx, "WHERE id = $1", id)
		return err
	})
	return b, err
}

// BodyByCode returns the body with a code, which is public.
func (s *Service) BodyByCode(ctx context.Context, code string) (b Body, err error) {
	err = s.db.ViewAcross(ctx, "the name of a body is public", func(tx *db.Tx) error {
		b, err = bodies.First(tx, "WHERE code = $1", code)
		return err
	})
	return b, err
}

// Tenants lists every tenant, for background work.
func (s *Service) Tenants(ctx context.Context) (ids []record.ID, err error) {
	err = s.db.ViewAcross(ctx, "background work visits every tenant", func(tx *db.Tx) error {
		ids, err = db.All[record.ID](tx, "SELECT id FROM identity_body ORDER BY id")
		return err
	})
	return ids, err
}

// UserInput is a new account.
type UserInput struct {
	Email    string
	Name     string
	Language string
	Password string // empty: none is set yet
	Demo     bool
}

// Register makes an account in the tenant of ctx.
func (s *Service) Register(ctx context.Context, in UserInput) (User, error) {
	if err := ManageUsers.Check(ctx, access.Place{}); err != nil {
		return User{}, err
	}
	email := cleanEmail(in.Email)
	if _, err := mail.ParseAddress(email); err != nil {
		var wrong fault.Fields
		wrong.Add("email", "form.not_an_email")
		return User{}, wrong.Err()
	}
	u := User{Email: email, Name: in.Name, NameFold: text.Fold(in.Name), Language: in.Language, Demo: in.Demo && s.demo}
	if in.Password != "" {
		if err := setPassword(&u, in.Password); err != nil {
			return User{}, err
		}
	}
	err := s.db.Do(ctx, func(tx *db.Tx) error { return users.Insert(tx, &u) })
	return u, err
}

func cleanEmail(typed string) string { return strings.ToLower(strings.TrimSpace(typed)) }

// MembershipInput gives a role.
type MembershipInput struct {
	UserID record.ID
	Role   actor.Role
	BodyID record.ID
	Unit   string
}

// Grant lets a user act in the tenant of ctx. Nobody gives themselves a role:
// two people would be one. A person grants to the people of
// their tenant, and invites others by their address.
func (s *Service) Grant(ctx context.Context, in MembershipInput) (Membership, error) {
	if err := ManageUsers.Check(ctx, access.Place{}); err != nil {
		return Membership{}, err
	}
	if in.UserID == actor.From(ctx).User {
		return Membership{}, fault.New(fault.Conflict, "identity.not_oneself")
	}
	var m Membership
	err := s.db.Do(ctx, func(tx *db.Tx) (err error) {
		if tx.Actor.Role != actor.System {
			if _, err := s.Person(tx.Context, in.UserID); err != nil {
				return err
			}
		}
		m, err = s.grant(tx, in)
		return err
	})
	return m, err
}

// Contacts lists the users who act in the tenant of ctx for a body with a
// role: whom a notice to that body reaches.
func (s *Service) Contacts(ctx context.Context, body record.ID, role actor.Role) (found []User, err error) {
	err = s.db.View(ctx, func(tx *db.Tx) error {
		found, err = users.Select(tx, `
			WHERE id IN (
				SELECT user_id FROM identity_membership
				WHERE tenant_id = $1 AND body_id = $2 AND role = $3 AND NOT ended)
			AND NOT disabled
			ORDER BY id`, body, role)
		return err
	})
	return found, err
}
