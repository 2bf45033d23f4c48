package catalogue

import (
	"context"
	"embed"
	"slices"

	"bastida/internal/platform/access"
	"bastida/internal/platform/flow"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/module"
	"bastida/internal/platform/table"
	"bastida/internal/platform/ui"
)

//go:embed migrations locales
var files embed.FS

// Module is what the catalogue plugs in.
func (s *Service) Module() module.Descriptor {
	return module.Descriptor{
		Name: "catalogue", Migrations: files, Locales: files,
		Permissions: permissions,
		Tables:      []module.Tabled{resources, versions, kept},
		Lives:       []flow.Diagram{life.Diagram()},
		Keys: slices.Concat(sheetKeys(), filterForm.Keys(), ownForm.Keys(), offerTable.Keys(), ownTable.Keys(),
			[]string{"catalogue.menu", "catalogue.own.menu"}),
		Routes: s.Routes,
		Menu: []module.Entry{
			{Order: 10, Href: "/catalogue", Icon: "book-open", Label: "catalogue.menu", Perm: access.Public},
			{Order: 15, Href: "/resources", Icon: "clipboard-list", Label: "catalogue.own.menu", Perm: Read},
		},
		Search: s.search,
	}
}

// search finds published resources.
func (s *Service) search(ctx context.Context, words string) ([]ui.Hits, error) {
	found, _, err := s.Published(ctx, Filter{Words: words}, table.Page{Number: 1, Size: 6, Sort: titles[i18n.Lang(ctx)]})
	if err != nil || len(found) == 0 {
		return nil, err
	}
	hits := ui.Hits{Label: i18n.T(ctx, "catalogue.menu")}
	for _, p := range found {
		hits.Hits = append(hits.Hits, ui.Hit{
			Href: "/catalogue/" + p.ResourceID.String(), Label: find(ctx, p.Sheet.Title).Text, Icon: "book-open", Note: p.BodyName,
		})
	}
	return []ui.Hits{hits}, nil
}
