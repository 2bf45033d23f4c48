package evaluation

import (
	"context"

	"github.com/a-h/templ"

	"bastida/internal/platform/i18n"
	"bastida/internal/platform/table"
	"bastida/internal/platform/ui"
	"bastida/internal/platform/web"
)

var ratingList = newRatingList()

func newRatingList() *table.Table[Rating] {
	list := table.New("evaluation.rating",
		table.Text("group", func(r Rating) string { return r.GroupName }).Sort("group_number").Wide(),
		table.Text("body", func(r Rating) string { return r.BodyName }).Sort("body_name"),
		table.Text("supervisor", func(r Rating) string { return r.SupervisorName }).Sort("supervisor_name"),
		table.Value("score", func(r Rating) any { return score(r) }).Sort("score"),
		table.Said("answer", func(ctx context.Context, r Rating) string { return i18n.T(ctx, r.Answer.Label()) }).Sort("answer").
			Cell(func(ctx context.Context, r Rating) templ.Component { return ui.StatusTag(answerTag(ctx, r)) }),
		table.Int("reminders", func(r Rating) int { return r.Reminders }).Sort("reminders"),
	)
	list.Href = Rating.Href
	list.Issue = ratingIssue
	return list
}

// score is what is written of a rating: the number as it was given.
func score(r Rating) any {
	if r.Answer != Given {
		return "–"
	}
	return r.Score
}

func answerTag(ctx context.Context, r Rating) ui.Tag {
	tones := map[Answer]ui.Tone{Missing: ui.Warn, Given: ui.OK, NotAnswered: ui.Plain}
	return ui.Tag{Tone: tones[r.Answer], Text: i18n.T(ctx, r.Answer.Label())}
}

// ratingIssue offers whoever can do it to give a missing rating, or to record
// that it will not come.
func ratingIssue(ctx context.Context, r Rating) *ui.Notice {
	switch {
	case r.Answer != Missing:
		return nil
	case Rate.Check(ctx, r.Place()) == nil:
		return &ui.Notice{Tone: ui.Warn, Text: i18n.T(ctx, "evaluation.to_rate"), Action: &ui.Link{Href: r.Href() + "/rate", Label: i18n.T(ctx, "evaluation.rate")}}
	case Manage.May(ctx) && r.Reminders > 0:
		return &ui.Notice{Tone: ui.Warn, Text: i18n.T(ctx, "evaluation.silent", "count", r.Reminders), Action: &ui.Link{Href: r.Href() + "/excuse", Label: i18n.T(ctx, "evaluation.excuse")}}
	}
	return nil
}

func (s *Service) ratingRoutes(r *web.Router) {
	web.View(r, "/supervision/ratings/{id}", ReadResults, web.ViewSpec[Rating, RatingShape]{
		Load:  func(ctx context.Context, p web.Params) (Rating, error) { return s.RatingAt(ctx, p.ID()) },
		Page:  func(_ context.Context, _ web.Params, r Rating) templ.Component { return ratingPage(r) },
		Shape: shapeRating,
	})
	web.Submit(r, "/supervision/ratings/{id}/rate", Rate, web.SubmitSpec[RatingInput, Rating, RatingShape]{
		Form: rateForm, API: "PUT /supervision/ratings/{id}", Shape: shapeRating, Flash: "evaluation.rated",
		Start: func(ctx context.Context, p web.Params) (RatingInput, int, error) {
			r, err := s.RatingAt(ctx, p.ID())
			in := RatingInput{Score: blank, Remarks: r.Remarks}
			if r.Answer == Given {
				in.Score = r.Score
			}
			return in, r.Version, err
		},
		Options: func(ctx context.Context, p web.Params, view *ui.Form) error {
			r, err := s.RatingAt(ctx, p.ID())
			scaled(view, i18n.T(ctx, "evaluation.of_scale", "scale", r.Scale), r.Scale)
			return err
		},
		Page: func(ctx context.Context, p web.Params, view ui.Form) (templ.Component, error) {
			r, err := s.RatingAt(ctx, p.ID())
			view.Cancel = r.RoundHref()
			return ratePage(r, view), err
		},
		Do: func(ctx context.Context, p web.Params, in RatingInput) (Rating, error) {
			return s.Rate(ctx, p.ID(), p.Version(), in)
		},
		Next: Rating.RoundHref,
	})
	web.Submit(r, "/supervision/ratings/{id}/excuse", Manage, web.SubmitSpec[excuse, Rating, RatingShape]{
		Form: excuseForm, API: "POST /supervision/ratings/{id}/excuse", Shape: shapeRating, Flash: "evaluation.excused",
		Start: func(ctx context.Context, p web.Params) (excuse, int, error) {
			r, err := s.RatingAt(ctx, p.ID())
			return excuse{r.Reason}, r.Version, err
		},
		Page: func(ctx context.Context, p web.Params, view ui.Form) (templ.Component, error) {
			r, err := s.RatingAt(ctx, p.ID())
			view.Cancel = r.RoundHref()
			return excusePage(r, view), err
		},
		Do: func(ctx context.Context, p web.Params, in excuse) (Rating, error) {
			return s.Excuse(ctx, p.ID(), p.Version(), in.Reason)
		},
		Next: Rating.RoundHref,
	})
}
