package certificates

import (
	"context"
	"net/http"
	"strconv"

	"github.com/a-h/templ"

	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/coverage"
	"bastida/internal/modules/profiles"
	"bastida/internal/modules/supervision"
	"bastida/internal/platform/access"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/table"
	"bastida/internal/platform/ui"
	"bastida/internal/platform/web"
)

const (
	programmes      = "/supervision/programmes/{id}"
	certificateRoot = "/supervision/certificates/{id}"
	creditRoot      = "/supervision/groups/{id}/credit"
	myCertificates  = "/my-supervision/certificates"
)

// pathID is a record of the address besides the first.
func pathID(p web.Params, name string) record.ID { return record.ID(p.Path(name)) }

var certificateTable = &table.Table[Certificate]{
	Subject: "certificates.list",
	Href:    Certificate.Href,
	Columns: []*table.Column[Certificate]{
		table.Text("number", Certificate.Full),
		table.Text("name", func(c Certificate) string { return c.Name }).Sort("name_fold").Wide(),
		table.Said("kind", func(ctx context.Context, c Certificate) string { return i18n.T(ctx, c.Kind.Label()) }),
		table.Said("hours", func(ctx context.Context, c Certificate) string {
			return i18n.F(ctx, coverage.Hours(c.Content.V.Minutes))
		}),
		table.Value("issued", func(c Certificate) any { return c.Content.V.On }).Sort("issued_at"),
		table.Said("state", func(ctx context.Context, c Certificate) string { return certificateTag(ctx, c.State).Text }).
			Cell(func(ctx context.Context, c Certificate) templ.Component {
				return ui.StatusTag(certificateTag(ctx, c.State))
			}),
	},
}

func certificateTag(ctx context.Context, s State) ui.Tag {
	tone := map[State]ui.Tone{Valid: ui.OK, Withdrawn: ui.Crit}[s]
	return ui.Tag{Tone: tone, Text: i18n.T(ctx, "certificates.certificate.state."+string(s))}
}

// Routes mounts the pages of this module.
func (s *Service) Routes(r *web.Router) {
	web.List(r, programmes+"/certificates", Read, web.ListSpec[Certificate, Filter, CertificateShape]{
		Table: certificateTable, Filter: listFilter, Shape: shapeCertificate,
		Load: func(ctx context.Context, p web.Params, f Filter, page table.Page) ([]Certificate, int, error) {
			return s.Certificates(ctx, p.ID(), f, page)
		},
		Page: func(ctx context.Context, p web.Params, _ Filter, list ui.Table) (templ.Component, error) {
			programme, err := s.Supervision.Programme(ctx, p.ID())
			return certificatesPage(programme, s.Supervision.TabsOf(ctx, programme, programme.Href()+"/certificates"), list), err
		},
	})
	web.Act(r, programmes+"/coverage/people/{person}/{kind}/certificate", Issue, web.ActSpec[Certificate, CertificateShape]{
		Do: func(ctx context.Context, p web.Params) (Certificate, error) {
			return s.Issue(ctx, p.ID(), pathID(p, "person"), profiles.Kind(p.Path("kind")))
		},
		Next: Certificate.Href, Flash: "certificates.issued", Shape: shapeCertificate, Makes: true,
	})
	s.oneRoutes(r)
	s.personalRoutes(r)
	s.creditRoutes(r)
}

// oneRoutes mounts the pages of one certificate.
func (s *Service) oneRoutes(r *web.Router) {
	web.View(r, certificateRoot, Read, web.ViewSpec[Certificate, CertificateShape]{
		Load: func(ctx context.Context, p web.Params) (Certificate, error) { return s.Certificate(ctx, p.ID()) },
		Page: func(ctx context.Context, _ web.Params, c Certificate) templ.Component {
			return certificatePage(c, steps(ctx, c))
		},
		Shape: shapeCertificate,
	})
	web.Handle(r, http.MethodGet, certificateRoot+"/document", Read, func(w http.ResponseWriter, p web.Params) error {
		f, err := s.Document(p.Context(), p.ID())
		if err != nil {
			return err
		}
		return s.Files.Serve(w, p.Request, f)
	})
	web.Act(r, certificateRoot+"/correct", Issue, web.ActSpec[Certificate, CertificateShape]{
		Do: func(ctx context.Context, p web.Params) (Certificate, error) {
			return s.Correct(ctx, p.ID(), p.Version())
		},
		Next: Certificate.Href, Flash: "certificates.corrected", Shape: shapeCertificate, Makes: true,
	})
	web.Submit(r, certificateRoot+"/withdraw", Issue, web.SubmitSpec[WithdrawInput, Certificate, CertificateShape]{
		Form: withdrawForm,
		Start: func(ctx context.Context, p web.Params) (WithdrawInput, int, error) {
			c, err := s.Certificate(ctx, p.ID())
			return WithdrawInput{}, c.Version, err
		},
		Page: func(ctx context.Context, p web.Params, view ui.Form) (templ.Component, error) {
			c, err := s.Certificate(ctx, p.ID())
			view.Cancel = c.Href()
			crumbs := []ui.Crumb{{Href: c.Href(), Label: i18n.T(ctx, "certificates.certificate", "number", c.Full())}}
			return formPage(i18n.T(ctx, "certificates.withdraw"), i18n.T(ctx, "certificates.withdraw.text"), crumbs, view), err
		},
		Do: func(ctx context.Context, p web.Params, in WithdrawInput) (Certificate, error) {
			return s.Withdraw(ctx, p.ID(), p.Version(), in)
		},
		Next: Certificate.Href, Flash: "certificates.withdrawn", Shape: shapeCertificate, API: "PUT " + certificateRoot + "/withdrawal",
	})
}

// personalRoutes mounts the pages of those who have certificates.
func (s *Service) personalRoutes(r *web.Router) {
	web.View(r, myCertificates, access.SignedIn, web.ViewSpec[[]Certificate, []CertificateShape]{
		Load:  func(ctx context.Context, _ web.Params) ([]Certificate, error) { return s.MyCertificates(ctx) },
		Page:  func(_ context.Context, _ web.Params, mine []Certificate) templ.Component { return minePage(mine) },
		Shape: shapeCertificates,
	})
	web.View(r, "/certificates/{code}", access.Public, web.ViewSpec[Checked, Checked]{
		Load:  func(ctx context.Context, p web.Params) (Checked, error) { return s.Check(ctx, p.Path("code")) },
		Page:  func(_ context.Context, _ web.Params, v Checked) templ.Component { return checkPage(v) },
		Shape: func(v Checked) Checked { return v },
	})
}

func (s *Service) creditRoutes(r *web.Router) {
	load := func(ctx context.Context, p web.Params) (CreditView, error) { return s.CreditOf(ctx, p.ID()) }
	web.View(r, creditRoot, Issue, web.ViewSpec[CreditView, CreditShape]{
		Load: load, Shape: shapeCredit,
		Page: func(_ context.Context, _ web.Params, v CreditView) templ.Component { return creditPage(v) },
	})
	web.Submit(r, creditRoot+"/new", Issue, web.SubmitSpec[AccreditationInput, Accreditation, AccreditationShape]{
		Form: accreditationForm,
		Page: func(ctx context.Context, p web.Params, view ui.Form) (templ.Component, error) {
			v, err := s.CreditOf(ctx, p.ID())
			view.Cancel = v.Group.Href() + "/credit"
			crumbs := trail(v.Programme, ui.Crumb{Href: view.Cancel, Label: v.Group.Name})
			return formPage(i18n.T(ctx, "certificates.accredit"), i18n.T(ctx, "certificates.accredit.text", "type", i18n.T(ctx, v.Credit.Label())), crumbs, view), err
		},
		Do: func(ctx context.Context, p web.Params, in AccreditationInput) (Accreditation, error) {
			return s.Accredit(ctx, p.ID(), in)
		},
		Next:  func(a Accreditation) string { return "/supervision/groups/" + a.GroupID.String() + "/credit" },
		Flash: "certificates.accredited", Shape: shapeAccreditation, API: "POST " + creditRoot,
	})
}

// steps are the buttons of a certificate that need no form.
func steps(ctx context.Context, c Certificate) (actions []ui.Action) {
	for _, choice := range c.Choices(ctx) {
		if choice.Name == "correct" {
			actions = append(actions, ui.Action{
				Href: c.Href() + "/correct", Label: i18n.T(ctx, choice.Label), Hidden: map[string]string{"version": strconv.Itoa(c.Version)},
				Confirm: i18n.T(ctx, "certificates.confirm.correct"),
			})
		}
	}
	return actions
}

// issueAction is the button that certifies a line, or why it cannot be.
func issueAction(ctx context.Context, all []Certificate, l coverage.Line) ui.Action {
	a := ui.Action{Href: l.Href() + "/" + string(l.Kind) + "/certificate", Label: i18n.T(ctx, "certificates.issue"), Icon: "file-text"}
	if why := fault.Of(l.Certifiable()); why != nil {
		a.Disabled = i18n.T(ctx, why.Key, why.Args...)
	}
	for _, c := range all {
		if c.Kind == l.Kind && c.State == Valid {
			a.Disabled = i18n.T(ctx, "certificates.certificate.already", "number", c.Full())
		}
	}
	return a
}

// onPerson adds to the page of a person what was certified, and what can be.
func (s *Service) onPerson(ctx context.Context, v coverage.PersonView) ([]templ.Component, error) {
	if Read.Check(ctx, Certificate{}.Place()) != nil {
		return nil, nil
	}
	all, err := s.ofPerson(ctx, v)
	return []templ.Component{personCard(v, all)}, err
}

// tabs lead from a programme to its certificates.
func (s *Service) tabs(ctx context.Context, p supervision.Programme) []ui.Link {
	if Read.Check(ctx, Certificate{}.Place()) != nil {
		return nil
	}
	return []ui.Link{{Href: p.Href() + "/certificates", Label: i18n.T(ctx, "certificates.tab")}}
}

// groupTabs lead from a group to its credit, where the rules know of credit.
func (s *Service) groupTabs(ctx context.Context, g supervision.Group) []ui.Link {
	if !Issue.May(ctx) {
		return nil
	}
	p, err := s.Supervision.Programme(ctx, g.ProgrammeID)
	if err != nil || !GivesCredit(p.Rules()) {
		return nil
	}
	return []ui.Link{{Href: g.Href() + "/credit", Label: i18n.T(ctx, "certificates.credit.tab")}}
}

func trail(p supervision.Programme, below ...ui.Crumb) []ui.Crumb {
	return append([]ui.Crumb{{Href: p.Href(), Label: p.Title}}, below...)
}
