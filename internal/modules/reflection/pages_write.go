package reflection

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/platform/db"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/ui"
	"bastida/internal/platform/web"
)

// mostSent is the most bytes that a form may send while somebody types.
const mostSent = 500_000

// saved is where somebody goes after saving: on with one more row, or to read.
type saved struct {
	at   At
	more string
}

func (s *Service) writeRoutes(r *web.Router) {
	web.Submit(r, "/supervision/groups/{id}/record/{session}/edit", Write, web.SubmitSpec[Content, saved, none]{
		Form: contentForm, Flash: "reflection.saved", Start: s.starting, Options: s.dress, Page: s.editPage,
		Do: func(ctx context.Context, p web.Params, in Content) (saved, error) {
			_, err := s.Save(ctx, at(p), sent(p), in)
			return saved{at(p), p.PostFormValue("more")}, err
		},
		Next: func(done saved) string {
			if done.more == "actions" || done.more == "obstacles" {
				return done.at.Href() + "/edit?more=" + done.more + "#f-" + done.more
			}
			return done.at.Href()
		},
	})
	web.Handle(r, http.MethodPost, "/supervision/groups/{id}/record/{session}/draft", Write, s.keepSent)
	s.checkRoute(r)
}

// sent is what a form of this module sends, besides its fields.
func sent(p web.Params) Keystrokes {
	fields := url.Values{}
	for name, values := range p.PostForm {
		if name != "tab" && name != "version" && name != "from" {
			fields[name] = values
		}
	}
	return Keystrokes{Version: p.Version(), Tab: p.PostFormValue("tab"), From: record.ID(p.PostFormValue("from")), Fields: fields}
}

// keepSent stores what is being typed. Who saved meanwhile is said, and what is
// typed goes on being kept.
func (s *Service) keepSent(w http.ResponseWriter, p web.Params) error {
	p.Body = http.MaxBytesReader(w, p.Body, mostSent)
	if err := p.ParseForm(); err != nil {
		return fault.New(fault.Invalid, "web.unreadable")
	}
	ctx := p.Context()
	kept, by, err := s.Keep(ctx, at(p), sent(p))
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	text := i18n.T(ctx, "ui.draft.saved", "at", i18n.F(ctx, kept.UpdatedAt))
	if by != "" {
		text += " " + i18n.T(ctx, "reflection.saved_meanwhile", "by", by)
	}
	_, _ = fmt.Fprint(w, text) // the reader has gone if this fails
	return nil
}

// starting is what the form shows first: what was typed and not saved, when
// nobody saved since or the writer chose it; otherwise what was saved.
func (s *Service) starting(ctx context.Context, p web.Params) (c Content, version int, err error) {
	_, e, err := s.Page(ctx, p.ID(), record.ID(p.Path("session")))
	if err != nil {
		return c, 0, err
	}
	u, found, err := s.goingOn(ctx, p, e)
	if err != nil || !found {
		return e.Content, e.Record.Version, err
	}
	_ = contentForm.Read(u.Values, &c) // what is wrong is complained of when it is saved
	return c, e.Record.Version, nil
}

// goingOn finds the typed text that the form goes on with.
func (s *Service) goingOn(ctx context.Context, p web.Params, e Entry) (u Unsaved, found bool, err error) {
	if len(e.Mine) == 0 {
		return u, false, nil
	}
	all, err := s.UnsavedOf(ctx, at(p))
	i := slices.IndexFunc(all, func(u Unsaved) bool {
		return u.ID.String() == p.Get("typed") || p.Get("typed") == "" && u.Seen == e.Record.Version
	})
	if err != nil || i < 0 {
		return u, false, err
	}
	return all[i], true, nil
}

// dress puts in what is known only now: choices, where to save while typing,
// and which window this is.
func (s *Service) dress(ctx context.Context, p web.Params, view *ui.Form) error {
	b, e, err := s.Page(ctx, p.ID(), record.ID(p.Path("session")))
	if err != nil {
		return err
	}
	tab, from, now := p.PostFormValue("tab"), p.PostFormValue("from"), Content{}
	if p.Method == http.MethodPost {
		_ = contentForm.Read(p.PostForm, &now) // complained of already
	} else {
		u, found, err := s.goingOn(ctx, p, e)
		if err != nil {
			return err
		}
		if found {
			from, view.DraftSavedAt = u.ID.String(), i18n.F(ctx, u.UpdatedAt)
		}
		if now, _, err = s.starting(ctx, p); err != nil {
			return err
		}
		tab = db.NewID().String()
	}
	found, err := s.Look(ctx, p.ID(), now)
	if err != nil {
		return err
	}
	s.offer(ctx, view, b, now, found)
	view.Cancel, view.DraftHref, view.More = at(p).Href(), at(p).Href()+"/draft", true
	for name, value := range map[string]string{"tab": tab, "from": from} {
		view.Fields = append(view.Fields, ui.Field{Name: name, Kind: ui.FieldHidden, Value: value})
	}
	return nil
}

// offer puts the choices into the fields that have some.
func (s *Service) offer(ctx context.Context, view *ui.Form, b Book, now Content, found Found) {
	whom := literal(append([]string{}, b.Whom()...))
	for i := range view.Fields {
		f := &view.Fields[i]
		switch f.Name {
		case "themes":
			f.Options = termOptions(ctx, s.Taxonomy.Themes)
		case "goals":
			f.Options = literal(union(b.Group.Goals.V, now.Goals))
		case "allowed":
			f.Options = literal(found.Doubtful)
		}
		for _, row := range f.Rows {
			for j := range row {
				switch {
				case strings.HasSuffix(row[j].Name, ".kind"):
					row[j].Options = termOptions(ctx, s.Taxonomy.Obstacles)
				case strings.HasSuffix(row[j].Name, ".who"):
					row[j].Options, row[j].Blank = whom, i18n.T(ctx, "reflection.whole_group")
				}
			}
		}
	}
	view.Fields = slices.DeleteFunc(view.Fields, func(f ui.Field) bool {
		return (f.Name == "goals" || f.Name == "allowed") && len(f.Options) == 0
	})
}

func union(some, more []string) []string {
	all := slices.Clone(some)
	for _, one := range more {
		if !slices.Contains(all, one) {
			all = append(all, one)
		}
	}
	return all
}

func literal(texts []string) (options []ui.Option) {
	for _, one := range texts {
		options = append(options, ui.Option{Value: one, Label: one})
	}
	return options
}

func termOptions(ctx context.Context, terms []Term) (options []ui.Option) {
	for _, t := range terms {
		options = append(options, ui.Option{Value: t.Code, Label: t.Name.In(i18n.Lang(ctx))})
	}
	return options
}

// editView is the page on which a session is written.
type editView struct {
	pageView
	Form  ui.Form
	Stale bool
	Clash []ui.Difference // what was saved meanwhile, and what is typed
}

// editPage draws the form. When somebody saved meanwhile, what was typed stays,
// what the other wrote stands beside it, and saving again takes its place.
func (s *Service) editPage(ctx context.Context, p web.Params, view ui.Form) (templ.Component, error) {
	shown, err := s.pageView(ctx, p)
	if err != nil {
		return nil, err
	}
	if i := slices.IndexFunc(view.Fields, func(f ui.Field) bool { return f.Name == p.Get("more") }); i >= 0 {
		view.Fields[i].Open = true
	}
	v := editView{pageView: shown, Form: view}
	if p.Method == http.MethodPost && p.Version() != shown.Entry.Record.Version {
		var mine Content
		_ = contentForm.Read(p.PostForm, &mine) // complained of already
		v.Clash = s.differences(ctx, shown.Entry.Content, mine)
		v.Stale, v.Form.Version = true, shown.Entry.Record.Version
	}
	return editPage(v), nil
}
