package supervisors

import (
	"embed"

	"bastida/internal/platform/flow"
	"bastida/internal/platform/module"
)

//go:embed migrations
var embedded embed.FS

// Module is what the register plugs in.
func (s *Service) Module() module.Descriptor {
	return module.Descriptor{
		Name: "supervisors", Migrations: embedded,
		Permissions: permissions,
		Tables:      []module.Tabled{supervisors, evidence, incompatibilities, unavailabilities},
		Lives:       []flow.Diagram{life.Diagram()},
	}
}
