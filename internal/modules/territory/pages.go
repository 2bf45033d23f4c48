package territory

import (
	"context"
	"slices"

	"github.com/a-h/templ"

	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/table"
	"bastida/internal/platform/ui"
	"bastida/internal/platform/web"
)

// Routes mounts the pages of this module.
func (s *Service) Routes(r *web.Router) {
	s.placeRoutes(r)
	s.calendarRoutes(r)
	s.parameterRoutes(r)
}

// today is the date at the office.
func (s *Service) today() civil.Date { return civil.Of(s.db.Now().In(i18n.Zone)) }

func (s *Service) placeRoutes(r *web.Router) {
	web.List(r, "/territory", Read, web.ListSpec[Place, PlaceFilter, PlaceShape]{
		Table: placeTable, Filter: placeFilterForm, APIPath: "/territory/places", Shape: shapePlace,
		Load: func(ctx context.Context, _ web.Params, f PlaceFilter, page table.Page) ([]Place, int, error) {
			return s.Places(ctx, f, page)
		},
		Options: func(ctx context.Context, _ web.Params, filters *ui.Form) error { return s.offerAreas(ctx, filters) },
		Page: func(ctx context.Context, _ web.Params, f PlaceFilter, list ui.Table) (templ.Component, error) {
			v, err := s.overview(ctx, f, list)
			return placesPage(v), err
		},
	})
	web.View(r, "/territory/{id}", Read, web.ViewSpec[sheet, PlaceShape]{
		Load:  func(ctx context.Context, p web.Params) (sheet, error) { return s.sheet(ctx, p.ID()) },
		Page:  func(_ context.Context, _ web.Params, v sheet) templ.Component { return placePage(v) },
		Shape: func(v sheet) PlaceShape { return shapePlace(v.Place) },
	})
	web.Submit(r, "/territory/{id}/edit", Edit, web.SubmitSpec[AreaInput, Place, PlaceShape]{
		Form: areaForm, Shape: shapePlace, API: "PUT /territory/{id}", Flash: "territory.area.saved", Next: placeHref,
		Start: func(ctx context.Context, p web.Params) (AreaInput, int, error) {
			place, err := s.Place(ctx, p.ID())
			if err == nil && !place.MayEditArea() {
				err = fault.New(fault.Conflict, "territory.area_official")
			}
			return AreaInput{place.Area, place.Status, place.Note}, place.Version, err
		},
		Page: func(ctx context.Context, p web.Params, view ui.Form) (templ.Component, error) {
			place, err := s.Place(ctx, p.ID())
			view.Cancel = placeHref(place)
			return editPage(place, view), err
		},
		Do: func(ctx context.Context, p web.Params, in AreaInput) (Place, error) {
			return s.EditArea(ctx, p.ID(), p.Version(), in)
		},
	})
}

// offerAreas puts the areas there are into a choice of area.
func (s *Service) offerAreas(ctx context.Context, view *ui.Form) error {
	areas, err := s.Areas(ctx)
	for _, a := range areas {
		offer(view, "area", ui.Option{Value: a.Name, Label: a.Name})
	}
	return err
}

// offerMunicipalities puts the municipalities into a choice of place.
func (s *Service) offerMunicipalities(ctx context.Context, view *ui.Form) error {
	all, err := s.AllPlaces(ctx)
	for _, p := range all {
		if p.Kind == Municipality {
			offer(view, "place", ui.Option{Value: p.Code, Label: p.Name})
		}
	}
	return err
}

func offer(view *ui.Form, field string, o ui.Option) {
	for i := range view.Fields {
		if view.Fields[i].Name == field {
			view.Fields[i].Options = append(view.Fields[i].Options, o)
		}
	}
}

// keys are the message keys of forms and tables, for the locale test.
func keys() []string {
	return slices.Concat(
		placeFilterForm.Keys(), areaForm.Keys(), holidayFilterForm.Keys(), holidayForm.Keys(), parameterForm.Keys(), termForm.Keys(),
		placeTable.Keys(), holidayTable.Keys(),
	)
}
