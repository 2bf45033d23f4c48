package booking

import (
	"embed"
	"slices"

	"bastida/internal/modules/sessions"
	"bastida/internal/platform/module"
)

//go:embed locales
var files embed.FS

// Module is what booking plugs in.
func (s *Service) Module() module.Descriptor {
	return module.Descriptor{
		Name: "booking", Locales: files, Routes: s.Routes,
		Keys: slices.Concat(filterForm.Keys(), bookForm.Keys(), cancelForm.Keys(), sessionTable.Keys()),
		Menu: []module.Entry{{Order: 42, Href: root, Icon: "calendar-days", Label: "booking.title", Perm: sessions.Read}},
	}
}
