package evaluation

import (
	"math"
	"strconv"

	"bastida/internal/kernel/civil"
	"bastida/internal/platform/form"
	"bastida/internal/platform/ui"
)

// none is for lists without filters and twins without a shape.
type none struct{}

var noFilter = form.New[none]("evaluation.none")

// The widest that the boxes take; the domain knows the true limits.
const (
	mostDays      = 365
	mostReminders = 20
	mostScale     = 1000
)

var roundForm = form.New("evaluation.round",
	form.Choice("moment", func(in *RoundInput) *Moment { return &in.Moment }, Moments...).Required().Radio(),
	form.Date("answer_by", func(in *RoundInput) *civil.Date { return &in.AnswerBy }).Required(),
	form.Int("remind_after", 0, mostDays, func(in *RoundInput) *int { return &in.RemindAfter }).Unit("evaluation.days"),
	form.Int("remind_most", 0, mostReminders, func(in *RoundInput) *int { return &in.RemindMost }),
)

var rateForm = form.New("evaluation.rating",
	form.Decimal("score", 0, mostScale, func(in *RatingInput) *float64 { return &in.Score }),
	form.Area("remarks", func(in *RatingInput) *string { return &in.Remarks }).Limit(4000),
)

// blank is the score that nobody has given yet: its box is drawn empty.
var blank = math.NaN()

// scaled draws the box of the score for a rating on its scale.
func scaled(view *ui.Form, of string, scale float64) {
	f := &view.Fields[0]
	if f.Value == strconv.FormatFloat(blank, 'f', -1, 64) {
		f.Value = ""
	}
	f.Required, f.Unit, f.Max = true, of, strconv.FormatFloat(scale, 'f', -1, 64)
}

type excuse struct {
	Reason string `json:"reason"`
}

var excuseForm = form.New("evaluation.excuse",
	form.Area("reason", func(in *excuse) *string { return &in.Reason }).Required().Limit(2000),
)
