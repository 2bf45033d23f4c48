package instruments

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/rule"
	"bastida/internal/platform/ui"
)

// SheetView is a sheet as it is drawn, in the reader's language. Questions
// draws what is asked, Answers what was answered.
type SheetView struct {
	Sheet       record.ID
	Version     int // of the sheet, for SaveDraft
	Complete    bool
	Title       string
	Intro       string
	Note        string
	Problem     string // what is wrong as a whole; empty when nothing is
	Sections    []SectionView
	Scores      []ScoreView
	RefreshHref string // where "update the questions" posts; the embedding page sets it
}

// SectionView is a section with the items that apply.
type SectionView struct {
	Title   string
	Fields  []ui.Field
	Answers []AnswerView
}

// AnswerView is what was answered to an item; the text is empty when nothing was.
type AnswerView struct{ Label, Text string }

// ScoreView is a score as it is read out; the text says why when there is none.
type ScoreView struct {
	Title, Text string
	Known       bool
}

// Form returns the questions as a form of their own. The caller says where it
// posts.
func (v SheetView) Form() ui.Form {
	f := ui.Form{ID: "sheet", Version: v.Version, Problem: v.Problem, RefreshHref: v.RefreshHref}
	for _, s := range v.Sections {
		f.Fields = append(f.Fields, s.Fields...)
	}
	return f
}

// view draws an instrument with what was typed.
func (in Instrument) view(ctx context.Context, typed url.Values, problem error) SheetView {
	lang := i18n.Lang(ctx)
	r := in.read(typed)
	view := SheetView{Title: in.Title.In(lang), Intro: in.Intro.In(lang), Note: in.Note.In(lang)}
	wrong := map[string]string{}
	if f := fault.Of(problem); f != nil {
		view.Problem = i18n.T(ctx, f.Key, f.Args...)
		for _, c := range f.Fields {
			wrong[c.Name] = i18n.T(ctx, c.Key, c.Args...)
		}
	}
	decisive := in.decisive()
	for _, s := range in.Sections {
		section := SectionView{Title: s.Title.In(lang)}
		for _, item := range s.Items {
			if !r.applies[item.Code] {
				continue
			}
			f := item.field(ctx, typed[field(item.Code)])
			f.Group, f.Error, f.Refresh = section.Title, wrong[f.Name], decisive[item.Code]
			section.Fields = append(section.Fields, f)
			section.Answers = append(section.Answers, AnswerView{f.Label, item.said(ctx, r.answers)})
		}
		if section.Fields != nil {
			view.Sections = append(view.Sections, section)
		}
	}
	for _, result := range in.results(r.answers) {
		view.Scores = append(view.Scores, in.scoreView(ctx, result))
	}
	return view
}

// boxes says how each kind is drawn. A text is a line or a paragraph, as long
// as it may be.
var boxes = map[Kind]ui.FieldKind{
	Integer: ui.FieldNumber, Choice: ui.FieldRadio, Multi: ui.FieldChecks, Text: ui.FieldArea,
	YesNo: ui.FieldRadio, Scale: ui.FieldScale, Date: ui.FieldDate,
}

// longestLine is how many characters are still asked for in one line.
const longestLine = 200

// field draws an item with what was typed into it.
func (i Item) field(ctx context.Context, typed []string) ui.Field {
	lang := i18n.Lang(ctx)
	least, most := i.limits()
	f := ui.Field{
		Name: field(i.Code), Kind: boxes[i.Kind], Label: i.Label.In(lang), Help: i.Help.In(lang), Values: typed,
		Required: i.Required, Options: i.choices(ctx), Narrow: i.Kind == Integer || i.Kind == Date,
	}
	if len(typed) > 0 {
		f.Value = typed[0]
	}
	switch i.Kind {
	case Integer, Scale:
		f.Min, f.Max = strconv.Itoa(least), strconv.Itoa(most)
	case Text:
		f.Length = most
		if most <= longestLine {
			f.Kind = ui.FieldText
		}
	default: // the options are the limits
	}
	return f
}

// choices returns the answers that an item offers, in words.
func (i Item) choices(ctx context.Context) (offered []ui.Option) {
	lang := i18n.Lang(ctx)
	switch i.Kind {
	case YesNo:
		return []ui.Option{
			{Value: "true", Label: i18n.T(ctx, "instruments.yes")},
			{Value: "false", Label: i18n.T(ctx, "instruments.no")},
		}
	case Scale:
		least, most := i.limits()
		for n := least; n <= most; n++ {
			point := strconv.Itoa(n)
			offered = append(offered, ui.Option{Value: point, Label: point, Help: i.Labels[point].In(lang)})
		}
	default:
		for _, o := range i.Options {
			offered = append(offered, ui.Option{Value: o.Value, Label: o.Label.In(lang)})
		}
	}
	return offered
}

// said reads out the answer to an item, or nothing when there is none.
func (i Item) said(ctx context.Context, answers rule.Facts) string {
	switch answer := answers[i.Code].(type) {
	case bool:
		if answer {
			return i18n.T(ctx, "instruments.yes")
		}
		return i18n.T(ctx, "instruments.no")
	case int64:
		return i.number(ctx, answer)
	case []string:
		words := make([]string, len(answer))
		for at, value := range answer {
			words[at] = i.word(ctx, value)
		}
		return strings.Join(words, ", ")
	case string:
		return i.word(ctx, answer)
	default:
		return ""
	}
}

// number reads out a number; a point of a scale with its end and its meaning.
func (i Item) number(ctx context.Context, n int64) string {
	if i.Kind != Scale {
		return i18n.F(ctx, n)
	}
	_, most := i.limits()
	said := i18n.T(ctx, "instruments.of_scale", "point", n, "most", most)
	if meaning := i.Labels[strconv.FormatInt(n, 10)].In(i18n.Lang(ctx)); meaning != "" {
		said += " (" + meaning + ")"
	}
	return said
}

// word reads out a text: the label of an option, a date as people write it, or
// what was written.
func (i Item) word(ctx context.Context, value string) string {
	if o, ok := i.option(value); ok {
		return o.Label.In(i18n.Lang(ctx))
	}
	if i.Kind != Date {
		return value
	}
	day, err := civil.Parse(value)
	if err != nil {
		return value
	}
	return i18n.F(ctx, day)
}

func (in Instrument) scoreView(ctx context.Context, r Result) ScoreView {
	view := ScoreView{Title: r.Title.In(i18n.Lang(ctx)), Known: r.Known}
	switch {
	case r.Known:
		view.Text = i18n.F(ctx, r.Value)
	case r.Problem != nil:
		view.Text = i18n.T(ctx, r.Problem.Key, r.Problem.Args...)
	default:
		view.Text = i18n.T(ctx, "instruments.score_lacks", "items", strings.Join(in.labels(ctx, r.Missing), "; "))
	}
	return view
}

// labels returns what the items with these codes ask, in order of the items.
func (in Instrument) labels(ctx context.Context, codes []string) (labels []string) {
	for item := range in.items() {
		if slices.Contains(codes, item.Code) {
			labels = append(labels, item.Label.In(i18n.Lang(ctx)))
		}
	}
	return labels
}
