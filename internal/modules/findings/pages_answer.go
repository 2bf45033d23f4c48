package findings

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"github.com/a-h/templ"

	"bastida/internal/kernel/fault"
	"bastida/internal/modules/wellbeing"
	"bastida/internal/platform/access"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/ui"
	"bastida/internal/platform/web"
)

// answerRoutes are the pages of whoever has a code. Nobody signs in.
func (s *Service) answerRoutes(r *web.Router) {
	web.Submit(r, "/answer", access.Public, web.SubmitSpec[codeInput, string, none]{
		Form: codeForm,
		Page: func(_ context.Context, _ web.Params, view ui.Form) (templ.Component, error) {
			return codePage(view), nil
		},
		Do: func(ctx context.Context, _ web.Params, in codeInput) (string, error) {
			_, err := s.Wellbeing.Asked(ctx, in.Code)
			return in.Code, refused(err, "code")
		},
		Next: func(code string) string { return "/answer/" + url.PathEscape(code) },
	})
	web.View(r, "/answer/done", access.Public, web.ViewSpec[none, none]{
		Load: func(context.Context, web.Params) (none, error) { return none{}, nil },
		Page: func(context.Context, web.Params, none) templ.Component { return donePage() },
	})
	web.Handle(r, http.MethodGet, "/answer/{key}", access.Public, func(w http.ResponseWriter, p web.Params) error {
		asked, err := s.Wellbeing.Asked(p.Context(), p.Path("key"))
		if err != nil {
			return err
		}
		return r.Render(w, p, http.StatusOK, answerPage(view(p, asked, nil)))
	})
	web.Handle(r, http.MethodPost, "/answer/{key}", access.Public, func(w http.ResponseWriter, p web.Params) error {
		asked, err := s.Wellbeing.Asked(p.Context(), p.Path("key"))
		if err != nil {
			return err
		}
		if err := p.ParseForm(); err != nil {
			return err
		}
		ballot, err := read(asked.Sheet.Instrument, p.PostForm)
		if err == nil {
			err = s.Wellbeing.Answer(p.Context(), p.Path("key"), ballot)
		}
		if f := fault.Of(err); f != nil && f.Kind == fault.Invalid {
			return r.Render(w, p, http.StatusUnprocessableEntity, answerPage(view(p, asked, f)))
		}
		if err != nil {
			return err
		}
		http.Redirect(w, p.Request, "/answer/done", http.StatusSeeOther)
		return nil
	})
}

func question(i int) string { return "q" + strconv.Itoa(i+1) }

// read takes the answers out of a form. One may be left out, not all.
func read(in wellbeing.Instrument, typed url.Values) (b wellbeing.Ballot, err error) {
	said := 0
	var wrong fault.Fields
	for i := range in.Size() {
		answer := typed.Get(question(i))
		if answer == "" {
			b = append(b, wellbeing.Unanswered)
			continue
		}
		n, err := strconv.Atoi(answer)
		if err != nil || n < 0 || n >= len(in.Values) {
			wrong.Add(question(i), "form.not_an_option")
		}
		b = append(b, n)
		said++
	}
	if said == 0 {
		wrong.Add(question(0), "findings.answer_one")
	}
	return b, wrong.Err()
}

type answerView struct {
	wellbeing.Asking
	Form ui.Form
	Lang string // of the questions
}

// view draws the questions, with what was typed.
func view(p web.Params, asked wellbeing.Asking, problem *fault.Fault) answerView {
	ctx := p.Context()
	wording, lang := asked.Sheet.In(i18n.Lang(ctx))
	f := ui.Form{ID: "answer", Action: p.URL.Path, Submit: i18n.T(ctx, "findings.answer.submit")}
	if problem != nil {
		f.Problem = i18n.T(ctx, problem.Key)
	}
	for i, item := range wording.Items {
		field := ui.Field{Name: question(i), Kind: ui.FieldScale, Label: strconv.Itoa(i+1) + ". " + item.Text, Value: p.PostForm.Get(question(i))}
		answers := item.Answers
		if len(answers) == 0 {
			answers = wording.Answers
		}
		for n, a := range answers {
			field.Options = append(field.Options, ui.Option{Value: strconv.Itoa(n), Label: a})
		}
		if problem != nil {
			for _, c := range problem.Fields {
				if c.Name == field.Name {
					field.Error = i18n.T(ctx, c.Key, c.Args...)
				}
			}
		}
		f.Fields = append(f.Fields, field)
	}
	return answerView{asked, f, lang}
}
