package reflection

import (
	"context"
	"net/http"

	"github.com/a-h/templ"

	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/supervision"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/ui"
	"bastida/internal/platform/web"
)

// none is for twins that are not promised.
type none struct{}

// home is the record of a group.
func home(group record.ID) string { return "/supervision/groups/" + group.String() + "/record" }

// Href is the page of the record of a session.
func (at At) Href() string { return home(at.Group) + "/" + at.Session.String() }

func at(p web.Params) At { return At{p.ID(), record.ID(p.Path("session"))} }

// Routes mounts the pages of this module.
func (s *Service) Routes(r *web.Router) {
	s.bookRoutes(r)
	s.writeRoutes(r)
	s.eraseRoutes(r)
}

// bookRoutes are the pages that read.
func (s *Service) bookRoutes(r *web.Router) {
	book := func(ctx context.Context, p web.Params) (Book, error) { return s.Book(ctx, p.ID()) }
	web.View(r, "/supervision/groups/{id}/record", Write, web.ViewSpec[Book, none]{
		Load: book,
		Page: func(ctx context.Context, _ web.Params, b Book) templ.Component { return bookPage(b, s.tabs(ctx, b)) },
	})
	web.View(r, "/supervision/groups/{id}/record/print", Write, web.ViewSpec[Book, none]{
		Load: book,
		Page: func(_ context.Context, _ web.Params, b Book) templ.Component { return printPage(b, s.Taxonomy) },
	})
	web.View(r, "/supervision/groups/{id}/record/{session}", Write, web.ViewSpec[pageView, none]{
		Load: s.pageView,
		Page: func(_ context.Context, _ web.Params, v pageView) templ.Component { return entryPage(v) },
	})
	web.View(r, "/supervision/groups/{id}/record/{session}/unsaved", Write, web.ViewSpec[unsavedView, none]{
		Load: s.unsavedView,
		Page: func(_ context.Context, _ web.Params, v unsavedView) templ.Component { return unsavedPage(v) },
	})
	web.Act(r, "/supervision/groups/{id}/record/{session}/unsaved/{typed}/drop", Write, web.ActSpec[At, none]{
		Do: func(ctx context.Context, p web.Params) (At, error) {
			err := s.Drop(ctx, at(p), record.ID(p.Path("typed")))
			return at(p), err
		},
		Next: At.Href, Flash: "reflection.dropped",
	})
}

// tabs are the pages of the group, this one among them.
func (s *Service) tabs(ctx context.Context, b Book) []ui.Link {
	return s.Supervision.GroupTabsOf(ctx, b.Group, home(b.Group.ID))
}

// groupTab offers the record to those whose group it is, and to nobody else.
func (s *Service) groupTab(ctx context.Context, g supervision.Group) []ui.Link {
	if _, err := s.member(ctx, g.ID); err != nil {
		return nil
	}
	return []ui.Link{{Href: home(g.ID), Label: i18n.T(ctx, "reflection.tab")}}
}

// programmeTab offers the erasure to whoever may order it.
func (s *Service) programmeTab(ctx context.Context, p supervision.Programme) []ui.Link {
	if !Erase.May(ctx) {
		return nil
	}
	return []ui.Link{{Href: p.Href() + "/erasure", Label: i18n.T(ctx, "reflection.erasure.tab")}}
}

// pageView is one session of a book.
type pageView struct {
	Book
	Entry    Entry
	Taxonomy Taxonomy
}

func (v pageView) at() At { return At{v.Group.ID, v.Entry.ID} }

func (s *Service) pageView(ctx context.Context, p web.Params) (v pageView, err error) {
	v.Taxonomy = s.Taxonomy
	v.Book, v.Entry, err = s.Page(ctx, p.ID(), record.ID(p.Path("session")))
	return v, err
}

// unsavedView is what somebody typed and did not save, each beside what stands.
type unsavedView struct {
	pageView
	Texts []unsavedText
}

type unsavedText struct {
	Unsaved
	Differences []ui.Difference
}

func (s *Service) unsavedView(ctx context.Context, p web.Params) (v unsavedView, err error) {
	if v.pageView, err = s.pageView(ctx, p); err != nil {
		return v, err
	}
	all, err := s.UnsavedOf(ctx, at(p))
	for _, u := range all {
		var mine Content
		_ = contentForm.Read(u.Values, &mine) // what is wrong is complained of when it is saved
		v.Texts = append(v.Texts, unsavedText{u, s.differences(ctx, v.Entry.Content, mine)})
	}
	return v, err
}

// differences lists what two contents state differently, in the words of the
// taxonomy.
func (s *Service) differences(ctx context.Context, saved, mine Content) []ui.Difference {
	said := func(c Content) *Content {
		c.Themes, c.Allowed = termNames(ctx, s.Taxonomy.Themes, c.Themes), nil
		return &c
	}
	return contentForm.Differences(ctx, said(saved), said(mine))
}

func termNames(ctx context.Context, terms []Term, codes []string) (names []string) {
	for _, code := range codes {
		names = append(names, nameOf(terms, code, i18n.Lang(ctx)))
	}
	return names
}

// eraseRoutes are the keys of a programme, for whoever may destroy them.
func (s *Service) eraseRoutes(r *web.Router) {
	web.View(r, "/supervision/programmes/{id}/erasure", Erase, web.ViewSpec[Erasure, none]{
		Load: func(ctx context.Context, p web.Params) (Erasure, error) { return s.Erasure(ctx, p.ID()) },
		Page: func(ctx context.Context, _ web.Params, e Erasure) templ.Component {
			return erasurePage(e, s.Supervision.TabsOf(ctx, e.Programme, e.Programme.Href()+"/erasure"))
		},
	})
	web.Act(r, "/supervision/programmes/{id}/erasure", Erase, web.ActSpec[Erasure, none]{
		Do:   func(ctx context.Context, p web.Params) (Erasure, error) { return s.Destroy(ctx, p.ID()) },
		Next: func(e Erasure) string { return e.Programme.Href() + "/erasure" }, Flash: "reflection.erasure.done",
	})
}

// checkRoute answers a page while somebody types in it.
func (s *Service) checkRoute(r *web.Router) {
	web.Handle(r, http.MethodPost, "/supervision/groups/{id}/record/check", Write, func(w http.ResponseWriter, p web.Params) error {
		p.Body = http.MaxBytesReader(w, p.Body, mostSent)
		if err := p.ParseForm(); err != nil {
			return fault.New(fault.Invalid, "web.unreadable")
		}
		var c Content
		_ = contentForm.Read(p.PostForm, &c) // what else is wrong is said when it is saved
		found, err := s.Look(p.Context(), p.ID(), c)
		if err != nil {
			return err
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Cache-Control", "no-store")
		return findsView(found, c.Allowed).Render(p.Context(), w)
	})
}
