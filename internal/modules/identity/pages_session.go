package identity

import (
	"context"
	"net"
	"net/http"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"bastida/internal/kernel/record"
	"bastida/internal/platform/access"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/ui"
	"bastida/internal/platform/web"
)

// sessionRoutes are signing in and out, and what a session remembers.
func (s *Service) sessionRoutes(r *web.Router) {
	web.Submit(r, "/sign-in", access.Public, web.SubmitSpec[signIn, User, none]{
		Form: signInForm,
		Start: func(_ context.Context, p web.Params) (signIn, int, error) {
			return signIn{Back: local(p.Get("back"))}, 0, nil
		},
		Options: func(_ context.Context, _ web.Params, view *ui.Form) error {
			view.Action = "/sign-in"
			return nil
		},
		Page: func(ctx context.Context, p web.Params, view ui.Form) (templ.Component, error) {
			offered, err := s.DemoUsers(ctx, p.Get("words"))
			if err != nil {
				return nil, err
			}
			return signInPage(signInView{Form: view, Offer: offer(offered, p.Get("words")), Demo: s.demo, Back: local(p.Get("back")), Words: p.Get("words")}), nil
		},
		Do: func(ctx context.Context, p web.Params, in signIn) (User, error) {
			u, err := s.SignIn(ctx, in.Email, in.Password, origin(p.Request))
			if err != nil {
				return u, err
			}
			return u, start(r, p, u, "")
		},
		Next: func(User) string { return "/" },
	})
	web.Handle(r, http.MethodPost, "/sign-in/demo", access.Public, func(w http.ResponseWriter, p web.Params) error {
		u, err := s.DemoSignIn(p.Context(), record.ID(p.PostFormValue("user")))
		if err != nil {
			return err
		}
		if err := start(r, p, u, record.ID(p.PostFormValue("membership"))); err != nil {
			return err
		}
		http.Redirect(w, p.Request, local(p.PostFormValue("back")), http.StatusSeeOther)
		return nil
	})
	web.Handle(r, http.MethodPost, "/sign-out", access.Public, func(w http.ResponseWriter, p web.Params) error {
		if err := r.Sessions.Destroy(p.Context()); err != nil {
			return err
		}
		http.Redirect(w, p.Request, "/", http.StatusSeeOther)
		return nil
	})
	remember(r, "/session/membership", access.SignedIn, "id", sessionMembership, nil)
	remember(r, "/preferences/language", access.Public, "language", sessionLanguage, i18n.Languages)
	remember(r, "/preferences/theme", access.Public, "theme", sessionTheme, []string{"", "light", "dark"})
}

// remember mounts a form of one choice that the session keeps. Choices not on
// the list are ignored; a nil list leaves the check to whoever reads them.
func remember(r *web.Router, path string, perm access.Permission, field, key string, choices []string) {
	web.Handle(r, http.MethodPost, path, perm, func(w http.ResponseWriter, p web.Params) error {
		chosen := p.PostFormValue(field)
		if choices == nil || slices.Contains(choices, chosen) {
			r.Sessions.Put(p.Context(), key, chosen)
		}
		http.Redirect(w, p.Request, local(p.PostFormValue("back")), http.StatusSeeOther)
		return nil
	})
}

// start begins a session under a new token, so that a token planted before
// signing in is worth nothing.
func start(r *web.Router, p web.Params, u User, membership record.ID) error {
	if err := r.Sessions.RenewToken(p.Context()); err != nil {
		return err
	}
	r.Sessions.Put(p.Context(), sessionUser, u.ID.String())
	r.Sessions.Put(p.Context(), sessionSeal, Seal(u.Password))
	r.Sessions.Put(p.Context(), sessionMembership, membership.String())
	r.Sessions.Remove(p.Context(), sessionLanguage)
	return nil
}

// KeepSession goes on with the session of somebody who has just changed their
// password; their other sessions end.
func KeepSession(r *web.Router, p web.Params, u User) error {
	if err := r.Sessions.RenewToken(p.Context()); err != nil {
		return err
	}
	r.Sessions.Put(p.Context(), sessionSeal, Seal(u.Password))
	return nil
}

// local returns an address within this site, so that nobody is sent elsewhere
// by a link that was made for them.
func local(address string) string {
	if !strings.HasPrefix(address, "/") || strings.HasPrefix(address, "//") || strings.Contains(address, "\\") {
		return "/"
	}
	return address
}

func origin(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}

// offered is the demo accounts of people who work in one body.
type offered struct {
	Name  string
	Users []DemoUser
}

// team is the least accounts of a body that the page shows unasked: bodies
// with a single officer are found by searching.
const team = 3

// offer puts demo accounts under the body where each works. Without words to
// search for it leaves out the bodies that have no team.
func offer(all []DemoUser, words string) (bodies []offered) {
	for _, u := range all {
		last := len(bodies) - 1
		if last < 0 || bodies[last].Name != u.Home {
			bodies = append(bodies, offered{Name: u.Home})
			last++
		}
		bodies[last].Users = append(bodies[last].Users, u)
	}
	return slices.DeleteFunc(bodies, func(b offered) bool { return words == "" && len(b.Users) < team })
}
