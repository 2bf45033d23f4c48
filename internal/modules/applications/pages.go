package applications

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/a-h/templ"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/fault"
	"bastida/internal/modules/calls"
	"bastida/internal/modules/drafts"
	"bastida/internal/modules/identity"
	"bastida/internal/platform/access"
	"bastida/internal/platform/form"
	"bastida/internal/platform/table"
	"bastida/internal/platform/ui"
	"bastida/internal/platform/web"
)

type application = calls.Application

// none is for twins that are not promised.
type none struct{}

// Routes mounts the pages of this module.
func (s *Service) Routes(r *web.Router) {
	s.listRoutes(r)
	s.writeRoutes(r)
	s.annexRoutes(r)
	s.fileRoutes(r)
	s.stepRoutes(r)
}

// listRoutes are the list, one application, and the way to a new one.
func (s *Service) listRoutes(r *web.Router) {
	web.List(r, "/applications", calls.Read, web.ListSpec[application, calls.Filter, ApplicationShape]{
		Table: ownList, Filter: ownFilter, Shape: ShapeApplication,
		Load: func(ctx context.Context, _ web.Params, f calls.Filter, p table.Page) ([]application, int, error) {
			return s.Calls.Applications(ctx, f, p)
		},
		Page: func(_ context.Context, _ web.Params, _ calls.Filter, list ui.Table) (templ.Component, error) {
			return listPage(list), nil
		},
	})
	web.View(r, "/applications/{id}", calls.Read, web.ViewSpec[overview, ApplicationShape]{
		Load:  s.overview,
		Page:  func(_ context.Context, _ web.Params, v overview) templ.Component { return overviewPage(v) },
		Shape: func(v overview) ApplicationShape { return ShapeApplication(v.Application) },
	})
	web.View(r, "/applications/{id}/receipt", calls.Read, web.ViewSpec[receiptView, []ReceiptShape]{
		Load:  s.receiptView,
		Page:  func(_ context.Context, _ web.Params, v receiptView) templ.Component { return receiptPage(v) },
		Shape: shapeReceipts,
	})
	// Where somebody begins depends on who they are and where they act now.
	web.Handle(r, http.MethodGet, "/calls/{id}/apply", access.SignedIn, s.applyPage(r))
	web.Act(r, "/calls/{id}/applications", calls.Apply, web.ActSpec[application, ApplicationShape]{
		Do:    s.startWith,
		Next:  func(a application) string { return a.Href() + "/edit" },
		Shape: ShapeApplication,
		Makes: true,
	})
}

var ownFilter = form.New("applications.filter",
	form.Text("words", func(f *calls.Filter) *string { return &f.Words }),
	form.Choice("state", func(f *calls.Filter) *calls.State { return &f.State }, calls.States...),
)

var ownList = newOwnList()

func newOwnList() *table.Table[application] {
	list := table.New("applications.application",
		table.Text("body", func(a application) string { return a.BodyName }).Sort("body_fold").Wide(),
		table.Said("number", numberText).Sort("number"),
		table.Int("professionals", func(a application) int { return a.Professionals }).Sort("professionals"),
		table.Value("submitted_at", func(a application) any { return a.SubmittedAt }).Sort("submitted_at"),
		table.Value("resolve_on", func(a application) any { return a.ResolveOn }).Sort("resolve_on"),
		table.Said("state", func(ctx context.Context, a application) string { return calls.StateName(ctx, a.State) }).Sort("state").
			Cell(func(ctx context.Context, a application) templ.Component {
				return ui.StatusTag(calls.StateTag(ctx, a.State))
			}),
	)
	list.Href = application.Href
	list.Issue = issue
	return list
}

// applyPage goes on with the application there is, offers to begin one, or
// says in which membership that can be done.
func (s *Service) applyPage(r *web.Router) func(http.ResponseWriter, web.Params) error {
	return func(w http.ResponseWriter, p web.Params) error {
		ctx := p.Context()
		call, err := s.Calls.Call(ctx, p.ID())
		if err != nil {
			return err
		}
		who := actor.From(ctx)
		v := applyView{Call: call}
		if v.May = who.Tenant == call.TenantID && calls.Apply.May(ctx); v.May {
			found, _, err := s.Calls.Applications(ctx, calls.Filter{CallID: call.ID, States: calls.LiveStates()}, table.Page{Number: 1, Size: 1, Sort: "id", Desc: true})
			if err != nil {
				return err
			}
			if len(found) > 0 {
				http.Redirect(w, p.Request, found[0].Href(), http.StatusSeeOther)
				return nil
			}
		}
		for _, m := range identity.Held(ctx) {
			if !v.May && m.TenantID == call.TenantID && m.Role == actor.LocalOfficer {
				v.Elsewhere = append(v.Elsewhere, m)
			}
		}
		return r.Render(w, p, http.StatusOK, applyPage(v))
	}
}

// startWith makes a draft. A program may send the first content with it, which
// is looked at before anything is made.
func (s *Service) startWith(ctx context.Context, p web.Params) (application, error) {
	if p.Header.Get("Content-Type") != "application/json" || p.ContentLength == 0 {
		return s.Start(ctx, p.ID())
	}
	var in Input
	content := json.NewDecoder(http.MaxBytesReader(nil, p.Body, mostSent))
	content.DisallowUnknownFields()
	if err := content.Decode(&in); err != nil {
		return application{}, fault.New(fault.Invalid, "web.bad_json", "problem", err.Error())
	}
	if err := applicationForm.Check(&in); err != nil {
		return application{}, err
	}
	a, err := s.Start(ctx, p.ID())
	if err != nil {
		return a, err
	}
	return s.Save(ctx, a.ID, drafts.Keystrokes{}, in)
}

func (s *Service) overview(ctx context.Context, p web.Params) (v overview, err error) {
	if v.board, err = s.board(ctx, p.ID()); err != nil {
		return v, err
	}
	if v.Findings, err = s.Screen(ctx, p.ID()); err != nil {
		return v, err
	}
	if v.Receipts, err = s.Receipts(ctx, p.ID()); err != nil {
		return v, err
	}
	if v.History, err = s.History(ctx, p.ID()); err != nil {
		return v, err
	}
	if v.Terms, err = s.termViews(ctx, v.Application, v.Call); err != nil {
		return v, err
	}
	v.Mine = calls.Apply.Check(ctx, v.Application.Place()) == nil
	v.Panels = s.Calls.PanelsOf(ctx, v.Application)
	return v, nil
}

func (s *Service) receiptView(ctx context.Context, p web.Params) (v receiptView, err error) {
	if v.board, err = s.board(ctx, p.ID()); err != nil {
		return v, err
	}
	v.Receipts, err = s.Receipts(ctx, p.ID())
	if err == nil && len(v.Receipts) == 0 {
		err = fault.New(fault.NotFound, "applications.no_receipt")
	}
	return v, err
}
