package attendance

import (
	"embed"
	"slices"

	"bastida/internal/platform/module"
)

//go:embed locales
var files embed.FS

// Module is what attendance plugs in.
func (s *Service) Module() module.Descriptor {
	return module.Descriptor{
		Name: "attendance", Locales: files, Routes: s.Routes,
		Keys: slices.Concat(closeForm.Keys(), detailForm.Keys(), fixForm.Keys(), fixMinutesForm.Keys(), signForm.Keys()),
	}
}
