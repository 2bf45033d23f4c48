package coverage

import (
	"context"
	"slices"

	"github.com/a-h/templ"

	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/profession"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/profiles"
	"bastida/internal/modules/supervision"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/table"
	"bastida/internal/platform/ui"
	"bastida/internal/platform/web"
)

const (
	programmes = "/supervision/programmes/{id}"
	home       = programmes + "/coverage"
)

// coverageOf is the page of what the people of a programme have had.
func coverageOf(p supervision.Programme) string { return p.Href() + "/coverage" }

// tabs lead from a programme to what its people have had.
func (s *Service) tabs(ctx context.Context, p supervision.Programme) (links []ui.Link) {
	if Read.May(ctx) {
		links = append(links, ui.Link{Href: coverageOf(p), Label: i18n.T(ctx, "coverage.tab")})
	}
	return links
}

func trail(p supervision.Programme, below ...ui.Crumb) []ui.Crumb {
	return append([]ui.Crumb{{Href: p.Href(), Label: p.Title}}, below...)
}

var lineTable = &table.Table[Line]{
	Subject: "coverage.line",
	Href:    Line.Href,
	Issue: func(ctx context.Context, l Line) *ui.Notice {
		if l.Why == nil {
			return nil
		}
		return &ui.Notice{Tone: ui.Warn, Text: said(ctx, l.Why)}
	},
	Columns: []*table.Column[Line]{
		table.Text("name", func(l Line) string { return l.Person.Name }).Wide(),
		table.Text("body", func(l Line) string { return l.Person.BodyName }),
		table.Said("profession", func(ctx context.Context, l Line) string { return i18n.T(ctx, l.Person.Profession.Key()) }),
		table.Said("kind", func(ctx context.Context, l Line) string { return kindText(ctx, l) }),
		table.Said("hours", func(ctx context.Context, l Line) string { return i18n.F(ctx, Hours(l.Minutes)) }),
		table.Said("share", func(ctx context.Context, l Line) string { return ShareText(ctx, l.Attendance) }),
		table.Said("minimum", func(ctx context.Context, l Line) string { return minimumText(ctx, l.Minimum) }),
		table.Said("state", func(ctx context.Context, l Line) string { return i18n.T(ctx, l.State.Label()) }).
			Cell(func(ctx context.Context, l Line) templ.Component { return ui.StatusTag(stateTag(ctx, l.State)) }),
	},
}

// Href is the page of the person of the line.
func (l Line) Href() string {
	return "/supervision/programmes/" + l.Programme.String() + "/coverage/people/" + l.Person.ID.String()
}

// said is a reason in the language of the reader.
func said(ctx context.Context, why error) string {
	f := fault.Of(why)
	return i18n.T(ctx, f.Key, f.Args...)
}

func kindText(ctx context.Context, l Line) string {
	name := i18n.T(ctx, l.Kind.Label())
	if l.Action == "" {
		return name
	}
	return l.Action + " · " + name
}

// ShareText says how much was attended, or nothing while nothing was held.
func ShareText(ctx context.Context, a Attendance) string {
	share, known := a.Share()
	if !known {
		return "–"
	}
	return i18n.T(ctx, "coverage.percent", "share", share)
}

func minimumText(ctx context.Context, m Minimum) string {
	switch {
	case m.Stated:
		return i18n.T(ctx, "coverage.hours", "hours", Hours(m.Minutes))
	case m.Ruled:
		return i18n.T(ctx, "coverage.minimum.not_stated")
	}
	return "–"
}

func stateTag(ctx context.Context, s State) ui.Tag {
	tone := map[State]ui.Tone{Missed: ui.Crit, Behind: ui.Warn, Low: ui.Warn, Reached: ui.OK}[s]
	return ui.Tag{Tone: tone, Text: i18n.T(ctx, s.Label())}
}

var totalTable = &table.Table[Total]{
	Subject: "coverage.total",
	Issue: func(ctx context.Context, t Total) *ui.Notice {
		if !t.Over() {
			return nil
		}
		return &ui.Notice{Tone: ui.Warn, Text: i18n.T(ctx, "coverage.reason.over", "held", Hours(t.Held), "most", Hours(t.Most.Minutes))}
	},
	Columns: []*table.Column[Total]{
		table.Said("value", valueText).Wide(),
		table.Int("people", func(t Total) int { return t.People }),
		table.Said("hours", func(ctx context.Context, t Total) string { return i18n.F(ctx, Hours(t.Minutes)) }),
		table.Said("average", func(ctx context.Context, t Total) string {
			return i18n.Decimal(i18n.Lang(ctx), Hours(t.Minutes)/float64(max(t.People, 1)), 1)
		}),
		table.Int("gaps", func(t Total) int { return t.Gaps }),
		table.Int("unknown", func(t Total) int { return t.Unknown }),
	},
}

func valueText(ctx context.Context, t Total) string {
	switch {
	case t.Key != "":
		return i18n.T(ctx, t.Key)
	case t.Value == "":
		return i18n.T(ctx, "coverage.nowhere")
	}
	return t.Value
}

// Routes mounts the pages of this module.
func (s *Service) Routes(r *web.Router) {
	web.List(r, home, Read, web.ListSpec[Line, Filter, CoverageShape]{
		Table: lineTable, Filter: filterForm, Options: s.filterOptions, Shape: shapeLine,
		Load: func(ctx context.Context, p web.Params, f Filter, page table.Page) ([]Line, int, error) {
			return s.Coverage(ctx, p.ID(), f, page)
		},
		Page: func(ctx context.Context, p web.Params, _ Filter, list ui.Table) (templ.Component, error) {
			return s.coveragePage(ctx, p, "", list)
		},
	})
	web.List(r, home+"/by/{by}", Read, web.ListSpec[Total, Filter, CoverageTotalShape]{
		Table: totalTable, Filter: filterForm, Options: s.filterOptions, Shape: shapeTotal,
		Load: func(ctx context.Context, p web.Params, f Filter, page table.Page) ([]Total, int, error) {
			by := Dimension(p.Path("by"))
			if !slices.Contains(Dimensions, by) {
				return nil, 0, fault.New(fault.NotFound, "record.not_found")
			}
			totals, _, err := s.Totals(ctx, p.ID(), by, f)
			return paged(totals, page), len(totals), err
		},
		Page: func(ctx context.Context, p web.Params, _ Filter, list ui.Table) (templ.Component, error) {
			return s.coveragePage(ctx, p, Dimension(p.Path("by")), list)
		},
	})
	web.View(r, home+"/people/{person}", Read, web.ViewSpec[PersonView, []CoverageShape]{
		Load: func(ctx context.Context, p web.Params) (PersonView, error) {
			return s.Of(ctx, p.ID(), record.ID(p.Path("person")))
		},
		Page:  func(_ context.Context, _ web.Params, v PersonView) templ.Component { return personPage(v) },
		Shape: shapeOf,
	})
}

// coverageView is the page of a programme.
type coverageView struct {
	Programme supervision.Programme
	Tabs      []ui.Link
	By        []ui.Link // the ways to look at it
	Standing  []Standing
	All       Total
	List      ui.Table
}

func (s *Service) coveragePage(ctx context.Context, p web.Params, by Dimension, list ui.Table) (templ.Component, error) {
	programme, err := s.Supervision.Programme(ctx, p.ID())
	if err != nil {
		return nil, err
	}
	v := coverageView{Programme: programme, Tabs: s.Supervision.TabsOf(ctx, programme, coverageOf(programme)), List: list}
	v.By = []ui.Link{{Href: coverageOf(programme), Label: i18n.T(ctx, "coverage.by.person"), Current: by == ""}}
	for _, d := range Dimensions {
		v.By = append(v.By, ui.Link{Href: coverageOf(programme) + "/by/" + string(d), Label: i18n.T(ctx, d.Label()), Current: by == d})
	}
	if _, v.All, err = s.Totals(ctx, programme.ID, ByBody, Filter{}); err != nil {
		return nil, err
	}
	v.Standing, err = s.Standing(ctx, programme.ID)
	return coveragePage(v), err
}

// filterOptions are the values that occur among those whom the reader may see.
func (s *Service) filterOptions(ctx context.Context, p web.Params, view *ui.Form) error {
	c, err := s.counted(ctx, p.ID())
	if err != nil {
		return err
	}
	lines := c.Lines()
	for _, l := range lines {
		offer(view, "body", ui.Option{Value: l.Person.BodyID.String(), Label: l.Person.BodyName})
		offer(view, "employer", ui.Option{Value: l.Person.EmployedBy(), Label: l.Person.EmployedBy()})
		for _, area := range l.Areas() {
			offer(view, "area", ui.Option{Value: area, Label: area})
		}
	}
	for _, who := range profession.All {
		if slices.ContainsFunc(lines, func(l Line) bool { return l.Person.Profession == who }) {
			offer(view, "profession", ui.Option{Value: string(who), Label: i18n.T(ctx, who.Key())})
		}
	}
	for _, kind := range profiles.Kinds {
		if i := slices.IndexFunc(lines, func(l Line) bool { return l.Kind == kind }); i >= 0 {
			offer(view, "kind", ui.Option{Value: string(kind), Label: kindText(ctx, lines[i])})
		}
	}
	return nil
}

// offer puts a value into a filter, once.
func offer(view *ui.Form, name string, o ui.Option) {
	for i, f := range view.Fields {
		known := slices.ContainsFunc(f.Options, func(other ui.Option) bool { return other.Value == o.Value })
		if f.Name == name && !known && o.Value != "" {
			view.Fields[i].Options = append(view.Fields[i].Options, o)
		}
	}
}
