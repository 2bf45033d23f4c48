package booking

import (
	"embed"

	"bastida/internal/platform/module"
)

//go:embed locales
var files embed.FS

// Module is what booking plugs in.
func (s *Service) Module() module.Descriptor {
	return module.Descriptor{Name: "booking", Locales: files}
}
