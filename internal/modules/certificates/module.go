package certificates

import (
	"embed"
	"slices"

	"bastida/internal/platform/flow"
	"bastida/internal/platform/module"
)

//go:embed migrations locales
var embedded embed.FS

// Module is what certificates plugs in.
func (s *Service) Module() module.Descriptor {
	return module.Descriptor{
		Name: "certificates", Migrations: embedded, Locales: embedded,
		Permissions: permissions,
		Tables:      []module.Tabled{accreditations, certificates},
		Lives:       []flow.Diagram{life.Diagram()},
		Keys:        slices.Concat(listFilter.Keys(), accreditationForm.Keys(), withdrawForm.Keys(), certificateTable.Keys(), wordKeys()),
		Routes:      s.Routes,
	}
}

// wordKeys are the messages whose keys are put together.
func wordKeys() (keys []string) {
	for _, c := range []Credit{IndividualCredit, MonoCredit, OtherCredit, Undecided} {
		keys = append(keys, c.Label())
	}
	for _, state := range []State{Valid, Replaced, Withdrawn} {
		keys = append(keys, "certificates.check."+string(state))
	}
	for _, part := range documentWords {
		keys = append(keys, "certificates.document."+part)
	}
	return keys
}

var documentWords = []string{
	"attended", "check", "corrects", "credit", "day", "employer", "hours", "issued", "kind", "nothing_said", "of", "person", "programme",
	"session", "share", "states", "supervisor", "threshold", "title",
}
