package catalogue

import (
	"cmp"
	"context"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/kernel/text"
	"bastida/internal/platform/access"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/ui"
	"bastida/internal/platform/web"
)

// none is for twins that are not promised: a folder belongs to a browser.
type none struct{}

// sessionFolder is where a stranger's folder lies in the session.
const sessionFolder = "catalogue.folder"

// folderRoutes are the resources that a visitor gathers.
func (s *Service) folderRoutes(r *web.Router) {
	load := func(ctx context.Context, _ web.Params) ([]offer, error) { return s.folderOffers(ctx, r) }
	web.View(r, "/folder", access.Public, web.ViewSpec[[]offer, none]{
		Load: load,
		Page: func(_ context.Context, _ web.Params, offers []offer) templ.Component { return folderPage(offers) },
	})
	web.View(r, "/folder/print", access.Public, web.ViewSpec[[]offer, none]{
		Load: load,
		Page: func(_ context.Context, _ web.Params, offers []offer) templ.Component { return folderPrintPage(offers) },
	})
	web.Handle(r, http.MethodGet, "/folder/csv", access.Public, func(w http.ResponseWriter, p web.Params) error {
		offers, err := s.folderOffers(p.Context(), r)
		if err != nil {
			return err
		}
		w.Header().Set("Content-Type", "text/csv; charset=utf-8")
		w.Header().Set("Content-Disposition", `attachment; filename="catalogue.folder.csv"`)
		return offerTable.WriteCSV(p.Context(), w, offers)
	})
	web.Act(r, "/catalogue/{id}/keep", access.Public, web.ActSpec[record.ID, none]{
		Do:    func(ctx context.Context, p web.Params) (record.ID, error) { return p.ID(), s.keep(ctx, r, p.ID()) },
		Next:  func(id record.ID) string { return "/catalogue/" + id.String() },
		Flash: "catalogue.folder.kept",
	})
	web.Act(r, "/folder/{id}/remove", access.Public, web.ActSpec[record.ID, none]{
		Do:    func(ctx context.Context, p web.Params) (record.ID, error) { return p.ID(), s.drop(ctx, r, p.ID()) },
		Next:  func(record.ID) string { return "/folder" },
		Flash: "catalogue.folder.dropped",
	})
}

// folder lists what the visitor gathered: in the session for a stranger, kept
// for a person. What was gathered before signing in comes along.
func (s *Service) folder(ctx context.Context, r *web.Router) ([]record.ID, error) {
	held := held(ctx, r)
	if !actor.From(ctx).SignedIn() {
		return held, nil
	}
	if len(held) > 0 {
		if err := s.Keep(ctx, held...); err != nil {
			return nil, err
		}
		r.Sessions.Remove(ctx, sessionFolder)
	}
	return s.Kept(ctx)
}

func held(ctx context.Context, r *web.Router) (ids []record.ID) {
	for _, id := range strings.Fields(r.Sessions.GetString(ctx, sessionFolder)) {
		ids = append(ids, record.ID(id))
	}
	return ids
}

func hold(ctx context.Context, r *web.Router, ids []record.ID) {
	var list []string
	for _, id := range ids {
		list = append(list, id.String())
	}
	r.Sessions.Put(ctx, sessionFolder, strings.Join(list, " "))
}

func (s *Service) folderOffers(ctx context.Context, r *web.Router) ([]offer, error) {
	ids, err := s.folder(ctx, r)
	if err != nil {
		return nil, err
	}
	found, err := s.PublishedByIDs(ctx, ids)
	if err != nil {
		return nil, err
	}
	return s.withBeside(ctx, found)
}

// inFolder reports whether a resource is in the visitor's folder. A folder that
// cannot be read holds nothing: the sheet is what the reader came for.
func (s *Service) inFolder(ctx context.Context, r *web.Router, id record.ID) bool {
	ids, err := s.folder(ctx, r)
	return err == nil && slices.Contains(ids, id)
}

func (s *Service) keep(ctx context.Context, r *web.Router, id record.ID) error {
	if _, err := s.PublishedByID(ctx, id); err != nil {
		return err
	}
	if actor.From(ctx).SignedIn() {
		return s.Keep(ctx, id)
	}
	ids := held(ctx, r)
	switch {
	case slices.Contains(ids, id):
		return nil
	case len(ids) >= largestFolder:
		return fault.New(fault.Conflict, "catalogue.folder.full", "count", largestFolder)
	}
	hold(ctx, r, append(ids, id))
	return nil
}

func (s *Service) drop(ctx context.Context, r *web.Router, id record.ID) error {
	if actor.From(ctx).SignedIn() {
		return s.Drop(ctx, id)
	}
	hold(ctx, r, slices.DeleteFunc(held(ctx, r), func(kept record.ID) bool { return kept == id }))
	return nil
}

// named offers texts in the reader's language.
func named(ctx context.Context, texts map[string]text.Localized) (options []ui.Option) {
	for _, key := range slices.Sorted(maps.Keys(texts)) {
		options = append(options, ui.Option{Value: key, Label: find(ctx, texts[key]).Text})
	}
	return sorted(options)
}

func sorted(options []ui.Option) []ui.Option {
	slices.SortStableFunc(options, func(a, b ui.Option) int { return cmp.Compare(text.Fold(a.Label), text.Fold(b.Label)) })
	return options
}

// folderItems are the lines of the folder, each with a way out of it.
func folderItems(ctx context.Context, offers []offer) (items []ui.Item) {
	for _, o := range offers {
		home := "/" + o.ResourceID.String()
		items = append(items, ui.Item{
			Icon: "book-open", Title: find(ctx, o.Sheet.Title).Text, Href: "/catalogue" + home, Text: o.BodyName,
			Action: ui.ActionButton(ui.Action{Href: "/folder" + home + "/remove", Label: i18n.T(ctx, "catalogue.folder.remove"), Icon: "x"}),
		})
	}
	return items
}
