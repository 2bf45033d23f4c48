package programmes

import (
	"context"
	"net/url"
	"slices"

	"github.com/a-h/templ"

	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/profiles"
	"bastida/internal/modules/supervision"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/ui"
	"bastida/internal/platform/web"
)

// emptyURL is the address of lists that neither sort nor turn pages.
var emptyURL = &url.URL{}

func (s *Service) writeRoutes(r *web.Router) {
	web.Submit(r, root+"/new", supervision.Manage, web.SubmitSpec[supervision.ProgrammeInput, supervision.Programme, ProgrammeShape]{
		Form: programmeForm, Options: s.programmeOptions,
		Start: func(_ context.Context, p web.Params) (supervision.ProgrammeInput, int, error) {
			return supervision.ProgrammeInput{Origin: supervision.FromResolution, CallID: record.ID(p.Get("call"))}, 0, nil
		},
		Page: func(ctx context.Context, _ web.Params, view ui.Form) (templ.Component, error) {
			view.Cancel = root
			return formPage(i18n.T(ctx, "programmes.new"), trail(ctx), view), nil
		},
		Do: func(ctx context.Context, _ web.Params, in supervision.ProgrammeInput) (supervision.Programme, error) {
			return s.Supervision.Create(ctx, in)
		},
		Next: supervision.Programme.Href, Flash: "programmes.created", Shape: shapeProgramme, API: "POST " + root,
	})
	web.Submit(r, root+"/{id}/edit", supervision.Manage, web.SubmitSpec[supervision.ProgrammeInput, supervision.Programme, ProgrammeShape]{
		Form: programmeForm, Options: s.programmeOptions,
		Start: func(ctx context.Context, p web.Params) (supervision.ProgrammeInput, int, error) {
			v, err := s.Supervision.Programme(ctx, p.ID())
			return supervision.ProgrammeInput{
				Title: v.Title, Season: v.Season, Territory: v.Territory, ProfileCode: v.ProfileCode, Origin: v.Origin, OriginNote: v.OriginNote,
				CallID: v.CallID, Starts: v.Starts, Ends: v.Ends,
			}, v.Version, err
		},
		Page: s.under(i18n.T, "programmes.edit"),
		Do: func(ctx context.Context, p web.Params, in supervision.ProgrammeInput) (supervision.Programme, error) {
			return s.Supervision.Correct(ctx, p.ID(), p.Version(), in)
		},
		Next: supervision.Programme.Href, Flash: "programmes.saved", Shape: shapeProgramme, API: "PUT " + root + "/{id}",
	})
	s.figureRoutes(r)
	web.Submit(r, root+"/{id}/contracts/new", supervision.Contracting, web.SubmitSpec[supervision.ContractInput, supervision.Contract, ContractShape]{
		Form: contractForm, Page: s.under(i18n.T, "programmes.contract.new"),
		Do: func(ctx context.Context, p web.Params, in supervision.ContractInput) (supervision.Contract, error) {
			return s.Supervision.Engage(ctx, p.ID(), in)
		},
		Next:  func(c supervision.Contract) string { return root + "/" + c.ProgrammeID.String() },
		Flash: "programmes.saved", Shape: shapeContract, API: "POST " + root + "/{id}/contracts",
	})
}

// figureRoutes let somebody say a figure that the profile leaves open.
func (s *Service) figureRoutes(r *web.Router) {
	web.Submit(r, root+"/{id}/figures/{name}", supervision.Manage, web.SubmitSpec[profiles.FigureInput, supervision.Programme, ProgrammeShape]{
		Form: figureForm,
		Start: func(ctx context.Context, p web.Params) (profiles.FigureInput, int, error) {
			v, f, err := s.figure(ctx, p)
			in := profiles.FigureInput{Name: f.Name(), Source: f.Source}
			if f.Value != nil {
				in.Value = *f.Value
			}
			return in, v.Version, err
		},
		Options: func(ctx context.Context, p web.Params, view *ui.Form) error {
			_, f, err := s.figure(ctx, p)
			if err != nil {
				return err
			}
			view.Fields[0].Unit = i18n.T(ctx, "programmes.unit."+f.Unit)
			if p.Method == "GET" && f.Value == nil {
				view.Fields[0].Value = "" // nobody has said it: zero is not its value
			}
			return nil
		},
		Page: func(ctx context.Context, p web.Params, view ui.Form) (templ.Component, error) {
			v, f, err := s.figure(ctx, p)
			view.Cancel = v.Href() + "#rules"
			return figurePage(v, f, view), err
		},
		Do: func(ctx context.Context, p web.Params, in profiles.FigureInput) (supervision.Programme, error) {
			in.Name = p.Path("name")
			return s.Supervision.StateFigure(ctx, p.ID(), p.Version(), in)
		},
		Next:  func(p supervision.Programme) string { return p.Href() + "#rules" },
		Flash: "programmes.stated", Shape: shapeProgramme, API: "PUT " + root + "/{id}/figures/{name}",
	})
}

func (s *Service) figure(ctx context.Context, p web.Params) (v supervision.Programme, f profiles.Figure, err error) {
	if v, err = s.Supervision.Programme(ctx, p.ID()); err != nil {
		return v, f, err
	}
	i := slices.IndexFunc(v.Rules().Figures, func(f profiles.Figure) bool { return f.Name() == p.Path("name") })
	if i < 0 {
		return v, f, fault.New(fault.NotFound, "record.not_found")
	}
	return v, v.Rules().Figures[i], nil
}

// under draws a form below the programme of the address.
func (s *Service) under(say func(context.Context, string, ...any) string, title string) func(context.Context, web.Params, ui.Form) (templ.Component, error) {
	return func(ctx context.Context, p web.Params, view ui.Form) (templ.Component, error) {
		v, err := s.Supervision.Programme(ctx, p.ID())
		view.Cancel = v.Href()
		return formPage(say(ctx, title), trail(ctx, ui.Crumb{Href: v.Href(), Label: v.Title}), view), err
	}
}

func trail(ctx context.Context, below ...ui.Crumb) []ui.Crumb {
	return append([]ui.Crumb{{Href: root, Label: i18n.T(ctx, "programmes.title")}}, below...)
}

// programmeOptions are the profiles of the body and its resolved calls.
func (s *Service) programmeOptions(ctx context.Context, _ web.Params, view *ui.Form) error {
	rules, err := s.Profiles.All(ctx)
	if err != nil {
		return err
	}
	resolved, err := s.resolved(ctx)
	if err != nil {
		return err
	}
	for _, p := range rules {
		offer(view, "profile", ui.Option{Value: p.Code, Label: ui.Find(ctx, p.Name).Text})
	}
	for _, c := range resolved {
		offer(view, "call", ui.Option{Value: c.ID.String(), Label: c.Code + " " + ui.Find(ctx, c.Title).Text})
	}
	return nil
}

// offer adds an option to the field with a name, in the form itself or in the
// rows of its lists.
func offer(view *ui.Form, name string, options ...ui.Option) {
	for i := range view.Fields {
		f := &view.Fields[i]
		if f.Name == name {
			f.Options = append(f.Options, options...)
		}
	}
}
