package resolution

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/calls"
	"bastida/internal/platform/form"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/table"
	"bastida/internal/platform/ui"
	"bastida/internal/platform/web"
)

type application = calls.Application

// none is for twins that are not promised, and for lists without filters.
type none struct{}

// Routes mounts the pages of this module.
func (s *Service) Routes(r *web.Router) {
	s.callRoutes(r)
	s.reviewRoutes(r)
	s.resolutionRoutes(r)
	s.answerRoutes(r)
}

// callRoutes are where calls are written.
func (s *Service) callRoutes(r *web.Router) {
	web.Submit(r, "/calls/new", manage, web.SubmitSpec[callInput, calls.Call, none]{
		Form: callForm, Flash: "resolution.call_made", Options: s.resourceOptions,
		Start: func(ctx context.Context, p web.Params) (callInput, int, error) {
			in := callInput{ResourceID: record.ID(p.Get("resource")), MaxPerBody: 1}
			if from := p.Get("from"); from != "" {
				c, err := s.Calls.Call(ctx, record.ID(from))
				in = c.Input()
				in.Code = ""
				return in, 0, err
			}
			return in, 0, nil
		},
		Page: func(_ context.Context, _ web.Params, view ui.Form) (templ.Component, error) {
			view.Cancel = "/calls"
			return newCallPage(view), nil
		},
		Do: func(ctx context.Context, _ web.Params, in callInput) (calls.Call, error) {
			return s.Write(ctx, in)
		},
		Next: calls.Call.Href,
	})
	web.Submit(r, "/calls/{id}/edit", manage, web.SubmitSpec[callInput, calls.Call, none]{
		Form: callForm, Flash: "resolution.call_saved", Options: s.resourceOptions,
		Start: func(ctx context.Context, p web.Params) (callInput, int, error) {
			c, err := s.own(ctx, p)
			return c.Input(), c.Version, err
		},
		Page: func(ctx context.Context, p web.Params, view ui.Form) (templ.Component, error) {
			c, err := s.own(ctx, p)
			view.Cancel = c.Href()
			return editCallPage(c, view), err
		},
		Do: func(ctx context.Context, p web.Params, in callInput) (calls.Call, error) {
			return s.Rewrite(ctx, p.ID(), p.Version(), in)
		},
		Next: calls.Call.Href,
	})
	web.Submit(r, "/calls/{id}/cancel", manage, web.SubmitSpec[cancellation, calls.Call, none]{
		Form: cancelForm, Flash: "resolution.call_cancelled",
		Page: func(ctx context.Context, p web.Params, view ui.Form) (templ.Component, error) {
			c, err := s.own(ctx, p)
			view.Cancel = c.Href()
			return cancelPage(c, view), err
		},
		Do: func(ctx context.Context, p web.Params, in cancellation) (calls.Call, error) {
			return s.Calls.CancelCall(ctx, p.ID(), in.Reason)
		},
		Next: calls.Call.Href,
	})
}

// resourceOptions offers the resources of the tenant. A call that is copied from
// another body's has a resource that is not among them: it must be chosen anew.
func (s *Service) resourceOptions(ctx context.Context, _ web.Params, view *ui.Form) error {
	at := slices.IndexFunc(view.Fields, func(f ui.Field) bool { return f.Name == "resource_id" })
	f := &view.Fields[at]
	found, err := s.Resources(ctx, record.ID(f.Value))
	for _, r := range found {
		f.Options = append(f.Options, ui.Option{Value: r.ID.String(), Label: resourceName(ctx, r)})
	}
	if !slices.ContainsFunc(f.Options, func(o ui.Option) bool { return o.Value == f.Value }) {
		f.Value = ""
	}
	return err
}

// own returns a call of the body in whose data the actor works.
func (s *Service) own(ctx context.Context, p web.Params) (calls.Call, error) {
	c, err := s.Calls.Call(ctx, p.ID())
	if err == nil && !c.Of(ctx) {
		err = fault.New(fault.NotFound, "record.not_found")
	}
	return c, err
}

// soon is how many days ahead the list looks for terms that end.
const soon = 15

// reviewRoutes are the list of what was filed and what is done to it.
func (s *Service) reviewRoutes(r *web.Router) {
	web.List(r, "/calls/{id}/applications", read, web.ListSpec[application, listFilter, ReviewShape]{
		Table: reviewList, Filter: listForm, Shape: shapeReview, Options: s.listOptions,
		Load: func(ctx context.Context, p web.Params, f listFilter, page table.Page) ([]application, int, error) {
			if _, err := s.own(ctx, p); err != nil {
				return nil, 0, err
			}
			filter := calls.Filter{CallID: p.ID(), State: f.State, Modality: f.Modality, Area: f.Area, Words: f.Words, Incomplete: f.Incomplete}
			if f.Soon {
				filter.DueBy = today(s.DB.Now()).AddDays(soon)
			}
			return s.Calls.Applications(ctx, filter, page)
		},
		Page: func(ctx context.Context, p web.Params, _ listFilter, list ui.Table) (templ.Component, error) {
			c, err := s.own(ctx, p)
			if err != nil || !manage.May(ctx) || !reviewable(c) {
				return reviewPage(c, list, 0), err
			}
			list.Bulk = bulkActions(ctx, c)
			ready, err := s.complete(ctx, c.ID)
			return reviewPage(c, list, len(ready)), err
		},
	})
	web.Act(r, "/calls/{id}/review/complete", manage, web.ActSpec[calls.Call, none]{
		Do:    func(ctx context.Context, p web.Params) (calls.Call, error) { return s.AdmitComplete(ctx, p.ID()) },
		Next:  func(c calls.Call) string { return c.Href() + "/applications" },
		Flash: "resolution.admitted_complete",
	})
	web.Handle(r, http.MethodPost, "/calls/{id}/review/{step}", manage, s.reviewStep(r))
}

func (s *Service) listOptions(ctx context.Context, p web.Params, filters *ui.Form) error {
	c, err := s.own(ctx, p)
	if err != nil {
		return err
	}
	all, err := s.Calls.Of(ctx, c.ID)
	if err != nil {
		return err
	}
	for i, f := range filters.Fields {
		switch f.Name {
		case "modality":
			for _, m := range c.Modalities.V {
				filters.Fields[i].Options = append(filters.Fields[i].Options, ui.Option{Value: m, Label: calls.ModalityName(ctx, m)})
			}
		case "area":
			filters.Fields[i].Options = areaOptions(all)
		}
	}
	return nil
}

var reviewList = newReviewList()

func newReviewList() *table.Table[application] {
	list := table.New("resolution.application",
		table.Text("body", func(a application) string { return a.BodyName }).Sort("body_fold").Wide(),
		table.Text("number", func(a application) string { return a.Number }).Sort("number"),
		table.Text("area", func(a application) string { return a.Area }).Sort("area"),
		table.Said("modality", func(ctx context.Context, a application) string { return calls.ModalityName(ctx, a.Modality) }).Sort("modality"),
		table.Int("professionals", func(a application) int { return a.Professionals }).Sort("professionals"),
		table.Int("points", func(a application) int { return a.Points }).Sort("points"),
		table.Value("submitted_at", func(a application) any { return a.SubmittedAt }).Sort("submitted_at"),
		table.Value("resolve_on", func(a application) any { return a.ResolveOn }).Sort("resolve_on"),
		table.Said("state", func(ctx context.Context, a application) string { return calls.StateName(ctx, a.State) }).Sort("state").
			Cell(func(ctx context.Context, a application) templ.Component { return ui.Tags(stateTags(ctx, a)) }),
	)
	list.Href = application.Href
	list.ID = func(a application) string { return a.ID.String() }
	list.Issue = reviewIssue
	return list
}

// reviewStep does a step to the ticked applications. Steps that need words ask
// for them on a page first; the page posts here again.
func (s *Service) reviewStep(r *web.Router) func(http.ResponseWriter, web.Params) error {
	forms := map[string]*form.Form[decision]{"request_amendment": amendmentForm, "exclude": exclusionForm, "propose": proposalForm}
	return func(w http.ResponseWriter, p web.Params) error {
		ctx := p.Context()
		c, err := s.own(ctx, p)
		if err != nil {
			return err
		}
		if err := p.ParseForm(); err != nil {
			return fault.New(fault.Invalid, "web.unreadable")
		}
		in, step := decision{IDs: joined(p.PostForm["id"]), Hours: c.HoursPerGroup}, p.Path("step")
		f := forms[step]
		if f == nil && step != "admit" {
			return fault.New(fault.NotFound, "web.no_page")
		}
		if p.PostForm.Has("ids") {
			err = f.Read(p.PostForm, &in)
		}
		if err == nil && (f == nil || p.PostForm.Has("ids")) {
			err = s.take(ctx, c, step, in)
			if err == nil || f == nil {
				return s.taken(r, w, p, c, in, err)
			}
		}
		view, status := f.View(ctx, &in, nil, nil), http.StatusOK
		if err != nil {
			view, status = f.View(ctx, &in, p.PostForm, err), http.StatusUnprocessableEntity
		}
		view.Action, view.Cancel = p.URL.Path, c.Href()+"/applications"
		named, err := s.named(ctx, c, in)
		if err != nil {
			return err
		}
		return r.Render(w, p, status, decisionPage(decisionView{Call: c, Step: step, Form: view, Bodies: named}))
	}
}

func (s *Service) take(ctx context.Context, c calls.Call, step string, in decision) error {
	switch step {
	case "admit":
		return s.Admit(ctx, idsOf(in.IDs))
	case "exclude":
		return s.Exclude(ctx, idsOf(in.IDs), said(in))
	case "request_amendment":
		return s.RequestAmendment(ctx, idsOf(in.IDs), in.Text)
	default:
		return s.Propose(ctx, c.ID, idsOf(in.IDs), calls.Outcome{Outcome: in.Outcome, Reasons: said(in), Hours: in.Hours})
	}
}

// taken goes back to where the reviewer came from: the one application, or the
// list.
func (s *Service) taken(r *web.Router, w http.ResponseWriter, p web.Params, c calls.Call, in decision, err error) error {
	f := fault.Of(err)
	if err != nil && (f == nil || f.Kind == fault.NotFound || f.Kind == fault.Forbidden) {
		return err
	}
	if f != nil {
		r.Say(p, ui.Crit, i18n.T(p.Context(), f.Key, f.Args...))
	} else {
		r.Say(p, ui.OK, i18n.T(p.Context(), "resolution.done", "count", len(idsOf(in.IDs))))
	}
	next := c.Href() + "/applications"
	if len(idsOf(in.IDs)) == 1 && !strings.HasSuffix(p.Referer(), "/applications") {
		next = "/applications/" + in.IDs
	}
	http.Redirect(w, p.Request, next, http.StatusSeeOther)
	return nil
}

func (s *Service) named(ctx context.Context, c calls.Call, in decision) (names []string, err error) {
	for _, id := range idsOf(in.IDs) {
		a, err := s.Calls.Application(ctx, id)
		if err != nil {
			return nil, err
		}
		if a.CallID != c.ID {
			return nil, fault.New(fault.NotFound, "record.not_found")
		}
		names = append(names, a.BodyName)
	}
	return names, nil
}

// resolutionRoutes are the preparation, the approval, what is published of it,
// and the report.
func (s *Service) resolutionRoutes(r *web.Router) {
	web.View(r, "/calls/{id}/resolution/prepare", review, web.ViewSpec[prepareView, none]{
		Load: func(ctx context.Context, p web.Params) (v prepareView, err error) {
			v.Call, v.Readiness, err = s.Prepare(ctx, p.ID())
			return v, err
		},
		Page: func(_ context.Context, _ web.Params, v prepareView) templ.Component { return preparePage(v) },
	})
	web.Act(r, "/calls/{id}/resolution/approve", approve, web.ActSpec[calls.Call, none]{
		Do:    func(ctx context.Context, p web.Params) (calls.Call, error) { return s.Approve(ctx, p.ID()) },
		Next:  func(c calls.Call) string { return c.Href() + "/resolution" },
		Flash: "resolution.approved",
	})
	web.List(r, "/calls/{id}/resolution", anybody, web.ListSpec[application, none, OutcomeShape]{
		Table: outcomeList, Filter: form.New[none]("resolution.none"), Shape: shapeOutcome,
		Load: func(ctx context.Context, p web.Params, _ none, page table.Page) ([]application, int, error) {
			_, found, err := s.Calls.Published(ctx, p.ID())
			return cut(found, page), len(found), err
		},
		Page: func(ctx context.Context, p web.Params, _ none, list ui.Table) (templ.Component, error) {
			c, found, err := s.Calls.Published(ctx, p.ID())
			return outcomePage(c, figure(c, found), list), err
		},
	})
	web.List(r, "/calls/{id}/report", review, web.ListSpec[Area, none, AreaShape]{
		Table: areaList, Filter: form.New[none]("resolution.none"), Shape: shapeArea,
		Load: func(ctx context.Context, p web.Params, _ none, page table.Page) ([]Area, int, error) {
			_, r, err := s.Prepare(ctx, p.ID())
			return cut(r.Figures.Areas, page), len(r.Figures.Areas), err
		},
		Page: func(ctx context.Context, p web.Params, _ none, list ui.Table) (templ.Component, error) {
			c, r, err := s.Prepare(ctx, p.ID())
			return reportPage(c, r.Figures, list), err
		},
	})
}

// answerRoutes are what a body says to what it was granted.
func (s *Service) answerRoutes(r *web.Router) {
	web.Act(r, "/applications/{id}/accept", calls.Apply, web.ActSpec[application, AnswerShape]{
		Do:    func(ctx context.Context, p web.Params) (application, error) { return s.Accept(ctx, p.ID()) },
		Next:  application.Href,
		Flash: "resolution.accepted", Shape: shapeAnswer,
	})
	web.Submit(r, "/applications/{id}/renounce", calls.Apply, web.SubmitSpec[renunciation, application, AnswerShape]{
		Form: renounceForm, API: "POST /applications/{id}/renounce", Shape: shapeAnswer, Flash: "resolution.renounced",
		Page: func(ctx context.Context, p web.Params, view ui.Form) (templ.Component, error) {
			a, err := s.Calls.Application(ctx, p.ID())
			view.Cancel = a.Href()
			return renouncePage(a, view), err
		},
		Do: func(ctx context.Context, p web.Params, in renunciation) (application, error) {
			return s.Renounce(ctx, p.ID(), in.Reason)
		},
		Next: application.Href,
	})
}

// cut returns a page of what is all in memory.
func cut[R any](all []R, p table.Page) []R {
	from := min(p.Offset(), len(all))
	return all[from:min(from+p.Size, len(all))]
}

var outcomeList = table.New("resolution.outcome",
	table.Text("body", func(a application) string { return a.BodyName }).Wide(),
	table.Said("outcome", func(ctx context.Context, a application) string { return calls.StateName(ctx, a.Outcome) }).
		Cell(func(ctx context.Context, a application) templ.Component {
			return ui.StatusTag(calls.StateTag(ctx, a.Outcome))
		}),
	table.Int("hours", func(a application) int { return a.Hours }),
	table.Text("group", func(a application) string { return a.GroupLabel }),
	table.Said("reasons", func(ctx context.Context, a application) string { return a.Reasons.In(i18n.Lang(ctx)) }).Wide(),
)

var areaList = table.New("resolution.area",
	table.Text("area", func(r Area) string { return r.Name }),
	table.Int("applications", func(r Area) int { return r.Applications }),
	table.Int("professionals", func(r Area) int { return r.Professionals }),
	table.Int("granted", func(r Area) int { return r.Granted }),
	table.Int("denied", func(r Area) int { return r.Denied }),
	table.Int("waiting", func(r Area) int { return r.Waiting }),
)

type prepareView struct {
	Call calls.Call
	Readiness
}
