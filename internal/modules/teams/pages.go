package teams

import (
	"context"

	"github.com/a-h/templ"

	"bastida/internal/platform/i18n"
	"bastida/internal/platform/table"
	"bastida/internal/platform/ui"
	"bastida/internal/platform/web"
)

// none is for twins that are not promised.
type none struct{}

const home = "/wellbeing/teams"

// Routes mounts the pages of this module.
func (s *Service) Routes(r *web.Router) {
	web.List(r, home, Manage, web.ListSpec[Team, Filter, TeamShape]{
		Table: teamList, Filter: filterForm, Shape: shapeTeam,
		Load: func(ctx context.Context, _ web.Params, f Filter, p table.Page) ([]Team, int, error) {
			return s.List(ctx, f, p)
		},
		Page: func(_ context.Context, _ web.Params, _ Filter, list ui.Table) (templ.Component, error) {
			return teamsPage(list), nil
		},
	})
	web.Submit(r, home+"/new", Manage, web.SubmitSpec[TeamInput, Team, TeamShape]{
		Form: addForm, Options: s.offerEmployers, Flash: "teams.saved", Shape: shapeTeam, API: "POST " + home,
		Page: formPage("teams.add.title"),
		Do:   func(ctx context.Context, _ web.Params, in TeamInput) (Team, error) { return s.Add(ctx, in) },
		Next: func(Team) string { return home },
	})
	web.Submit(r, home+"/rows", Manage, web.SubmitSpec[RowsInput, int, none]{
		Form: rowsForm, Flash: "teams.brought",
		Page: formPage("teams.rows.title"),
		Do:   func(ctx context.Context, _ web.Params, in RowsInput) (int, error) { return s.Bring(ctx, in) },
		Next: func(int) string { return home },
	})
	web.Submit(r, home+"/{id}/edit", Manage, web.SubmitSpec[TeamInput, Team, TeamShape]{
		Form: editForm, Options: s.offerEmployers, Flash: "teams.saved", Shape: shapeTeam, API: "PUT " + home + "/{id}",
		Start: func(ctx context.Context, p web.Params) (TeamInput, int, error) {
			t, err := s.Team(ctx, p.ID())
			return t.Input(), t.Version, err
		},
		Page: func(ctx context.Context, p web.Params, view ui.Form) (templ.Component, error) {
			t, err := s.Team(ctx, p.ID())
			view.Cancel = home
			return editPage(t, view), err
		},
		Do: func(ctx context.Context, p web.Params, in TeamInput) (Team, error) {
			return s.Edit(ctx, p.ID(), p.Version(), in)
		},
		Next: func(Team) string { return home },
	})
}

func formPage(title string) func(context.Context, web.Params, ui.Form) (templ.Component, error) {
	return func(ctx context.Context, _ web.Params, view ui.Form) (templ.Component, error) {
		view.Cancel = home
		return teamFormPage(i18n.T(ctx, title), view), nil
	}
}

// offerEmployers puts the bodies into the choice of one.
func (s *Service) offerEmployers(ctx context.Context, _ web.Params, view *ui.Form) error {
	all, err := s.Employers(ctx)
	for i := range view.Fields {
		if view.Fields[i].Name != "body_id" {
			continue
		}
		for _, e := range all {
			view.Fields[i].Options = append(view.Fields[i].Options, ui.Option{Value: e.ID.String(), Label: e.Name})
		}
	}
	return err
}

var teamList = newTeamList()

func newTeamList() *table.Table[Team] {
	list := table.New("teams.team",
		table.Text("name", func(t Team) string { return t.Name }).Sort("name_fold").Wide(),
		table.Text("body", func(t Team) string { return t.BodyName }).Sort("body_name"),
		table.Text("area", func(t Team) string { return t.Area }).Sort("area"),
		table.Int("headcount", func(t Team) int { return t.Headcount }).Sort("headcount"),
		table.Said("state", func(ctx context.Context, t Team) string {
			if t.Ended {
				return i18n.T(ctx, "teams.ended")
			}
			return i18n.T(ctx, "teams.active")
		}),
	)
	list.Href = func(t Team) string { return t.Href() + "/edit" }
	return list
}

func keys() (all []string) {
	for _, f := range [][]string{filterForm.Keys(), addForm.Keys(), editForm.Keys(), rowsForm.Keys(), teamList.Keys()} {
		all = append(all, f...)
	}
	return all
}
