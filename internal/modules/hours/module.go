package hours

import (
	"embed"

	"bastida/internal/platform/module"
)

//go:embed migrations locales
var files embed.FS

// Module is what hours plugs in.
func (s *Service) Module() module.Descriptor {
	return module.Descriptor{
		Name: "hours", Migrations: files, Locales: files,
		Permissions: permissions,
		Tables:      []module.Tabled{turns, entries, invoices},
	}
}
