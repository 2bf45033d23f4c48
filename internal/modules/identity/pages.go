package identity

import (
	"context"
	"net/http"

	"github.com/a-h/templ"

	"bastida/internal/kernel/actor"
	"bastida/internal/platform/access"
	"bastida/internal/platform/ui"
	"bastida/internal/platform/web"
)

// none is for twins that are not promised.
type none struct{}

// Routes mounts the pages of this module.
func (s *Service) Routes(r *web.Router) {
	s.sessionRoutes(r)
	s.tokenRoutes(r)
}

// tokenRoutes are the personal tokens of whoever is signed in.
func (s *Service) tokenRoutes(r *web.Router) {
	web.View(r, "/account/tokens", OwnTokens, web.ViewSpec[[]Token, []TokenShape]{
		Load:  func(ctx context.Context, _ web.Params) ([]Token, error) { return s.Tokens(ctx) },
		Page:  func(_ context.Context, _ web.Params, t []Token) templ.Component { return tokensPage(t) },
		Shape: shapeTokens,
	})
	web.Handle(r, http.MethodGet, "/account/tokens/new", OwnTokens, func(w http.ResponseWriter, p web.Params) error {
		return r.Render(w, p, http.StatusOK, newTokenPage(s.tokenForm(p.Context(), nil, nil)))
	})
	// The answer to this form is the only page that ever shows the secret, so
	// it is drawn at once and not after a redirect.
	web.Handle(r, http.MethodPost, "/account/tokens/new", OwnTokens, func(w http.ResponseWriter, p web.Params) error {
		if err := p.ParseForm(); err != nil {
			return err
		}
		var in TokenInput
		if err := tokenForm.Read(p.PostForm, &in); err != nil {
			return r.Render(w, p, http.StatusUnprocessableEntity, newTokenPage(s.tokenForm(p.Context(), p.PostForm, err)))
		}
		t, key, err := s.MakeToken(p.Context(), in)
		if err != nil {
			return err
		}
		return r.Render(w, p, http.StatusCreated, tokenMadePage(t, key))
	})
	web.Act(r, "/account/tokens/{id}/revoke", OwnTokens, web.ActSpec[Token, TokenShape]{
		Do:    func(ctx context.Context, p web.Params) (Token, error) { return s.RevokeToken(ctx, p.ID()) },
		Next:  func(Token) string { return "/account/tokens" },
		Flash: "identity.token.revoked",
		Shape: shapeToken,
	})
}

func (s *Service) tokenForm(ctx context.Context, typed map[string][]string, problem error) ui.Form {
	view := tokenForm.View(ctx, &TokenInput{Days: 90}, typed, problem)
	view.Action, view.Cancel = "/account/tokens/new", "/account/tokens"
	for i := range view.Fields {
		if view.Fields[i].Name == "scopes" {
			view.Fields[i].Options = scopeOptions(actor.From(ctx), s.scopes)
		}
	}
	return view
}

// scopeOptions are the permissions that the actor could pass on.
func scopeOptions(a actor.Actor, all []access.Permission) (options []ui.Option) {
	for _, p := range all {
		if p.Reach(a) != access.Nowhere {
			options = append(options, ui.Option{Value: p.Name, Label: p.Name})
		}
	}
	return options
}
