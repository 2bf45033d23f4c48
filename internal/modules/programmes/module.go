package programmes

import (
	"context"
	"embed"
	"slices"
	"strings"

	"bastida/internal/kernel/text"
	"bastida/internal/modules/supervision"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/module"
	"bastida/internal/platform/table"
	"bastida/internal/platform/ui"
)

//go:embed locales
var files embed.FS

// Module is what programmes plugs in.
func (s *Service) Module() module.Descriptor {
	return module.Descriptor{
		Name: "programmes", Locales: files,
		Keys: slices.Concat(filterForm.Keys(), programmeForm.Keys(), figureForm.Keys(), contractForm.Keys(), groupForm.Keys(),
			allocationForm.Keys(), participantForm.Keys(), programmeTable.Keys(), groupTable.Keys(), peopleTable.Keys()),
		Routes: s.Routes,
		Menu:   []module.Entry{{Order: 41, Href: root, Icon: "list-checks", Label: "programmes.menu", Perm: supervision.Manage}},
		Search: s.search,
	}
}

// search finds programmes, and the groups of those that are open, by name.
func (s *Service) search(ctx context.Context, words string) (found []ui.Hits, err error) {
	if !supervision.Read.May(ctx) {
		return nil, nil
	}
	all, _, err := s.Supervision.Programmes(ctx, supervision.ProgrammeFilter{}, table.Page{Number: 1, Size: 50, Sort: "starts", Desc: true})
	if err != nil {
		return nil, err
	}
	programmes := ui.Hits{Label: i18n.T(ctx, "programmes.title")}
	groups := ui.Hits{Label: i18n.T(ctx, "programmes.groups")}
	for _, p := range all {
		if strings.Contains(p.TitleFold, text.Fold(words)) {
			programmes.Hits = append(programmes.Hits, ui.Hit{Href: p.Href(), Label: p.Title, Icon: "list-checks", Note: p.Season})
		}
		if p.State != supervision.Open {
			continue
		}
		within, err := s.Supervision.Groups(ctx, p.ID)
		if err != nil {
			return nil, err
		}
		for _, g := range within {
			if strings.Contains(text.Fold(g.Name), text.Fold(words)) {
				groups.Hits = append(groups.Hits, ui.Hit{Href: g.Href(), Label: g.Name, Icon: "users", Note: p.Title})
			}
		}
	}
	return slices.DeleteFunc([]ui.Hits{programmes, groups}, func(h ui.Hits) bool { return len(h.Hits) == 0 }), nil
}
