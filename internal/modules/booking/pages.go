package booking

import (
	"context"

	"bastida/internal/modules/sessions"
	"bastida/internal/modules/supervision"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/ui"
)

// tab leads from a programme to its sessions.
func (s *Service) tab(ctx context.Context, p supervision.Programme) []ui.Link {
	if !sessions.Read.May(ctx) {
		return nil
	}
	return []ui.Link{{Href: "/supervision/sessions?programme=" + p.ID.String(), Label: i18n.T(ctx, "booking.title")}}
}

// groupTab leads from a group to its sessions.
func (s *Service) groupTab(ctx context.Context, g supervision.Group) []ui.Link {
	if !sessions.Read.May(ctx) {
		return nil
	}
	return []ui.Link{{Href: "/supervision/sessions?group=" + g.ID.String(), Label: i18n.T(ctx, "booking.title")}}
}
