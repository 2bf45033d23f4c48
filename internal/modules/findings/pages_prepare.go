package findings

import (
	"context"
	"net/http"
	"net/mail"
	"strings"

	"github.com/a-h/templ"

	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/wellbeing"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/ui"
	"bastida/internal/platform/web"
)

// codeRoutes make the codes of a team. The answer to the form is the only page
// that ever shows them, so it is drawn at once and not after a redirect.
func (s *Service) codeRoutes(r *web.Router) {
	const path = home + "/rounds/{id}/codes/{team}"
	web.Handle(r, http.MethodGet, path, wellbeing.Measure, func(w http.ResponseWriter, p web.Params) error {
		page, err := s.codesForm(p, addressesForm.View(p.Context(), &addressesInput{}, nil, nil))
		if err != nil {
			return err
		}
		return r.Render(w, p, http.StatusOK, page)
	})
	web.Handle(r, http.MethodPost, path, wellbeing.Measure, func(w http.ResponseWriter, p web.Params) error {
		if err := p.ParseForm(); err != nil {
			return err
		}
		var in addressesInput
		err := addressesForm.Read(p.PostForm, &in)
		var made wellbeing.Codes
		if err == nil {
			made, err = s.makeCodes(p, in)
		}
		if f := fault.Of(err); f != nil && (f.Kind == fault.Invalid || f.Kind == fault.Conflict) {
			page, failed := s.codesForm(p, addressesForm.View(p.Context(), &in, p.PostForm, err))
			if failed != nil {
				return failed
			}
			return r.Render(w, p, http.StatusUnprocessableEntity, page)
		}
		if err != nil {
			return err
		}
		return r.Render(w, p, http.StatusCreated, slipsPage(made, s.Wellbeing.Address))
	})
}

func (s *Service) codesForm(p web.Params, view ui.Form) (templ.Component, error) {
	one, err := s.Wellbeing.Round(p.Context(), p.ID())
	if err != nil {
		return nil, err
	}
	team, err := one.Team(record.ID(p.Path("team")))
	view.Action, view.Cancel = p.URL.Path, one.Href()
	return codesPage(one, team, view), err
}

func (s *Service) makeCodes(p web.Params, in addressesInput) (made wellbeing.Codes, err error) {
	addresses := strings.FieldsFunc(in.Addresses, func(r rune) bool { return strings.ContainsRune(" ,;\t\r\n", r) })
	for _, a := range addresses {
		if parsed, err := mail.ParseAddress(a); err != nil || parsed.Address != a {
			var wrong fault.Fields
			wrong.Add("addresses", "findings.not_an_address", "address", a)
			return made, wrong.Err()
		}
	}
	return s.Wellbeing.MakeCodes(p.Context(), p.ID(), record.ID(p.Path("team")), addresses)
}

// instrumentRoutes are where a body puts in what an instrument lacks.
func (s *Service) instrumentRoutes(r *web.Router) {
	web.View(r, home+"/instruments", wellbeing.Adopt, web.ViewSpec[[]wellbeing.Adopted, []InstrumentShape]{
		Load: func(ctx context.Context, _ web.Params) ([]wellbeing.Adopted, error) { return s.Wellbeing.Adopted(ctx) },
		Page: func(ctx context.Context, _ web.Params, all []wellbeing.Adopted) templ.Component {
			return instrumentsPage(all, s.Tabs(ctx, home+"/instruments"))
		},
		Shape: shapeInstruments,
	})
	for _, in := range s.Wellbeing.Instruments {
		s.oneInstrument(r, in)
	}
}

// oneInstrument mounts the pages of an instrument. Each has its own addresses,
// because it came with the program and is no record of a body.
func (s *Service) oneInstrument(r *web.Router, in wellbeing.Instrument) {
	path := home + "/instruments/" + in.Key()
	load := func(ctx context.Context, _ web.Params) (wellbeing.Adopted, error) {
		return s.Wellbeing.Instrument(ctx, in.Key())
	}
	web.View(r, path, wellbeing.Adopt, web.ViewSpec[wellbeing.Adopted, InstrumentShape]{
		Load:  load,
		Page:  func(_ context.Context, _ web.Params, a wellbeing.Adopted) templ.Component { return instrumentPage(a) },
		Shape: shapeInstrument,
	})
	s.leastRoute(r, in)
	if !in.Verify {
		return
	}
	web.Submit(r, path+"/wording", wellbeing.Adopt, web.SubmitSpec[wordingInput, wellbeing.Adopted, InstrumentShape]{
		Form: wordingForm, Flash: "findings.saved", Shape: shapeInstrument, API: "PUT " + path + "/wording",
		Start: func(ctx context.Context, p web.Params) (typed wordingInput, version int, err error) {
			a, err := load(ctx, p)
			typed.Language = p.Get("language")
			if w, ok := a.Adoption.Wordings.V[typed.Language]; ok {
				typed.Items, typed.Answers = w.Write()
				typed.Source = w.Source
			}
			return typed, a.Adoption.Version, err
		},
		Page: func(ctx context.Context, p web.Params, view ui.Form) (templ.Component, error) {
			a, err := load(ctx, p)
			view.Action, view.Cancel = path+"/wording", path
			return wordingPage(a, view), err
		},
		Do: func(ctx context.Context, p web.Params, typed wordingInput) (wellbeing.Adopted, error) {
			return s.Wellbeing.Word(ctx, in.Key(), p.Version(), typed)
		},
		Next: instrumentHref,
	})
}

// leastRoute asks how many items of each scale are to be answered.
func (s *Service) leastRoute(r *web.Router, in wellbeing.Instrument) {
	up := home + "/instruments/" + in.Key()
	web.Submit(r, up+"/least", wellbeing.Adopt, web.SubmitSpec[leastInput, wellbeing.Adopted, none]{
		Form: leastForm(in), Flash: "findings.saved",
		Start: func(ctx context.Context, _ web.Params) (leastInput, int, error) {
			a, err := s.Wellbeing.Instrument(ctx, in.Key())
			return leastInput{Least: a.Adoption.Least.V, Source: a.Adoption.Source}, a.Adoption.Version, err
		},
		Options: func(ctx context.Context, _ web.Params, view *ui.Form) error {
			for i, scale := range in.Scales {
				view.Fields[i].Label = scale.Name.In(i18n.Lang(ctx))
				view.Fields[i].Unit = i18n.T(ctx, "findings.of_items", "count", len(scale.Items))
			}
			return nil
		},
		Page: func(ctx context.Context, _ web.Params, view ui.Form) (templ.Component, error) {
			view.Cancel = up
			return formPage(i18n.T(ctx, "findings.least.title"), ui.Crumb{Href: up, Label: in.Name.In(i18n.Lang(ctx))}, view), nil
		},
		Do: func(ctx context.Context, p web.Params, typed leastInput) (wellbeing.Adopted, error) {
			return s.Wellbeing.State(ctx, in.Key(), p.Version(), typed)
		},
		Next: instrumentHref,
	})
}

func instrumentHref(a wellbeing.Adopted) string { return home + "/instruments/" + a.Key() }
