package findings

import (
	"context"
	"encoding/csv"
	"net/http"

	"github.com/a-h/templ"

	"bastida/engine/disclosure"
	"bastida/internal/kernel/fault"
	"bastida/internal/modules/wellbeing"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/table"
	"bastida/internal/platform/ui"
	"bastida/internal/platform/web"
)

// resultRoutes are where what was published is read.
func (s *Service) resultRoutes(r *web.Router) {
	web.View(r, home+"/rounds/{id}/results", Read, web.ViewSpec[Results, ResultsShape]{
		Load:  func(ctx context.Context, p web.Params) (Results, error) { return s.Results(ctx, p.ID()) },
		Page:  func(_ context.Context, _ web.Params, v Results) templ.Component { return resultsPage(v) },
		Shape: shapeResults,
	})
	web.View(r, home+"/rounds/{id}/unit", Read, web.ViewSpec[unitView, none]{
		Load: s.unitView,
		Page: func(_ context.Context, _ web.Params, v unitView) templ.Component { return unitPage(v) },
	})
	web.Handle(r, http.MethodGet, home+"/rounds/{id}/results/csv", Read, func(w http.ResponseWriter, p web.Params) error {
		found, err := s.Results(p.Context(), p.ID())
		if err != nil {
			return err
		}
		w.Header().Set("Content-Type", "text/csv; charset=utf-8")
		w.Header().Set("Content-Disposition", `attachment; filename="wellbeing.csv"`)
		out := csv.NewWriter(w)
		for _, line := range found.lines(p.Context()) {
			if err := out.Write(line); err != nil {
				return err
			}
		}
		out.Flush()
		return out.Error()
	})
}

// scales are those that were asked.
func (v Results) scales() []wellbeing.Scale { return v.Round.Sheet.V.Instrument.Scales }

// lines are the rows of the table as texts: what the page shows, and no more.
func (v Results) lines(ctx context.Context) [][]string {
	head := []string{i18n.T(ctx, "findings.unit"), i18n.T(ctx, "findings.kind"), i18n.T(ctx, "findings.participation")}
	for _, scale := range v.scales() {
		head = append(head, scale.Name.In(i18n.Lang(ctx)))
	}
	all := [][]string{head}
	for _, u := range v.Release.Units.V {
		line := []string{table.Harmless(unitName(ctx, u)), i18n.T(ctx, "findings.kind."+string(u.Kind)), said(ctx, u, v.Release.Figure(u.ID, participation, disclosure.Participation))}
		for _, scale := range v.scales() {
			line = append(line, said(ctx, u, v.Release.Figure(u.ID, scale.Code, disclosure.Means)))
		}
		all = append(all, line)
	}
	return all
}

// said is a figure in words, or why there is none.
func said(ctx context.Context, u Unit, f Figure) string {
	switch {
	case f.Withheld != nil:
		return whyNot(ctx, *f.Withheld)
	case f.Kind == disclosure.Participation:
		return i18n.T(ctx, "findings.answered", "answers", f.Answers, "people", u.People)
	default:
		return i18n.T(ctx, "findings.mean_of", "mean", f.Mean, "answers", f.Answers)
	}
}

// whyNot says why a figure is withheld, in words.
func whyNot(ctx context.Context, w Withheld) string {
	key := "findings.withheld." + string(w.Code)
	if !i18n.Has(ctx, key) {
		key = "findings.withheld.other"
	}
	return i18n.T(ctx, key, "count", w.Minimum, "since", w.Since)
}

func unitName(ctx context.Context, u Unit) string {
	if u.Kind == Everybody {
		return i18n.T(ctx, "findings.everybody")
	}
	return u.Name
}

// unitView is what is told of one unit: how answers spread, and round by round.
type unitView struct {
	Results
	Unit  Unit
	Trend []Release
}

func (s *Service) unitView(ctx context.Context, p web.Params) (v unitView, err error) {
	if v.Results, err = s.Results(ctx, p.ID()); err != nil {
		return v, err
	}
	for _, u := range v.Release.Units.V {
		if u.ID == p.Get("of") {
			v.Unit = u
		}
	}
	if v.Unit.ID == "" {
		return v, fault.New(fault.NotFound, "record.not_found")
	}
	v.Trend, err = s.Trend(ctx, v.Round.Instrument)
	return v, err
}

// means are the figures of a scale, round by round.
func (v unitView) means(s wellbeing.Scale) (figures []Figure) {
	for _, r := range v.Trend {
		figures = append(figures, r.Figure(v.Unit.ID, s.Code, disclosure.Means))
	}
	return figures
}

// trendTable is the same as the drawing, to be read.
func trendTable(ctx context.Context, v unitView, s wellbeing.Scale) ui.Table {
	t := ui.Table{
		Caption: i18n.T(ctx, "findings.trend_of", "scale", s.Name.In(i18n.Lang(ctx))),
		Columns: []ui.Column{{Name: "round", Label: i18n.T(ctx, "findings.rounds.title"), Wide: true}, {Name: "mean", Label: i18n.T(ctx, "findings.mean")}},
		Pager:   ui.Pager{Total: -1},
	}
	for i, f := range v.means(s) {
		r := v.Trend[i]
		t.Rows = append(t.Rows, ui.Row{Cells: []templ.Component{ui.Named(r.Title, i18n.F(ctx, r.Opens)), figureCell(v.Unit, f)}})
	}
	return t
}
