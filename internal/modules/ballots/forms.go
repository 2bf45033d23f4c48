package ballots

import (
	"context"
	"strconv"

	"bastida/internal/platform/form"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/ui"
)

// markField is a question answered with one of the numbers of a scale.
type markField struct {
	question Question
	required bool
	scale    float64
}

// Spec implements form.Field.
func (f markField) Spec() form.Spec {
	s := form.Spec{Name: string(f.question), Kind: ui.FieldScale, Required: f.required}
	for n := 0; float64(n) <= f.scale; n++ {
		s.Labels = append(s.Labels, ui.Option{Value: strconv.Itoa(n), Label: strconv.Itoa(n)})
	}
	return s
}

// Show implements form.Field.
func (f markField) Show(in *Ballot) []string { return []string{in.Marks[f.question]} }

// Parse implements form.Field.
func (f markField) Parse(raw []string, in *Ballot) error {
	if in.Marks == nil {
		in.Marks = map[Question]string{}
	}
	if len(raw) > 0 {
		in.Marks[f.question] = raw[0]
	}
	return nil
}

// Check implements form.Field: the domain knows the scale.
func (f markField) Check(*Ballot) error { return nil }

// ballotForm is the form of a sheet.
func ballotForm(sheet Sheet) *form.Form[Ballot] {
	var fields []form.Field[Ballot]
	for i, q := range sheet.Questions {
		fields = append(fields, markField{q, i == 0, sheet.Round.Scale})
	}
	fields = append(fields, form.Area("words", func(in *Ballot) *string { return &in.Words }).Limit(longestWords))
	return form.New("ballots.question", fields...)
}

// worded gives the questions about goals their wording, and those that may be
// left out a way to do so.
func worded(ctx context.Context, view *ui.Form, sheet Sheet) {
	for i := range view.Fields {
		f := &view.Fields[i]
		if n := Question(f.Name).Goal(); n > 0 {
			f.Label = i18n.T(ctx, "ballots.goal", "goal", sheet.Group.Goals.V[n-1])
		}
		if f.Kind != ui.FieldScale {
			continue
		}
		f.Help = i18n.T(ctx, "ballots.scale", "scale", sheet.Round.Scale)
		if !f.Required {
			f.Options = append(f.Options, ui.Option{Label: i18n.T(ctx, "ballots.no_answer")})
		}
	}
}

// formKeys are the message keys of the questions that every group is asked.
func formKeys() (keys []string) {
	for _, q := range Asked {
		keys = append(keys, q.Label())
	}
	return append(keys, "ballots.question.words", "ballots.question.submit", "ballots.goal", "ballots.scale", "ballots.no_answer")
}
