package agenda

import (
	"embed"

	"bastida/internal/platform/module"
)

//go:embed migrations locales
var files embed.FS

// Module is what agenda plugs in.
func (s *Service) Module() module.Descriptor {
	return module.Descriptor{
		Name: "agenda", Migrations: files, Locales: files,
		Tables: []module.Tabled{feeds},
		Routes: s.Routes,
	}
}
