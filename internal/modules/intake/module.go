package intake

import (
	"embed"
	"slices"

	"bastida/internal/platform/flow"
	"bastida/internal/platform/module"
)

//go:embed migrations locales
var files embed.FS

// Module is what intake plugs in.
func (s *Service) Module() module.Descriptor {
	keys := slices.Concat(filterForm.Keys(), uploadForm.Keys(), batchTable.Keys(), rejectionTable.Keys())
	for kind, list := range fields {
		keys = append(keys, "intake.upload.kind."+string(kind)+".help")
		for _, f := range list {
			keys = append(keys, label(kind, f.Name))
		}
	}
	for _, kind := range bodyKinds {
		keys = append(keys, "intake.kind."+string(kind))
	}
	return module.Descriptor{
		Name: "intake", Migrations: files, Locales: files,
		Permissions: permissions,
		Tables:      []module.Tabled{batches},
		Lives:       []flow.Diagram{life.Diagram()},
		Keys:        keys,
		Routes:      s.Routes,
		Menu:        []module.Entry{{Order: 85, Href: "/import", Icon: "upload", Label: "intake.title", Perm: Use}},
	}
}
