package commitment

import (
	"embed"
	"slices"

	"bastida/internal/platform/access"
	"bastida/internal/platform/flow"
	"bastida/internal/platform/module"
)

//go:embed migrations locales
var files embed.FS

// Module is what commitment plugs in.
func (s *Service) Module() module.Descriptor {
	return module.Descriptor{
		Name: "commitment", Migrations: files, Locales: files,
		Permissions: permissions,
		Tables:      []module.Tabled{analyses, actions, reports},
		Lives:       []flow.Diagram{life.Diagram()},
		Keys:        slices.Concat(analysisForm.Keys(), actionForm.Keys(), reportForm.Keys(), wordKeys()),
		Routes:      s.Routes,
		Menu:        []module.Entry{{Order: 28, Href: "/commitments", Icon: "shield-check", Label: "commitment.reports", Perm: access.Public}},
	}
}

// wordKeys are the names of states, causes and progress, and of what is made up
// of them.
func wordKeys() (keys []string) {
	for _, s := range []State{Unstated, Pending, Kept, Broken} {
		keys = append(keys, s.Label())
		if s != Unstated {
			keys = append(keys, "commitment.outcome."+string(s))
		}
	}
	for _, c := range Categories {
		keys = append(keys, c.Label())
	}
	for _, p := range Progresses {
		keys = append(keys, p.Label())
	}
	for _, name := range []string{"group", "supervisor", "mean", "lowest", "given", "missing", "below", "state"} {
		keys = append(keys, "commitment.column."+name)
	}
	for _, step := range life.Steps {
		keys = append(keys, "commitment.report.sure."+step.Name, "commitment.report.done."+step.Name)
	}
	return append(keys, "commitment.hold.analysis", "commitment.hold.action")
}
