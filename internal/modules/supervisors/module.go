package supervisors

import (
	"embed"

	"bastida/internal/kernel/profession"
	"bastida/internal/platform/flow"
	"bastida/internal/platform/module"
)

//go:embed migrations locales
var embedded embed.FS

// Module is what the register plugs in. Its pages are in register.
func (s *Service) Module() module.Descriptor {
	var keys []string
	for _, p := range profession.All {
		keys = append(keys, p.Key())
	}
	return module.Descriptor{
		Name: "supervisors", Migrations: embedded, Locales: embedded, Keys: keys,
		Permissions: permissions,
		Tables:      []module.Tabled{supervisors, evidence, incompatibilities, unavailabilities},
		Lives:       []flow.Diagram{life.Diagram()},
	}
}
