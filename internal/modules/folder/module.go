package folder

import (
	"embed"

	"bastida/internal/platform/module"
)

//go:embed migrations locales
var files embed.FS

// Module is what the folder plugs in.
func (s *Service) Module() module.Descriptor {
	return module.Descriptor{
		Name: "folder", Migrations: files, Locales: files,
		Tables: []module.Tabled{kept},
		Routes: s.Routes,
	}
}
