package ballots

import (
	"embed"
	"slices"

	"bastida/internal/platform/module"
)

//go:embed migrations locales
var files embed.FS

// Module is what ballots plugs in.
func (s *Service) Module() module.Descriptor {
	return module.Descriptor{
		Name: "ballots", Migrations: files, Locales: files,
		Tables: []module.Tabled{boxes, codes},
		Keys:   slices.Concat(formKeys(), wordKeys()),
		Routes: s.Routes,
	}
}

// wordKeys are the short names of the questions, and the letters.
func wordKeys() (keys []string) {
	for _, q := range Asked {
		keys = append(keys, "ballots.short."+string(q))
	}
	for _, letter := range []string{"answer", "answer_again"} {
		keys = append(keys, "ballots.mail."+letter+".subject", "ballots.mail."+letter+".text")
	}
	return keys
}
