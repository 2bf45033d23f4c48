package sessions

import (
	"context"

	"bastida/internal/platform/ui"
)

// slots are what higher modules add to the page of a session.
type slots struct {
	tabs []func(context.Context, Session) []ui.Link
}

// OfferTabs adds links beside the title of a session, for whoever may follow
// them. It is called while the program is put together.
func (s *Service) OfferTabs(tabs func(context.Context, Session) []ui.Link) {
	s.tabs = append(s.tabs, tabs)
}

// TabsOf are the pages of a session, for whoever reads.
func (s *Service) TabsOf(ctx context.Context, row Session) (links []ui.Link) {
	for _, offer := range s.tabs {
		links = append(links, offer(ctx, row)...)
	}
	return links
}
