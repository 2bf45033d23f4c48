package schedule

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"bastida/engine/timetable"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/planning"
	"bastida/internal/modules/timetables"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/table"
	"bastida/internal/platform/ui"
	"bastida/internal/platform/web"
)

func runID(p web.Params) record.ID { return record.ID(p.Path("run")) }

// The ways to look at a run.
const (
	byGroup  = "groups"
	byWeek   = "weeks"
	byChange = "changes"
	leftOut  = "left"
)

// runView is a run on its page.
type runView struct {
	timetables.Sheet

	View  string
	List  ui.Table // of groups, changes or sessions without a place
	Week  week
	Steps []ui.Action
	Views []ui.Link
	Tabs  []ui.Link
}

func (s *Service) runView(ctx context.Context, p web.Params) (v runView, err error) {
	if v.Sheet, err = s.Timetables.Sheet(ctx, p.ID(), runID(p)); err != nil {
		return v, err
	}
	v.Tabs = s.tabs(ctx, v.Programme)
	v.Steps = runSteps(ctx, v.Run)
	v.View = p.Get("view")
	views := viewsOf(v.Sheet)
	if !slices.Contains(views, v.View) {
		v.View = views[0]
	}
	for _, name := range views {
		v.Views = append(v.Views, ui.Link{Href: v.Href() + "?view=" + name, Label: i18n.T(ctx, "schedule.view."+name), Current: name == v.View})
	}
	switch v.View {
	case byGroup:
		v.List = paged(ctx, groupTable, groupRows(v.Sheet), p.URL)
	case byChange:
		v.List = paged(ctx, changeTable, changeRows(v.Sheet), p.URL)
	case leftOut:
		v.List = paged(ctx, leftTable, leftRows(v.Sheet), p.URL)
	default:
		v.Week = weekOf(v.Sheet, p.Get("week"))
	}
	return v, nil
}

func viewsOf(sheet timetables.Sheet) []string {
	switch {
	case sheet.Origin == timetables.Replan:
		return []string{byChange, byWeek}
	case len(sheet.Plan.Unplaced) > 0:
		return []string{byGroup, byWeek, leftOut}
	}
	return []string{byGroup, byWeek}
}

// paged draws the page of a list that the address asks for.
func paged[R any](ctx context.Context, t *table.Table[R], all []R, at *url.URL) ui.Table {
	page := t.Read(at.Query())
	from := min(page.Offset(), len(all))
	view := t.View(ctx, all[from:min(from+page.Size, len(all))], len(all), page, at)
	view.Export = ""
	return view
}

// runSteps are the buttons of a run's life, blocked ones with the reason.
func runSteps(ctx context.Context, r timetables.Run) (actions []ui.Action) {
	for _, c := range r.Choices(ctx) {
		a := ui.Action{
			Href: r.Href() + "/" + c.Name, Label: i18n.T(ctx, c.Label), Icon: "check", Primary: c.Primary,
			Confirm: i18n.T(ctx, "schedule.confirm."+string(kindOf(r))), Hidden: map[string]string{"version": strconv.Itoa(r.Version)},
		}
		if c.Blocked != nil {
			a.Disabled = i18n.T(ctx, c.Blocked.Key, c.Blocked.Args...)
		}
		actions = append(actions, a)
	}
	return actions
}

// kindOf is what accepting a run does: proposals book, replans move.
func kindOf(r timetables.Run) timetables.Origin {
	if r.Origin == timetables.Replan {
		return timetables.Replan
	}
	return timetables.Proposal
}

// groupRow is a group in the timetable.
type groupRow struct {
	Code, Name, Supervisor, Place string
	Sessions                      []timetable.Session // by day
	News                          []timetable.Session // of them, those that are not booked
	Booked                        int
	Left                          int // without a place
}

// groupRows are the groups of a run in the order of its programme.
func groupRows(sheet timetables.Sheet) (rows []groupRow) {
	at := map[string]int{}
	for _, g := range sheet.Season.Groups {
		if !planning.Respected(g.Code) {
			at[g.Code] = len(rows)
			rows = append(rows, groupRow{Code: g.Code, Name: sheet.Names[g.Code], Place: sheet.Names[g.Places[0]]})
		}
	}
	for _, x := range sheet.Plan.Sessions {
		i, ours := at[x.Group]
		if !ours {
			continue
		}
		rows[i].Sessions = append(rows[i].Sessions, x)
		rows[i].Supervisor = sheet.Names[x.Supervisor]
		if _, booked := sheet.Booked[planning.Ref(x.Group, x.Index)]; booked {
			rows[i].Booked++
			continue
		}
		rows[i].News = append(rows[i].News, x)
	}
	for _, u := range sheet.Plan.Unplaced {
		rows[at[u.Group]].Left++
	}
	return rows
}

var groupTable = &table.Table[groupRow]{
	Subject: "schedule.group", Size: 25,
	Issue: func(ctx context.Context, g groupRow) *ui.Notice {
		if g.Left == 0 {
			return nil
		}
		return &ui.Notice{Tone: ui.Warn, Text: i18n.T(ctx, "schedule.left_of_group", "count", g.Left)}
	},
	Columns: []*table.Column[groupRow]{
		table.Text("name", func(g groupRow) string { return g.Name }).Cell(func(_ context.Context, g groupRow) templ.Component { return ui.Named(g.Name, g.Place) }),
		table.Said("supervisor", func(ctx context.Context, g groupRow) string { return cmp.Or(g.Supervisor, "–") }),
		table.Said("count", func(ctx context.Context, g groupRow) string { return countText(ctx, g) }),
		table.Said("days", daysText).Wide(),
	},
}

func countText(ctx context.Context, g groupRow) string {
	if g.Booked == 0 {
		return i18n.F(ctx, len(g.Sessions))
	}
	return i18n.T(ctx, "schedule.count_booked", "all", len(g.Sessions), "booked", g.Booked)
}

// daysText lists the days that a group would get.
func daysText(ctx context.Context, g groupRow) string {
	var days []string
	for _, x := range g.News {
		days = append(days, when(ctx, x))
	}
	return cmp.Or(strings.Join(days, " · "), "–")
}

// changeRow is a booked session that moves, or is lost.
type changeRow struct {
	Group         string
	Number        int
	Before, After timetable.Session
	Cancelled     bool // it moves from a day that is lost already
	Lost          bool
	Names         map[string]string
}

func changeRows(sheet timetables.Sheet) (rows []changeRow) {
	for _, m := range sheet.Moved {
		rows = append(rows, changeRow{
			Group: sheet.Names[m.Before.Group], Number: m.Before.Index, Before: m.Before, After: m.After, Names: sheet.Names,
			Cancelled: sheet.Booked[planning.Ref(m.Before.Group, m.Before.Index)].Cancelled,
		})
	}
	for _, l := range sheet.Lost {
		i := slices.IndexFunc(sheet.Published, func(x timetable.Session) bool { return x.Group == l.Group && x.Index == l.Index })
		rows = append(rows, changeRow{Group: sheet.Names[l.Group], Number: l.Index, Before: sheet.Published[i], Lost: true, Names: sheet.Names})
	}
	return rows
}

var changeTable = &table.Table[changeRow]{
	Subject: "schedule.change", Size: 50,
	Columns: []*table.Column[changeRow]{
		table.Text("group", func(c changeRow) string { return c.Group }),
		table.Int("number", func(c changeRow) int { return c.Number }),
		table.Said("before", func(ctx context.Context, c changeRow) string {
			if c.Cancelled {
				return i18n.T(ctx, "schedule.was_cancelled")
			}
			return c.place(ctx, c.Before)
		}),
		table.Said("after", func(ctx context.Context, c changeRow) string {
			if c.Lost {
				return i18n.T(ctx, "schedule.lost")
			}
			return c.place(ctx, c.After)
		}),
	},
}

func (c changeRow) place(ctx context.Context, x timetable.Session) string {
	return strings.Join(slices.DeleteFunc([]string{when(ctx, x), c.Names[x.Supervisor], placeName(ctx, c.Names, x.Place)}, func(s string) bool { return s == "" }), ", ")
}

func placeName(ctx context.Context, names map[string]string, code string) string {
	if code == planning.Online {
		return i18n.T(ctx, "schedule.online")
	}
	return names[code]
}

// week is the sessions of seven days.
type week struct {
	Days          []weekDay // those with sessions
	Monday        timetable.Day
	Before, After string // addresses of the weeks around; empty where nothing is planned any more
}

type weekDay struct {
	Day      timetable.Day
	Sessions []timetable.Session
}

// weekOf is a week of a run; the first with new sessions when none is named.
func weekOf(sheet timetables.Sheet, asked string) (w week) {
	all := slices.DeleteFunc(slices.Clone(sheet.Plan.Sessions), func(x timetable.Session) bool { return planning.Respected(x.Group) })
	if len(all) == 0 {
		return w
	}
	w.Monday = all[0].Day.Week()
	if news := sheet.News(sheet.Plan); len(news) > 0 {
		w.Monday = news[0].Day.Week()
	}
	if day, err := timetable.ParseDay(asked); err == nil {
		w.Monday = day.Week()
	}
	href := func(day timetable.Day) string {
		return sheet.Href() + "?view=" + byWeek + "&week=" + day.Week().String()
	}
	for _, x := range all {
		switch {
		case x.Day < w.Monday:
			w.Before = href(x.Day)
		case x.Day >= w.Monday+7:
			if w.After == "" {
				w.After = href(x.Day)
			}
		default:
			if last := len(w.Days) - 1; last >= 0 && w.Days[last].Day == x.Day {
				w.Days[last].Sessions = append(w.Days[last].Sessions, x)
				continue
			}
			w.Days = append(w.Days, weekDay{x.Day, []timetable.Session{x}})
		}
	}
	return w
}
