package board

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"

	"github.com/a-h/templ"

	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/kernel/text"
	"bastida/internal/modules/grouping"
	"bastida/internal/modules/territory"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/table"
	"bastida/internal/platform/ui"
	"bastida/internal/platform/web"
)

func (s *Service) boardRoutes(r *web.Router) {
	web.View(r, "/groupings/{id}", grouping.Read, web.ViewSpec[boardView, BoardShape]{
		Load:  s.loadBoard,
		Page:  func(_ context.Context, _ web.Params, v boardView) templ.Component { return boardPage(v) },
		Shape: func(v boardView) BoardShape { return shapeBoard(v.Board) },
	})
	web.Handle(r, http.MethodGet, "/groupings/{id}/progress", grouping.Read, func(w http.ResponseWriter, p web.Params) error {
		run, at, err := s.Grouping.Glance(p.Context(), p.ID())
		if err != nil {
			return err
		}
		if !run.UnderWay() {
			w.Header().Set("HX-Refresh", "true") // the page is another one now
		}
		return r.Render(w, p, http.StatusOK, searchProgress(run, at))
	})
	web.Handle(r, http.MethodGet, "/groupings/{id}/groups.csv", grouping.Read, func(w http.ResponseWriter, p web.Params) error {
		b, err := s.Grouping.Board(p.Context(), p.ID())
		if err != nil {
			return err
		}
		return sendLines(w, b)
	})
	s.button(r, "cancel", "board.stopping", s.Grouping.Cancel)
	s.button(r, "copy", "board.copied", s.Grouping.Copy)
	web.Act(r, "/groupings/{id}/accept", grouping.Accept, web.ActSpec[*grouping.Board, BoardShape]{
		Do: func(ctx context.Context, p web.Params) (*grouping.Board, error) {
			return s.Grouping.Accept(ctx, p.ID(), p.Version(), wording(ctx, r.Messages))
		},
		Next: boardHref, Flash: "board.accepted", Shape: shapeBoard,
	})
}

// button mounts a button of a run.
func (s *Service) button(r *web.Router, name, flash string, do func(context.Context, record.ID) (grouping.Run, error)) {
	web.Act(r, "/groupings/{id}/"+name, grouping.Edit, web.ActSpec[grouping.Run, RunShape]{
		Do:   func(ctx context.Context, p web.Params) (grouping.Run, error) { return do(ctx, p.ID()) },
		Next: runHref, Flash: flash, Shape: shapeRun,
	})
}

// wording says the outcomes in every language of the interface.
func wording(ctx context.Context, messages *i18n.Catalogue) grouping.Wording {
	return grouping.Wording{
		Say: func(key string, args ...any) text.Localized {
			said := text.Localized{}
			for _, lang := range i18n.Languages {
				said[lang] = messages.Say(lang, key, args...)
			}
			return said
		},
		Name: func(t grouping.Team) string { return label(ctx, t) },
	}
}

// boardView is a run on its board.
type boardView struct {
	*grouping.Board

	At     grouping.Progress
	Moves  []grouping.Move
	Others []grouping.Run // of the same call, to compare with
	Groups ui.Table
	Issues map[int]*ui.Notice // by number of the group
	Map    mapData
	Table  bool // the groups as lists to drag between, instead of the map
	Edit   bool // the reader may change the groups now
	Steps  []ui.Action
}

func (s *Service) loadBoard(ctx context.Context, p web.Params) (v boardView, err error) {
	if v.Board, err = s.Grouping.Board(ctx, p.ID()); err != nil {
		return v, err
	}
	if _, v.At, err = s.Grouping.Glance(ctx, p.ID()); err != nil {
		return v, err
	}
	if v.Moves, err = s.Grouping.Moves(ctx, p.ID()); err != nil {
		return v, err
	}
	if v.Others, err = s.comparable(ctx, v.Run.CallID); err != nil {
		return v, err
	}
	v.Table = p.Get("view") == "table"
	v.Edit = mayEdit(ctx, v.Board)
	v.Issues = issues(ctx, v.Board)
	v.Groups = groupList(ctx, v)
	v.Steps = runSteps(ctx, v.Run)
	v.Map, err = s.drawn(ctx, v.Board, everyGroup)
	return v, err
}

func mayEdit(ctx context.Context, b *grouping.Board) bool {
	return grouping.Edit.May(ctx) && b.Run.Editable() == nil
}

// runSteps are the buttons of a run's life, blocked ones with the reason.
func runSteps(ctx context.Context, r grouping.Run) (actions []ui.Action) {
	for _, c := range r.Choices(ctx) {
		a := ui.Action{
			Href: runHref(r) + "/" + c.Name, Label: i18n.T(ctx, c.Label), Icon: "check", Primary: c.Primary,
			Confirm: i18n.T(ctx, "board.accept_confirm"), Hidden: versionOf(r),
		}
		if c.Blocked != nil {
			a.Disabled = i18n.T(ctx, c.Blocked.Key, c.Blocked.Args...)
		}
		actions = append(actions, a)
	}
	return actions
}

// mapData is a drawn map; nil where there is no drawing.
type mapData = *territory.MapData

// drawn returns the map of a board, or of the group with a number alone.
func (s *Service) drawn(ctx context.Context, b *grouping.Board, number int) (mapData, error) {
	d, err := s.Territory.Drawing(ctx)
	if errors.Is(err, fault.NotFound) {
		return nil, nil //nolint:nilnil // an organisation without a drawing has no map
	}
	if err != nil {
		return nil, err
	}
	m := boardMap(ctx, d, b, number)
	return &m, nil
}

// row is a group in the table beside the map.
type row struct {
	grouping.Team
	board *boardView
}

// urgency is less the sooner somebody has to look at a group.
func (r row) urgency() int {
	switch issue := r.board.Issues[r.Number]; {
	case issue == nil:
		return 2
	case issue.Tone == ui.Crit:
		return 0
	}
	return 1
}

var groupTable = &table.Table[row]{
	Subject: "board.group",
	Href:    func(r row) string { return groupHref(r.board.Run, r.Number) },
	Issue:   func(_ context.Context, r row) *ui.Notice { return r.board.Issues[r.Number] },
	Columns: []*table.Column[row]{
		table.Said("name", func(ctx context.Context, r row) string { return label(ctx, r.Team) }).
			Cell(func(_ context.Context, r row) templ.Component { return teamName(r.board.Board, r.Team) }),
		table.Int("professionals", func(r row) int { return r.Size }).
			Cell(func(_ context.Context, r row) templ.Component { return teamSize(r.board.Board, r.Team) }),
		table.Said("km", func(ctx context.Context, r row) string { return km(ctx, r.MaxKM) }).
			Cell(func(_ context.Context, r row) templ.Component { return teamWay(r.board.Board, r.Team) }),
		table.Said("state", func(ctx context.Context, r row) string { return teamTag(ctx, r.Team).Text }).
			Cell(func(ctx context.Context, r row) templ.Component { return ui.StatusTag(teamTag(ctx, r.Team)) }),
	},
}

// groupList draws the groups as the table beside the map, first those that
// need something: limits to respect before kilometres to save.
func groupList(ctx context.Context, v boardView) ui.Table {
	rows := make([]row, len(v.Teams))
	for i, t := range v.Teams {
		rows[i] = row{t, &v}
	}
	slices.SortStableFunc(rows, func(x, y row) int { return cmp.Compare(x.urgency(), y.urgency()) })
	view := groupTable.View(ctx, rows, len(rows), table.Page{Number: 1, Size: len(rows) + 1}, &url.URL{Path: boardHref(v.Board)})
	view.Export, view.Pager = boardHref(v.Board)+"/groups.csv", ui.Pager{}
	return view
}
