package teams

import (
	"embed"

	"bastida/internal/platform/module"
)

//go:embed migrations locales
var files embed.FS

// Module is what the teams plug in.
func (s *Service) Module() module.Descriptor {
	return module.Descriptor{
		Name: "teams", Migrations: files, Locales: files,
		Permissions: permissions,
		Tables:      []module.Tabled{teams},
		Keys:        keys(),
		Routes:      s.Routes,
	}
}
