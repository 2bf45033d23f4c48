package identity

import (
	"context"
	"embed"
	"slices"
	"time"

	"bastida/internal/platform/access"
	"bastida/internal/platform/jobs"
	"bastida/internal/platform/module"
)

//go:embed migrations locales
var files embed.FS

// Module is what identity plugs in.
func (s *Service) Module() module.Descriptor {
	return module.Descriptor{
		Name: "identity", Migrations: files, Locales: files,
		Permissions: permissions,
		Tables:      []module.Tabled{bodies, users, memberships, tokens},
		Keys:        slices.Concat(signInForm.Keys(), tokenForm.Keys()),
		Routes:      s.Routes,
		Schedules: []jobs.Schedule{{Name: "identity.sweep", Every: time.Hour, Do: func(ctx context.Context) error {
			return SessionStore{s.db}.Sweep(ctx)
		}}},
	}
}

// OfferScopes tells the token page which permissions there are, once every
// module is known.
func (s *Service) OfferScopes(all []access.Permission) { s.scopes = all }
