package calls

import (
	"context"
	"embed"
	"slices"
	"time"

	"bastida/internal/platform/access"
	"bastida/internal/platform/flow"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/jobs"
	"bastida/internal/platform/module"
	"bastida/internal/platform/ui"
)

//go:embed migrations locales
var embedded embed.FS

// Module is what calls plugs in.
func (s *Service) Module() module.Descriptor {
	return module.Descriptor{
		Name: "calls", Migrations: embedded, Locales: embedded,
		Permissions: permissions,
		Tables:      []module.Tabled{calls, applications, counters, participants},
		Lives:       []flow.Diagram{callLife.Diagram(), life.Diagram()},
		Keys:        slices.Concat(callFilter.Keys(), callList.Keys(), wordKeys()),
		Routes:      s.Routes,
		Menu:        []module.Entry{{Order: 20, Href: "/calls", Icon: "flag", Label: "calls.menu", Perm: access.Public}},
		Search:      s.search,
		Schedules:   []jobs.Schedule{{Name: "calls.sweep", Every: time.Minute, Do: s.Sweep}},
	}
}

// search finds calls by their title or code.
func (s *Service) search(ctx context.Context, words string) (all []ui.Hits, err error) {
	const most = 6
	found, err := s.callsNamed(ctx, words, most)
	if err != nil {
		return nil, err
	}
	if len(found) > 0 {
		hits := ui.Hits{Label: i18n.T(ctx, "calls.menu")}
		for _, c := range found {
			hits.Hits = append(hits.Hits, ui.Hit{Href: c.Href(), Label: c.Title.In(i18n.Lang(ctx)), Icon: "flag", Note: c.Code})
		}
		all = append(all, hits)
	}
	return all, nil
}
