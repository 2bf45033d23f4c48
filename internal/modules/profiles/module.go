package profiles

import (
	"embed"

	"bastida/internal/platform/module"
)

//go:embed migrations locales
var files embed.FS

// Module is what profiles plugs in.
func (s *Service) Module() module.Descriptor {
	return module.Descriptor{
		Name: "profiles", Migrations: files, Locales: files,
		Permissions: permissions,
		Tables:      []module.Tabled{editions},
		Keys:        wordKeys(),
	}
}

// wordKeys are the names of kinds and figures, which other modules say.
func wordKeys() (keys []string) {
	for _, k := range Kinds {
		keys = append(keys, k.Label())
	}
	for _, k := range FigureKeys {
		keys = append(keys, k.Label())
	}
	return keys
}
