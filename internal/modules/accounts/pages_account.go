package accounts

import (
	"context"
	"net/http"

	"github.com/a-h/templ"

	"bastida/internal/modules/identity"
	"bastida/internal/platform/access"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/ui"
	"bastida/internal/platform/web"
)

// accountRoutes are one's own name, language and password.
func (s *Service) accountRoutes(r *web.Router) {
	web.Submit(r, "/account", access.SignedIn, web.SubmitSpec[ownInput, identity.User, none]{
		Form: ownForm,
		Start: func(ctx context.Context, _ web.Params) (ownInput, int, error) {
			u, err := s.people.Account(ctx)
			return ownInput{u.Name, u.Language}, 0, err
		},
		Page: func(ctx context.Context, _ web.Params, view ui.Form) (templ.Component, error) {
			u, err := s.people.Account(ctx)
			return accountPage(u, identity.Held(ctx), view), err
		},
		Do: func(ctx context.Context, _ web.Params, in ownInput) (identity.User, error) {
			return s.people.ChangeAccount(ctx, in.Name, in.Language)
		},
		Next:  func(identity.User) string { return "/account" },
		Flash: "accounts.saved",
	})
	web.Submit(r, "/account/password", access.SignedIn, web.SubmitSpec[ownPasswordInput, identity.User, none]{
		Form: ownPasswordForm,
		Options: func(_ context.Context, _ web.Params, view *ui.Form) error {
			view.Cancel = "/account"
			return nil
		},
		Page: formPage("accounts.own_password.title", "/account", "accounts.own.title"),
		Do: func(ctx context.Context, p web.Params, in ownPasswordInput) (identity.User, error) {
			u, err := s.people.ChangePassword(ctx, in.Old, in.Password)
			if err != nil {
				return u, err
			}
			return u, identity.KeepSession(r, p, u)
		},
		Next:  func(identity.User) string { return "/account" },
		Flash: "accounts.own_password.changed",
	})
}

// tokenRoutes are the personal tokens of whoever is signed in.
func (s *Service) tokenRoutes(r *web.Router) {
	web.View(r, "/account/tokens", identity.OwnTokens, web.ViewSpec[[]identity.Token, []TokenShape]{
		Load:  func(ctx context.Context, _ web.Params) ([]identity.Token, error) { return s.people.Tokens(ctx) },
		Page:  func(_ context.Context, _ web.Params, t []identity.Token) templ.Component { return tokensPage(t) },
		Shape: shapeTokens,
	})
	web.Handle(r, http.MethodGet, "/account/tokens/new", identity.OwnTokens, func(w http.ResponseWriter, p web.Params) error {
		return r.Render(w, p, http.StatusOK, newTokenPage(s.tokenForm(p.Context(), nil, nil)))
	})
	// The answer to this form is the only page that ever shows the secret, so
	// it is drawn at once and not after a redirect.
	web.Handle(r, http.MethodPost, "/account/tokens/new", identity.OwnTokens, func(w http.ResponseWriter, p web.Params) error {
		if err := p.ParseForm(); err != nil {
			return err
		}
		var in identity.TokenInput
		if err := tokenForm.Read(p.PostForm, &in); err != nil {
			return r.Render(w, p, http.StatusUnprocessableEntity, newTokenPage(s.tokenForm(p.Context(), p.PostForm, err)))
		}
		t, key, err := s.people.MakeToken(p.Context(), in)
		if err != nil {
			return err
		}
		return r.Render(w, p, http.StatusCreated, tokenMadePage(t, key))
	})
	web.Act(r, "/account/tokens/{id}/revoke", identity.OwnTokens, web.ActSpec[identity.Token, TokenShape]{
		Do: func(ctx context.Context, p web.Params) (identity.Token, error) {
			return s.people.RevokeToken(ctx, p.ID())
		},
		Next:  func(identity.Token) string { return "/account/tokens" },
		Flash: "accounts.token.revoked",
		Shape: shapeToken,
	})
}

func (s *Service) tokenForm(ctx context.Context, typed map[string][]string, problem error) ui.Form {
	view := tokenForm.View(ctx, &identity.TokenInput{Days: 90}, typed, problem)
	view.Action, view.Cancel = "/account/tokens/new", "/account/tokens"
	offer(&view, "scopes", scopeOptions(ctx, s.people.Scopes()))
	return view
}

// scopeOptions are the permissions that the actor could pass on.
func scopeOptions(ctx context.Context, all []access.Permission) (options []ui.Option) {
	for _, p := range all {
		if p.May(ctx) {
			options = append(options, ui.Option{Value: p.Name, Label: i18n.T(ctx, "permission."+p.Name)})
		}
	}
	return options
}
