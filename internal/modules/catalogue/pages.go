package catalogue

import (
	"context"
	"net/http"

	"github.com/a-h/templ"

	"bastida/internal/kernel/record"
	"bastida/internal/platform/access"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/table"
	"bastida/internal/platform/ui"
	"bastida/internal/platform/web"
)

// Slot is what another module says beside resources that the public sees, such
// as until when they can be asked for. It answers for whoever is reading.
type Slot func(ctx context.Context, resources []record.ID) (map[record.ID][]ui.Notice, error)

// ShowBeside adds a slot to the public list and to the public sheets. It is
// called while the program is put together.
func (s *Service) ShowBeside(slot Slot) { s.beside = append(s.beside, slot) }

// offer is a publication with what other modules say beside it.
type offer struct {
	Publication
	Beside []ui.Notice
}

// Routes mounts the pages of this module.
func (s *Service) Routes(r *web.Router) {
	s.publicRoutes(r)
	s.folderRoutes(r)
	s.ownRoutes(r)
}

// titles are the columns by which a language sorts titles.
var titles = map[string]string{"ca": "v.title_ca", "es": "v.title_es", "it": "v.title_it", "en": "v.title_en"}

var offerTable = &table.Table[offer]{
	Subject: "catalogue.offer",
	Size:    20,
	Columns: []*table.Column[offer]{
		table.Said("title", func(ctx context.Context, o offer) string { return find(ctx, o.Sheet.Title).Text }).
			Sort(titles["ca"]).Cell(func(_ context.Context, o offer) templ.Component { return titleCell(o) }),
		table.Text("body", func(o offer) string { return o.BodyName }),
		table.Said("kind", func(ctx context.Context, o offer) string { return kindName(ctx, o.Sheet) }),
		table.Said("recipients", func(ctx context.Context, o offer) string { return recipientNames(ctx, o.Sheet) }),
		table.Said("validity", func(ctx context.Context, o offer) string { return span(ctx, o.Sheet.ValidFrom, o.Sheet.ValidTo) }),
		table.Text("code", func(o offer) string { return o.Sheet.Code }),
	},
	Issue: func(_ context.Context, o offer) *ui.Notice {
		if len(o.Beside) == 0 {
			return nil
		}
		return &o.Beside[0]
	},
}

// publicRoutes are what everybody may read.
func (s *Service) publicRoutes(r *web.Router) {
	web.List(r, "/catalogue", access.Public, web.ListSpec[offer, Filter, OfferShape]{
		Table:   offerTable,
		Filter:  filterForm,
		Load:    s.offers,
		Options: s.filterOptions,
		Page: func(ctx context.Context, p web.Params, _ Filter, list ui.Table) (templ.Component, error) {
			ids, err := s.folder(ctx, r)
			return cataloguePage(list, len(ids)), err
		},
		Shape:   shapeOffer,
		APIPath: "/catalogue/resources",
	})
	web.View(r, "/catalogue/{id}", access.Public, web.ViewSpec[offer, PublicationShape]{
		Load: func(ctx context.Context, p web.Params) (offer, error) { return s.offer(ctx, p.ID()) },
		Page: func(ctx context.Context, p web.Params, o offer) templ.Component {
			return offerPage(o, s.inFolder(ctx, r, o.ResourceID))
		},
		Shape: func(o offer) PublicationShape { return shapePublication(o.Publication) },
	})
	// The address of a resource in the API, for whoever opens it in a browser.
	web.Handle(r, http.MethodGet, "/catalogue/resources/{id}", access.Public, func(w http.ResponseWriter, p web.Params) error {
		http.Redirect(w, p.Request, "/catalogue/"+p.ID().String(), http.StatusSeeOther)
		return nil
	})
}

func (s *Service) offers(ctx context.Context, _ web.Params, f Filter, page table.Page) ([]offer, int, error) {
	if page.Sort == titles["ca"] {
		page.Sort = titles[i18n.Lang(ctx)]
	}
	found, total, err := s.Published(ctx, f, page)
	if err != nil {
		return nil, 0, err
	}
	offers, err := s.withBeside(ctx, found)
	return offers, total, err
}

func (s *Service) offer(ctx context.Context, id record.ID) (offer, error) {
	found, err := s.PublishedByID(ctx, id)
	if err != nil {
		return offer{}, err
	}
	offers, err := s.withBeside(ctx, []Publication{found})
	if err != nil {
		return offer{}, err
	}
	return offers[0], nil
}

// withBeside asks every slot once for the whole list.
func (s *Service) withBeside(ctx context.Context, found []Publication) ([]offer, error) {
	offers := make([]offer, len(found))
	ids := make([]record.ID, len(found))
	for i, p := range found {
		offers[i].Publication, ids[i] = p, p.ResourceID
	}
	for _, slot := range s.beside {
		said, err := slot(ctx, ids)
		if err != nil {
			return nil, err
		}
		for i, id := range ids {
			offers[i].Beside = append(offers[i].Beside, said[id]...)
		}
	}
	return offers, nil
}

// filterOptions are the values that the published sheets have now.
func (s *Service) filterOptions(ctx context.Context, _ web.Params, filters *ui.Form) error {
	choices, err := s.Choices(ctx)
	if err != nil {
		return err
	}
	for i := range filters.Fields {
		switch f := &filters.Fields[i]; f.Name {
		case "body":
			for _, b := range choices.Bodies {
				f.Options = append(f.Options, ui.Option{Value: b.Code, Label: b.Name})
			}
			f.Options = sorted(f.Options)
		case "subject":
			f.Options = named(ctx, choices.Subjects)
		case "modality":
			f.Options = named(ctx, choices.Modalities)
		}
	}
	return nil
}
