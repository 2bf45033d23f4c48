package grouping

import (
	"embed"

	"bastida/engine/formation"
	"bastida/internal/platform/flow"
	"bastida/internal/platform/jobs"
	"bastida/internal/platform/module"
)

//go:embed migrations locales
var files embed.FS

// Module is what grouping plugs in.
func (s *Service) Module() module.Descriptor {
	return module.Descriptor{
		Name: "grouping", Migrations: files, Locales: files,
		Permissions: permissions,
		Tables:      []module.Tabled{runs, inputs, progresses, groups, moves},
		Lives:       []flow.Diagram{life.Diagram()},
		Keys:        wordKeys(),
		Jobs:        []jobs.Kind{searching.On(s.search)},
	}
}

// wordKeys are the message keys of every reason that formation knows: bodies
// read them in the outcome of their application.
func wordKeys() (keys []string) {
	for _, reason := range []formation.Reason{
		formation.ReasonNoConsent, formation.ReasonCannotSplit, formation.ReasonTooFar, formation.ReasonNoGroup,
		formation.ReasonBudget, formation.ReasonCost, formation.ReasonNotPlaced,
	} {
		keys = append(keys, "grouping.reason."+string(reason))
	}
	return keys
}
