package supervision

import (
	"embed"

	"bastida/internal/platform/flow"
	"bastida/internal/platform/module"
)

//go:embed migrations locales
var files embed.FS

// Module is what supervision plugs in.
func (s *Service) Module() module.Descriptor {
	return module.Descriptor{
		Name: "supervision", Migrations: files, Locales: files,
		Permissions: permissions,
		Tables:      []module.Tabled{programmes, groups, participants, contracts},
		Lives:       []flow.Diagram{life.Diagram()},
		Keys:        wordKeys(),
	}
}

// wordKeys are the names of the origins, which other modules say.
func wordKeys() (keys []string) {
	for _, o := range []Origin{FromResolution, FromContract, FromDecision} {
		keys = append(keys, o.Label())
	}
	return keys
}
