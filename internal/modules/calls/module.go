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
	"bastida/internal/platform/table"
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
func (s *Service) search(ctx context.Context, words string) ([]ui.Hits, error) {
	const most = 6
	found, _, err := s.Calls(ctx, CallFilter{Words: words}, table.Page{Number: 1, Size: most, Sort: "opens", Desc: true})
	if err != nil || len(found) == 0 {
		return nil, err
	}
	hits := ui.Hits{Label: i18n.T(ctx, "calls.menu")}
	for _, c := range found {
		hits.Hits = append(hits.Hits, ui.Hit{Href: c.Href(), Label: c.Title.In(i18n.Lang(ctx)), Icon: "flag", Note: c.Code})
	}
	return []ui.Hits{hits}, nil
}
