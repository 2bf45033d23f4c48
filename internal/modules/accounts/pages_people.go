package accounts

import (
	"context"
	"strings"

	"github.com/a-h/templ"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/identity"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/table"
	"bastida/internal/platform/ui"
	"bastida/internal/platform/web"
)

var peopleTable = leading(table.New("accounts.people",
	table.Text("name", func(p identity.Person) string { return p.Name }).Sort("u.name_fold").Wide(),
	table.Text("email", func(p identity.Person) string { return p.Email }).Sort("u.email"),
	table.Said("roles", saidRoles),
	table.Text("home", func(p identity.Person) string { return p.Home }).Sort("h.name_fold"),
	table.Said("state", func(ctx context.Context, p identity.Person) string { return personTag(ctx, p).Text }).
		Cell(func(ctx context.Context, p identity.Person) templ.Component { return ui.StatusTag(personTag(ctx, p)) }),
))

func leading(t *table.Table[identity.Person]) *table.Table[identity.Person] {
	t.Href = func(p identity.Person) string { return personPath(p.ID) }
	return t
}

func personPath(id record.ID) string { return "/people/" + id.String() }

func saidRoles(ctx context.Context, p identity.Person) string {
	var said []string
	for role := range strings.SplitSeq(p.Held, ",") {
		if role != "" {
			said = append(said, i18n.T(ctx, "role."+role))
		}
	}
	return strings.Join(said, "; ")
}

// personTag is the state of an account in a word.
func personTag(ctx context.Context, p identity.Person) ui.Tag {
	switch {
	case p.Disabled:
		return ui.Tag{Text: i18n.T(ctx, "accounts.state.disabled"), Icon: "lock"}
	case p.Locked:
		return ui.Tag{Tone: ui.Warn, Text: i18n.T(ctx, "accounts.state.locked", "until", p.LockedTill)}
	case !p.Ready && !p.Demo:
		return ui.Tag{Text: i18n.T(ctx, "accounts.state.no_password"), Icon: "info"}
	default:
		return ui.Tag{Tone: ui.OK, Text: i18n.T(ctx, "accounts.state.open")}
	}
}

// peopleRoutes are the accounts of the tenant.
func (s *Service) peopleRoutes(r *web.Router) {
	web.List(r, "/people", identity.ReadUsers, web.ListSpec[identity.Person, identity.PersonFilter, AccountShape]{
		Table: peopleTable, Filter: peopleForm,
		Load: func(ctx context.Context, _ web.Params, f identity.PersonFilter, page table.Page) ([]identity.Person, int, error) {
			return s.people.People(ctx, f, page)
		},
		Options: func(ctx context.Context, _ web.Params, view *ui.Form) error {
			offer(view, "role", roleOptions(ctx))
			return nil
		},
		Page: func(ctx context.Context, _ web.Params, _ identity.PersonFilter, list ui.Table) (templ.Component, error) {
			return peoplePage(list, identity.ManageUsers.May(ctx)), nil
		},
		Shape: shapeAccount,
	})
	web.Submit(r, "/people/new", identity.ManageUsers, web.SubmitSpec[InvitationInput, identity.User, AccountShape]{
		Form:    invitationForm,
		Start:   s.startInvitation,
		Options: s.roleChoices("/people"),
		Page:    formPage("accounts.people.new", "/people", "accounts.people.title"),
		Do: func(ctx context.Context, _ web.Params, in InvitationInput) (identity.User, error) {
			return s.people.Invite(ctx, identity.Invitation{
				Email: in.Email, Name: in.Name, Language: in.Language, Role: in.Role, BodyID: in.Body, Unit: in.Unit,
			})
		},
		Next:  func(u identity.User) string { return personPath(u.ID) },
		Flash: "accounts.people.invited",
		Shape: shapeUser, API: "POST /people",
	})
	web.View(r, "/people/{id}", identity.ReadUsers, web.ViewSpec[Record, AccountShape]{
		Load: func(ctx context.Context, p web.Params) (Record, error) {
			return s.Record(ctx, p.ID(), record.ID(p.Get("membership")))
		},
		Page: func(ctx context.Context, _ web.Params, rec Record) templ.Component {
			return personPage(rec, identity.ManageUsers.May(ctx), rec.Person.TenantID == actor.From(ctx).Tenant, rec.Person.ID == actor.From(ctx).User)
		},
		Shape: shapeRecord,
	})
	s.personForms(r)
	s.personSteps(r)
}

func (s *Service) startInvitation(ctx context.Context, _ web.Params) (InvitationInput, int, error) {
	return InvitationInput{Language: i18n.Lang(ctx)}, 0, nil
}

// personForms are the forms about one person.
func (s *Service) personForms(r *web.Router) {
	web.Submit(r, "/people/{id}/edit", identity.ManageUsers, web.SubmitSpec[PersonInput, identity.User, AccountShape]{
		Form: personForm,
		Start: func(ctx context.Context, p web.Params) (PersonInput, int, error) {
			person, err := s.people.Person(ctx, p.ID())
			return PersonInput{person.Name, person.Email, person.Language}, person.Version, err
		},
		Options: back,
		Page:    formPage("accounts.person.edit", "/people", "accounts.people.title"),
		Do: func(ctx context.Context, p web.Params, in PersonInput) (identity.User, error) {
			return s.people.Correct(ctx, p.ID(), p.Version(), identity.UserInput{Email: in.Email, Name: in.Name, Language: in.Language})
		},
		Next:  func(u identity.User) string { return personPath(u.ID) },
		Flash: "accounts.saved",
		Shape: shapeUser, API: "PUT /people/{id}",
	})
	web.Submit(r, "/people/{id}/password", identity.ManageUsers, web.SubmitSpec[passwordInput, identity.User, none]{
		Form:    passwordForm,
		Options: back,
		Page:    formPage("accounts.password.title", "/people", "accounts.people.title"),
		Do: func(ctx context.Context, p web.Params, in passwordInput) (identity.User, error) {
			return s.people.SetPassword(ctx, p.ID(), in.Password)
		},
		Next:  func(u identity.User) string { return personPath(u.ID) },
		Flash: "accounts.password.set",
	})
	web.Submit(r, "/people/{id}/roles/new", identity.ManageUsers, web.SubmitSpec[RoleInput, identity.Membership, MembershipShape]{
		Form:    roleForm,
		Options: s.roleChoices(""),
		Page:    formPage("accounts.role.new", "/people", "accounts.people.title"),
		Do: func(ctx context.Context, p web.Params, in RoleInput) (identity.Membership, error) {
			return s.people.Grant(ctx, identity.MembershipInput{UserID: p.ID(), Role: in.Role, BodyID: in.Body, Unit: in.Unit})
		},
		Next:  func(m identity.Membership) string { return personPath(m.UserID) },
		Flash: "accounts.role.given",
		Shape: shapeMembership, API: "POST /people/{id}/roles",
	})
}

// personSteps are the buttons about one person.
func (s *Service) personSteps(r *web.Router) {
	step := func(path, flash string, do func(context.Context, record.ID) (identity.User, error)) {
		web.Act(r, path, identity.ManageUsers, web.ActSpec[identity.User, AccountShape]{
			Do:    func(ctx context.Context, p web.Params) (identity.User, error) { return do(ctx, p.ID()) },
			Next:  func(u identity.User) string { return personPath(u.ID) },
			Flash: flash, Shape: shapeUser,
		})
	}
	step("/people/{id}/disable", "accounts.person.disabled", s.people.Disable)
	step("/people/{id}/enable", "accounts.person.enabled", s.people.Enable)
	web.Act(r, "/memberships/{id}/end", identity.ManageUsers, web.ActSpec[identity.Membership, MembershipShape]{
		Do: func(ctx context.Context, p web.Params) (identity.Membership, error) {
			return s.people.End(ctx, p.ID())
		},
		Next:  func(m identity.Membership) string { return personPath(m.UserID) },
		Flash: "accounts.role.ended",
		Shape: shapeMembership,
	})
}

// roleChoices fills in the roles and the bodies of a form, and its way back.
func (s *Service) roleChoices(cancel string) func(context.Context, web.Params, *ui.Form) error {
	return func(ctx context.Context, p web.Params, view *ui.Form) error {
		if view.Cancel = cancel; cancel == "" {
			view.Cancel = personPath(p.ID())
		}
		near, err := s.bodiesNear(ctx)
		if err != nil {
			return err
		}
		offer(view, "role", roleOptions(ctx))
		var options []ui.Option
		for _, b := range near {
			if b.ID != actor.From(ctx).Tenant {
				options = append(options, ui.Option{Value: b.ID.String(), Label: b.Name})
			}
		}
		offer(view, "body", options)
		return nil
	}
}

// back leads a form about a person back to their page.
func back(_ context.Context, p web.Params, view *ui.Form) error {
	view.Cancel = personPath(p.ID())
	return nil
}

func roleOptions(ctx context.Context) (options []ui.Option) {
	for _, role := range actor.Roles {
		options = append(options, ui.Option{Value: string(role), Label: i18n.T(ctx, "role."+string(role))})
	}
	return options
}

func offer(view *ui.Form, name string, options []ui.Option) {
	for i := range view.Fields {
		if view.Fields[i].Name == name {
			view.Fields[i].Options = options
		}
	}
}
