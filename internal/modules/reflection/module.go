package reflection

import (
	"embed"
	"slices"
	"time"

	"bastida/internal/platform/jobs"
	"bastida/internal/platform/module"
)

//go:embed migrations locales
var files embed.FS

// Module is what reflection plugs in. It has no search: what is confidential is
// not found from outside.
func (s *Service) Module() module.Descriptor {
	return module.Descriptor{
		Name: "reflection", Migrations: files, Locales: files,
		Permissions: permissions,
		Tables:      []module.Tabled{records, typed},
		Keys:        slices.Concat(contentForm.Keys(), reasonKeys()),
		Routes:      s.Routes,
		Schedules:   []jobs.Schedule{{Name: "reflection.sweep", Every: 24 * time.Hour, Do: s.Sweep}},
	}
}

func reasonKeys() (keys []string) {
	for _, r := range reasons {
		keys = append(keys, "reflection.erased."+r)
	}
	return keys
}
