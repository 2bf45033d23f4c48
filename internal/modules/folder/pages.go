package folder

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/catalogue"
	"bastida/internal/platform/access"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/ui"
	"bastida/internal/platform/web"
)

// none is for twins that are not promised: a folder belongs to a browser.
type none struct{}

// sessionFolder is where a stranger's folder lies in the session.
const sessionFolder = "folder"

// Routes mounts the pages of this module, and puts its buttons on the public
// pages of the catalogue.
func (s *Service) Routes(r *web.Router) {
	s.sessions = r.Sessions
	s.catalogue.OfferTools(catalogue.Tools{List: s.listTools, Sheet: s.sheetTools})
	load := func(ctx context.Context, _ web.Params) ([]catalogue.Offer, error) { return s.offers(ctx) }
	web.View(r, "/folder", access.Public, web.ViewSpec[[]catalogue.Offer, none]{
		Load: load,
		Page: func(_ context.Context, _ web.Params, offers []catalogue.Offer) templ.Component {
			return folderPage(offers)
		},
	})
	web.View(r, "/folder/print", access.Public, web.ViewSpec[[]catalogue.Offer, none]{
		Load: load,
		Page: func(_ context.Context, _ web.Params, offers []catalogue.Offer) templ.Component {
			return folderPrintPage(offers)
		},
	})
	web.Handle(r, http.MethodGet, "/folder/csv", access.Public, func(w http.ResponseWriter, p web.Params) error {
		offers, err := s.offers(p.Context())
		if err != nil {
			return err
		}
		w.Header().Set("Content-Type", "text/csv; charset=utf-8")
		w.Header().Set("Content-Disposition", `attachment; filename="folder.csv"`)
		return catalogue.WriteCSV(p.Context(), w, offers)
	})
	web.Act(r, "/catalogue/{id}/keep", access.Public, web.ActSpec[record.ID, none]{
		Do:    func(ctx context.Context, p web.Params) (record.ID, error) { return p.ID(), s.keep(ctx, p.ID()) },
		Next:  func(id record.ID) string { return "/catalogue/" + id.String() },
		Flash: "folder.kept",
	})
	web.Act(r, "/folder/{id}/remove", access.Public, web.ActSpec[record.ID, none]{
		Do:    func(ctx context.Context, p web.Params) (record.ID, error) { return p.ID(), s.drop(ctx, p.ID()) },
		Next:  func(record.ID) string { return "/folder" },
		Flash: "folder.dropped",
	})
}

// gathered lists what the visitor gathered: in the session for a stranger, kept
// for a person. What was gathered before signing in comes along.
func (s *Service) gathered(ctx context.Context) ([]record.ID, error) {
	held := s.held(ctx)
	if !actor.From(ctx).SignedIn() {
		return held, nil
	}
	if len(held) > 0 {
		if err := s.Keep(ctx, held...); err != nil {
			return nil, err
		}
		s.sessions.Remove(ctx, sessionFolder)
	}
	return s.Kept(ctx)
}

func (s *Service) held(ctx context.Context) (ids []record.ID) {
	for _, id := range strings.Fields(s.sessions.GetString(ctx, sessionFolder)) {
		ids = append(ids, record.ID(id))
	}
	return ids
}

func (s *Service) hold(ctx context.Context, ids []record.ID) {
	var list []string
	for _, id := range ids {
		list = append(list, id.String())
	}
	s.sessions.Put(ctx, sessionFolder, strings.Join(list, " "))
}

func (s *Service) offers(ctx context.Context) ([]catalogue.Offer, error) {
	ids, err := s.gathered(ctx)
	if err != nil {
		return nil, err
	}
	return s.catalogue.Offers(ctx, ids)
}

// listTools lead from the public list to the folder.
func (s *Service) listTools(ctx context.Context) (templ.Component, error) {
	ids, err := s.gathered(ctx)
	return folderLink(len(ids)), err
}

// sheetTools put a resource in the folder or take it out. A folder that cannot
// be read holds nothing: the sheet is what the reader came for.
func (s *Service) sheetTools(ctx context.Context, id record.ID) templ.Component {
	ids, err := s.gathered(ctx)
	return keepButtons(id, err == nil && slices.Contains(ids, id))
}

func (s *Service) keep(ctx context.Context, id record.ID) error {
	if _, err := s.catalogue.PublishedByID(ctx, id); err != nil {
		return err
	}
	if actor.From(ctx).SignedIn() {
		return s.Keep(ctx, id)
	}
	ids := s.held(ctx)
	switch {
	case slices.Contains(ids, id):
		return nil
	case len(ids) >= largestFolder:
		return fault.New(fault.Conflict, "folder.full", "count", largestFolder)
	}
	s.hold(ctx, append(ids, id))
	return nil
}

func (s *Service) drop(ctx context.Context, id record.ID) error {
	if actor.From(ctx).SignedIn() {
		return s.Drop(ctx, id)
	}
	s.hold(ctx, slices.DeleteFunc(s.held(ctx), func(kept record.ID) bool { return kept == id }))
	return nil
}

// folderItems are the lines of the folder, each with a way out of it.
func folderItems(ctx context.Context, offers []catalogue.Offer) (items []ui.Item) {
	for _, o := range offers {
		home := "/" + o.ResourceID.String()
		items = append(items, ui.Item{
			Icon: "book-open", Title: ui.Find(ctx, o.Sheet.Title).Text, Href: "/catalogue" + home, Text: o.BodyName,
			Action: ui.ActionButton(ui.Action{Href: "/folder" + home + "/remove", Label: i18n.T(ctx, "folder.remove"), Icon: "x"}),
		})
	}
	return items
}
