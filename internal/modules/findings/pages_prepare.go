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
	web.View(r, home+"/instruments/{key}", wellbeing.Adopt, web.ViewSpec[wellbeing.Adopted, InstrumentShape]{
		Load:  s.instrument,
		Page:  func(_ context.Context, _ web.Params, a wellbeing.Adopted) templ.Component { return instrumentPage(a) },
		Shape: shapeInstrument,
	})
	web.Submit(r, home+"/instruments/{key}/wording", wellbeing.Adopt, web.SubmitSpec[wordingInput, wellbeing.Adopted, InstrumentShape]{
		Form: wordingForm, Flash: "findings.saved", Shape: shapeInstrument, API: "PUT " + home + "/instruments/{key}/wording",
		Start: func(ctx context.Context, p web.Params) (in wordingInput, version int, err error) {
			a, err := s.instrument(ctx, p)
			in.Language = p.Get("language")
			if w, ok := a.Adoption.Wordings.V[in.Language]; ok {
				in.Items, in.Answers = w.Write()
				in.Source = w.Source
			}
			return in, a.Adoption.Version, err
		},
		Page: func(ctx context.Context, p web.Params, view ui.Form) (templ.Component, error) {
			a, err := s.instrument(ctx, p)
			view.Action, view.Cancel = p.URL.Path, instrumentHref(a)
			return wordingPage(a, view), err
		},
		Do: func(ctx context.Context, p web.Params, in wordingInput) (wellbeing.Adopted, error) {
			return s.Wellbeing.Word(ctx, p.Path("key"), p.Version(), in)
		},
		Next: instrumentHref,
	})
	for _, in := range s.Wellbeing.Instruments {
		s.leastRoute(r, in)
	}
}

// leastRoute is mounted for each instrument, because each has other scales.
func (s *Service) leastRoute(r *web.Router, in wellbeing.Instrument) {
	path := home + "/instruments/" + in.Key() + "/least"
	web.Submit(r, path, wellbeing.Adopt, web.SubmitSpec[leastInput, wellbeing.Adopted, none]{
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
			up := home + "/instruments/" + in.Key()
			view.Cancel = up
			return formPage(i18n.T(ctx, "findings.least.title"), ui.Crumb{Href: up, Label: in.Name.In(i18n.Lang(ctx))}, view), nil
		},
		Do: func(ctx context.Context, p web.Params, typed leastInput) (wellbeing.Adopted, error) {
			return s.Wellbeing.State(ctx, in.Key(), p.Version(), typed)
		},
		Next: instrumentHref,
	})
}

func (s *Service) instrument(ctx context.Context, p web.Params) (wellbeing.Adopted, error) {
	return s.Wellbeing.Instrument(ctx, p.Path("key"))
}

func instrumentHref(a wellbeing.Adopted) string { return home + "/instruments/" + a.Key() }
