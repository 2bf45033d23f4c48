package myseason

import (
	"context"
	"net/http"
	"net/url"

	"github.com/a-h/templ"

	"bastida/internal/kernel/actor"
	"bastida/internal/modules/coverage"
	"bastida/internal/platform/access"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/table"
	"bastida/internal/platform/ui"
	"bastida/internal/platform/web"
)

const (
	dayPage   = "/supervision/day"
	minePage  = "/my-supervision"
	teamsPage = "/supervision/teams"

	// calendarPage is where people subscribe to their sessions.
	calendarPage = minePage + "/calendar"
)

// Routes mounts the pages of this module.
func (s *Service) Routes(r *web.Router) {
	web.View(r, dayPage, Lead, web.ViewSpec[Day, struct{}]{
		Load: func(ctx context.Context, _ web.Params) (Day, error) { return s.Day(ctx) },
		Page: func(_ context.Context, _ web.Params, d Day) templ.Component { return dayView(d) },
	})
	web.Handle(r, http.MethodGet, minePage, access.SignedIn, func(w http.ResponseWriter, p web.Params) error {
		if actor.From(p.Context()).Role == actor.Supervisor {
			http.Redirect(w, p.Request, dayPage, http.StatusSeeOther)
			return nil
		}
		m, err := s.Mine(p.Context())
		if err != nil {
			return err
		}
		return r.Render(w, p, http.StatusOK, mineView(m))
	})
	web.View(r, teamsPage, Direct, web.ViewSpec[Teams, struct{}]{
		Load: func(ctx context.Context, _ web.Params) (Teams, error) { return s.Teams(ctx) },
		Page: func(_ context.Context, _ web.Params, t Teams) templ.Component { return teamsView(t) },
	})
}

var teamTable = &table.Table[Team]{
	Subject: "myseason.team",
	Href:    func(t Team) string { return t.Href() },
	Issue:   teamIssue,
	Columns: []*table.Column[Team]{
		table.Text("name", func(t Team) string { return t.Name }).
			Cell(func(ctx context.Context, t Team) templ.Component {
				return ui.Named(t.Name, i18n.T(ctx, t.Kind.Label()))
			}),
		table.Int("named", func(t Team) int { return t.Named }),
		table.Text("supervisor", func(t Team) string { return t.SupervisorName }),
		table.Said("next", nextText),
	},
}

// teamIssue says how many people the body has still to name.
func teamIssue(ctx context.Context, t Team) *ui.Notice {
	lacking := t.Announced - t.Named
	if lacking <= 0 {
		return nil
	}
	return &ui.Notice{
		Tone: ui.Warn, Text: i18n.T(ctx, "myseason.to_name", "count", lacking),
		Action: &ui.Link{Href: t.Href() + "/participants/new", Label: i18n.T(ctx, "myseason.name_people")},
	}
}

var lineTable = &table.Table[coverage.Line]{
	Subject: "myseason.line",
	Columns: []*table.Column[coverage.Line]{
		table.Text("name", func(l coverage.Line) string { return l.Person.Name }).
			Cell(func(ctx context.Context, l coverage.Line) templ.Component {
				return ui.Named(l.Person.Name, i18n.T(ctx, l.Person.Profession.Key()))
			}),
		table.Said("kind", func(ctx context.Context, l coverage.Line) string { return i18n.T(ctx, l.Kind.Label()) }),
		table.Said("attended", func(ctx context.Context, l coverage.Line) string { return attendedText(ctx, l.Attendance) }).
			Cell(func(_ context.Context, l coverage.Line) templ.Component { return attended(l.Attendance) }),
		table.Said("state", func(ctx context.Context, l coverage.Line) string { return i18n.T(ctx, l.State.Label()) }).
			Cell(func(ctx context.Context, l coverage.Line) templ.Component { return ui.StatusTag(lineTag(ctx, l)) }),
	},
}

// listOf draws rows that nobody pages through.
func listOf[R any](ctx context.Context, t *table.Table[R], rows []R) ui.Table {
	view := t.View(ctx, rows, len(rows), table.Page{Number: 1, Size: len(rows) + 1}, &url.URL{Path: teamsPage})
	view.Export, view.Pager = "", ui.Pager{}
	return view
}
