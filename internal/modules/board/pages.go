package board

import (
	"context"
	"strconv"

	"github.com/a-h/templ"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/calls"
	"bastida/internal/modules/grouping"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/table"
	"bastida/internal/platform/ui"
	"bastida/internal/platform/web"
)

// Routes mounts the pages of this module.
func (s *Service) Routes(r *web.Router) {
	s.runRoutes(r)
	s.callRoutes(r)
	s.boardRoutes(r)
	s.moveRoutes(r)
	s.groupRoutes(r)
}

func runHref(r grouping.Run) string          { return "/groupings/" + r.ID.String() }
func boardHref(b *grouping.Board) string     { return runHref(b.Run) }
func callHref(call record.ID) string         { return "/calls/" + call.String() + "/groupings" }
func groupHref(r grouping.Run, n int) string { return runHref(r) + "/groups/" + strconv.Itoa(n) }

func callTitle(ctx context.Context, r grouping.Run) string { return r.CallTitle.In(i18n.Lang(ctx)) }

var runTable = &table.Table[grouping.Run]{
	Subject: "board.run", Href: runHref,
	Columns: []*table.Column[grouping.Run]{
		table.Said("name", func(ctx context.Context, r grouping.Run) string {
			return i18n.T(ctx, "board.run_number", "number", r.Number) + ", " + callTitle(ctx, r)
		}).Cell(func(_ context.Context, r grouping.Run) templ.Component { return runName(r) }),
		table.Value("created", func(r grouping.Run) any { return r.CreatedAt }),
		table.Said("state", func(ctx context.Context, r grouping.Run) string { return stateTag(ctx, r).Text }).
			Cell(func(ctx context.Context, r grouping.Run) templ.Component { return ui.StatusTag(stateTag(ctx, r)) }),
		table.Said("origin", originText),
		table.Int("groups", func(r grouping.Run) int { return r.Groups }),
		table.Int("served", func(r grouping.Run) int { return r.Served }),
		table.Said("gap", gapText),
		table.Text("by", func(r grouping.Run) string { return r.StartedBy }),
	},
}

// newest are the last runs of a call.
func newest(n int) table.Page {
	return table.Page{Number: 1, Size: n, Sort: "number", Desc: true}
}

// runs lists runs in the order of the newest.
func (s *Service) runs(ctx context.Context, f grouping.RunFilter, page table.Page) ([]grouping.Run, int, error) {
	page.Sort, page.Desc = "created_at", true
	return s.Grouping.Runs(ctx, f, page)
}

func (s *Service) runRoutes(r *web.Router) {
	web.List(r, "/groupings", grouping.Read, web.ListSpec[grouping.Run, grouping.RunFilter, RunShape]{
		Table: runTable, Filter: filterForm, Shape: shapeRun,
		Load: func(ctx context.Context, p web.Params, f grouping.RunFilter, page table.Page) ([]grouping.Run, int, error) {
			f.Call = record.ID(p.Get("call"))
			return s.runs(ctx, f, page)
		},
		Page: func(_ context.Context, _ web.Params, _ grouping.RunFilter, list ui.Table) (templ.Component, error) {
			return runsPage(list), nil
		},
	})
	web.Submit(r, "/groupings/{id}/rerun", grouping.Edit, web.SubmitSpec[grouping.RunInput, grouping.Run, RunShape]{
		Form: runForm, Shape: shapeRun, API: "POST /groupings/{id}/rerun", Flash: "board.started", Next: runHref,
		Start: func(ctx context.Context, p web.Params) (grouping.RunInput, int, error) {
			run, _, err := s.Grouping.Glance(ctx, p.ID())
			return run.Params.V.RunInput, 0, err
		},
		Page: func(ctx context.Context, p web.Params, view ui.Form) (templ.Component, error) {
			b, err := s.Grouping.Board(ctx, p.ID())
			if err != nil {
				return nil, err
			}
			view.Cancel = boardHref(b)
			return rerunPage(b, view), nil
		},
		Do: func(ctx context.Context, p web.Params, in grouping.RunInput) (grouping.Run, error) {
			return s.Grouping.Rerun(ctx, p.ID(), in)
		},
	})
}

func (s *Service) callRoutes(r *web.Router) {
	web.List(r, "/calls/{id}/groupings", grouping.Read, web.ListSpec[grouping.Run, grouping.RunFilter, RunShape]{
		Table: runTable, Filter: filterForm, Shape: shapeRun,
		Load: func(ctx context.Context, p web.Params, f grouping.RunFilter, page table.Page) ([]grouping.Run, int, error) {
			call, err := s.Grouping.Call(ctx, p.ID())
			if err != nil {
				return nil, 0, err
			}
			f.Call = call.ID
			return s.runs(ctx, f, page)
		},
		Page: func(ctx context.Context, p web.Params, _ grouping.RunFilter, list ui.Table) (templ.Component, error) {
			call, err := s.Grouping.Call(ctx, p.ID())
			if err != nil {
				return nil, err
			}
			found, err := s.comparable(ctx, call.ID)
			return callRunsPage(call, found, list), err
		},
	})
	web.Submit(r, "/calls/{id}/groupings/new", grouping.Edit, web.SubmitSpec[grouping.RunInput, grouping.Run, RunShape]{
		Form: runForm, Shape: shapeRun, API: "POST /calls/{id}/groupings", Flash: "board.started", Next: runHref,
		Start: func(ctx context.Context, p web.Params) (grouping.RunInput, int, error) {
			in, err := s.Usual(ctx, p.ID())
			return in, 0, err
		},
		Page: func(ctx context.Context, p web.Params, view ui.Form) (templ.Component, error) {
			call, err := s.Grouping.Call(ctx, p.ID())
			view.Cancel = callHref(p.ID())
			return startPage(call, view), err
		},
		Do: func(ctx context.Context, p web.Params, in grouping.RunInput) (grouping.Run, error) {
			return s.Grouping.Start(ctx, p.ID(), in)
		},
	})
	web.View(r, "/calls/{id}/groupings/compare", grouping.Read, web.ViewSpec[compareView, ComparisonShape]{
		Load:  s.loadComparison,
		Page:  func(_ context.Context, _ web.Params, v compareView) templ.Component { return comparePage(v) },
		Shape: func(v compareView) ComparisonShape { return shapeComparison(v.Comparison) },
	})
}

// comparable are the last runs of a call that have groups.
func (s *Service) comparable(ctx context.Context, call record.ID) (found []grouping.Run, err error) {
	last, _, err := s.Grouping.Runs(ctx, grouping.RunFilter{Call: call}, newest(20))
	for _, r := range last {
		if r.Groups > 0 && !r.UnderWay() {
			found = append(found, r)
		}
	}
	return found, err
}

// compareView is two runs side by side.
type compareView struct {
	Comparison
	MapA, MapB mapData
}

func (s *Service) loadComparison(ctx context.Context, p web.Params) (v compareView, err error) {
	if v.Comparison, err = s.Compare(ctx, p.ID(), record.ID(p.Get("a")), record.ID(p.Get("b"))); err != nil {
		return v, err
	}
	if v.MapA, err = s.drawn(ctx, v.A, everyGroup); err != nil {
		return v, err
	}
	v.MapB, err = s.drawn(ctx, v.B, everyGroup)
	return v, err
}

// besideCall shows the way to the groups on the page of a call.
func (s *Service) besideCall(ctx context.Context, c calls.Call) []calls.Panel {
	if !grouping.Read.May(ctx) || c.TenantID != actor.From(ctx).Tenant {
		return nil
	}
	found, total, err := s.Grouping.Runs(ctx, grouping.RunFilter{Call: c.ID}, newest(3))
	if err != nil {
		return nil // the page of the call is worth more than this panel
	}
	return []calls.Panel{{Title: i18n.T(ctx, "board.menu"), Body: callPanel(c, found, total)}}
}

// onApplication shows the group of an application once its call is resolved.
func (s *Service) onApplication(ctx context.Context, a calls.Application) []calls.Panel {
	t, err := s.Grouping.Company(ctx, a)
	if err != nil {
		return nil // not resolved yet, or without a group: there is nothing to show
	}
	return []calls.Panel{{Title: i18n.T(ctx, "board.your_group"), Body: companyPanel(t)}}
}
