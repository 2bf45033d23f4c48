package findings

import (
	"embed"
	"slices"

	"bastida/internal/modules/wellbeing"
	"bastida/internal/platform/access"
	"bastida/internal/platform/module"
)

//go:embed migrations locales
var files embed.FS

// Module is what findings plugs in, with the pages of wellbeing.
func (s *Service) Module() module.Descriptor {
	return module.Descriptor{
		Name: "findings", Migrations: files, Locales: files,
		Permissions: []access.Permission{Read},
		Tables:      []module.Tabled{releases},
		Keys: slices.Concat(filterForm.Keys(), roundForm.Keys(), wordingForm.Keys(), codeForm.Keys(), addressesForm.Keys(), roundList.Keys(), []string{
			"findings.least.submit", "findings.least.source", "findings.withheld.too-few-people", "findings.withheld.too-few-answers",
			"findings.withheld.unanimity", "findings.withheld.over-time", "findings.withheld.unknown-change", "findings.withheld.complementary",
			"findings.kind.all", "findings.kind.body", "findings.kind.area", "findings.kind.team",
		}),
		Routes: s.Routes,
		Menu:   []module.Entry{{Order: 50, Href: home, Icon: "heart-handshake", Label: "findings.menu", Perm: wellbeing.Look}},
	}
}
