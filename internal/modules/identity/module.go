package identity

import (
	"context"
	"embed"
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
		Keys:        signInForm.Keys(),
		Routes:      s.Routes,
		Schedules: []jobs.Schedule{{Name: "identity.sweep", Every: time.Hour, Do: func(ctx context.Context) error {
			return SessionStore{s.db}.Sweep(ctx)
		}}},
	}
}

// OfferScopes tells which permissions there are, once every module is known.
func (s *Service) OfferScopes(all []access.Permission) { s.scopes = all }

// Scopes lists the permissions of the program.
func (s *Service) Scopes() []access.Permission { return s.scopes }
