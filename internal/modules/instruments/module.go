package instruments

import (
	"embed"

	"bastida/internal/platform/flow"
	"bastida/internal/platform/module"
)

//go:embed migrations locales
var files embed.FS

// Module is what instruments plugs in.
func (s *Service) Module() module.Descriptor {
	return module.Descriptor{
		Name: "instruments", Migrations: files, Locales: files,
		Permissions: permissions,
		Tables:      []module.Tabled{editions, sheets},
		Lives:       []flow.Diagram{life.Diagram()},
		Keys:        keys(),
		Routes:      s.Routes,
		Menu: []module.Entry{{
			Order: 80, Href: "/instruments", Icon: "list-checks", Label: "instruments.menu", Perm: Read,
		}},
	}
}

// keys returns the message keys that are put together while drawing.
func keys() []string {
	all := instrumentList.Keys()
	for _, k := range kinds {
		all = append(all, "instruments.kind."+string(k))
	}
	for _, status := range []Status{Draft, Published, Retired} {
		all = append(all, "instruments.status."+string(status))
	}
	return all
}
