package schedule

import (
	"context"
	"net/http"

	"github.com/a-h/templ"

	"bastida/internal/modules/planning"
	"bastida/internal/modules/supervision"
	"bastida/internal/modules/supervisors"
	"bastida/internal/modules/timetables"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/table"
	"bastida/internal/platform/ui"
	"bastida/internal/platform/web"
)

const root = "/supervision/programmes/{id}/schedule"

// tab leads from a programme to its timetable.
func (s *Service) tab(ctx context.Context, p supervision.Programme) []ui.Link {
	if !sees(ctx) {
		return nil
	}
	return []ui.Link{{Href: homeHref(p), Label: i18n.T(ctx, "schedule.title")}}
}

func homeHref(p supervision.Programme) string { return p.Href() + "/schedule" }

var runTable = &table.Table[timetables.Run]{
	Subject: "schedule.runs", Href: timetables.Run.Href,
	Columns: []*table.Column[timetables.Run]{
		table.Said("name", runName),
		table.Value("created", func(r timetables.Run) any { return r.CreatedAt }),
		table.Said("state", func(ctx context.Context, r timetables.Run) string { return stateTag(ctx, r).Text }).
			Cell(func(ctx context.Context, r timetables.Run) templ.Component { return ui.StatusTag(stateTag(ctx, r)) }),
		table.Said("result", func(ctx context.Context, r timetables.Run) string { return headline(ctx, r) }).Wide(),
		table.Text("by", func(r timetables.Run) string { return r.StartedBy }),
	},
}

// Routes mounts the pages of this module.
func (s *Service) Routes(r *web.Router) {
	web.List(r, root, supervision.Read, web.ListSpec[timetables.Run, noFilter, TimetableRunShape]{
		Table: runTable, Filter: filterForm, Shape: shapeRun,
		Load: func(ctx context.Context, p web.Params, _ noFilter, page table.Page) ([]timetables.Run, int, error) {
			page.Sort, page.Desc = "number", true
			return s.Timetables.Runs(ctx, p.ID(), page)
		},
		Page: func(ctx context.Context, p web.Params, _ noFilter, list ui.Table) (templ.Component, error) {
			st, err := s.Timetables.Standing(ctx, p.ID())
			return homePage(st, s.tabs(ctx, st.Programme), list), err
		},
	})
	web.Submit(r, root+"/new", supervision.Manage, web.SubmitSpec[planning.ProposalInput, timetables.Run, TimetableRunShape]{
		Form: runForm, Shape: shapeRun, API: "POST " + root, Flash: "schedule.started", Next: timetables.Run.Href,
		Start: func(ctx context.Context, p web.Params) (planning.ProposalInput, int, error) {
			st, err := s.Timetables.Standing(ctx, p.ID())
			return planning.Usual(st.Programme, st.Today), 0, err
		},
		Page: s.asking("schedule.propose"),
		Do: func(ctx context.Context, p web.Params, in planning.ProposalInput) (timetables.Run, error) {
			return s.Timetables.Propose(ctx, p.ID(), in)
		},
	})
	web.Submit(r, root+"/replan", supervision.Manage, web.SubmitSpec[planning.ReplanningInput, timetables.Run, TimetableRunShape]{
		Form: mendForm, Shape: shapeRun, API: "POST " + root + "/replan", Flash: "schedule.started", Next: timetables.Run.Href, Options: s.mendOptions,
		Start: func(ctx context.Context, p web.Params) (planning.ReplanningInput, int, error) {
			st, err := s.Timetables.Standing(ctx, p.ID())
			return planning.ReplanningInput{Window: planning.Usual(st.Programme, st.Today).Window}, 0, err
		},
		Page: s.asking("schedule.replan"),
		Do: func(ctx context.Context, p web.Params, in planning.ReplanningInput) (timetables.Run, error) {
			return s.Timetables.Mend(ctx, p.ID(), in)
		},
	})
	s.runRoutes(r)
}

// tabs are the pages of a programme, this one current.
func (s *Service) tabs(ctx context.Context, p supervision.Programme) []ui.Link {
	return s.Supervision.TabsOf(ctx, p, homeHref(p))
}

// asking draws a form about a programme, or what has to be stated first.
func (s *Service) asking(title string) func(context.Context, web.Params, ui.Form) (templ.Component, error) {
	return func(ctx context.Context, p web.Params, view ui.Form) (templ.Component, error) {
		st, err := s.Timetables.Standing(ctx, p.ID())
		view.Submit, view.Cancel = i18n.T(ctx, "schedule.search"), homeHref(st.Programme)
		return askPage(st, i18n.T(ctx, title), i18n.T(ctx, title+".text"), view), err
	}
}

// mendOptions are whom and what a replan can be about.
func (s *Service) mendOptions(ctx context.Context, p web.Params, view *ui.Form) error {
	staff, err := s.Supervisors.All(ctx)
	if err != nil {
		return err
	}
	pending, err := s.Timetables.Pending(ctx, p.ID())
	if err != nil {
		return err
	}
	for i := range view.Fields {
		f := &view.Fields[i]
		switch f.Name {
		case "supervisor":
			f.Blank = i18n.T(ctx, "schedule.nobody")
			for _, one := range staff {
				if one.State != supervisors.Ended {
					f.Options = append(f.Options, ui.Option{Value: one.ID.String(), Label: one.Name})
				}
			}
		case "cancelled":
			f.Blank = i18n.T(ctx, "schedule.no_session")
			for _, x := range pending {
				f.Options = append(f.Options, ui.Option{Value: x.ID.String(), Label: x.GroupName + ", " + i18n.F(ctx, x.Day) + ", " + x.Hours()})
			}
		}
	}
	return nil
}

func (s *Service) runRoutes(r *web.Router) {
	web.View(r, root+"/{run}", supervision.Read, web.ViewSpec[runView, TimetableShape]{
		Load:  s.runView,
		Page:  func(_ context.Context, _ web.Params, v runView) templ.Component { return runPage(v) },
		Shape: func(v runView) TimetableShape { return shapeSheet(v.Sheet) },
	})
	web.Handle(r, http.MethodGet, root+"/{run}/progress", supervision.Read, func(w http.ResponseWriter, p web.Params) error {
		run, at, err := s.Timetables.Glance(p.Context(), p.ID(), runID(p))
		if err != nil {
			return err
		}
		if !run.UnderWay() {
			w.Header().Set("HX-Refresh", "true") // the page is another one now
		}
		return r.Render(w, p, http.StatusOK, searchProgress(run, at))
	})
	web.Submit(r, root+"/{run}/again", supervision.Manage, web.SubmitSpec[planning.ProposalInput, timetables.Run, TimetableRunShape]{
		Form: againForm, Shape: shapeRun, API: "POST " + root + "/{run}/again", Flash: "schedule.started", Next: timetables.Run.Href, Options: s.keepOptions,
		Start: func(ctx context.Context, p web.Params) (planning.ProposalInput, int, error) {
			sheet, err := s.Timetables.Sheet(ctx, p.ID(), runID(p))
			return sheet.Params.V.ProposalInput, 0, err
		},
		Page: s.asking("schedule.again"),
		Do: func(ctx context.Context, p web.Params, in planning.ProposalInput) (timetables.Run, error) {
			return s.Timetables.Again(ctx, p.ID(), runID(p), in)
		},
	})
	web.Act(r, root+"/{run}/stop", supervision.Manage, web.ActSpec[timetables.Run, TimetableRunShape]{
		Do: func(ctx context.Context, p web.Params) (timetables.Run, error) {
			return s.Timetables.Stop(ctx, p.ID(), runID(p))
		},
		Next: timetables.Run.Href, Flash: "schedule.stopping", Shape: shapeRun,
	})
	web.Act(r, root+"/{run}/accept", supervision.Manage, web.ActSpec[timetables.Run, TimetableRunShape]{
		Do: func(ctx context.Context, p web.Params) (timetables.Run, error) {
			return s.Timetables.Accept(ctx, p.ID(), runID(p), p.Version())
		},
		Next: timetables.Run.Href, Flash: "schedule.accepted", Shape: shapeRun,
	})
}

// keepOptions are the groups of a run that may stay as they are.
func (s *Service) keepOptions(ctx context.Context, p web.Params, view *ui.Form) error {
	sheet, err := s.Timetables.Sheet(ctx, p.ID(), runID(p))
	if err != nil {
		return err
	}
	for i := range view.Fields {
		f := &view.Fields[i]
		for _, g := range groupRows(sheet) {
			if len(g.News) == 0 {
				continue
			}
			switch f.Name {
			case "keep_supervisors":
				f.Options = append(f.Options, ui.Option{Value: g.Code, Label: g.Name, Help: g.Supervisor})
			case "keep_sessions":
				f.Options = append(f.Options, ui.Option{Value: g.Code, Label: g.Name, Help: daysText(ctx, g)})
			}
		}
	}
	return nil
}
