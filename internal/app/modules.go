package app

import (
	"embed"

	"bastida/internal/modules/identity"
	"bastida/internal/platform/access"
	"bastida/internal/platform/module"
)

//go:embed locales
var locales embed.FS

// services are the verbs of every module, lower tiers first.
type services struct {
	identity *identity.Service
}

// connect makes every service and lists what each module plugs in. This is the
// one place where modules meet: read it to know who is called by whom.
func (a *App) connect() error {
	a.identity = identity.New(a.DB, a.demo)
	a.Modules = []module.Descriptor{
		a.identity.Module(),
	}
	return nil
}

// OfferScopes tells the page of personal tokens which permissions there are.
func (a *App) OfferScopes(all []access.Permission) { a.identity.OfferScopes(all) }
