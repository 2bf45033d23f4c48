package register

import (
	"context"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/profession"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/supervisors"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/table"
	"bastida/internal/platform/ui"
	"bastida/internal/platform/web"
)

const home = supervisors.Home

var lineTable = &table.Table[supervisors.Line]{
	Subject: "register.line",
	Columns: []*table.Column[supervisors.Line]{
		table.Text("name", func(l supervisors.Line) string { return l.Name }).Sort(supervisors.ByNeed).Wide(),
		table.Said("profession", func(ctx context.Context, l supervisors.Line) string { return i18n.T(ctx, l.Profession.Key()) }).Sort("l.profession"),
		table.Said("provider", func(ctx context.Context, l supervisors.Line) string { return providerOf(ctx, l.Supervisor) }).Sort("l.provider"),
		table.Said("languages", func(ctx context.Context, l supervisors.Line) string { return languagesOf(ctx, l.Supervisor) }),
		table.Said("areas", func(ctx context.Context, l supervisors.Line) string { return areasOf(ctx, l.Supervisor) }),
		table.Said("weekly_hours", func(ctx context.Context, l supervisors.Line) string { return hoursOf(ctx, l.WeeklyMinutes) }).Sort("l.weekly_minutes"),
		table.Said("state", func(ctx context.Context, l supervisors.Line) string { return stateTag(ctx, l.Supervisor).Text }).Sort("l.state").
			Cell(func(ctx context.Context, l supervisors.Line) templ.Component {
				return ui.StatusTag(stateTag(ctx, l.Supervisor))
			}),
	},
	Href:  func(l supervisors.Line) string { return l.Href() },
	Issue: issue,
}

// issue says what somebody must do about a supervisor who may be given groups.
func issue(ctx context.Context, l supervisors.Line) *ui.Notice {
	var said []string
	switch {
	case l.Calm == 1:
		return nil
	case l.Evidence == 0:
		said = append(said, i18n.T(ctx, "register.no_evidence"))
	case l.Unverified > 0:
		said = append(said, i18n.T(ctx, "register.unverified", "count", l.Unverified))
	}
	if l.Expired > 0 {
		said = append(said, i18n.T(ctx, "register.expired", "count", l.Expired))
	}
	return &ui.Notice{Tone: ui.Warn, Text: strings.Join(said, " ")}
}

// dossier is everything that the sheet of a supervisor shows.
type dossier struct {
	supervisors.Supervisor
	HomeName          string
	Today             civil.Date
	Pieces            []supervisors.Piece
	Incompatibilities []supervisors.Incompatibility
	Unavailabilities  []supervisors.Unavailability
}

// Routes mounts the pages of this module.
func (s *Service) Routes(r *web.Router) {
	web.List(r, home, supervisors.Read, web.ListSpec[supervisors.Line, supervisors.Filter, RegisterLineShape]{
		Table: lineTable, Filter: filterForm,
		Load: func(ctx context.Context, _ web.Params, f supervisors.Filter, page table.Page) ([]supervisors.Line, int, error) {
			return s.register.Supervisors(ctx, f, page)
		},
		Options: s.filterOptions,
		Page: func(ctx context.Context, _ web.Params, _ supervisors.Filter, list ui.Table) (templ.Component, error) {
			return registerPage(list, supervisors.Manage.May(ctx)), nil
		},
		Shape: shapeLine,
	})
	web.View(r, home+"/mine", supervisors.KeepOwn, web.ViewSpec[dossier, SupervisorSheetShape]{
		Load: func(ctx context.Context, _ web.Params) (dossier, error) {
			mine, err := s.register.Mine(ctx)
			if err != nil {
				return dossier{}, err
			}
			return s.dossier(ctx, mine.ID)
		},
		Page:  func(_ context.Context, _ web.Params, d dossier) templ.Component { return sheetPage(d) },
		Shape: shapeDossier,
	})
	web.View(r, home+"/{id}", supervisors.Read, web.ViewSpec[dossier, SupervisorSheetShape]{
		Load:  func(ctx context.Context, p web.Params) (dossier, error) { return s.dossier(ctx, p.ID()) },
		Page:  func(_ context.Context, _ web.Params, d dossier) templ.Component { return sheetPage(d) },
		Shape: shapeDossier,
	})
	s.sheetForms(r)
	s.evidenceRoutes(r)
	s.documentRoutes(r)
	s.limitRoutes(r)
}

// dossier gathers the sheet of a supervisor.
func (s *Service) dossier(ctx context.Context, id record.ID) (d dossier, err error) {
	if d.Supervisor, err = s.register.Supervisor(ctx, id); err != nil {
		return d, err
	}
	d.Today = s.register.Today()
	places, err := s.territory.PlacesByCode(ctx, d.HomeCode)
	if err != nil {
		return d, err
	}
	d.HomeName = places[d.HomeCode].Name
	if d.Pieces, err = s.register.EvidenceOf(ctx, id); err != nil {
		return d, err
	}
	if d.Incompatibilities, err = s.register.IncompatibilitiesOf(ctx, id); err != nil {
		return d, err
	}
	d.Unavailabilities, err = s.register.UnavailabilityOf(ctx, id)
	return d, err
}

// sheetForms are the forms and the steps of the sheet itself.
func (s *Service) sheetForms(r *web.Router) {
	web.Submit(r, home+"/new", supervisors.Manage, web.SubmitSpec[supervisors.SupervisorInput, supervisors.Supervisor, SupervisorShape]{
		Form: sheetForm,
		Start: func(context.Context, web.Params) (supervisors.SupervisorInput, int, error) {
			return supervisors.SupervisorInput{External: true}, 0, nil
		},
		Options: s.sheetOptions,
		Page:    formPage("register.new"),
		Do: func(ctx context.Context, _ web.Params, in supervisors.SupervisorInput) (supervisors.Supervisor, error) {
			return s.register.Add(ctx, in)
		},
		Next: supervisors.Supervisor.Href, Flash: "register.added",
		Shape: shapeSupervisor, API: "POST " + home,
	})
	web.Submit(r, home+"/{id}/edit", supervisors.Manage, web.SubmitSpec[supervisors.SupervisorInput, supervisors.Supervisor, SupervisorShape]{
		Form: sheetForm,
		Start: func(ctx context.Context, p web.Params) (supervisors.SupervisorInput, int, error) {
			found, err := s.register.Supervisor(ctx, p.ID())
			return found.Input(), found.Version, err
		},
		Options: s.sheetOptions,
		Page:    formPage("register.edit"),
		Do: func(ctx context.Context, p web.Params, in supervisors.SupervisorInput) (supervisors.Supervisor, error) {
			return s.register.Edit(ctx, p.ID(), p.Version(), in)
		},
		Next: supervisors.Supervisor.Href, Flash: "register.saved",
		Shape: shapeSupervisor, API: "PUT " + home + "/{id}",
	})
	web.Submit(r, home+"/{id}/contact", supervisors.KeepOwn, web.SubmitSpec[supervisors.SupervisorContactInput, supervisors.Supervisor, SupervisorShape]{
		Form: contactForm,
		Start: func(ctx context.Context, p web.Params) (supervisors.SupervisorContactInput, int, error) {
			found, err := s.register.Supervisor(ctx, p.ID())
			return supervisors.SupervisorContactInput{Phone: found.Phone, Home: found.HomeCode}, found.Version, err
		},
		Options: s.sheetOptions,
		Page:    formPage("register.contact"),
		Do: func(ctx context.Context, p web.Params, in supervisors.SupervisorContactInput) (supervisors.Supervisor, error) {
			return s.register.EditContact(ctx, p.ID(), p.Version(), in)
		},
		Next: supervisors.Supervisor.Href, Flash: "register.saved",
		Shape: shapeSupervisor, API: "PUT " + home + "/{id}/contact",
	})
	web.Act(r, home+"/{id}/steps/{step}", supervisors.Manage, web.ActSpec[supervisors.Supervisor, SupervisorShape]{
		Do: func(ctx context.Context, p web.Params) (supervisors.Supervisor, error) {
			return s.register.Move(ctx, p.ID(), p.Version(), p.Path("step"))
		},
		Next: supervisors.Supervisor.Href, Flash: "register.saved", Shape: shapeSupervisor,
	})
}

// formPage draws a form on a page of its own.
func formPage(title string) func(context.Context, web.Params, ui.Form) (templ.Component, error) {
	return func(_ context.Context, _ web.Params, view ui.Form) (templ.Component, error) {
		return formView(title, view), nil
	}
}

// back leads a form about a supervisor back to the sheet.
func back(_ context.Context, p web.Params, view *ui.Form) error {
	view.Cancel = home + "/" + p.ID().String()
	return nil
}

// sheetOptions fills in the choices of the forms of a sheet.
func (s *Service) sheetOptions(ctx context.Context, p web.Params, view *ui.Form) error {
	view.Cancel = home
	if p.ID() != "" {
		view.Cancel += "/" + p.ID().String()
	}
	areas, err := s.territory.Areas(ctx)
	if err != nil {
		return err
	}
	places, err := s.territory.AllPlaces(ctx)
	if err != nil {
		return err
	}
	for i := range view.Fields {
		switch f := &view.Fields[i]; f.Name {
		case "profession":
			f.Options = professionOptions(ctx)
		case "areas":
			for _, a := range areas {
				f.Options = append(f.Options, ui.Option{Value: a.Name, Label: a.Name})
			}
		case "home":
			for _, place := range places {
				f.Options = append(f.Options, ui.Option{Value: place.Code, Label: place.Name})
			}
		}
	}
	return nil
}

// filterOptions fills in the choices of the filters.
func (s *Service) filterOptions(ctx context.Context, _ web.Params, view *ui.Form) error {
	areas, err := s.territory.Areas(ctx)
	if err != nil {
		return err
	}
	for i := range view.Fields {
		switch f := &view.Fields[i]; f.Name {
		case "profession":
			f.Options = professionOptions(ctx)
		case "language":
			for _, code := range supervisors.Languages {
				f.Options = append(f.Options, ui.Option{Value: code, Label: i18n.T(ctx, languageKey(code))})
			}
		case "area":
			for _, a := range areas {
				f.Options = append(f.Options, ui.Option{Value: a.Name, Label: a.Name})
			}
		case "state":
			for _, state := range []supervisors.State{supervisors.Active, supervisors.Paused, supervisors.Ended} {
				f.Options = append(f.Options, ui.Option{Value: string(state), Label: i18n.T(ctx, state.Key())})
			}
		}
	}
	return nil
}

func professionOptions(ctx context.Context) (options []ui.Option) {
	for _, p := range profession.All {
		options = append(options, ui.Option{Value: string(p), Label: i18n.T(ctx, p.Key())})
	}
	return options
}

func languageKey(code string) string { return sheetForm.Subject + ".languages." + code }

// stepActions are the buttons of the life of a supervisor.
func stepActions(ctx context.Context, s supervisors.Supervisor) (actions []ui.Action) {
	for _, c := range s.Steps(ctx) {
		a := ui.Action{
			Href: s.Href() + "/steps/" + c.Name, Label: i18n.T(ctx, c.Label), Danger: c.Danger,
			Hidden: map[string]string{"version": strconv.Itoa(s.Version)},
		}
		if c.Danger {
			a.Confirm = i18n.T(ctx, "register.end.confirm", "name", s.Name)
		}
		actions = append(actions, a)
	}
	return actions
}
