package applications

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"

	"github.com/a-h/templ"

	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/calls"
	"bastida/internal/modules/drafts"
	"bastida/internal/platform/files"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/ui"
	"bastida/internal/platform/web"
)

// mostSent bounds what a program may send, in bytes.
const mostSent = 500_000

// writeRoutes are the form of the application and what keeps it safe.
func (s *Service) writeRoutes(r *web.Router) {
	web.Submit(r, "/applications/{id}/edit", calls.Apply, web.SubmitSpec[Input, application, ApplicationShape]{
		Form: applicationForm, API: "PUT /applications/{id}", Shape: ShapeApplication, Flash: "applications.saved",
		Start: func(ctx context.Context, p web.Params) (Input, int, error) {
			a, err := s.editing(ctx, p.ID())
			return inputOf(a), 0, err
		},
		Options: s.dressEdit,
		Page: func(ctx context.Context, p web.Params, view ui.Form) (templ.Component, error) {
			b, err := s.board(ctx, p.ID())
			return editPage(b, view), err
		},
		Do: func(ctx context.Context, p web.Params, in Input) (application, error) {
			return s.Save(ctx, p.ID(), drafts.Sent(p), in)
		},
		Next: func(a application) string { return a.Href() + "/check" },
	})
	drafts.Route(r, "/applications/{id}/draft", calls.Apply, func(ctx context.Context, p web.Params) (record.Time, error) {
		a, err := s.SaveDraft(ctx, p.ID(), drafts.Sent(p))
		return a.UpdatedAt, err
	})
	web.View(r, "/applications/{id}/copies", calls.Apply, web.ViewSpec[copiesView, none]{
		Load: func(ctx context.Context, p web.Params) (v copiesView, err error) {
			if v.board, err = s.board(ctx, p.ID()); err == nil {
				v.Copies, err = s.Copies(ctx, p.ID())
			}
			return v, err
		},
		Page: func(_ context.Context, _ web.Params, v copiesView) templ.Component { return copiesPage(v) },
	})
	settle := func(name, flash string, do func(ctx context.Context, id, copyID record.ID) (application, error)) {
		web.Act(r, "/applications/{id}/copies/{copy}/"+name, calls.Apply, web.ActSpec[application, none]{
			Do: func(ctx context.Context, p web.Params) (application, error) {
				return do(ctx, p.ID(), record.ID(p.Path("copy")))
			},
			Next: func(a application) string { return a.Href() + "/edit" }, Flash: flash,
		})
	}
	settle("use", "applications.copy_used", s.UseCopy)
	settle("drop", "applications.copy_dropped", s.DropCopy)
}

func (s *Service) dressEdit(ctx context.Context, p web.Params, view *ui.Form) error {
	a, err := s.editing(ctx, p.ID())
	if err != nil {
		return err
	}
	call, err := s.Calls.Call(ctx, a.CallID)
	if err != nil {
		return err
	}
	d, err := s.typed(ctx, a, ownSection)
	if err != nil {
		return err
	}
	for i := range view.Fields {
		if view.Fields[i].Name == "modality" {
			for _, m := range call.Modalities.V {
				view.Fields[i].Options = append(view.Fields[i].Options, ui.Option{Value: m, Label: calls.ModalityName(ctx, m)})
			}
		}
	}
	view.Cancel = a.Href()
	drafts.Dress(p, view, d, a.Href()+"/draft")
	return nil
}

// annexRoutes are the annexes: forms made of data, which fit no declared form.
func (s *Service) annexRoutes(r *web.Router) {
	show := func(w http.ResponseWriter, p web.Params, problem error, status int) error {
		v, err := s.annexView(p, problem)
		if err != nil {
			return err
		}
		return r.Render(w, p, status, annexPage(v))
	}
	web.Handle(r, http.MethodGet, "/applications/{id}/annexes/{code}", calls.Read, func(w http.ResponseWriter, p web.Params) error {
		return show(w, p, nil, http.StatusOK)
	})
	web.Handle(r, http.MethodPost, "/applications/{id}/annexes/{code}", calls.Apply, func(w http.ResponseWriter, p web.Params) error {
		if err := p.ParseForm(); err != nil {
			return fault.New(fault.Invalid, "web.unreadable")
		}
		a, err := s.SaveAnnex(p.Context(), p.ID(), p.Path("code"), drafts.Sent(p))
		if errors.Is(err, fault.Stale) {
			return show(w, p, err, http.StatusConflict)
		}
		if err != nil {
			return err
		}
		if p.Get("refresh") != "" {
			return show(w, p, nil, http.StatusOK)
		}
		if problem := s.checkAnnex(p.Context(), a, p.Path("code")); problem != nil {
			return show(w, p, problem, http.StatusUnprocessableEntity)
		}
		http.Redirect(w, p.Request, a.Href()+"/check", http.StatusSeeOther)
		return nil
	})
	drafts.Route(r, "/applications/{id}/annexes/{code}/draft", calls.Apply, func(ctx context.Context, p web.Params) (record.Time, error) {
		_, err := s.SaveAnnex(ctx, p.ID(), p.Path("code"), drafts.Sent(p))
		return s.DB.Now(), err
	})
	web.Handle(r, http.MethodPut, "/api/v1/applications/{id}/annexes/{code}", calls.Apply, func(w http.ResponseWriter, p web.Params) error {
		typed, err := answersIn(http.MaxBytesReader(w, p.Body, mostSent))
		if err != nil {
			return err
		}
		a, err := s.SaveAnnex(p.Context(), p.ID(), p.Path("code"), drafts.Keystrokes{Typed: typed})
		if err == nil {
			err = s.checkAnnex(p.Context(), a, p.Path("code"))
		}
		if err != nil {
			return err
		}
		w.Header().Set("Content-Type", "application/json")
		return json.NewEncoder(w).Encode(ShapeApplication(a))
	})
}

// answersIn reads answers by the code of their question, as a form names them.
func answersIn(r io.Reader) (url.Values, error) {
	var answers map[string]any
	d := json.NewDecoder(r)
	d.UseNumber()
	if err := d.Decode(&answers); err != nil {
		return nil, fault.New(fault.Invalid, "web.bad_json", "problem", err.Error())
	}
	typed := url.Values{}
	for code, answer := range answers {
		switch answer := answer.(type) {
		case nil:
		case []any:
			for _, one := range answer {
				typed.Add("a_"+code, fmt.Sprint(one))
			}
		default:
			typed.Set("a_"+code, fmt.Sprint(answer))
		}
	}
	return typed, nil
}

// fileRoutes are the attachments.
func (s *Service) fileRoutes(r *web.Router) {
	web.View(r, "/applications/{id}/attachments", calls.Read, web.ViewSpec[board, none]{
		Load: func(ctx context.Context, p web.Params) (board, error) { return s.board(ctx, p.ID()) },
		Page: func(_ context.Context, _ web.Params, b board) templ.Component { return filesPage(b, "") },
	})
	// A file that is refused comes back beside its field, which an Act does not have.
	web.Handle(r, http.MethodPost, "/applications/{id}/attachments", calls.Apply, func(w http.ResponseWriter, p web.Params) error {
		a, err := s.attachSent(w, p)
		if f := fault.Of(err); errors.Is(err, fault.Invalid) {
			b, err := s.board(p.Context(), p.ID())
			if err != nil {
				return err
			}
			return r.Render(w, p, http.StatusUnprocessableEntity, filesPage(b, i18n.T(p.Context(), f.Key, f.Args...)))
		}
		if err == nil {
			r.Say(p, ui.OK, i18n.T(p.Context(), "applications.attached"))
			http.Redirect(w, p.Request, a.Href()+"/attachments", http.StatusSeeOther)
		}
		return err
	})
	web.Act(r, "/applications/{id}/attachments/{file}/remove", calls.Apply, web.ActSpec[application, none]{
		Do: func(ctx context.Context, p web.Params) (application, error) {
			return s.Detach(ctx, p.ID(), record.ID(p.Path("file")))
		},
		Next: func(a application) string { return a.Href() + "/attachments" }, Flash: "applications.detached",
	})
	web.Handle(r, http.MethodGet, "/applications/{id}/attachments/{file}", calls.Read, func(w http.ResponseWriter, p web.Params) error {
		found, err := s.Attachments(p.Context(), p.ID())
		if err != nil {
			return err
		}
		for _, f := range found {
			if f.ID.String() == p.Path("file") {
				return s.Files.Serve(w, p.Request, files.File(f))
			}
		}
		return fault.New(fault.NotFound, "record.not_found")
	})
}

// attachSent attaches the file that a form carries.
func (s *Service) attachSent(w http.ResponseWriter, p web.Params) (application, error) {
	const around = 1 << 20 // what a form adds to its file
	p.Body = http.MaxBytesReader(w, p.Body, files.MostBytes+around)
	upload, header, err := p.FormFile("file")
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return application{}, fault.New(fault.Invalid, "files.too_large", "megabytes", files.MostBytes>>20)
	}
	if err != nil {
		return application{}, fault.New(fault.Invalid, "applications.choose_file")
	}
	defer upload.Close() //nolint:errcheck // only read
	return s.Attach(p.Context(), p.ID(), header.Filename, upload)
}
