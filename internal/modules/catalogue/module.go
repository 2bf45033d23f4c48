package catalogue

import (
	"context"
	"embed"
	"slices"
	"strconv"

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
		Tables:      []module.Tabled{resources, versions},
		Lives:       []flow.Diagram{life.Diagram()},
		Keys:        slices.Concat(wordKeys(), filterForm.Keys(), offerTable.Keys(), []string{"catalogue.menu"}),
		Routes:      s.Routes,
		Menu: []module.Entry{
			{Order: 10, Href: "/catalogue", Icon: "book-open", Label: "catalogue.menu", Perm: access.Public},
		},
		Search: s.search,
	}
}

// wordKeys are the messages whose keys are put together from the data.
func wordKeys() (keys []string) {
	for _, k := range Kinds {
		keys = append(keys, "catalogue.kind."+string(k))
	}
	for _, body := range Recipients {
		keys = append(keys, "catalogue.recipient."+body)
	}
	for n := range LastSDG {
		keys = append(keys, "catalogue.sheet.sdgs."+strconv.Itoa(n+1))
	}
	return keys
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
			Href: "/catalogue/" + p.ResourceID.String(), Label: ui.Find(ctx, p.Sheet.Title).Text, Icon: "book-open", Note: p.BodyName,
		})
	}
	return []ui.Hits{hits}, nil
}
