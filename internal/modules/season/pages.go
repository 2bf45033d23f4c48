package season

import (
	"context"
	"net/url"
	"strings"

	"github.com/a-h/templ"

	"bastida/internal/kernel/record"
	"bastida/internal/modules/supervision"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/table"
	"bastida/internal/platform/ui"
	"bastida/internal/platform/web"
)

const root = "/supervision"

// Routes mounts the board.
func (s *Service) Routes(r *web.Router) {
	web.View(r, root, Read, web.ViewSpec[boardView, SeasonShape]{
		Load:  s.load,
		Page:  func(_ context.Context, _ web.Params, v boardView) templ.Component { return boardPage(v) },
		Shape: func(v boardView) SeasonShape { return shapeBoard(v.Board) },
	})
	web.View(r, root+"/report", Read, web.ViewSpec[boardView, struct{}]{
		Load: s.load,
		Page: func(_ context.Context, _ web.Params, v boardView) templ.Component { return reportPage(v) },
	})
}

// boardView is a board on its page.
type boardView struct {
	Board

	Lanes bool // the groups in columns by stage, instead of the map
}

func (s *Service) load(ctx context.Context, p web.Params) (v boardView, err error) {
	v.Lanes = p.Get("view") == "stages"
	v.Board, err = s.Board(ctx, record.ID(p.Get("programme")))
	return v, err
}

// count is the badge of the menu: only those who can act are told.
func (s *Service) count(ctx context.Context) int {
	if !supervision.Manage.May(ctx) {
		return 0
	}
	return s.waiting(ctx)
}

// line is a row in the table of the board.
type line struct {
	Row
	board *Board
	every bool // every need is said, as on paper
}

var rowTable = &table.Table[line]{
	Subject: "season.row",
	Href:    func(l line) string { return l.Group.Href() },
	Issue:   issue,
	Columns: []*table.Column[line]{
		table.Text("name", func(l line) string { return l.Group.Name }).Cell(func(_ context.Context, l line) templ.Component { return rowName(l) }),
		table.Int("people", func(l line) int { return l.Group.Size() }).Cell(func(_ context.Context, l line) templ.Component { return rowPeople(l) }),
		table.Said("hours", func(ctx context.Context, l line) string { return hoursOf(ctx, l.Row) }).
			Cell(func(_ context.Context, l line) templ.Component { return rowHours(l) }).Wide(),
		table.Said("rating", func(ctx context.Context, l line) string { return meanText(ctx, l.Row) }).
			Cell(func(_ context.Context, l line) templ.Component { return rowRating(l) }),
		table.Said("stage", func(ctx context.Context, l line) string { return i18n.T(ctx, l.Stage.Label()) }).
			Cell(func(ctx context.Context, l line) templ.Component { return ui.StatusTag(stageTag(ctx, l.Row)) }),
		table.Said("next", func(ctx context.Context, l line) string { return nextText(ctx, l) }).
			Cell(func(_ context.Context, l line) templ.Component { return rowNext(l) }),
	},
}

// rowList draws the rows as they are ordered, every need of each on paper.
func rowList(ctx context.Context, b Board, every bool) ui.Table {
	lines := make([]line, len(b.Rows))
	for i, r := range b.Rows {
		lines[i] = line{r, &b, every}
	}
	view := rowTable.View(ctx, lines, len(lines), table.Page{Number: 1, Size: len(lines) + 1}, &url.URL{Path: root})
	view.Export, view.Pager = "", ui.Pager{}
	return view
}

// issue is the gravest need of a row, with the button that mends it.
func issue(ctx context.Context, l line) *ui.Notice {
	if len(l.Needs) == 0 {
		return nil
	}
	n := l.Needs[0]
	said := oneStop(needText(ctx, l, n))
	if l.every {
		for _, more := range l.Needs[1:] {
			said += " " + oneStop(needText(ctx, l, more))
		}
	} else if more := len(l.Needs) - 1; more > 0 {
		said += " " + i18n.T(ctx, "season.more_needs", "count", more)
	}
	said = strings.ReplaceAll(said, "..", ".") // a shortened month ends a sentence
	notice := &ui.Notice{Tone: needTone(n), Text: said}
	if supervision.Manage.May(ctx) && !l.every {
		notice.Action = &ui.Link{Href: n.Href, Label: i18n.T(ctx, "season.do."+string(n.Kind))}
	}
	return notice
}

func sessionsHref(p supervision.Programme) string {
	return root + "/sessions?programme=" + url.QueryEscape(p.ID.String())
}
