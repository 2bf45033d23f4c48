package accounts

import (
	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/identity"
	"bastida/internal/platform/form"
	"bastida/internal/platform/i18n"
)

// Inputs of the forms, which are also the JSON that they take.
type (
	// InvitationInput is a person and the role that they get.
	InvitationInput struct {
		Name     string     `json:"name"`
		Email    string     `json:"email"`
		Language string     `json:"language"`
		Role     actor.Role `json:"role"`
		Body     record.ID  `json:"body"`
		Unit     string     `json:"unit"`
	}
	// PersonInput is what can be corrected of an account.
	PersonInput struct {
		Name     string `json:"name"`
		Email    string `json:"email"`
		Language string `json:"language"`
	}
	// RoleInput is a role to give.
	RoleInput struct {
		Role actor.Role `json:"role"`
		Body record.ID  `json:"body"`
		Unit string     `json:"unit"`
	}
	// FaceInput is how a body signs and looks.
	FaceInput struct {
		Unit     string  `json:"unit"`
		Mark     string  `json:"mark"`
		Language string  `json:"language"`
		Hue      float64 `json:"hue"`
		Chroma   float64 `json:"chroma"`
	}
	passwordInput    struct{ Password string }
	ownInput         struct{ Name, Language string }
	ownPasswordInput struct{ Old, Password string }
)

var invitationForm = form.New("accounts.invitation",
	form.Text("name", func(in *InvitationInput) *string { return &in.Name }).Required().Limit(120),
	form.Email("email", func(in *InvitationInput) *string { return &in.Email }).Required(),
	form.Choice("language", func(in *InvitationInput) *string { return &in.Language }, i18n.Languages...).Required(),
	form.Pick("role", func(in *InvitationInput) *actor.Role { return &in.Role }).Required().Group("role"),
	form.Pick("body", func(in *InvitationInput) *record.ID { return &in.Body }).Group("role"),
	form.Text("unit", func(in *InvitationInput) *string { return &in.Unit }).Limit(120).Group("role"),
)

var personForm = form.New("accounts.person",
	form.Text("name", func(in *PersonInput) *string { return &in.Name }).Required().Limit(120),
	form.Email("email", func(in *PersonInput) *string { return &in.Email }).Required(),
	form.Choice("language", func(in *PersonInput) *string { return &in.Language }, i18n.Languages...).Required(),
)

var roleForm = form.New("accounts.role",
	form.Pick("role", func(in *RoleInput) *actor.Role { return &in.Role }).Required(),
	form.Pick("body", func(in *RoleInput) *record.ID { return &in.Body }),
	form.Text("unit", func(in *RoleInput) *string { return &in.Unit }).Limit(120),
)

var passwordForm = form.New("accounts.password",
	form.Password("password", "new-password", func(in *passwordInput) *string { return &in.Password }).Required(),
)

var ownForm = form.New("accounts.own",
	form.Text("name", func(in *ownInput) *string { return &in.Name }).Required().Limit(120),
	form.Choice("language", func(in *ownInput) *string { return &in.Language }, i18n.Languages...).Required(),
)

var ownPasswordForm = form.New("accounts.own_password",
	form.Password("old", "current-password", func(in *ownPasswordInput) *string { return &in.Old }).Required(),
	form.Password("password", "new-password", func(in *ownPasswordInput) *string { return &in.Password }).Required(),
)

var faceForm = form.New("accounts.face",
	form.Text("unit", func(in *FaceInput) *string { return &in.Unit }).Limit(160),
	form.Text("mark", func(in *FaceInput) *string { return &in.Mark }).Required().Limit(2).Narrow(),
	form.Choice("language", func(in *FaceInput) *string { return &in.Language }, i18n.Languages...).Required(),
	form.Decimal("hue", 0, 360, func(in *FaceInput) *float64 { return &in.Hue }).Unit("accounts.face.hue.unit"),
	form.Decimal("chroma", 0, 0.11, func(in *FaceInput) *float64 { return &in.Chroma }),
)

var peopleForm = form.New("accounts.people_filter",
	form.Text("words", func(f *identity.PersonFilter) *string { return &f.Words }),
	form.Pick("role", func(f *identity.PersonFilter) *actor.Role { return &f.Role }),
)

var bodiesForm = form.New("accounts.bodies_filter",
	form.Text("words", func(f *identity.BodyFilter) *string { return &f.Words }),
	form.Pick("kind", func(f *identity.BodyFilter) *identity.BodyKind { return &f.Kind }),
	form.Pick("pack", func(f *identity.BodyFilter) *string { return &f.Pack }),
)

var tokenForm = form.New("accounts.token",
	form.Text("name", func(in *identity.TokenInput) *string { return &in.Name }).Required().Limit(80),
	form.Int("days", 1, 366, func(in *identity.TokenInput) *int { return &in.Days }).Unit("accounts.token.days.unit"),
	form.Checks("scopes", func(in *identity.TokenInput) *[]string { return &in.Scopes }).Required(),
)
