package planning

import (
	"embed"

	"bastida/internal/platform/module"
)

//go:embed locales
var locales embed.FS

// Module is what planning plugs in.
func (s *Service) Module() module.Descriptor {
	return module.Descriptor{Name: "planning", Locales: locales}
}
