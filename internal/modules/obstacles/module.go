package obstacles

import (
	"embed"
	"slices"

	"bastida/internal/modules/reflection"
	"bastida/internal/platform/module"
)

//go:embed migrations locales
var files embed.FS

// Module is what obstacles plugs in.
func (s *Service) Module() module.Descriptor {
	list := backlogColumns(reflection.Taxonomy{})
	return module.Descriptor{
		Name: "obstacles", Migrations: files, Locales: files,
		Permissions: permissions,
		Tables:      []module.Tabled{rows},
		Keys:        slices.Concat(shareForm.Keys(), filterForm.Keys(), answerForm.Keys(), list.Keys()),
		Routes:      s.Routes,
		Menu:        []module.Entry{{Order: 46, Href: "/supervision/obstacles", Icon: "flag", Label: "obstacles.menu", Perm: Read}},
	}
}
