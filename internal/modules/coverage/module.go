package coverage

import (
	"embed"
	"slices"

	"bastida/internal/platform/access"
	"bastida/internal/platform/module"
)

//go:embed locales
var files embed.FS

// Module is what coverage plugs in.
func (s *Service) Module() module.Descriptor {
	return module.Descriptor{
		Name: "coverage", Locales: files,
		Permissions: []access.Permission{Read},
		Keys:        slices.Concat(filterForm.Keys(), lineTable.Keys(), totalTable.Keys(), wordKeys()),
		Routes:      s.Routes,
	}
}

// wordKeys are the messages whose keys are put together.
func wordKeys() (keys []string) {
	for _, st := range States {
		keys = append(keys, st.Label())
	}
	for _, d := range Dimensions {
		keys = append(keys, d.Label())
	}
	for _, st := range []Standard{ExternalSupervisor, SignedRegisters, MinimumHours, FinalReport} {
		keys = append(keys, st.Label())
	}
	for _, c := range []Comparator{AtLeast, MoreThan, Unsaid} {
		keys = append(keys, Threshold{Compare: c}.Label())
	}
	return keys
}
