package app

import (
	"embed"

	"bastida/internal/modules/catalogue"
	"bastida/internal/modules/identity"
	"bastida/internal/modules/instruments"
	"bastida/internal/modules/territory"
	"bastida/internal/platform/access"
	"bastida/internal/platform/module"
	"bastida/internal/platform/pack"
	"bastida/packs"
)

//go:embed locales
var locales embed.FS

// services are the verbs of every module, lower tiers first.
type services struct {
	identity    *identity.Service
	territory   *territory.Service
	instruments *instruments.Service
	catalogue   *catalogue.Service
}

// connect makes every service and lists what each module plugs in. This is the
// one place where modules meet: read it to know who is called by whom.
func (a *App) connect() (err error) {
	if a.packs, err = pack.Load(packs.FS); err != nil {
		return err
	}
	a.identity = identity.New(a.DB, a.demo)
	a.territory = territory.New(a.DB, territory.Drawings(a.packs))
	a.instruments = instruments.New(a.DB)
	a.catalogue = catalogue.New(a.DB, a.identity)
	a.Modules = []module.Descriptor{
		a.identity.Module(),
		a.territory.Module(),
		a.instruments.Module(),
		a.catalogue.Module(),
	}
	return nil
}

// OfferScopes tells the page of personal tokens which permissions there are.
func (a *App) OfferScopes(all []access.Permission) { a.identity.OfferScopes(all) }
