package commitment

import (
	"context"

	"github.com/a-h/templ"

	"bastida/internal/kernel/record"
	"bastida/internal/modules/supervision"
	"bastida/internal/platform/access"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/ui"
	"bastida/internal/platform/web"
)

// Routes mounts the pages of this module.
func (s *Service) Routes(r *web.Router) {
	s.Supervision.OfferTabs(programmeTabs)
	s.Supervision.ShowOnProgramme(s.panels)
	s.standingRoutes(r)
	s.actionRoutes(r)
	s.reportRoutes(r)
}

// programmeTabs lead from a programme to its commitment, where there is one.
func programmeTabs(ctx context.Context, p supervision.Programme) []ui.Link {
	if !Read.May(ctx) || p.State == supervision.Draft || stand(p, nil).State == Unstated {
		return nil
	}
	return []ui.Link{{Href: href(p.ID), Label: i18n.T(ctx, "commitment.menu"), Icon: "shield-check"}}
}

// panels say on the page of a programme how its commitment stands.
func (s *Service) panels(ctx context.Context, p supervision.Programme) ([]supervision.Panel, error) {
	const place = 40
	if programmeTabs(ctx, p) == nil {
		return nil, nil
	}
	found, err := s.Standing(ctx, p.ID)
	return []supervision.Panel{{Order: place, Body: ui.Notices(stateNotice(ctx, found))}}, err
}

// standingView is what the page of a commitment shows.
type standingView struct {
	Programme supervision.Programme
	Standing  Standing
	Analysis  Analysis
	Actions   []Action
	Tabs      []ui.Link
}

func (s *Service) view(ctx context.Context, programme record.ID) (v standingView, err error) {
	if v.Programme, err = s.Supervision.Programme(ctx, programme); err != nil {
		return v, err
	}
	if v.Standing, err = s.Standing(ctx, programme); err != nil {
		return v, err
	}
	v.Tabs = s.Supervision.TabsOf(ctx, v.Programme, href(programme))
	v.Analysis, v.Actions, err = s.Analysis(ctx, programme)
	return v, err
}

func (s *Service) standingRoutes(r *web.Router) {
	web.View(r, "/supervision/programmes/{id}/commitment", Read, web.ViewSpec[standingView, StandingShape]{
		Load:  func(ctx context.Context, p web.Params) (standingView, error) { return s.view(ctx, p.ID()) },
		Page:  func(_ context.Context, _ web.Params, v standingView) templ.Component { return standingPage(v) },
		Shape: func(v standingView) StandingShape { return shapeStanding(v.Standing) },
	})
	web.Submit(r, "/supervision/programmes/{id}/commitment/analysis", Improve, web.SubmitSpec[AnalysisInput, Analysis, CauseAnalysisShape]{
		Form: analysisForm, API: "PUT /supervision/programmes/{id}/commitment/analysis", Shape: shapeAnalysis, Flash: "commitment.analysed",
		Start: func(ctx context.Context, p web.Params) (AnalysisInput, int, error) {
			why, _, err := s.Analysis(ctx, p.ID())
			return AnalysisInput{why.Causes.V, why.Summary}, why.Version, err
		},
		Page: func(ctx context.Context, p web.Params, view ui.Form) (templ.Component, error) {
			v, err := s.view(ctx, p.ID())
			view.Cancel = href(p.ID())
			return analysisPage(v, view), err
		},
		Do: func(ctx context.Context, p web.Params, in AnalysisInput) (Analysis, error) {
			return s.Analyse(ctx, p.ID(), p.Version(), in)
		},
		Next: func(a Analysis) string { return href(a.ProgrammeID) },
	})
}

func (s *Service) actionRoutes(r *web.Router) {
	next := func(a Action) string { return href(a.ProgrammeID) }
	web.Submit(r, "/supervision/programmes/{id}/commitment/actions/new", Improve, web.SubmitSpec[ActionInput, Action, ImprovementShape]{
		Form: actionForm, API: "POST /supervision/programmes/{id}/commitment/actions", Shape: shapeAction, Flash: "commitment.planned",
		Start: func(context.Context, web.Params) (ActionInput, int, error) {
			return ActionInput{Progress: Planned}, 0, nil
		},
		Page: func(ctx context.Context, p web.Params, view ui.Form) (templ.Component, error) {
			programme, err := s.Supervision.Programme(ctx, p.ID())
			view.Cancel = href(p.ID())
			return actionPage(programme, view), err
		},
		Do: func(ctx context.Context, p web.Params, in ActionInput) (Action, error) {
			return s.Plan(ctx, p.ID(), in)
		},
		Next: next,
	})
	web.Submit(r, "/supervision/improvements/{id}", Improve, web.SubmitSpec[ActionInput, Action, ImprovementShape]{
		Form: actionForm, API: "PUT /supervision/improvements/{id}", Shape: shapeAction, Flash: "commitment.followed",
		Start: func(ctx context.Context, p web.Params) (ActionInput, int, error) {
			a, err := s.Action(ctx, p.ID())
			return ActionInput{a.What, a.Owner, a.Due, a.Progress, a.Evidence, a.FollowUp}, a.Version, err
		},
		Page: func(ctx context.Context, p web.Params, view ui.Form) (templ.Component, error) {
			a, err := s.Action(ctx, p.ID())
			if err != nil {
				return nil, err
			}
			programme, err := s.Supervision.Programme(ctx, a.ProgrammeID)
			view.Cancel = href(a.ProgrammeID)
			return actionPage(programme, view), err
		},
		Do: func(ctx context.Context, p web.Params, in ActionInput) (Action, error) {
			return s.Follow(ctx, p.ID(), p.Version(), in)
		},
		Next: next,
	})
}

func (s *Service) reportRoutes(r *web.Router) {
	web.View(r, "/commitments", access.Public, web.ViewSpec[[]Report, []CommitmentReportShape]{
		Load:  func(ctx context.Context, _ web.Params) ([]Report, error) { return s.Reports(ctx) },
		Page:  func(_ context.Context, _ web.Params, all []Report) templ.Component { return reportsPage(all) },
		Shape: shapeReports,
	})
	web.Submit(r, "/commitments/new", Publish, web.SubmitSpec[ReportInput, Report, none]{
		Form: reportForm, Flash: "commitment.prepared",
		Page: func(_ context.Context, _ web.Params, view ui.Form) (templ.Component, error) {
			view.Cancel = "/commitments"
			return newReportPage(view), nil
		},
		Do:   func(ctx context.Context, _ web.Params, in ReportInput) (Report, error) { return s.Prepare(ctx, in) },
		Next: Report.Href,
	})
	web.View(r, "/commitments/{id}", access.Public, web.ViewSpec[Report, CommitmentReportShape]{
		Load: func(ctx context.Context, p web.Params) (Report, error) { return s.Report(ctx, p.ID()) },
		Page: func(ctx context.Context, _ web.Params, r Report) templ.Component {
			return reportPage(r, reportSteps(ctx, r))
		},
		Shape: shapeReport,
	})
	for _, step := range life.Steps {
		web.Act(r, "/commitments/{id}/"+step.Name, Publish, web.ActSpec[Report, CommitmentReportShape]{
			Do: func(ctx context.Context, p web.Params) (Report, error) {
				return s.StepReport(ctx, p.ID(), p.Version(), step.Name)
			},
			Next: Report.Href, Flash: "commitment.report.done." + step.Name, Shape: shapeReport,
		})
	}
}

// reportSteps are the buttons of a report, for those of its body.
func reportSteps(ctx context.Context, r Report) (all []ui.Action) {
	if !mine(ctx, r) {
		return nil
	}
	for _, c := range r.Choices(ctx) {
		a := ui.Action{Href: r.Href() + "/" + c.Name, Label: i18n.T(ctx, c.Label), Primary: c.Primary, Danger: c.Danger}
		a.Confirm = i18n.T(ctx, "commitment.report.sure."+c.Name)
		if c.Blocked != nil {
			a.Disabled = i18n.T(ctx, c.Blocked.Key, c.Blocked.Args...)
		}
		all = append(all, a)
	}
	return all
}
