package schedule

import (
	"embed"
	"slices"

	"bastida/internal/platform/module"
)

//go:embed locales
var locales embed.FS

// Module is what schedule plugs in.
func (s *Service) Module() module.Descriptor {
	return module.Descriptor{
		Name: "schedule", Locales: locales,
		Keys: slices.Concat(
			runForm.Keys(), againForm.Keys(), mendForm.Keys(), runTable.Keys(), groupTable.Keys(), changeTable.Keys(), leftTable.Keys(), wordKeys(),
		),
		Routes: s.Routes,
	}
}
