package calls

import (
	"context"

	"github.com/a-h/templ"

	"bastida/internal/kernel/record"
	"bastida/internal/modules/identity"
	"bastida/internal/platform/access"
	"bastida/internal/platform/form"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/table"
	"bastida/internal/platform/ui"
	"bastida/internal/platform/web"
)

// Routes mounts the pages of this module.
func (s *Service) Routes(r *web.Router) {
	web.List(r, "/calls", access.Public, web.ListSpec[callRow, CallFilter, CallShape]{
		Table: callList, Filter: callFilter, Load: s.callRows, Shape: shapeCall,
		Page: func(_ context.Context, _ web.Params, _ CallFilter, list ui.Table) (templ.Component, error) {
			return callsPage(list), nil
		},
	})
	web.View(r, "/calls/{id}", access.Public, web.ViewSpec[callView, CallShape]{
		Load:  s.callView,
		Page:  func(_ context.Context, _ web.Params, v callView) templ.Component { return callPage(v) },
		Shape: func(v callView) CallShape { return shapeCall(v.callRow) },
	})
	web.Act(r, "/calls/{id}/steps/{step}", Manage, web.ActSpec[Call, struct{}]{
		Do:    func(ctx context.Context, p web.Params) (Call, error) { return s.StepCall(ctx, p.ID(), p.Path("step")) },
		Next:  func(c Call) string { return c.Href() },
		Flash: "calls.step_done",
	})
}

// Href is the page of the call.
func (c Call) Href() string { return "/calls/" + c.ID.String() }

var callFilter = form.New("calls.filter",
	form.Text("words", func(f *CallFilter) *string { return &f.Words }),
	form.Choice("state", func(f *CallFilter) *CallState { return &f.State },
		CallPublished, CallOpen, CallClosed, CallResolved, CallExecuted, CallEvaluated, CallCancelled),
	form.Hidden("body", func(f *CallFilter) *string { return &f.Body }),
)

var callList = newCallList()

func newCallList() *table.Table[callRow] {
	list := table.New("calls.call",
		table.Said("title", func(ctx context.Context, r callRow) string { return r.Title.In(i18n.Lang(ctx)) }).
			Cell(func(ctx context.Context, r callRow) templ.Component {
				return ui.Named(r.Title.In(i18n.Lang(ctx)), r.Code)
			}).Wide(),
		table.Text("body", func(r callRow) string { return r.Body.Name }),
		table.Value("opens", func(r callRow) any { return r.Opens }).Sort("opens"),
		table.Value("closes", func(r callRow) any { return r.Closes }).Sort("closes"),
		table.Said("state", func(ctx context.Context, r callRow) string { return CallTag(ctx, r.Call).Text }).
			Cell(func(ctx context.Context, r callRow) templ.Component { return ui.StatusTag(CallTag(ctx, r.Call)) }),
	)
	list.Href = func(r callRow) string { return r.Href() }
	return list
}

func (s *Service) callRows(ctx context.Context, _ web.Params, f CallFilter, p table.Page) (rows []callRow, total int, err error) {
	found, total, err := s.Calls(ctx, f, p)
	bodies := map[record.ID]identity.Body{}
	for _, c := range found {
		b, known := bodies[c.TenantID]
		if !known {
			if b, err = s.Identity.Body(ctx, c.TenantID); err != nil {
				return nil, 0, err
			}
			bodies[c.TenantID] = b
		}
		rows = append(rows, callRow{c, b})
	}
	return rows, total, err
}

func (s *Service) callView(ctx context.Context, p web.Params) (v callView, err error) {
	if v.Call, err = s.Call(ctx, p.ID()); err != nil {
		return v, err
	}
	if v.Body, err = s.Identity.Body(ctx, v.TenantID); err != nil {
		return v, err
	}
	v.Today = today(s.DB.Now())
	for _, panels := range s.beside {
		v.Panels = append(v.Panels, panels(ctx, v.Call)...)
	}
	if v.Staff = Review.May(ctx) && v.Of(ctx); v.Staff {
		v.Counts, err = s.Count(ctx, Filter{CallID: v.ID})
	}
	return v, err
}
