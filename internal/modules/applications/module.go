package applications

import (
	"context"
	"embed"
	"slices"

	"bastida/internal/modules/calls"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/module"
	"bastida/internal/platform/table"
	"bastida/internal/platform/ui"
)

//go:embed migrations locales
var embedded embed.FS

// Module is what applications plugs in.
func (s *Service) Module() module.Descriptor {
	return module.Descriptor{
		Name: "applications", Migrations: embedded, Locales: embedded,
		Tables: []module.Tabled{receipts},
		Keys:   slices.Concat(applicationForm.Keys(), ownFilter.Keys(), ownList.Keys(), wordKeys()),
		Routes: s.Routes,
		Menu: []module.Entry{{
			Order: 25, Href: "/applications", Icon: "file-text", Label: "applications.menu", Perm: calls.Read, Count: s.waits,
		}},
		Search: s.search,
	}
}

// search finds applications within reach by the body or the number.
func (s *Service) search(ctx context.Context, words string) ([]ui.Hits, error) {
	if !calls.Read.May(ctx) {
		return nil, nil
	}
	const most = 8
	found, _, err := s.Calls.Applications(ctx, calls.Filter{Words: words}, table.Page{Number: 1, Size: most, Sort: "body_fold"})
	if err != nil || len(found) == 0 {
		return nil, err
	}
	hits := ui.Hits{Label: i18n.T(ctx, "applications.menu")}
	for _, a := range found {
		hits.Hits = append(hits.Hits, ui.Hit{Href: a.Href(), Label: a.BodyName, Icon: "file-text", Note: a.Number})
	}
	return []ui.Hits{hits}, nil
}

// waits counts the applications that wait for the actor.
func (s *Service) waits(ctx context.Context) int {
	states := []calls.State{calls.Proposed}
	switch {
	case calls.Apply.May(ctx):
		states = []calls.State{calls.Draft, calls.Amending, calls.Granted, calls.PartlyGranted}
	case calls.Manage.May(ctx):
		states = []calls.State{calls.Submitted}
	case !calls.Approve.May(ctx):
		return 0
	}
	counted, err := s.Calls.Count(ctx, calls.Filter{States: states})
	if err != nil {
		return 0 // the page itself says what is wrong
	}
	waiting := 0
	for _, n := range counted {
		waiting += n
	}
	return waiting
}
