package applications

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"

	"github.com/a-h/templ"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
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
		Do: s.startWith,
		// What was filed before is looked at, not written again.
		Next:  func(a application) string { return a.Href() + map[bool]string{true: "/edit"}[a.Editable()] },
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
	var wrong [5]error
	v.Findings, wrong[0] = s.Screen(ctx, p.ID())
	v.Contradictions, wrong[1] = s.contradictions(ctx, v.Call, v.Application)
	v.Receipts, wrong[2] = s.Receipts(ctx, p.ID())
	v.History, wrong[3] = s.History(ctx, p.ID())
	v.Terms, wrong[4] = s.termViews(ctx, v.Application, v.Call)
	v.Mine = calls.Apply.Check(ctx, v.Application.Place()) == nil
	v.Panels = s.Calls.PanelsOf(ctx, v.Application)
	return v, errors.Join(wrong[:]...)
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

// stepRoutes are filing and what comes after.
func (s *Service) stepRoutes(r *web.Router) {
	web.View(r, "/applications/{id}/check", calls.Apply, web.ViewSpec[overview, none]{
		Load: s.overview,
		Page: func(_ context.Context, _ web.Params, v overview) templ.Component { return checkPage(v) },
	})
	step := func(name, flash, next string, do func(context.Context, record.ID) (application, error)) {
		web.Act(r, "/applications/{id}/"+name, calls.Apply, web.ActSpec[application, ApplicationShape]{
			Do:    func(ctx context.Context, p web.Params) (application, error) { return do(ctx, p.ID()) },
			Next:  func(a application) string { return a.Href() + next },
			Flash: flash, Shape: ShapeApplication,
		})
	}
	step("submit", "applications.submitted", "/receipt", s.Submit)
	step("withdraw", "applications.withdrawn", "", s.Withdraw)
}

func (s *Service) board(ctx context.Context, id record.ID) (b board, err error) {
	if b.Application, err = s.Calls.Application(ctx, id); err != nil {
		return b, err
	}
	a := b.Application
	if b.Call, err = s.Calls.Call(ctx, a.CallID); err != nil {
		return b, err
	}
	if b.Files, err = s.Attachments(ctx, id); err != nil {
		return b, err
	}
	if calls.Apply.Check(ctx, a.Place()) == nil {
		aside, err := s.Copies(ctx, id)
		if err != nil {
			return b, err
		}
		b.Copies = len(aside)
	}
	b.Sections = []section{
		{Name: "team", Href: a.Href() + "/edit", Progress: teamProgress(a)},
		{Name: "grouping", Href: a.Href() + "/edit#f-consent_to_group", Progress: groupingProgress(a, b.Call)},
	}
	for _, code := range b.Call.Annexes.V {
		_, progress, err := s.annex(ctx, a, code)
		if err != nil {
			return b, err
		}
		b.Sections = append(b.Sections, section{"annex", code, a.Href() + "/annexes/" + code, progress})
	}
	attached := Untouched
	if len(b.Files) > 0 {
		attached = Done
	}
	b.Sections = append(b.Sections, section{Name: "attachments", Href: a.Href() + "/attachments", Progress: attached})
	return b, nil
}

// checkAnnex says what stands against an annex.
func (s *Service) checkAnnex(ctx context.Context, a application, code string) error {
	sheet, progress, err := s.annex(ctx, a, code)
	if err != nil || progress == Done {
		return err
	}
	return s.Instruments.Check(ctx, sheet)
}

func (s *Service) annexView(p web.Params, problem error) (v annexView, err error) {
	ctx, code := p.Context(), p.Path("code")
	a, sheet, err := s.Annex(ctx, p.ID(), code)
	if err != nil {
		return v, err
	}
	if v.board, err = s.board(ctx, a.ID); err != nil {
		return v, err
	}
	if p.Method == http.MethodPost && errors.Is(problem, fault.Stale) {
		sheet.Typed.V = drafts.Sent(p).Typed // what this window holds stays in sight
	}
	if v.Sheet, err = s.Instruments.View(ctx, sheet, problem); err != nil {
		return v, err
	}
	d, err := s.typed(ctx, a, annexSection(code))
	href := a.Href() + "/annexes/" + code
	v.At, v.Write = code, a.Editable() && calls.Apply.Check(ctx, a.Place()) == nil && !v.Sheet.Complete
	v.Form = v.Sheet.Form()
	v.Form.Action, v.Form.RefreshHref, v.Form.Cancel, v.Form.Version = href, href+"?refresh=1", a.Href(), p.Version()
	if p.Method == http.MethodPost && !errors.Is(problem, fault.Stale) {
		v.Form.Version = d.Version
	}
	drafts.Dress(p, &v.Form, drafts.Draft{Row: d.Row}, href+"/draft")
	return v, err
}

// termViews reckons again the terms that run, so that each can be explained.
func (s *Service) termViews(ctx context.Context, a application, c calls.Call) (views []termView, err error) {
	for _, t := range []struct {
		name  string
		start civil.Date
		on    civil.Date
		term  calls.Term
	}{
		{"resolve", a.FiledOn, a.ResolveOn, c.Resolution.V},
		{"amend", startOf(a.AmendBy.V), a.AmendOn, c.Amendment.V},
		{"accept", startOf(a.AcceptBy.V), a.AcceptOn, c.Acceptance.V},
	} {
		if t.on.IsZero() {
			continue
		}
		due, err := s.Calls.Due(ctx, a, t.start, t.term)
		if err != nil {
			return nil, err
		}
		views = append(views, termView{t.name, due, t.on})
	}
	return views, nil
}
