package territory

import (
	"cmp"
	"context"
	"errors"
	"strconv"

	"github.com/a-h/templ"

	"bastida/engine/deadline"
	"bastida/internal/kernel/fault"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/table"
	"bastida/internal/platform/ui"
	"bastida/internal/platform/web"
)

func (s *Service) calendarRoutes(r *web.Router) {
	s.holidayRoutes(r)
	s.deadlineRoutes(r)
}

func (s *Service) holidayRoutes(r *web.Router) {
	web.List(r, "/territory/holidays", Read, web.ListSpec[HolidayLine, HolidayFilter, HolidayShape]{
		Table: holidayTable, Filter: holidayFilterForm,
		Shape: func(h HolidayLine) HolidayShape { return shapeHoliday(h.Holiday) },
		Load: func(ctx context.Context, _ web.Params, f HolidayFilter, page table.Page) ([]HolidayLine, int, error) {
			f.Year = cmp.Or(f.Year, s.today().Year)
			return s.Holidays(ctx, f, page)
		},
		Options: func(_ context.Context, _ web.Params, filters *ui.Form) error {
			for i := range filters.Fields {
				if at := &filters.Fields[i]; at.Name == "year" && (at.Value == "" || at.Value == "0") {
					at.Value = strconv.Itoa(s.today().Year)
				}
			}
			return nil
		},
		Page: func(ctx context.Context, _ web.Params, f HolidayFilter, list ui.Table) (templ.Component, error) {
			v := holidaysView{Year: cmp.Or(f.Year, s.today().Year), List: list, Edit: Edit.May(ctx)}
			var err error
			if v.Lacking, v.Wanted, err = s.Lacking(ctx, v.Year); errors.Is(err, fault.NotFound) {
				err = nil // nobody said how many days there should be
			}
			return holidaysPage(v), err
		},
	})
	web.Submit(r, "/territory/holidays/new", Edit, web.SubmitSpec[HolidayInput, Holiday, HolidayShape]{
		Form: holidayForm, Shape: shapeHoliday, API: "POST /territory/holidays", Flash: "territory.holiday.added",
		Start: func(_ context.Context, p web.Params) (HolidayInput, int, error) {
			return HolidayInput{Place: p.Get("place")}, 0, nil
		},
		Options: func(ctx context.Context, _ web.Params, view *ui.Form) error {
			view.Cancel = "/territory/holidays"
			return s.offerMunicipalities(ctx, view)
		},
		Page: func(_ context.Context, _ web.Params, view ui.Form) (templ.Component, error) {
			return holidayPage(view), nil
		},
		Do: func(ctx context.Context, _ web.Params, in HolidayInput) (Holiday, error) {
			return s.AddHoliday(ctx, in)
		},
		Next: holidaysHref,
	})
	web.Act(r, "/territory/holidays/{id}/delete", Edit, web.ActSpec[Holiday, HolidayShape]{
		Do:    func(ctx context.Context, p web.Params) (Holiday, error) { return s.DeleteHoliday(ctx, p.ID()) },
		Next:  holidaysHref,
		Flash: "territory.holiday.deleted",
		Shape: shapeHoliday,
	})
}

// deadlineRoutes are a question and its answer: the question is in the address
// of the answer, which can be kept and sent.
func (s *Service) deadlineRoutes(r *web.Router) {
	web.Submit(r, "/territory/deadline", Read, web.SubmitSpec[TermInput, answer, DueShape]{
		Form: termForm, Shape: shapeDue, API: "POST /territory/deadline",
		Start: func(_ context.Context, p web.Params) (TermInput, int, error) {
			in, err := s.asked(p)
			return in, 0, err
		},
		Options: func(ctx context.Context, _ web.Params, view *ui.Form) error {
			view.Action = "/territory/deadline"
			return s.offerMunicipalities(ctx, view)
		},
		Page: func(ctx context.Context, p web.Params, view ui.Form) (templ.Component, error) {
			in, err := s.asked(p)
			if err != nil || p.Get("start") == "" || view.Problem != "" {
				return deadlinePage(deadlineView{Form: view}), err
			}
			found, err := s.answer(ctx, in)
			if f := fault.Of(err); f != nil {
				view.Problem = i18n.T(ctx, f.Key, f.Args...)
				return deadlinePage(deadlineView{Form: view}), nil
			}
			return deadlinePage(deadlineView{view, &found.due}), err
		},
		Do:   func(ctx context.Context, _ web.Params, in TermInput) (answer, error) { return s.answer(ctx, in) },
		Next: func(a answer) string { return a.href() },
	})
}

func (s *Service) answer(ctx context.Context, in TermInput) (answer, error) {
	c, err := s.Calendar(ctx, in.Place)
	if err != nil {
		return answer{}, err
	}
	due, err := c.Due(in.Start, deadline.Term{Amount: in.Amount, Unit: in.Unit})
	return answer{in, due}, err
}

// asked reads the question from an address; an address without one proposes
// the commonest.
func (s *Service) asked(p web.Params) (TermInput, error) {
	in := TermInput{Start: s.today(), Amount: 10, Unit: deadline.WorkingDay}
	if p.Get("start") == "" {
		return in, nil
	}
	err := termForm.Read(p.URL.Query(), &in)
	return in, err
}
