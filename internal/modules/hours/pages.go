package hours

import (
	"context"
	"slices"

	"github.com/a-h/templ"

	"bastida/engine/ledger"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/supervision"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/ui"
	"bastida/internal/platform/web"
)

// tab leads from a programme to its hours.
func (s *Service) tab(ctx context.Context, p supervision.Programme) []ui.Link {
	if !supervision.Read.May(ctx) {
		return nil
	}
	return []ui.Link{{Href: programmeHref(p), Label: i18n.T(ctx, "hours.title")}}
}

// groupTab leads from a group to its hours.
func (s *Service) groupTab(ctx context.Context, g supervision.Group) []ui.Link {
	if !supervision.Read.May(ctx) {
		return nil
	}
	return []ui.Link{{Href: groupHref(g), Label: i18n.T(ctx, "hours.title")}}
}

func programmeHref(p supervision.Programme) string { return p.Href() + "/hours" }
func groupHref(g supervision.Group) string         { return g.Href() + "/hours" }

// Routes mounts the pages of this module.
func (s *Service) Routes(r *web.Router) {
	web.View(r, "/supervision/programmes/{id}/hours", supervision.Read, web.ViewSpec[programmeView, ProgrammeHoursShape]{
		Load:  s.programmeView,
		Page:  func(_ context.Context, _ web.Params, v programmeView) templ.Component { return programmePage(v) },
		Shape: shapeProgramme,
	})
	web.View(r, "/supervision/programmes/{id}/hours/entries", supervision.Read, web.ViewSpec[figureView, struct{}]{
		Load: s.programmeFigure,
		Page: func(_ context.Context, _ web.Params, v figureView) templ.Component { return figurePage(v) },
	})
	web.View(r, "/supervision/groups/{id}/hours", supervision.Read, web.ViewSpec[figureView, HoursShape]{
		Load:  s.groupFigure,
		Page:  func(_ context.Context, _ web.Params, v figureView) templ.Component { return figurePage(v) },
		Shape: func(v figureView) HoursShape { return shapeBalance(v.Balance) },
	})
	web.Act(r, "/supervision/programmes/{id}/hours/cover", Keep, web.ActSpec[supervision.Programme, struct{}]{
		Do:   func(ctx context.Context, p web.Params) (supervision.Programme, error) { return s.Cover(ctx, p.ID()) },
		Next: programmeHref, Flash: "hours.covered",
	})
	s.writeRoutes(r)
}

// programmeView is the hours of a programme.
type programmeView struct {
	supervision.Programme
	Groups    []supervision.Group
	Total     ledger.Balance
	ByGroup   map[record.ID]ledger.Balance
	Contracts []ContractAt
	Invoices  []Invoice
	Staff     bool
	Tabs      []ui.Link
}

func (s *Service) programmeView(ctx context.Context, p web.Params) (v programmeView, err error) {
	if v.Programme, err = s.Supervision.Programme(ctx, p.ID()); err != nil {
		return v, err
	}
	v.Tabs = s.Supervision.TabsOf(ctx, v.Programme, programmeHref(v.Programme))
	if v.Groups, err = s.Supervision.Groups(ctx, v.ID); err != nil {
		return v, err
	}
	if v.Total, v.ByGroup, err = s.Balances(ctx, v.ID); err != nil {
		return v, err
	}
	if v.Staff = ReadInvoices.May(ctx); !v.Staff {
		return v, nil
	}
	if v.Contracts, err = s.Contracts(ctx, v.ID); err != nil {
		return v, err
	}
	v.Invoices, err = s.Invoices(ctx, v.ID)
	return v, err
}

// figureView is one figure of a programme or of a group, opened to its entries.
type figureView struct {
	Programme supervision.Programme
	Group     *supervision.Group // nil for the programme's
	Groups    map[record.ID]string
	Balance   ledger.Balance
	Stage     ledger.Stage
	Lines     []Line
	Tabs      []ui.Link
}

// stageOf is the figure that the address asks for.
func stageOf(p web.Params) ledger.Stage {
	if stage := ledger.Stage(p.Get("stage")); slices.Contains(ledger.Stages(), stage) {
		return stage
	}
	return ledger.Delivered
}

func (s *Service) programmeFigure(ctx context.Context, p web.Params) (v figureView, err error) {
	v.Stage, v.Groups = stageOf(p), map[record.ID]string{}
	if v.Programme, err = s.Supervision.Programme(ctx, p.ID()); err != nil {
		return v, err
	}
	v.Tabs = s.Supervision.TabsOf(ctx, v.Programme, programmeHref(v.Programme))
	groups, err := s.Supervision.Groups(ctx, v.Programme.ID)
	if err != nil {
		return v, err
	}
	for _, g := range groups {
		v.Groups[g.ID] = g.Name
	}
	if v.Balance, _, err = s.Balances(ctx, v.Programme.ID); err != nil {
		return v, err
	}
	v.Lines, err = s.ExplainAll(ctx, v.Programme.ID, v.Stage)
	return v, err
}

func (s *Service) groupFigure(ctx context.Context, p web.Params) (v figureView, err error) {
	v.Stage = stageOf(p)
	g, err := s.Supervision.Group(ctx, p.ID())
	if err != nil {
		return v, err
	}
	v.Tabs = s.Supervision.GroupTabsOf(ctx, g, groupHref(g))
	v.Group, v.Groups = &g, map[record.ID]string{g.ID: g.Name}
	if v.Programme, err = s.Supervision.Programme(ctx, g.ProgrammeID); err != nil {
		return v, err
	}
	if v.Balance, err = s.Balance(ctx, g.ID); err != nil {
		return v, err
	}
	v.Lines, err = s.Explain(ctx, g.ID, v.Stage)
	return v, err
}

// figureHref opens a figure of what the view is about.
func (v figureView) figureHref(stage ledger.Stage) string {
	if v.Group != nil {
		return stageHref(*v.Group, stage)
	}
	return totalHref(v.Programme, stage)
}

func stageHref(g supervision.Group, stage ledger.Stage) string {
	return groupHref(g) + "?stage=" + string(stage)
}

func totalHref(p supervision.Programme, stage ledger.Stage) string {
	return programmeHref(p) + "/entries?stage=" + string(stage)
}
