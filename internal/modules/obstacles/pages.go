package obstacles

import (
	"context"
	"fmt"

	"github.com/a-h/templ"

	"bastida/internal/kernel/record"
	"bastida/internal/modules/reflection"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/table"
	"bastida/internal/platform/ui"
	"bastida/internal/platform/web"
)

// none is for twins that are not promised.
type none struct{}

// recordOf is the record of a group, where an obstacle comes from.
func recordOf(group record.ID) string { return "/supervision/groups/" + group.String() + "/record" }

// Routes mounts the pages of this module.
func (s *Service) Routes(r *web.Router) {
	s.shareRoute(r)
	s.backlogRoutes(r)
}

func kinds(ctx context.Context, words reflection.Taxonomy) (options []ui.Option) {
	for _, t := range words.Obstacles {
		options = append(options, ui.Option{Value: t.Code, Label: t.Name.In(i18n.Lang(ctx))})
	}
	return options
}

// shareRoute is the way of an obstacle out of the record of a group.
func (s *Service) shareRoute(r *web.Router) {
	web.Submit(r, "/supervision/groups/{id}/record/share", reflection.Write, web.SubmitSpec[ShareInput, record.ID, none]{
		Form: shareForm, Flash: "obstacles.shared",
		Start: func(ctx context.Context, p web.Params) (in ShareInput, version int, err error) {
			if p.Get("session") == "" {
				return in, 0, nil
			}
			_, e, err := s.Reflection.Page(ctx, p.ID(), record.ID(p.Get("session")))
			for n, o := range e.Content.Obstacles {
				if fmt.Sprint(n+1) == p.Get("obstacle") {
					in.Kind, in.Text = o.Kind, o.Text
				}
			}
			return in, 0, err
		},
		Options: func(ctx context.Context, p web.Params, view *ui.Form) error {
			view.Fields[0].Options, view.Cancel = kinds(ctx, s.Reflection.Taxonomy), recordOf(p.ID())
			return nil
		},
		Page: func(ctx context.Context, p web.Params, view ui.Form) (templ.Component, error) {
			b, err := s.Reflection.Book(ctx, p.ID())
			return sharePage(b, view), err
		},
		Do: func(ctx context.Context, p web.Params, in ShareInput) (record.ID, error) {
			err := s.Share(ctx, p.ID(), in)
			return p.ID(), err
		},
		Next: recordOf,
	})
}

// backlogRoutes are the obstacles as the service sees them.
func (s *Service) backlogRoutes(r *web.Router) {
	list := s.backlogTable()
	web.List(r, "/supervision/obstacles", Read, web.ListSpec[Obstacle, Filter, Shape]{
		Table: list, Filter: filterForm, Shape: shape,
		Load: func(ctx context.Context, _ web.Params, f Filter, p table.Page) ([]Obstacle, int, error) {
			return s.Backlog(ctx, f, p)
		},
		Options: func(ctx context.Context, _ web.Params, filters *ui.Form) error {
			filters.Fields[0].Options = kinds(ctx, s.Reflection.Taxonomy)
			return nil
		},
		Page: func(_ context.Context, _ web.Params, _ Filter, list ui.Table) (templ.Component, error) {
			return backlogPage(list), nil
		},
	})
	web.Submit(r, "/supervision/obstacles/{id}", Improve, web.SubmitSpec[AnswerInput, Obstacle, none]{
		Form: answerForm, Flash: "obstacles.answered",
		Start: func(ctx context.Context, p web.Params) (AnswerInput, int, error) {
			one, err := s.Obstacle(ctx, p.ID())
			return AnswerInput{one.Stage, one.Answer}, one.Version, err
		},
		Page: func(ctx context.Context, p web.Params, view ui.Form) (templ.Component, error) {
			one, err := s.Obstacle(ctx, p.ID())
			view.Cancel = "/supervision/obstacles"
			return obstaclePage(one, s.Reflection.Taxonomy, view), err
		},
		Do: func(ctx context.Context, p web.Params, in AnswerInput) (Obstacle, error) {
			return s.Answer(ctx, p.ID(), p.Version(), in)
		},
		Next: func(Obstacle) string { return "/supervision/obstacles" },
	})
}

func (s *Service) backlogTable() *table.Table[Obstacle] {
	list := backlogColumns(s.Reflection.Taxonomy)
	list.Href = Obstacle.Href
	return list
}

// backlogColumns declares the list of shared obstacles.
func backlogColumns(words reflection.Taxonomy) *table.Table[Obstacle] {
	return table.New("obstacles.backlog",
		table.Text("text", func(o Obstacle) string { return o.Text }).Wide(),
		table.Said("kind", func(ctx context.Context, o Obstacle) string { return words.Obstacle(o.Kind, i18n.Lang(ctx)) }).Sort("kind"),
		table.Value("month", func(o Obstacle) any { return o.month() }).Sort("created_at"),
		table.Said("stage", func(ctx context.Context, o Obstacle) string {
			return i18n.T(ctx, "obstacles.answer.stage."+string(o.Stage))
		}).Sort("stage"),
	)
}
