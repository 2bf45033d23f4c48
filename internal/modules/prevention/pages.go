package prevention

import (
	"context"
	"slices"

	"github.com/a-h/templ"

	"bastida/internal/kernel/record"
	"bastida/internal/modules/findings"
	"bastida/internal/modules/wellbeing"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/table"
	"bastida/internal/platform/ui"
	"bastida/internal/platform/web"
)

const (
	home     = "/wellbeing/plans"
	carePath = "/wellbeing/care"
)

// Routes mounts the pages of this module, and their tabs beside those of
// wellbeing.
func (s *Service) Routes(r *web.Router) {
	s.Findings.OfferTabs(func(ctx context.Context) []findings.Tab {
		if !Read.May(ctx) {
			return nil
		}
		return []findings.Tab{{Href: home, Label: i18n.T(ctx, "prevention.title")}, {Href: carePath, Label: i18n.T(ctx, "prevention.care.title")}}
	})
	s.measureRoutes(r)
	web.View(r, carePath, Read, web.ViewSpec[careView, []CareShape]{
		Load: func(ctx context.Context, _ web.Params) (v careView, err error) {
			v.Teams, v.Bodies, err = s.Care(ctx)
			v.Tabs = s.Findings.Tabs(ctx, carePath)
			return v, err
		},
		Page:  func(_ context.Context, _ web.Params, v careView) templ.Component { return carePage(v) },
		Shape: shapeCare,
	})
}

func (s *Service) measureRoutes(r *web.Router) {
	list := s.newList()
	web.List(r, home, Read, web.ListSpec[Measure, Filter, MeasureShape]{
		Table: list, Filter: filterForm, Options: s.offerTeams, Shape: shapeMeasure,
		Load: func(ctx context.Context, _ web.Params, f Filter, p table.Page) ([]Measure, int, error) {
			return s.Measures(ctx, f, p)
		},
		Page: func(ctx context.Context, _ web.Params, f Filter, list ui.Table) (templ.Component, error) {
			return plansPage(list, s.Findings.Tabs(ctx, home), f.Team), nil
		},
	})
	web.View(r, home+"/{id}", Read, web.ViewSpec[measureView, MeasureShape]{
		Load:  s.measureView,
		Page:  func(_ context.Context, _ web.Params, v measureView) templ.Component { return measurePage(v) },
		Shape: func(v measureView) MeasureShape { return shapeMeasure(v.Measure) },
	})
	web.Submit(r, home+"/new", Edit, web.SubmitSpec[MeasureInput, Measure, MeasureShape]{
		Form: measureForm, Options: s.offerTeams, Flash: "prevention.saved", Shape: shapeMeasure, API: "POST " + home,
		Start: func(_ context.Context, p web.Params) (MeasureInput, int, error) {
			return MeasureInput{TeamID: record.ID(p.Get("team")), RoundID: record.ID(p.Get("round"))}, 0, nil
		},
		Page: func(ctx context.Context, _ web.Params, view ui.Form) (templ.Component, error) {
			view.Cancel = home
			return formPage(i18n.T(ctx, "prevention.new"), ui.Crumb{Href: home, Label: i18n.T(ctx, "prevention.title")}, view), nil
		},
		Do:   func(ctx context.Context, _ web.Params, in MeasureInput) (Measure, error) { return s.Plan(ctx, in) },
		Next: Measure.Href,
	})
	web.Submit(r, home+"/{id}/edit", Edit, web.SubmitSpec[MeasureInput, Measure, MeasureShape]{
		Form: measureForm, Options: s.offerTeams, Flash: "prevention.saved", Shape: shapeMeasure, API: "PUT " + home + "/{id}",
		Start: func(ctx context.Context, p web.Params) (MeasureInput, int, error) {
			m, _, err := s.Measure(ctx, p.ID())
			return m.Input(), m.Version, err
		},
		Page: s.page("prevention.edit"),
		Do: func(ctx context.Context, p web.Params, in MeasureInput) (Measure, error) {
			return s.Rewrite(ctx, p.ID(), p.Version(), in)
		},
		Next: Measure.Href,
	})
	web.Submit(r, home+"/{id}/follow", Edit, web.SubmitSpec[FollowInput, Measure, MeasureShape]{
		Form: followForm, Flash: "prevention.saved", Shape: shapeMeasure, API: "POST " + home + "/{id}/notes",
		Start: func(ctx context.Context, p web.Params) (FollowInput, int, error) {
			m, _, err := s.Measure(ctx, p.ID())
			return FollowInput{Evidence: m.Evidence}, m.Version, err
		},
		Options: s.offerSteps,
		Page:    s.page("prevention.follow"),
		Do: func(ctx context.Context, p web.Params, in FollowInput) (Measure, error) {
			return s.Follow(ctx, p.ID(), p.Version(), in)
		},
		Next: Measure.Href,
	})
}

// page draws a form about a measure.
func (s *Service) page(title string) func(context.Context, web.Params, ui.Form) (templ.Component, error) {
	return func(ctx context.Context, p web.Params, view ui.Form) (templ.Component, error) {
		m, _, err := s.Measure(ctx, p.ID())
		view.Cancel = m.Href()
		return formPage(i18n.T(ctx, title), ui.Crumb{Href: m.Href(), Label: m.What}, view), err
	}
}

// offerTeams puts teams and published measurements into their choices.
func (s *Service) offerTeams(ctx context.Context, _ web.Params, view *ui.Form) error {
	all, err := s.Teams.Within(ctx)
	if err != nil {
		return err
	}
	published, _, err := s.Wellbeing.Rounds(ctx, wellbeing.RoundFilter{State: wellbeing.Published}, table.Page{Number: 1, Size: 100, Sort: "opens", Desc: true})
	for i := range view.Fields {
		f := &view.Fields[i]
		switch f.Name {
		case "team", "team_id":
			for _, t := range all {
				f.Options = append(f.Options, ui.Option{Value: t.ID.String(), Label: t.Name + " · " + t.BodyName})
			}
		case "round_id":
			for _, r := range published {
				f.Options = append(f.Options, ui.Option{Value: r.ID.String(), Label: r.Title})
			}
		}
	}
	return err
}

// offerSteps leaves the steps that can be taken now.
func (s *Service) offerSteps(ctx context.Context, p web.Params, view *ui.Form) error {
	m, _, err := s.Measure(ctx, p.ID())
	for i := range view.Fields {
		if f := &view.Fields[i]; f.Name == "step" {
			f.Blank = i18n.T(ctx, "prevention.follow.no_step")
			f.Options = slices.DeleteFunc(f.Options, func(o ui.Option) bool { return !slices.Contains(m.Steps(), o.Value) })
		}
	}
	return err
}

func (s *Service) measureView(ctx context.Context, p web.Params) (v measureView, err error) {
	v.Measure, v.Notes, err = s.Measure(ctx, p.ID())
	if err != nil {
		return v, err
	}
	v.Today = s.Wellbeing.Today()
	if v.RoundID != "" {
		round, err := s.Wellbeing.Round(ctx, v.RoundID)
		if err != nil {
			return v, err
		}
		v.Round = round
	}
	return v, nil
}

// newList has what is overdue first: measures that are not settled, by the day
// on which they are due.
func (s *Service) newList() *table.Table[Measure] {
	list := newMeasureList()
	list.Issue = func(ctx context.Context, m Measure) *ui.Notice {
		if !m.Overdue(s.Wellbeing.Today()) {
			return nil
		}
		return &ui.Notice{Tone: ui.Warn, Text: i18n.T(ctx, "prevention.overdue", "due", m.Due)}
	}
	return list
}

func newMeasureList() *table.Table[Measure] {
	list := table.New("prevention.plan",
		table.Text("what", func(m Measure) string { return m.What }).Wide(),
		table.Value("due", func(m Measure) any { return m.Due }).Sort("settled, due"),
		table.Text("team", func(m Measure) string { return m.TeamName }).Sort("team_name"),
		table.Text("owner", func(m Measure) string { return m.Owner }).Sort("owner"),
		table.Said("state", func(ctx context.Context, m Measure) string { return stateTag(ctx, m).Text }).
			Cell(func(ctx context.Context, m Measure) templ.Component { return ui.StatusTag(stateTag(ctx, m)) }),
	)
	list.Href = Measure.Href
	return list
}

func stateTag(ctx context.Context, m Measure) ui.Tag {
	t := ui.Tag{Text: i18n.T(ctx, "prevention.measure.state."+string(m.State))}
	switch m.State {
	case Planned:
		t.Icon = "clock"
	case UnderWay:
		t.Tone, t.Icon = ui.Info, "refresh-cw"
	case Done:
		t.Tone, t.Icon = ui.OK, "check"
	case Dropped:
		t.Icon = "x"
	}
	return t
}
