package register

import (
	"context"
	"embed"
	"slices"

	"bastida/internal/modules/supervisors"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/module"
	"bastida/internal/platform/table"
	"bastida/internal/platform/ui"
)

//go:embed locales
var embedded embed.FS

// Module is what the pages plug in.
func (s *Service) Module() module.Descriptor {
	return module.Descriptor{
		Name: "register", Locales: embedded,
		Keys: slices.Concat(
			sheetForm.Keys(), contactForm.Keys(), evidenceForm.Keys(), verifyForm.Keys(), incompatibilityForm.Keys(),
			unavailabilityForm.Keys(), filterForm.Keys(), lineTable.Keys(), wordKeys(),
		),
		Routes: s.Routes,
		Menu: []module.Entry{
			{Order: 44, Href: home, Icon: "graduation-cap", Label: "register.menu", Perm: supervisors.Read},
		},
		Search: s.search,
	}
}

// wordKeys are the messages whose keys are put together from the data.
func wordKeys() (keys []string) {
	for _, seen := range []supervisors.Seen{supervisors.Original, supervisors.Copy, supervisors.Confirmed} {
		keys = append(keys, "register.verified_by."+string(seen))
	}
	return append(keys, "register.menu", "register.position.external", "register.position.internal",
		"register.account.yes", "register.account.no")
}

// search finds supervisors by name, provider or address.
func (s *Service) search(ctx context.Context, words string) ([]ui.Hits, error) {
	if !supervisors.Read.May(ctx) {
		return nil, nil
	}
	const most = 6
	found, _, err := s.register.Supervisors(ctx, supervisors.Filter{Words: words}, table.Page{Number: 1, Size: most, Sort: "l.name_fold"})
	if err != nil || len(found) == 0 {
		return nil, err
	}
	hits := ui.Hits{Label: i18n.T(ctx, "register.menu")}
	for _, l := range found {
		hits.Hits = append(hits.Hits, ui.Hit{Href: l.Href(), Label: l.Name, Icon: "graduation-cap", Note: i18n.T(ctx, l.Profession.Key())})
	}
	return []ui.Hits{hits}, nil
}
