package hours

import (
	"context"

	"bastida/internal/modules/supervision"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/ui"
)

// tab leads from a programme to its hours.
func (s *Service) tab(ctx context.Context, p supervision.Programme) []ui.Link {
	if !supervision.Read.May(ctx) {
		return nil
	}
	return []ui.Link{{Href: p.Href() + "/hours", Label: i18n.T(ctx, "hours.title")}}
}

// groupTab leads from a group to its hours.
func (s *Service) groupTab(ctx context.Context, g supervision.Group) []ui.Link {
	if !supervision.Read.May(ctx) {
		return nil
	}
	return []ui.Link{{Href: g.Href() + "/hours", Label: i18n.T(ctx, "hours.title")}}
}
