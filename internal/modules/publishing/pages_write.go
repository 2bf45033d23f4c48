package publishing

import (
	"context"
	"net/http"
	"slices"

	"github.com/a-h/templ"

	"bastida/internal/modules/catalogue"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/ui"
	"bastida/internal/platform/web"
)

// written is a resource that was saved, and where its writer goes on.
type written struct {
	catalogue.Resource
	next string
}

// writeRoutes are beginning a sheet and writing it.
func (s *Service) writeRoutes(r *web.Router) {
	shape := func(w written) ResourceShape { return shapeResource(w.Resource) }
	next := func(w written) string { return w.next }
	web.Submit(r, "/resources/new", catalogue.Manage, web.SubmitSpec[SheetInput, written, ResourceShape]{
		Form: startForm,
		Page: func(ctx context.Context, _ web.Params, view ui.Form) (templ.Component, error) {
			view.Submit, view.Cancel = i18n.T(ctx, "publishing.start.submit"), "/resources"
			return startPage(view), nil
		},
		Do: func(ctx context.Context, _ web.Params, in SheetInput) (written, error) {
			if err := sheetForm.Check(&in); err != nil {
				return written{}, err
			}
			r, err := s.catalogue.Create(ctx, in.Sheet)
			return written{r, home(r) + "/edit"}, err
		},
		Next: next, Flash: "publishing.done.created", Shape: shape, API: "POST /resources",
	})
	web.Submit(r, "/resources/{id}/edit", catalogue.Manage, web.SubmitSpec[SheetInput, written, ResourceShape]{
		Form: sheetForm,
		Start: func(ctx context.Context, p web.Params) (SheetInput, int, error) {
			r, err := s.catalogue.Resource(ctx, p.ID())
			return SheetInput{r.Sheet.V}, r.Version, err
		},
		Page: s.editPage,
		Do: func(ctx context.Context, p web.Params, in SheetInput) (written, error) {
			r, err := s.catalogue.Edit(ctx, p.ID(), p.Version(), in.Sheet)
			return written{r, afterEdit(p, r)}, err
		},
		Next: next, Flash: "publishing.done.saved", Shape: shape, API: "PUT /resources/{id}",
	})
}

// afterEdit returns to the list that wanted one more row, or to the resource.
func afterEdit(p web.Params, r catalogue.Resource) string {
	list := p.PostFormValue("more")
	for _, f := range sheetForm.Fields {
		if s := f.Spec(); s.Kind == ui.FieldRows && s.Name == list {
			return home(r) + "/edit?more=" + list + "#f-" + list
		}
	}
	return home(r)
}

// editView is the page on which a sheet is written.
type editView struct {
	Resource catalogue.Resource
	Form     ui.Form
	Stale    bool
	Clash    []ui.Difference // what was saved meanwhile, and what is typed
}

// editPage draws the sheet to be written. When somebody saved meanwhile, it
// keeps what was typed, shows what the other wrote, and lets saving again take
// the place of it.
func (s *Service) editPage(ctx context.Context, p web.Params, view ui.Form) (templ.Component, error) {
	r, err := s.catalogue.Resource(ctx, p.ID())
	if err != nil {
		return nil, err
	}
	view.Cancel, view.More = home(r), true
	if at := slices.IndexFunc(view.Fields, func(f ui.Field) bool { return f.Name == p.Get("more") }); at >= 0 {
		view.Fields[at].Open = true
	}
	page := editView{Resource: r, Form: view}
	if p.Method == http.MethodPost && p.Version() != r.Version {
		var mine SheetInput
		if sheetForm.Read(p.PostForm, &mine) == nil {
			mine.Tidy()
			page.Clash = differences(ctx, r.Sheet.V, mine.Sheet)
		}
		page.Stale, page.Form.Version = true, r.Version
	}
	return editSheetPage(page), nil
}

// differences lists what two sheets state differently.
func differences(ctx context.Context, before, after catalogue.Sheet) []ui.Difference {
	return sheetForm.Differences(ctx, &SheetInput{before}, &SheetInput{after})
}
