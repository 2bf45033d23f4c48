package publishing

import (
	"embed"
	"slices"

	"bastida/internal/modules/catalogue"
	"bastida/internal/platform/module"
)

//go:embed locales
var files embed.FS

// Module is what publishing plugs in.
func (s *Service) Module() module.Descriptor {
	return module.Descriptor{
		Name: "publishing", Locales: files,
		Keys:   slices.Concat(sheetForm.Keys(), startForm.Keys(), filterForm.Keys(), sheetTable.Keys(), []string{"publishing.menu"}),
		Routes: s.Routes,
		Menu: []module.Entry{
			{Order: 15, Href: "/resources", Icon: "clipboard-list", Label: "publishing.menu", Perm: catalogue.Read},
		},
	}
}
