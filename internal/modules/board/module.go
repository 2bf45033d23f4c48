package board

import (
	"embed"
	"slices"

	"bastida/engine/formation"
	"bastida/internal/modules/grouping"
	"bastida/internal/platform/module"
)

//go:embed locales
var locales embed.FS

// Module is what board plugs in.
func (s *Service) Module() module.Descriptor {
	return module.Descriptor{
		Name: "board", Locales: locales,
		Keys:   slices.Concat(runForm.Keys(), moveForm.Keys(), nameForm.Keys(), filterForm.Keys(), runTable.Keys(), groupTable.Keys(), wordKeys()),
		Routes: s.Routes,
		Menu:   []module.Entry{{Order: 30, Href: "/groupings", Icon: "network", Label: "board.menu", Perm: grouping.Read}},
	}
}

// wordKeys are the message keys of what is coded: every limit that formation
// knows and every origin of a run.
func wordKeys() (keys []string) {
	for _, rule := range []formation.Rule{
		formation.RuleBelowMinimum, formation.RuleAboveMaximum, formation.RuleTooFar, formation.RuleMixedModality, formation.RuleNoConsent,
		formation.RuleTwice, formation.RuleLargeMixed, formation.RuleCannotSplit, formation.RuleMeeting, formation.RuleBudget,
	} {
		keys = append(keys, "board.rule."+string(rule))
	}
	for _, origin := range []grouping.Origin{grouping.Searched, grouping.Rerun, grouping.Copied} {
		keys = append(keys, "board.origin."+string(origin))
	}
	return keys
}
