package programmes

import (
	"context"
	"strconv"

	"github.com/a-h/templ"

	"bastida/internal/kernel/record"
	"bastida/internal/modules/profiles"
	"bastida/internal/modules/supervision"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/table"
	"bastida/internal/platform/ui"
	"bastida/internal/platform/web"
)

const root = "/supervision/programmes"

var programmeTable = &table.Table[supervision.Programme]{
	Subject: "programmes.programme",
	Href:    supervision.Programme.Href,
	Issue:   programmeIssue,
	Columns: []*table.Column[supervision.Programme]{
		table.Text("title", func(p supervision.Programme) string { return p.Title }).Sort("title_fold").Wide(),
		table.Text("season", func(p supervision.Programme) string { return p.Season }).Sort("season"),
		table.Said("profile", func(ctx context.Context, p supervision.Programme) string { return ui.Find(ctx, p.Rules().Name).Text }),
		table.Int("groups", func(p supervision.Programme) int { return p.Groups }).Sort("group_count"),
		table.Value("starts", func(p supervision.Programme) any { return p.Starts }).Sort("starts"),
		table.Value("ends", func(p supervision.Programme) any { return p.Ends }).Sort("ends"),
		table.Said("state", func(ctx context.Context, p supervision.Programme) string { return stateTag(ctx, p).Text }).Sort("state").
			Cell(func(ctx context.Context, p supervision.Programme) templ.Component {
				return ui.StatusTag(stateTag(ctx, p))
			}),
	},
}

// programmeIssue says what keeps a draft from opening.
func programmeIssue(ctx context.Context, p supervision.Programme) *ui.Notice {
	missing := len(p.Rules().Missing())
	if p.State != supervision.Draft || missing == 0 || !supervision.Manage.May(ctx) {
		return nil
	}
	return &ui.Notice{
		Tone: ui.Warn, Text: i18n.T(ctx, "supervision.figures_missing", "count", missing),
		Action: &ui.Link{Href: p.Href() + "#rules", Label: i18n.T(ctx, "programmes.state_figures")},
	}
}

func stateTag(ctx context.Context, p supervision.Programme) ui.Tag {
	tone := map[supervision.State]ui.Tone{supervision.Open: ui.OK, supervision.Draft: ui.Warn}[p.State]
	return ui.Tag{Tone: tone, Text: i18n.T(ctx, "supervision.programme.state."+string(p.State))}
}

// Routes mounts the pages of this module.
func (s *Service) Routes(r *web.Router) {
	web.List(r, root, supervision.Read, web.ListSpec[supervision.Programme, supervision.ProgrammeFilter, ProgrammeShape]{
		Table: programmeTable, Filter: filterForm, Shape: shapeProgramme,
		Load: func(ctx context.Context, _ web.Params, f supervision.ProgrammeFilter, p table.Page) ([]supervision.Programme, int, error) {
			return s.Supervision.Programmes(ctx, f, p)
		},
		Page: func(_ context.Context, _ web.Params, _ supervision.ProgrammeFilter, list ui.Table) (templ.Component, error) {
			return programmesPage(list), nil
		},
	})
	web.View(r, root+"/{id}", supervision.Read, web.ViewSpec[programmeView, ProgrammeShape]{
		Load:  s.programmeView,
		Page:  func(_ context.Context, _ web.Params, v programmeView) templ.Component { return programmePage(v) },
		Shape: func(v programmeView) ProgrammeShape { return shapeProgramme(v.Programme) },
	})
	for _, step := range []string{"open", "close", "cancel"} {
		web.Act(r, root+"/{id}/"+step, supervision.Manage, web.ActSpec[supervision.Programme, ProgrammeShape]{
			Do: func(ctx context.Context, p web.Params) (supervision.Programme, error) {
				return s.Supervision.Step(ctx, p.ID(), p.Version(), step)
			},
			Next: supervision.Programme.Href, Flash: "programmes.done." + step, Shape: shapeProgramme,
		})
	}
	web.View(r, "/supervision/profiles", profiles.Read, web.ViewSpec[[]profiles.Profile, []profiles.Profile]{
		Load: func(ctx context.Context, _ web.Params) ([]profiles.Profile, error) { return s.Profiles.All(ctx) },
		Page: func(_ context.Context, _ web.Params, all []profiles.Profile) templ.Component {
			return profilesPage(all)
		},
		Shape: func(all []profiles.Profile) []profiles.Profile { return all },
	})
	s.writeRoutes(r)
	s.groupRoutes(r)
}

// programmeView is a programme on its page.
type programmeView struct {
	supervision.Programme
	Groups    []supervision.Group
	Contracts []supervision.Contract
	Holds     []supervision.Hold
	Panels    []supervision.Panel
	Tabs      []ui.Link
	Steps     []ui.Action
}

func (s *Service) programmeView(ctx context.Context, p web.Params) (v programmeView, err error) {
	if v.Programme, err = s.Supervision.Programme(ctx, p.ID()); err != nil {
		return v, err
	}
	if v.Groups, err = s.Supervision.Groups(ctx, v.ID); err != nil {
		return v, err
	}
	if v.Contracts, err = s.Supervision.Contracts(ctx, v.ID); err != nil {
		return v, err
	}
	if v.State == supervision.Open && supervision.Manage.May(ctx) {
		if v.Holds, err = s.Supervision.Holds(ctx, v.Programme); err != nil {
			return v, err
		}
	}
	v.Steps = s.steps(ctx, v)
	v.Tabs = s.Supervision.TabsOf(ctx, v.Programme, v.Href())
	v.Panels, err = s.Supervision.PanelsOf(ctx, v.Programme)
	return v, err
}

// steps are the buttons of a programme's life, blocked ones with the reason.
func (s *Service) steps(ctx context.Context, v programmeView) (actions []ui.Action) {
	for _, c := range v.Choices(ctx) {
		a := ui.Action{
			Href: v.Href() + "/" + c.Name, Label: i18n.T(ctx, c.Label), Primary: c.Primary, Danger: c.Danger,
			Hidden: map[string]string{"version": strconv.Itoa(v.Version)},
		}
		if c.Danger {
			a.Confirm = i18n.T(ctx, "programmes.confirm."+c.Name)
		}
		if c.Blocked != nil {
			a.Disabled = i18n.T(ctx, c.Blocked.Key, c.Blocked.Args...)
		}
		if c.Name == "close" && len(v.Holds) > 0 {
			a.Disabled = i18n.T(ctx, v.Holds[0].Key, v.Holds[0].Args...)
		}
		actions = append(actions, a)
	}
	return actions
}

var groupTable = &table.Table[groupRow]{
	Subject: "programmes.group",
	Href:    func(g groupRow) string { return g.Href() },
	Issue:   groupIssue,
	Columns: []*table.Column[groupRow]{
		table.Text("name", func(g groupRow) string { return g.Name }).Cell(func(ctx context.Context, g groupRow) templ.Component {
			return ui.Named(g.Name, i18n.T(ctx, g.Kind.Label()))
		}),
		table.Said("bodies", func(ctx context.Context, g groupRow) string { return bodiesText(ctx, g.Group) }),
		table.Int("people", func(g groupRow) int { return g.Size() }),
		table.Said("hours", func(ctx context.Context, g groupRow) string { return hours(ctx, g.Minutes) }),
		table.Text("supervisor", func(g groupRow) string { return g.SupervisorName }),
		table.Text("place", func(g groupRow) string { return g.PlaceName }),
	},
}

// groupRow is a group in the list of its programme.
type groupRow struct {
	supervision.Group
	rules profiles.Profile
	state supervision.State
}

// groupIssue says what a group still needs.
func groupIssue(ctx context.Context, g groupRow) *ui.Notice {
	if g.state == supervision.Closed || g.state == supervision.Cancelled || !supervision.Manage.May(ctx) {
		return nil
	}
	if least, short := g.Short(g.rules); short {
		return &ui.Notice{Tone: ui.Warn, Text: i18n.T(ctx, "programmes.too_small", "count", g.Size(), "min", least)}
	}
	if g.SupervisorID == "" && g.rules.Supervisor != profiles.NoSupervisor {
		return &ui.Notice{
			Tone: ui.Warn, Text: i18n.T(ctx, "programmes.no_supervisor"),
			Action: &ui.Link{Href: g.Href() + "/allocate", Label: i18n.T(ctx, "programmes.allocate")},
		}
	}
	if g.Present == 0 {
		return &ui.Notice{
			Tone: ui.Info, Text: i18n.T(ctx, "programmes.nobody_named", "count", g.Expected),
			Action: &ui.Link{Href: g.Href() + "/participants/new", Label: i18n.T(ctx, "programmes.name_people")},
		}
	}
	return nil
}

func groupList(ctx context.Context, v programmeView) ui.Table {
	rows := make([]groupRow, len(v.Groups))
	for i, g := range v.Groups {
		rows[i] = groupRow{g, v.Rules(), v.State}
	}
	return groupTable.View(ctx, rows, len(rows), table.Page{Number: 1, Size: len(rows) + 1}, emptyURL)
}

// hours writes minutes as hours, with as many decimals as are needed.
func hours(ctx context.Context, minutes int) string {
	return i18n.T(ctx, "programmes.hours", "hours", float64(minutes)/60)
}

func bodiesText(ctx context.Context, g supervision.Group) string {
	if len(g.Bodies.V) == 1 {
		return g.Bodies.V[0].Name
	}
	return i18n.T(ctx, "programmes.bodies_count", "count", len(g.Bodies.V))
}

// figureValue writes a figure with its unit, or that nobody has stated it.
func figureValue(ctx context.Context, f profiles.Figure) string {
	if f.Value == nil {
		return i18n.T(ctx, "programmes.not_stated")
	}
	return i18n.F(ctx, *f.Value) + "\u00a0" + i18n.T(ctx, "programmes.unit."+f.Unit)
}

// figureLabel names a figure, with the kind that it is about.
func figureLabel(ctx context.Context, f profiles.Figure) string {
	label := i18n.T(ctx, f.Key.Label())
	if f.Kind != "" {
		label += " (" + i18n.T(ctx, f.Kind.Label()) + ")"
	}
	return label
}

// byID finds a contract among those of a programme.
func byID(all []supervision.Contract, id record.ID) string {
	for _, c := range all {
		if c.ID == id {
			return c.Provider
		}
	}
	return ""
}
