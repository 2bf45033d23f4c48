package drafts

import (
	"embed"

	"bastida/internal/platform/module"
)

//go:embed migrations locales
var files embed.FS

// Module is what drafts plugs in. Other modules draw its forms.
func Module() module.Descriptor {
	return module.Descriptor{Name: "drafts", Migrations: files, Locales: files, Tables: []module.Tabled{drafts, copies}}
}
