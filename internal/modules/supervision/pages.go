package supervision

import (
	"cmp"
	"context"
	"slices"

	"github.com/a-h/templ"

	"bastida/internal/platform/i18n"
	"bastida/internal/platform/ui"
)

// Panel is what another module shows on the page of a programme or of a group.
// A panel without a body is left out.
type Panel struct {
	Order int
	Body  templ.Component
}

// pages are what other modules add to the pages of programmes and groups.
type pages struct {
	programmeTabs   []func(context.Context, Programme) []ui.Link
	groupTabs       []func(context.Context, Group) []ui.Link
	programmePanels []func(context.Context, Programme) ([]Panel, error)
	groupPanels     []func(context.Context, Group) ([]Panel, error)
}

// OfferTabs adds links beside the title of a programme, for whoever may follow
// them. It is called while the program is put together, as are the others.
func (s *Service) OfferTabs(tabs func(context.Context, Programme) []ui.Link) {
	s.programmeTabs = append(s.programmeTabs, tabs)
}

// OfferGroupTabs adds links beside the title of a group.
func (s *Service) OfferGroupTabs(tabs func(context.Context, Group) []ui.Link) {
	s.groupTabs = append(s.groupTabs, tabs)
}

// ShowOnProgramme adds panels to the page of a programme.
func (s *Service) ShowOnProgramme(panels func(context.Context, Programme) ([]Panel, error)) {
	s.programmePanels = append(s.programmePanels, panels)
}

// ShowOnGroup adds panels to the page of a group.
func (s *Service) ShowOnGroup(panels func(context.Context, Group) ([]Panel, error)) {
	s.groupPanels = append(s.groupPanels, panels)
}

// TabsOf are the pages of a programme, for whoever reads: its own first, and the
// one at an address marked.
func (s *Service) TabsOf(ctx context.Context, p Programme, at string) []ui.Link {
	tabs := []ui.Link{{Href: p.Href(), Label: i18n.T(ctx, "supervision.programme.tab")}}
	for _, offer := range s.programmeTabs {
		tabs = append(tabs, offer(ctx, p)...)
	}
	return marked(tabs, at)
}

// GroupTabsOf are the pages of a group, in the same way.
func (s *Service) GroupTabsOf(ctx context.Context, g Group, at string) []ui.Link {
	tabs := []ui.Link{{Href: g.Href(), Label: i18n.T(ctx, "supervision.group.tab")}}
	for _, offer := range s.groupTabs {
		tabs = append(tabs, offer(ctx, g)...)
	}
	return marked(tabs, at)
}

func marked(tabs []ui.Link, at string) []ui.Link {
	for i := range tabs {
		tabs[i].Current = tabs[i].Href == at
	}
	return tabs
}

// PanelsOf are what other modules show on a programme.
func (s *Service) PanelsOf(ctx context.Context, p Programme) ([]Panel, error) {
	return gather(ctx, s.programmePanels, p)
}

// GroupPanelsOf are what other modules show on a group.
func (s *Service) GroupPanelsOf(ctx context.Context, g Group) ([]Panel, error) {
	return gather(ctx, s.groupPanels, g)
}

func gather[T any](ctx context.Context, slots []func(context.Context, T) ([]Panel, error), of T) (all []Panel, err error) {
	for _, ask := range slots {
		found, err := ask(ctx, of)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	slices.SortStableFunc(all, func(a, b Panel) int { return cmp.Compare(a.Order, b.Order) })
	return all, nil
}
