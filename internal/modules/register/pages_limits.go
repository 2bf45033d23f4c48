package register

import (
	"context"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/identity"
	"bastida/internal/modules/supervisors"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/table"
	"bastida/internal/platform/ui"
	"bastida/internal/platform/web"
)

// limitRoutes are the incompatibilities and the unavailability.
func (s *Service) limitRoutes(r *web.Router) {
	web.Submit(r, home+"/{id}/incompatibilities/new", supervisors.Manage, web.SubmitSpec[supervisors.IncompatibilityInput, supervisors.Incompatibility, IncompatibilityShape]{
		Form: incompatibilityForm,
		Start: func(ctx context.Context, p web.Params) (supervisors.IncompatibilityInput, int, error) {
			_, err := s.register.Supervisor(ctx, p.ID())
			return supervisors.IncompatibilityInput{}, 0, err
		},
		Options: s.bodyOptions,
		Page:    formPage("register.incompatibility.new"),
		Do: func(ctx context.Context, p web.Params, in supervisors.IncompatibilityInput) (supervisors.Incompatibility, error) {
			return s.register.AddIncompatibility(ctx, p.ID(), in)
		},
		Next: func(i supervisors.Incompatibility) string { return home + "/" + i.SupervisorID.String() }, Flash: "register.saved",
		Shape: shapeIncompatibility, API: "POST " + home + "/{id}/incompatibilities",
	})
	web.Act(r, home+"/{id}/incompatibilities/{row}/remove", supervisors.Manage, web.ActSpec[supervisors.Supervisor, SupervisorShape]{
		Do: func(ctx context.Context, p web.Params) (supervisors.Supervisor, error) {
			return s.register.RemoveIncompatibility(ctx, p.ID(), rowOf(p))
		},
		Next: supervisors.Supervisor.Href, Flash: "register.removed", Shape: shapeSupervisor,
	})
	web.Submit(r, home+"/{id}/unavailability/new", supervisors.KeepOwn, web.SubmitSpec[supervisors.UnavailabilityInput, supervisors.Unavailability, UnavailabilityShape]{
		Form: unavailabilityForm,
		Start: func(ctx context.Context, p web.Params) (supervisors.UnavailabilityInput, int, error) {
			_, err := s.register.Supervisor(ctx, p.ID())
			return supervisors.UnavailabilityInput{}, 0, err
		},
		Options: back,
		Page:    formPage("register.unavailability.new"),
		Do: func(ctx context.Context, p web.Params, in supervisors.UnavailabilityInput) (supervisors.Unavailability, error) {
			return s.register.AddUnavailability(ctx, p.ID(), in)
		},
		Next: func(u supervisors.Unavailability) string { return home + "/" + u.SupervisorID.String() }, Flash: "register.saved",
		Shape: shapeUnavailability, API: "POST " + home + "/{id}/unavailability",
	})
	web.Act(r, home+"/{id}/unavailability/{row}/remove", supervisors.KeepOwn, web.ActSpec[supervisors.Supervisor, SupervisorShape]{
		Do: func(ctx context.Context, p web.Params) (supervisors.Supervisor, error) {
			return s.register.RemoveUnavailability(ctx, p.ID(), rowOf(p))
		},
		Next: supervisors.Supervisor.Href, Flash: "register.removed", Shape: shapeSupervisor,
	})
}

func rowOf(p web.Params) record.ID { return record.ID(p.Path("row")) }

// bodyOptions fills in the bodies from which a supervisor may have to be kept
// away: those of the tenant's pack.
func (s *Service) bodyOptions(ctx context.Context, p web.Params, view *ui.Form) error {
	if err := back(ctx, p, view); err != nil {
		return err
	}
	found, err := s.bodiesNear(ctx)
	if err != nil {
		return err
	}
	for i := range view.Fields {
		if f := &view.Fields[i]; f.Name == "body" {
			for _, b := range found {
				f.Options = append(f.Options, ui.Option{Value: b.ID.String(), Label: b.Name})
			}
		}
	}
	return nil
}

func (s *Service) bodiesNear(ctx context.Context) ([]identity.Body, error) {
	own, err := s.identity.Body(ctx, actor.From(ctx).Tenant)
	if err != nil {
		return nil, err
	}
	everything := table.Page{Number: 1, Sort: "name_fold"}.All()
	found, _, err := s.identity.Bodies(ctx, identity.BodyFilter{Pack: own.Pack}, everything)
	return found, err
}

// weekdaysOf says some days of the week.
func weekdaysOf(ctx context.Context, codes []string) string {
	return said(ctx, unavailabilityForm.Subject+".weekdays.", codes)
}

// said says the messages of some codes, one after the other.
func said(ctx context.Context, prefix string, codes []string) (text string) {
	for i, code := range codes {
		if i > 0 {
			text += ", "
		}
		text += i18n.T(ctx, prefix+code)
	}
	return text
}
