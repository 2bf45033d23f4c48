package wellbeing

import (
	"embed"
	"time"

	"bastida/internal/platform/flow"
	"bastida/internal/platform/jobs"
	"bastida/internal/platform/module"
)

//go:embed migrations locales
var files embed.FS

// Module is what wellbeing plugs in. Its pages are those of findings.
func (s *Service) Module() module.Descriptor {
	return module.Descriptor{
		Name: "wellbeing", Migrations: files, Locales: files,
		Permissions: permissions,
		Tables:      []module.Tabled{adoptions, rounds, boxes, codes},
		Lives:       []flow.Diagram{life.Diagram()},
		Keys:        []string{"wellbeing.round.step.publish.confirm", "wellbeing.round.step.cancel.confirm", "wellbeing.letter.subject", "wellbeing.letter.text"},
		Schedules:   []jobs.Schedule{{Name: "wellbeing.sweep", Every: time.Hour, Do: s.Sweep}},
	}
}
