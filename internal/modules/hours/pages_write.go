package hours

import (
	"context"

	"github.com/a-h/templ"

	"bastida/internal/kernel/record"
	"bastida/internal/modules/supervision"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/ui"
	"bastida/internal/platform/web"
)

// writeRoutes mounts the forms.
func (s *Service) writeRoutes(r *web.Router) {
	web.Submit(r, "/supervision/groups/{id}/hours/assign", Keep, web.SubmitSpec[AssignInput, supervision.Group, struct{}]{
		Form: assignForm, Flash: "hours.assigned", Next: groupHref,
		Start: func(_ context.Context, _ web.Params) (AssignInput, int, error) {
			return AssignInput{Direction: ToGroup}, 0, nil
		},
		Options: func(ctx context.Context, p web.Params, view *ui.Form) error {
			g, err := s.Supervision.Group(ctx, p.ID())
			if err != nil {
				return err
			}
			return s.offerContracts(ctx, g.ProgrammeID, view)
		},
		Page: func(ctx context.Context, p web.Params, view ui.Form) (templ.Component, error) {
			g, err := s.Supervision.Group(ctx, p.ID())
			view.Cancel = groupHref(g)
			return formPage(i18n.T(ctx, "hours.assign.title"), g.Name, groupHref(g), view), err
		},
		Do: func(ctx context.Context, p web.Params, in AssignInput) (supervision.Group, error) {
			return s.Assign(ctx, p.ID(), in)
		},
	})
	web.Submit(r, "/supervision/programmes/{id}/hours/invoice", Keep, web.SubmitSpec[InvoiceInput, Invoice, struct{}]{
		Form: invoiceForm, Flash: "hours.billed",
		Next:  func(v Invoice) string { return "/supervision/programmes/" + v.ProgrammeID.String() + "/hours" },
		Start: s.startInvoice, Options: s.offerInvoice,
		Page: func(ctx context.Context, p web.Params, view ui.Form) (templ.Component, error) {
			programme, err := s.Supervision.Programme(ctx, p.ID())
			view.Cancel, view.More = programmeHref(programme), true
			return formPage(i18n.T(ctx, "hours.invoice.title"), programme.Title, programmeHref(programme), view), err
		},
		Do: func(ctx context.Context, p web.Params, in InvoiceInput) (Invoice, error) {
			return s.Bill(ctx, p.ID(), in)
		},
	})
	web.Submit(r, "/supervision/hours/{id}/correct", Keep, web.SubmitSpec[CorrectInput, Entry, struct{}]{
		Form: correctForm, Flash: "hours.corrected",
		Next: func(e Entry) string { return "/supervision/groups/" + e.GroupID.String() + "/hours?stage=invoiced" },
		Start: func(ctx context.Context, p web.Params) (CorrectInput, int, error) {
			e, err := s.Invoiced(ctx, p.ID())
			return CorrectInput{Hours: Hours(e.Minutes)}, 0, err
		},
		Page: func(ctx context.Context, p web.Params, view ui.Form) (templ.Component, error) {
			e, err := s.Invoiced(ctx, p.ID())
			if err != nil {
				return nil, err
			}
			g, err := s.Supervision.Group(ctx, e.GroupID)
			view.Cancel = groupHref(g) + "?stage=invoiced"
			return formPage(i18n.T(ctx, "hours.correct.title"), g.Name+" · "+e.Note, groupHref(g), view), err
		},
		Do: func(ctx context.Context, p web.Params, in CorrectInput) (Entry, error) {
			return s.Correct(ctx, p.ID(), in)
		},
	})
}

func (s *Service) offerContracts(ctx context.Context, programme record.ID, view *ui.Form) error {
	all, err := s.Contracts(ctx, programme)
	for _, c := range all {
		offer(view.Fields, "contract", ui.Option{Value: c.ID.String(), Label: c.Provider + " · " + c.Reference})
	}
	return err
}

// startInvoice proposes what was delivered and not billed yet, group by group.
func (s *Service) startInvoice(ctx context.Context, p web.Params) (in InvoiceInput, version int, err error) {
	groups, err := s.Supervision.Groups(ctx, p.ID())
	if err != nil {
		return in, 0, err
	}
	_, byGroup, err := s.Balances(ctx, p.ID())
	for _, g := range groups {
		if due := byGroup[g.ID].ToInvoice(); due > 0 {
			in.Items = append(in.Items, ItemInput{Group: g.ID, Hours: Hours(int(due))})
		}
	}
	return in, 0, err
}

func (s *Service) offerInvoice(ctx context.Context, p web.Params, view *ui.Form) error {
	groups, err := s.Supervision.Groups(ctx, p.ID())
	if err != nil {
		return err
	}
	for _, f := range view.Fields {
		for _, row := range f.Rows {
			for _, g := range groups {
				for i := range row {
					if row[i].Kind == ui.FieldSelect {
						row[i].Options = append(row[i].Options, ui.Option{Value: g.ID.String(), Label: g.Name})
					}
				}
			}
		}
	}
	return s.offerContracts(ctx, p.ID(), view)
}

func offer(fields []ui.Field, name string, o ui.Option) {
	for i := range fields {
		if fields[i].Name == name {
			fields[i].Options = append(fields[i].Options, o)
		}
	}
}
