package web

import (
	"context"
	"net/http"
	"net/url"

	"github.com/a-h/templ"

	"bastida/internal/platform/access"
	"bastida/internal/platform/form"
	"bastida/internal/platform/table"
	"bastida/internal/platform/ui"
)

// ViewSpec is a page that shows one thing.
type ViewSpec[T, S any] struct {
	Load  func(ctx context.Context, p Params) (T, error)
	Page  func(ctx context.Context, p Params, t T) templ.Component
	Shape func(T) S // the JSON we promise; nil leaves the twin out
}

// View mounts GET path and its JSON twin.
func View[T, S any](r *Router, path string, perm access.Permission, s ViewSpec[T, S]) {
	r.mount(Route{Method: http.MethodGet, Path: path, Permission: perm, Shape: "view"}, func(w http.ResponseWriter, p Params) error {
		t, err := s.Load(p.Context(), p)
		if err != nil {
			return err
		}
		return r.render(w, p, http.StatusOK, s.Page(p.Context(), p, t))
	})
	if s.Shape == nil {
		return
	}
	operation[none, S](r, http.MethodGet, path, perm, "view", nil)
	r.mount(Route{Method: http.MethodGet, Path: apiPrefix + path, Permission: perm, Shape: "view"}, func(w http.ResponseWriter, p Params) error {
		t, err := s.Load(p.Context(), p)
		if err != nil {
			return err
		}
		return reply(w, http.StatusOK, s.Shape(t))
	})
}

// ListSpec is a page that shows many things of a kind.
type ListSpec[R, F, S any] struct {
	Table   *table.Table[R]
	Filter  *form.Form[F]
	Load    func(ctx context.Context, p Params, f F, page table.Page) (rows []R, total int, err error)
	Options func(ctx context.Context, p Params, filters *ui.Form) error // choices known only now; may be nil
	Page    func(ctx context.Context, p Params, f F, list ui.Table) (templ.Component, error)
	Shape   func(R) S // the JSON we promise of each row; nil leaves the twin out
	APIPath string    // of the twin, when it differs from the page's
}

// ListShape is the JSON of a list.
type ListShape[S any] struct {
	Items []S `json:"items"`
	Total int `json:"total" doc:"How many there are in all"`
	Page  int `json:"page" doc:"Number of this page, from 1"`
	Size  int `json:"size" doc:"Most items a page"`
}

// List mounts GET path, the same as CSV with ?format=csv, and its JSON twin.
func List[R, F, S any](r *Router, path string, perm access.Permission, s ListSpec[R, F, S]) {
	r.mount(Route{Method: http.MethodGet, Path: path, Permission: perm, Shape: "list"}, func(w http.ResponseWriter, p Params) error {
		var f F
		query := p.URL.Query()
		problem := s.Filter.Read(query, &f)
		page := s.Table.Read(query)
		if p.Get("format") == "csv" {
			return writeCSV(w, p, s, f, page.All())
		}
		rows, total, err := s.Load(p.Context(), p, f, page)
		if err != nil {
			return err
		}
		list := s.Table.View(p.Context(), rows, total, page, p.URL)
		if list.Filters, err = filters(p, s, &f, query, problem); err != nil {
			return err
		}
		drawn, err := s.Page(p.Context(), p, f, list)
		if err != nil {
			return err
		}
		return r.render(w, p, http.StatusOK, drawn)
	})
	if s.Shape != nil {
		listTwin(r, path, perm, s)
	}
}

func filters[R, F, S any](p Params, s ListSpec[R, F, S], f *F, typed url.Values, problem error) (*ui.Form, error) {
	if len(s.Filter.Fields) == 0 {
		return nil, nil //nolint:nilnil // a list without filters has none to draw
	}
	view := s.Filter.View(p.Context(), f, typed, problem)
	view.Action = p.URL.Path
	if s.Options == nil {
		return &view, nil
	}
	return &view, s.Options(p.Context(), p, &view)
}

func writeCSV[R, F, S any](w http.ResponseWriter, p Params, s ListSpec[R, F, S], f F, page table.Page) error {
	rows, _, err := s.Load(p.Context(), p, f, page)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="`+s.Table.Subject+`.csv"`)
	return s.Table.WriteCSV(p.Context(), w, rows)
}

func listTwin[R, F, S any](r *Router, path string, perm access.Permission, s ListSpec[R, F, S]) {
	if s.APIPath != "" {
		path = s.APIPath
	}
	operation[none, ListShape[S]](r, http.MethodGet, path, perm, "list", queryOf(s.Filter))
	r.mount(Route{Method: http.MethodGet, Path: apiPrefix + path, Permission: perm, Shape: "list"}, func(w http.ResponseWriter, p Params) error {
		var f F
		query := p.URL.Query()
		if err := s.Filter.Read(query, &f); err != nil {
			return err
		}
		page := s.Table.Read(query)
		rows, total, err := s.Load(p.Context(), p, f, page)
		if err != nil {
			return err
		}
		items := make([]S, len(rows))
		for i, row := range rows {
			items[i] = s.Shape(row)
		}
		return reply(w, http.StatusOK, ListShape[S]{items, total, page.Number, page.Size})
	})
}

// SubmitSpec is a form that does something.
type SubmitSpec[In, Out, S any] struct {
	Form    *form.Form[In]
	Start   func(ctx context.Context, p Params) (in In, version int, err error)        // what the form shows first; nil starts empty
	Options func(ctx context.Context, p Params, view *ui.Form) error                   // choices and wording known only now; may be nil
	Page    func(ctx context.Context, p Params, view ui.Form) (templ.Component, error) // draws the form
	Do      func(ctx context.Context, p Params, in In) (Out, error)                    // the verb
	Next    func(Out) string                                                           // where to go when done
	Flash   string                                                                     // message key of what was done; may be empty
	Shape   func(Out) S                                                                // the JSON we promise; nil leaves the twin out
	API     string                                                                     // method and path of the twin, such as "PUT /calls/{id}"
}

// Submit mounts GET path, which shows the form, POST path, which does it, and
// the JSON twin of the latter. A refused form comes back with status 422,
// everything typed kept and every complaint beside its field.
func Submit[In, Out, S any](r *Router, path string, perm access.Permission, s SubmitSpec[In, Out, S]) {
	r.mount(Route{Method: http.MethodGet, Path: path, Permission: perm, Shape: "submit"}, func(w http.ResponseWriter, p Params) error {
		var in In
		var version int
		var err error
		if s.Start != nil {
			if in, version, err = s.Start(p.Context(), p); err != nil {
				return err
			}
		}
		view := s.Form.View(p.Context(), &in, nil, nil)
		view.Version = version
		return showForm(r, w, p, s, view, http.StatusOK)
	})
	r.mount(Route{Method: http.MethodPost, Path: path, Permission: perm, Shape: "submit"}, func(w http.ResponseWriter, p Params) error {
		if err := parse(w, p); err != nil {
			return err
		}
		var in In
		err := s.Form.Read(p.PostForm, &in)
		var out Out
		if err == nil {
			out, err = s.Do(p.Context(), p, in)
		}
		if status := refusal(err); status != 0 {
			view := s.Form.View(p.Context(), &in, p.PostForm, err)
			view.Version = p.Version()
			return showForm(r, w, p, s, view, status)
		}
		if err != nil {
			return err
		}
		r.done(w, p, s.Next(out), s.Flash)
		return nil
	})
	if s.Shape != nil {
		submitTwin(r, perm, s)
	}
}

func showForm[In, Out, S any](r *Router, w http.ResponseWriter, p Params, s SubmitSpec[In, Out, S], view ui.Form, status int) error {
	if view.Action == "" {
		view.Action = p.URL.RequestURI()
	}
	if s.Options != nil {
		if err := s.Options(p.Context(), p, &view); err != nil {
			return err
		}
	}
	drawn, err := s.Page(p.Context(), p, view)
	if err != nil {
		return err
	}
	return r.render(w, p, status, drawn)
}

func submitTwin[In, Out, S any](r *Router, perm access.Permission, s SubmitSpec[In, Out, S]) {
	method, path := cutMethod(s.API)
	operation[In, S](r, method, path, perm, "submit", nil)
	r.mount(Route{Method: method, Path: apiPrefix + path, Permission: perm, Shape: "submit"}, func(w http.ResponseWriter, p Params) error {
		var in In
		if err := decode(w, p, &in); err != nil {
			return err
		}
		if err := s.Form.Check(&in); err != nil {
			return err
		}
		out, err := s.Do(p.Context(), p, in)
		if err != nil {
			return err
		}
		status := http.StatusOK
		if method == http.MethodPost {
			status = http.StatusCreated
		}
		return reply(w, status, s.Shape(out))
	})
}

// ActSpec is a button: a verb that needs no form.
type ActSpec[Out, S any] struct {
	Do    func(ctx context.Context, p Params) (Out, error)
	Next  func(Out) string
	Flash string      // message key of what was done; may be empty
	Shape func(Out) S // the JSON we promise; nil leaves the twin out
	Makes bool        // the verb makes a record: the twin answers 201
}

// confirmation asks once more, on a page of its own, whoever has no scripts to
// be asked by. The question and the words of the button came with the form.
func confirmation(p Params, question string) templ.Component {
	again := ui.Action{Href: p.URL.Path, Label: p.PostFormValue("ask_label"), Confirm: question, Hidden: map[string]string{}}
	for name := range p.PostForm {
		if name != "ask" && name != "ask_label" {
			again.Hidden[name] = p.PostFormValue(name)
		}
	}
	return ui.ConfirmPage(again, p.back())
}

// Act mounts POST path and its JSON twin. A verb refused for a reason that the
// person can mend goes back to where they were, with the reason on top.
func Act[Out, S any](r *Router, path string, perm access.Permission, s ActSpec[Out, S]) {
	r.mount(Route{Method: http.MethodPost, Path: path, Permission: perm, Shape: "act"}, func(w http.ResponseWriter, p Params) error {
		if err := parse(w, p); err != nil {
			return err
		}
		if question := p.PostFormValue("ask"); question != "" && p.PostFormValue("confirmed") == "" {
			return r.render(w, p, http.StatusOK, confirmation(p, question))
		}
		out, err := s.Do(p.Context(), p)
		if refusal(err) != 0 && p.back() != "" {
			r.sayProblem(p, err)
			http.Redirect(w, p.Request, p.back(), http.StatusSeeOther)
			return nil
		}
		if err != nil {
			return err
		}
		r.done(w, p, s.Next(out), s.Flash)
		return nil
	})
	if s.Shape == nil {
		return
	}
	shape, status := "act", http.StatusOK
	if s.Makes {
		shape, status = "submit", http.StatusCreated
	}
	operation[none, S](r, http.MethodPost, path, perm, shape, nil)
	r.mount(Route{Method: http.MethodPost, Path: apiPrefix + path, Permission: perm, Shape: "act"}, func(w http.ResponseWriter, p Params) error {
		out, err := s.Do(p.Context(), p)
		if err != nil {
			return err
		}
		return reply(w, status, s.Shape(out))
	})
}
