package applications

import (
	"context"
	"errors"
	"net/http"

	"github.com/a-h/templ"

	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/calls"
	"bastida/internal/modules/drafts"
	"bastida/internal/modules/instruments"
	"bastida/internal/platform/web"
)

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
		progress, err := s.annexProgress(ctx, a, code)
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

func (s *Service) annexProgress(ctx context.Context, a application, code string) (Progress, error) {
	sheet, err := s.Instruments.Sheet(ctx, calls.AnnexRef(a, code))
	if errors.Is(err, fault.NotFound) {
		return Untouched, nil
	}
	if err != nil {
		return "", err
	}
	if sheet.State == instruments.Complete {
		return Done, nil
	}
	err = s.Instruments.Check(ctx, sheet)
	if errors.Is(err, fault.Invalid) {
		return Begun, nil
	}
	return Done, err
}

// checkAnnex says what stands against an annex.
func (s *Service) checkAnnex(ctx context.Context, a application, code string) error {
	sheet, err := s.Instruments.Sheet(ctx, calls.AnnexRef(a, code))
	if err != nil || sheet.State == instruments.Complete {
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
