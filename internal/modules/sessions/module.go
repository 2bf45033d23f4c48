package sessions

import (
	"embed"

	"bastida/internal/platform/flow"
	"bastida/internal/platform/module"
)

//go:embed migrations locales
var files embed.FS

// Module is what sessions plugs in.
func (s *Service) Module() module.Descriptor {
	return module.Descriptor{
		Name: "sessions", Migrations: files, Locales: files,
		Permissions: permissions,
		Tables:      []module.Tabled{turns, sessions, attendances, corrections},
		Lives:       []flow.Diagram{life.Diagram()},
		Keys:        wordKeys(),
	}
}

// wordKeys are the names of everything that other modules say of sessions.
func wordKeys() (keys []string) {
	for _, r := range Reasons {
		keys = append(keys, r.Label())
	}
	for _, m := range append([]Mark{Expected}, Marks...) {
		keys = append(keys, m.Label())
	}
	for _, h := range []How{BySupervisor, ByAccount, ByCode, ByClosing} {
		keys = append(keys, h.Label())
	}
	return keys
}
