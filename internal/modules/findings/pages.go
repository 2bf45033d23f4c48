package findings

import (
	"context"

	"github.com/a-h/templ"

	"bastida/internal/kernel/fault"
	"bastida/internal/modules/teams"
	"bastida/internal/modules/wellbeing"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/table"
	"bastida/internal/platform/ui"
	"bastida/internal/platform/web"
)

// none is for twins that are not promised.
type none struct{}

const home = "/wellbeing"

// Routes mounts the pages of wellbeing.
func (s *Service) Routes(r *web.Router) {
	s.roundRoutes(r)
	s.codeRoutes(r)
	s.instrumentRoutes(r)
	s.resultRoutes(r)
	s.answerRoutes(r)
}

// Tabs are the places of wellbeing, for its pages and those of higher modules.
func (s *Service) Tabs(ctx context.Context, current string) (links []ui.Link) {
	add := func(href, label string, may bool) {
		if may {
			links = append(links, ui.Link{Href: href, Label: label, Current: href == current})
		}
	}
	add(home, i18n.T(ctx, "findings.rounds"), wellbeing.Look.May(ctx))
	for _, tabs := range s.tabs {
		for _, t := range tabs(ctx) {
			add(t.Href, t.Label, true)
		}
	}
	add(home+"/teams", i18n.T(ctx, "findings.teams"), teams.Manage.May(ctx))
	add(home+"/instruments", i18n.T(ctx, "findings.instruments"), wellbeing.Adopt.May(ctx))
	return links
}

func (s *Service) roundRoutes(r *web.Router) {
	web.List(r, home, wellbeing.Look, web.ListSpec[wellbeing.Round, wellbeing.RoundFilter, RoundShape]{
		Table: roundList, Filter: filterForm, Shape: shapeRound, APIPath: home + "/rounds",
		Load: func(ctx context.Context, _ web.Params, f wellbeing.RoundFilter, p table.Page) ([]wellbeing.Round, int, error) {
			return s.Wellbeing.Rounds(ctx, f, p)
		},
		Page: func(ctx context.Context, _ web.Params, _ wellbeing.RoundFilter, list ui.Table) (templ.Component, error) {
			return roundsPage(list, s.Tabs(ctx, home)), nil
		},
	})
	web.View(r, home+"/rounds/{id}", wellbeing.Look, web.ViewSpec[roundView, RoundShape]{
		Load:  s.roundView,
		Page:  func(_ context.Context, _ web.Params, v roundView) templ.Component { return roundPage(v) },
		Shape: func(v roundView) RoundShape { return shapeRound(v.Round) },
	})
	web.Submit(r, home+"/rounds/new", wellbeing.Measure, web.SubmitSpec[roundInput, wellbeing.Round, RoundShape]{
		Form: roundForm, Options: s.offerChoices, Flash: "findings.saved", Shape: shapeRound, API: "POST " + home + "/rounds",
		Page: func(ctx context.Context, _ web.Params, view ui.Form) (templ.Component, error) {
			view.Cancel = home
			return formPage(i18n.T(ctx, "findings.round.new"), ui.Crumb{Href: home, Label: i18n.T(ctx, "findings.menu")}, view), nil
		},
		Do: func(ctx context.Context, _ web.Params, in roundInput) (wellbeing.Round, error) {
			return s.Wellbeing.Prepare(ctx, in)
		},
		Next: wellbeing.Round.Href,
	})
	web.Submit(r, home+"/rounds/{id}/edit", wellbeing.Measure, web.SubmitSpec[roundInput, wellbeing.Round, RoundShape]{
		Form: roundForm, Options: s.offerChoices, Flash: "findings.saved", Shape: shapeRound, API: "PUT " + home + "/rounds/{id}",
		Start: func(ctx context.Context, p web.Params) (roundInput, int, error) {
			one, err := s.Wellbeing.Round(ctx, p.ID())
			return one.Input(), one.Version, err
		},
		Page: func(ctx context.Context, p web.Params, view ui.Form) (templ.Component, error) {
			one, err := s.Wellbeing.Round(ctx, p.ID())
			view.Cancel = one.Href()
			return formPage(i18n.T(ctx, "findings.round.edit"), ui.Crumb{Href: one.Href(), Label: one.Title}, view), err
		},
		Do: func(ctx context.Context, p web.Params, in roundInput) (wellbeing.Round, error) {
			return s.Wellbeing.Rewrite(ctx, p.ID(), p.Version(), in)
		},
		Next: wellbeing.Round.Href,
	})
	web.Act(r, home+"/rounds/{id}/steps/{step}", wellbeing.Measure, web.ActSpec[wellbeing.Round, RoundShape]{
		Do: func(ctx context.Context, p web.Params) (wellbeing.Round, error) {
			return s.Wellbeing.Step(ctx, p.ID(), p.Path("step"))
		},
		Next: wellbeing.Round.Href, Flash: "findings.step_done", Shape: shapeRound,
	})
}

// offerChoices puts the instruments and the teams there are into their choices.
func (s *Service) offerChoices(ctx context.Context, _ web.Params, view *ui.Form) error {
	known, err := s.Wellbeing.Adopted(ctx)
	if err != nil {
		return err
	}
	all, err := s.Teams.Within(ctx)
	for i := range view.Fields {
		f := &view.Fields[i]
		switch f.Name {
		case "instrument":
			for _, in := range known {
				f.Options = append(f.Options, ui.Option{Value: in.Key(), Label: in.Name.In(i18n.Lang(ctx))})
			}
		case "teams":
			for _, t := range all {
				f.Options = append(f.Options, ui.Option{Value: t.ID.String(), Label: t.Name, Help: i18n.T(ctx, "findings.team_of", "body", t.BodyName, "count", t.Headcount)})
			}
		}
	}
	return err
}

func (s *Service) roundView(ctx context.Context, p web.Params) (v roundView, err error) {
	if v.Round, err = s.Wellbeing.Round(ctx, p.ID()); err != nil {
		return v, err
	}
	in, err := s.Wellbeing.Known(v.Instrument)
	v.Name = in.Name
	v.Results = v.State == wellbeing.Published && Read.May(ctx)
	return v, err
}

var roundList = newRoundList()

func newRoundList() *table.Table[wellbeing.Round] {
	list := table.New("findings.rounds",
		table.Text("title", func(r wellbeing.Round) string { return r.Title }).Wide(),
		table.Value("opens", func(r wellbeing.Round) any { return r.Opens }).Sort("opens"),
		table.Value("closes", func(r wellbeing.Round) any { return r.Closes }).Sort("closes"),
		table.Said("state", func(ctx context.Context, r wellbeing.Round) string { return stateTag(ctx, r).Text }).
			Cell(func(ctx context.Context, r wellbeing.Round) templ.Component { return ui.StatusTag(stateTag(ctx, r)) }),
	)
	list.Href = wellbeing.Round.Href
	return list
}

func stateTag(ctx context.Context, r wellbeing.Round) ui.Tag {
	t := ui.Tag{Text: i18n.T(ctx, "wellbeing.round.state."+string(r.State))}
	switch r.State {
	case wellbeing.Draft:
		t.Icon = "pencil"
	case wellbeing.Open:
		t.Tone, t.Icon = ui.Info, "clock"
	case wellbeing.Closed:
		t.Tone, t.Icon = ui.Warn, "lock"
	case wellbeing.Published:
		t.Tone, t.Icon = ui.OK, "chart-column"
	case wellbeing.Cancelled:
		t.Icon = "x"
	}
	return t
}

// refused reports a failure that whoever typed can mend, as a complaint about one
// field.
func refused(err error, field string) error {
	f := fault.Of(err)
	if f == nil || f.Kind != fault.NotFound && f.Kind != fault.Conflict {
		return err
	}
	var wrong fault.Fields
	wrong.Add(field, f.Key, f.Args...)
	return wrong.Err()
}
