package territory

import (
	"context"

	"github.com/a-h/templ"

	"bastida/internal/platform/ui"
	"bastida/internal/platform/web"
)

func (s *Service) parameterRoutes(r *web.Router) {
	web.View(r, "/territory/parameters", Read, web.ViewSpec[[]Parameter, []ParameterShape]{
		Load: func(ctx context.Context, _ web.Params) ([]Parameter, error) { return s.Parameters(ctx) },
		Page: func(ctx context.Context, _ web.Params, all []Parameter) templ.Component {
			return parametersPage(parameterList(ctx, all))
		},
		Shape: shapeParameters,
	})
	web.Submit(r, "/territory/parameters/{id}/change", Edit, web.SubmitSpec[ParameterInput, Parameter, ParameterShape]{
		Form: parameterForm, Shape: shapeParameter, API: "POST /territory/parameters/{id}/change", Flash: "territory.parameter.saved",
		Start: func(ctx context.Context, p web.Params) (ParameterInput, int, error) {
			now, err := s.ParameterByID(ctx, p.ID())
			return ParameterInput{Value: now.Value, ValidFrom: s.today()}, now.Version, err
		},
		Page: func(ctx context.Context, p web.Params, view ui.Form) (templ.Component, error) {
			now, err := s.ParameterByID(ctx, p.ID())
			view.Cancel = "/territory/parameters"
			return parameterPage(now, view), err
		},
		Do: func(ctx context.Context, p web.Params, in ParameterInput) (Parameter, error) {
			return s.ChangeParameter(ctx, p.ID(), p.Version(), in)
		},
		Next: func(Parameter) string { return "/territory/parameters" },
	})
}
