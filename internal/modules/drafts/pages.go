package drafts

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"

	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/platform/access"
	"bastida/internal/platform/db"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/ui"
	"bastida/internal/platform/web"
)

// mostSent is the most bytes that a form may send while somebody types.
const mostSent = 500_000

// Sent is what a form that Dress has dressed sends.
func Sent(p web.Params) Keystrokes {
	typed := url.Values{}
	for name, values := range p.PostForm {
		if name != "tab" && name != "version" {
			typed[name] = values
		}
	}
	return Keystrokes{Version: p.Version(), Tab: p.PostFormValue("tab"), Typed: typed}
}

// Dress makes a form save to href while somebody types: it says which window it
// is, and goes on with what was typed before.
func Dress(p web.Params, view *ui.Form, d Draft, href string) {
	tab := p.PostFormValue("tab")
	if tab == "" {
		tab = db.NewID().String()
	}
	view.DraftHref = href
	if p.Method == http.MethodGet {
		view.Version = d.Version
		for i, f := range view.Fields {
			if texts, typed := d.Typed.V[f.Name]; typed {
				view.Fields[i].Values, view.Fields[i].Value = texts, texts[0]
			}
		}
	}
	if !d.UpdatedAt.IsZero() {
		view.DraftSavedAt = i18n.F(p.Context(), d.UpdatedAt)
	}
	view.Fields = append(view.Fields, ui.Field{Name: "tab", Kind: ui.FieldHidden, Value: tab})
}

// Route mounts where a form saves while somebody types. The answer is the text
// that the form shows: when it was saved, or why it was not.
func Route(r *web.Router, path string, perm access.Permission, save func(context.Context, web.Params) (record.Time, error)) {
	web.Handle(r, http.MethodPost, path, perm, func(w http.ResponseWriter, p web.Params) error {
		p.Body = http.MaxBytesReader(w, p.Body, mostSent)
		if err := p.ParseForm(); err != nil {
			return fault.New(fault.Invalid, "web.unreadable")
		}
		at, err := save(p.Context(), p)
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		if f := fault.Of(err); errors.Is(err, fault.Stale) || errors.Is(err, fault.Conflict) {
			w.WriteHeader(http.StatusConflict)
			_, _ = fmt.Fprint(w, i18n.T(p.Context(), f.Key, f.Args...)) // the reader has gone if this fails
			return nil
		}
		if err == nil {
			_, _ = fmt.Fprint(w, i18n.T(p.Context(), "ui.draft.saved", "at", i18n.F(p.Context(), at))) // as above
		}
		return err
	})
}
