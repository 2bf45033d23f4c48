package prevention

import (
	"embed"
	"slices"

	"bastida/internal/platform/flow"
	"bastida/internal/platform/module"
)

//go:embed migrations locales
var files embed.FS

// Module is what prevention plugs in.
func (s *Service) Module() module.Descriptor {
	return module.Descriptor{
		Name: "prevention", Migrations: files, Locales: files,
		Permissions: permissions,
		Tables:      []module.Tabled{measures, notes},
		Lives:       []flow.Diagram{life.Diagram()},
		Keys:        slices.Concat(filterForm.Keys(), measureForm.Keys(), followForm.Keys(), newMeasureList().Keys()),
		Routes:      s.Routes,
	}
}
