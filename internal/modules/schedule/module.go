package schedule

import (
	"embed"
	"slices"

	"bastida/internal/platform/flow"
	"bastida/internal/platform/jobs"
	"bastida/internal/platform/module"
)

//go:embed migrations locales
var files embed.FS

// Module is what schedule plugs in.
func (s *Service) Module() module.Descriptor {
	return module.Descriptor{
		Name: "schedule", Migrations: files, Locales: files,
		Tables: []module.Tabled{runs, inputs, outcomes, progresses},
		Lives:  []flow.Diagram{life.Diagram()},
		Keys:   slices.Concat(runForm.Keys(), againForm.Keys(), mendForm.Keys(), runTable.Keys(), groupTable.Keys(), changeTable.Keys(), leftTable.Keys(), wordKeys()),
		Routes: s.Routes,
		Jobs:   []jobs.Kind{searching.On(s.search)},
	}
}
