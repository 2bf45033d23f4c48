package evaluation

import (
	"embed"
	"slices"
	"time"

	"bastida/internal/platform/flow"
	"bastida/internal/platform/jobs"
	"bastida/internal/platform/module"
)

//go:embed migrations locales
var files embed.FS

// Module is what evaluation plugs in.
func (s *Service) Module() module.Descriptor {
	return module.Descriptor{
		Name: "evaluation", Migrations: files, Locales: files,
		Permissions: permissions,
		Tables:      []module.Tabled{rounds, ratings},
		Lives:       []flow.Diagram{life.Diagram()},
		Keys:        slices.Concat(roundForm.Keys(), rateForm.Keys(), excuseForm.Keys(), roundList.Keys(), ratingList.Keys(), wordKeys()),
		Routes:      s.Routes,
		Schedules:   []jobs.Schedule{{Name: "evaluation.sweep", Every: time.Hour, Do: s.Sweep}},
	}
}

// wordKeys are the names of moments and answers, what holds a programme, and
// the letters.
func wordKeys() (keys []string) {
	for _, m := range Moments {
		keys = append(keys, m.Label())
	}
	for _, a := range []Answer{Missing, Given, NotAnswered} {
		keys = append(keys, a.Label())
	}
	for _, letter := range []string{"rate", "rate_again"} {
		keys = append(keys, "evaluation.mail."+letter+".subject", "evaluation.mail."+letter+".text")
	}
	return append(keys, "evaluation.hold.missing", "evaluation.hold.open", "evaluation.hold.never")
}
