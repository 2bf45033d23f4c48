package identity

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/web"
)

// What a session holds.
const (
	sessionUser       = "user"
	sessionMembership = "membership"
	sessionSeal       = "seal"
	sessionLanguage   = "language"
	sessionTheme      = "theme"
)

type heldKey struct{}

// Held returns the memberships of the person behind the request, for the menu
// that switches between them.
func Held(ctx context.Context) []Acting {
	held, _ := ctx.Value(heldKey{}).([]Acting)
	return held
}

// Theme returns the appearance that the reader chose.
func Theme(ctx context.Context, r *web.Router) string {
	return r.Sessions.GetString(ctx, sessionTheme)
}

// Identify finds out who is asking, in which membership and in which language,
// for every request after it.
func (s *Service) Identify(r *web.Router, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		ctx, err := s.identified(r, req)
		if err != nil {
			if fault.Of(err) == nil || strings.HasPrefix(req.URL.Path, "/api/") {
				r.Fail(w, req.WithContext(i18n.With(req.Context(), r.Messages, spoken(req, ""))), err)
				return
			}
			// The account or its last membership is gone: go on as a stranger.
			_ = r.Sessions.Destroy(req.Context())
			ctx = i18n.With(req.Context(), r.Messages, spoken(req, ""))
		}
		next.ServeHTTP(w, req.WithContext(ctx))
	})
}

func (s *Service) identified(r *web.Router, req *http.Request) (context.Context, error) {
	ctx := req.Context()
	known := actor.From(ctx)
	chosen := r.Sessions.GetString(ctx, sessionLanguage)
	if key, ok := strings.CutPrefix(req.Header.Get("Authorization"), "Bearer "); ok {
		a, usual, err := s.ActorOf(ctx, strings.TrimSpace(key))
		if err != nil {
			return nil, err
		}
		a.Request = known.Request
		return i18n.With(actor.With(ctx, a), r.Messages, spoken(req, usual)), nil
	}
	user := record.ID(r.Sessions.GetString(ctx, sessionUser))
	if user == "" {
		return i18n.With(ctx, r.Messages, spoken(req, chosen)), nil
	}
	m, held, err := s.Act(ctx, user, record.ID(r.Sessions.GetString(ctx, sessionMembership)))
	if err != nil {
		return nil, err
	}
	if r.Sessions.GetString(ctx, sessionSeal) != Seal(m.Password) {
		return nil, fault.New(fault.Unknown, "access.sign_in")
	}
	a := m.Actor()
	a.Request, a.Via = known.Request, known.Via
	if chosen == "" {
		chosen = m.Language
	}
	ctx = context.WithValue(actor.With(ctx, a), heldKey{}, held)
	return i18n.With(ctx, r.Messages, spoken(req, chosen)), nil
}

// matcher chooses among our languages by what a browser accepts.
var matcher = language.NewMatcher([]language.Tag{language.Catalan, language.Spanish, language.Italian, language.English})

// spoken returns the language to answer in: the one chosen, or the best of
// those that the browser accepts.
func spoken(req *http.Request, chosen string) string {
	if slices.Contains(i18n.Languages, chosen) {
		return chosen
	}
	accepted, _, err := language.ParseAcceptLanguage(req.Header.Get("Accept-Language"))
	if err != nil || len(accepted) == 0 {
		return i18n.Languages[0]
	}
	_, index, _ := matcher.Match(accepted...)
	return i18n.Languages[index]
}
