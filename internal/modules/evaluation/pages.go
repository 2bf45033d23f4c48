package evaluation

import (
	"context"
	"slices"

	"github.com/a-h/templ"

	"bastida/internal/kernel/record"
	"bastida/internal/modules/supervision"
	"bastida/internal/platform/flow"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/table"
	"bastida/internal/platform/ui"
	"bastida/internal/platform/web"
)

// pages are what other modules add to the pages of a round.
type pages struct {
	roundTabs []func(context.Context, Round) []ui.Link
}

// OfferRoundTabs adds links beside the title of a round, for whoever may follow
// them. It is called while the program is put together.
func (s *Service) OfferRoundTabs(tabs func(context.Context, Round) []ui.Link) {
	s.roundTabs = append(s.roundTabs, tabs)
}

// TabsOf are the pages of a round, for whoever reads; at is the one being read.
func (s *Service) TabsOf(ctx context.Context, r Round, at string) []ui.Link {
	tabs := []ui.Link{{Href: r.Href(), Label: i18n.T(ctx, "evaluation.ratings"), Icon: "star"}}
	for _, offer := range s.roundTabs {
		tabs = append(tabs, offer(ctx, r)...)
	}
	for i := range tabs {
		tabs[i].Current = tabs[i].Href == at
	}
	return tabs
}

// HeadOf is the head of the pages of a round.
func (s *Service) HeadOf(ctx context.Context, r Round, at string) ui.Head {
	tag := stateTag(ctx, r)
	return ui.Head{
		Title: i18n.T(ctx, r.Moment.Label()), Sub: r.ProgrammeTitle, Tag: &tag, Tabs: s.TabsOf(ctx, r, at), Wide: true,
		Trail: []ui.Crumb{{Href: "/supervision/evaluations", Label: i18n.T(ctx, "evaluation.menu")}},
	}
}

// Routes mounts the pages of this module.
func (s *Service) Routes(r *web.Router) {
	s.Supervision.OfferTabs(programmeTabs)
	s.Supervision.ShowOnProgramme(s.panels)
	s.roundRoutes(r)
	s.ratingRoutes(r)
}

// programmeTabs lead from a programme to its rounds.
func programmeTabs(ctx context.Context, p supervision.Programme) []ui.Link {
	if !ReadResults.May(ctx) || p.State == supervision.Draft {
		return nil
	}
	return []ui.Link{{Href: roundsHref(p.ID), Label: i18n.T(ctx, "evaluation.menu"), Icon: "star"}}
}

// panels remind a body, on the page of a programme, of the ratings that it has
// still to give.
func (s *Service) panels(ctx context.Context, p supervision.Programme) ([]supervision.Panel, error) {
	const place = 10
	if !Rate.May(ctx) {
		return nil, nil
	}
	due, err := s.Due(ctx)
	due = slices.DeleteFunc(due, func(r Rating) bool { return r.ProgrammeID != p.ID })
	if err != nil || len(due) == 0 {
		return nil, err
	}
	return []supervision.Panel{{Order: place, Body: duePanel(due)}}, nil
}

func roundsHref(programme record.ID) string {
	return "/supervision/evaluations?programme=" + programme.String()
}

var roundList = newRoundList()

func newRoundList() *table.Table[Round] {
	list := table.New("evaluation.rounds",
		table.Text("programme", func(r Round) string { return r.ProgrammeTitle }).Sort("programme_title").Wide(),
		table.Said("moment", func(ctx context.Context, r Round) string { return i18n.T(ctx, r.Moment.Label()) }).Sort("moment"),
		table.Value("answer_by", func(r Round) any { return r.AnswerBy }).Sort("answer_by"),
		table.Int("missing", func(r Round) int { return r.Missing }).Sort("missing"),
		table.Said("state", func(ctx context.Context, r Round) string { return stateTag(ctx, r).Text }).Sort("state").
			Cell(func(ctx context.Context, r Round) templ.Component { return ui.StatusTag(stateTag(ctx, r)) }),
	)
	list.Href = Round.Href
	return list
}

func stateTag(ctx context.Context, r Round) ui.Tag {
	tag := ui.Tag{Tone: ui.Brand, Text: i18n.T(ctx, "evaluation.round.state."+string(r.State))}
	if r.State == Closed {
		tag.Tone = ui.OK
	}
	return tag
}

func (s *Service) roundRoutes(r *web.Router) {
	web.List(r, "/supervision/evaluations", ReadResults, web.ListSpec[Round, none, RoundShape]{
		Table: roundList, Filter: noFilter, Shape: shapeRound,
		Load: func(ctx context.Context, p web.Params, _ none, page table.Page) ([]Round, int, error) {
			programme := record.ID(p.Get("programme"))
			if programme != "" { // one that the reader may not know of is not an empty list
				if _, err := s.Supervision.Programme(ctx, programme); err != nil {
					return nil, 0, err
				}
			}
			return s.Rounds(ctx, RoundFilter{Programme: programme}, page)
		},
		Page: func(ctx context.Context, p web.Params, _ none, list ui.Table) (templ.Component, error) {
			head, err := s.listHead(ctx, record.ID(p.Get("programme")))
			return roundsPage(head, list), err
		},
	})
	web.Submit(r, "/supervision/programmes/{id}/evaluations/new", Manage, web.SubmitSpec[RoundInput, Round, RoundShape]{
		Form: roundForm, API: "POST /supervision/programmes/{id}/evaluations", Shape: shapeRound, Flash: "evaluation.opened",
		Page: func(ctx context.Context, p web.Params, view ui.Form) (templ.Component, error) {
			programme, err := s.Supervision.Programme(ctx, p.ID())
			view.Cancel = roundsHref(p.ID())
			return newRoundPage(programme, view), err
		},
		Do:   func(ctx context.Context, p web.Params, in RoundInput) (Round, error) { return s.Begin(ctx, p.ID(), in) },
		Next: Round.Href,
	})
	web.List(r, "/supervision/evaluations/{id}", ReadResults, web.ListSpec[Rating, none, RatingShape]{
		Table: ratingList, Filter: noFilter, Shape: shapeRating, APIPath: "/supervision/evaluations/{id}/ratings",
		Load: func(ctx context.Context, p web.Params, _ none, page table.Page) ([]Rating, int, error) {
			if _, err := s.Round(ctx, p.ID()); err != nil {
				return nil, 0, err
			}
			return s.Ratings(ctx, RatingFilter{Round: p.ID()}, page)
		},
		Page: func(ctx context.Context, p web.Params, _ none, list ui.Table) (templ.Component, error) {
			round, err := s.Round(ctx, p.ID())
			if err != nil {
				return nil, err
			}
			return roundPage(s.HeadOf(ctx, round, round.Href()), round, roundActions(ctx, round), list), nil
		},
	})
	web.Act(r, "/supervision/evaluations/{id}/remind", Manage, web.ActSpec[Round, RoundShape]{
		Do:   func(ctx context.Context, p web.Params) (Round, error) { return s.Remind(ctx, p.ID()) },
		Next: Round.Href, Flash: "evaluation.reminded", Shape: shapeRound,
	})
	web.Act(r, "/supervision/evaluations/{id}/close", Manage, web.ActSpec[Round, RoundShape]{
		Do:   func(ctx context.Context, p web.Params) (Round, error) { return s.Close(ctx, p.ID(), p.Version()) },
		Next: Round.Href, Flash: "evaluation.closed", Shape: shapeRound,
	})
}

// listHead is the head of a list of rounds: of all, or of one programme.
func (s *Service) listHead(ctx context.Context, programme record.ID) (ui.Head, error) {
	head := ui.Head{Title: i18n.T(ctx, "evaluation.menu"), Wide: true}
	if programme == "" {
		return head, nil
	}
	p, err := s.Supervision.Programme(ctx, programme)
	if err != nil {
		return head, err
	}
	head.Sub, head.Trail, head.Tabs = p.Title, []ui.Crumb{{Href: p.Href(), Label: p.Title}}, s.Supervision.TabsOf(ctx, p, roundsHref(programme))
	if Manage.May(ctx) && p.State == supervision.Open {
		head.Actions = ui.LinkButton(ui.Link{Href: newHref(programme), Label: i18n.T(ctx, "evaluation.open"), Icon: "plus"})
	}
	return head, nil
}

// roundActions are what a technician does to an open round.
func roundActions(ctx context.Context, r Round) (all []ui.Action) {
	if !Manage.May(ctx) || r.State != Open {
		return nil
	}
	remind := ui.Action{Href: r.Href() + "/remind", Icon: "mail", Label: i18n.T(ctx, "evaluation.remind", "done", r.Reminded, "most", r.RemindMost)}
	if r.Reminded >= r.RemindMost {
		remind.Disabled = i18n.T(ctx, "evaluation.reminded_enough", "count", r.RemindMost)
	}
	all = append(all, remind)
	for _, c := range r.Choices(ctx) {
		all = append(all, stepAction(ctx, r, c))
	}
	return all
}

func stepAction(ctx context.Context, r Round, c flow.Choice) ui.Action {
	a := ui.Action{
		Href: r.Href() + "/" + c.Name, Label: i18n.T(ctx, c.Label), Icon: "check", Primary: true,
		Confirm: i18n.T(ctx, "evaluation.close_sure"),
	}
	if c.Blocked != nil {
		a.Disabled = i18n.T(ctx, c.Blocked.Key, c.Blocked.Args...)
	}
	return a
}
