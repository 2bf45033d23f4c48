package timetables

import (
	"embed"

	"bastida/internal/platform/flow"
	"bastida/internal/platform/jobs"
	"bastida/internal/platform/module"
)

//go:embed migrations locales
var files embed.FS

// Module is what timetables plugs in.
func (s *Service) Module() module.Descriptor {
	return module.Descriptor{
		Name: "timetables", Migrations: files, Locales: files,
		Tables: []module.Tabled{runs, inputs, outcomes, progresses},
		Lives:  []flow.Diagram{life.Diagram()},
		Jobs:   []jobs.Kind{searching.On(s.search)},
	}
}
