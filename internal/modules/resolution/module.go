package resolution

import (
	"embed"
	"slices"

	"bastida/internal/platform/module"
)

//go:embed locales
var embedded embed.FS

// Module is what resolution plugs in. It has no tables: what it decides is
// stored with the applications.
func (s *Service) Module() module.Descriptor {
	return module.Descriptor{
		Name: "resolution", Locales: embedded,
		Keys: slices.Concat(
			amendmentForm.Keys(), exclusionForm.Keys(), proposalForm.Keys(), cancelForm.Keys(), renounceForm.Keys(), listForm.Keys(), callForm.Keys(),
			reviewList.Keys(), outcomeList.Keys(), areaList.Keys(), wordKeys(),
		),
		Routes: s.Routes,
	}
}
