package catalogue

import (
	"cmp"
	"context"
	"io"
	"net/http"

	"github.com/a-h/templ"

	"bastida/internal/kernel/fault"
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

// Tools are what another module lets visitors do with resources: buttons drawn
// at the head of the public list and of each public sheet.
type Tools struct {
	List  func(ctx context.Context) (templ.Component, error)
	Sheet func(ctx context.Context, resource record.ID) templ.Component
}

var noTools = Tools{
	List:  func(context.Context) (templ.Component, error) { return templ.NopComponent, nil },
	Sheet: func(context.Context, record.ID) templ.Component { return templ.NopComponent },
}

// OfferTools gives the public pages their tools. It is called while the program
// is put together; without it the pages have none.
func (s *Service) OfferTools(t Tools) { s.tools = t }

// Offer is a publication with what other modules say beside it.
type Offer struct {
	Publication
	Beside []ui.Notice
}

// titles are the columns by which a language sorts titles.
var titles = map[string]string{"ca": "v.title_ca", "es": "v.title_es", "it": "v.title_it", "en": "v.title_en"}

var offerTable = &table.Table[Offer]{
	Subject: "catalogue.offer",
	Size:    20,
	Columns: []*table.Column[Offer]{
		table.Said("title", func(ctx context.Context, o Offer) string { return ui.Find(ctx, o.Sheet.Title).Text }).
			Sort(titles["ca"]).Cell(func(_ context.Context, o Offer) templ.Component { return titleCell(o) }),
		table.Text("body", func(o Offer) string { return o.BodyName }).Wide(),
		table.Said("kind", func(ctx context.Context, o Offer) string { return kindName(ctx, o.Sheet) }),
		table.Said("recipients", func(ctx context.Context, o Offer) string {
			return cmp.Or(recipientNames(ctx, o.Sheet), ui.Find(ctx, o.Sheet.RecipientsText).Text)
		}).Wide(),
		table.Said("validity", func(ctx context.Context, o Offer) string {
			return cmp.Or(span(ctx, o.Sheet.ValidFrom, o.Sheet.ValidTo), "–")
		}),
		table.Text("code", func(o Offer) string { return o.Sheet.Code }),
	},
	Issue: func(_ context.Context, o Offer) *ui.Notice {
		if len(o.Beside) == 0 {
			return nil
		}
		return &o.Beside[0]
	},
}

// Routes mounts the pages of this module: what everybody may read.
func (s *Service) Routes(r *web.Router) {
	web.List(r, "/catalogue", access.Public, web.ListSpec[Offer, Filter, OfferShape]{
		Table:   offerTable,
		Filter:  filterForm,
		Load:    s.offers,
		Options: s.filterOptions,
		Page: func(ctx context.Context, _ web.Params, _ Filter, list ui.Table) (templ.Component, error) {
			tools, err := s.tools.List(ctx)
			return cataloguePage(list, tools), err
		},
		Shape:   shapeOffer,
		APIPath: "/catalogue/resources",
	})
	web.View(r, "/catalogue/{id}", access.Public, web.ViewSpec[Offer, PublicationShape]{
		Load: s.offer,
		Page: func(ctx context.Context, _ web.Params, o Offer) templ.Component {
			return offerPage(o, s.tools.Sheet(ctx, o.ResourceID))
		},
		Shape: func(o Offer) PublicationShape { return shapePublication(o.Publication) },
	})
	// The address of a resource in the API, for whoever opens it in a browser.
	web.Handle(r, http.MethodGet, "/catalogue/resources/{id}", access.Public, func(w http.ResponseWriter, p web.Params) error {
		http.Redirect(w, p.Request, "/catalogue/"+p.ID().String(), http.StatusSeeOther)
		return nil
	})
}

func (s *Service) offer(ctx context.Context, p web.Params) (Offer, error) {
	found, err := s.Offers(ctx, []record.ID{p.ID()})
	if err != nil {
		return Offer{}, err
	}
	if len(found) == 0 {
		return Offer{}, fault.New(fault.NotFound, "record.not_found")
	}
	return found[0], nil
}

// Offers returns those of the resources that everybody sees, in the order asked
// for, with what other modules say beside each.
func (s *Service) Offers(ctx context.Context, ids []record.ID) ([]Offer, error) {
	found, err := s.PublishedByIDs(ctx, ids)
	if err != nil {
		return nil, err
	}
	return s.withBeside(ctx, found)
}

// WriteCSV writes offers as the public list does.
func WriteCSV(ctx context.Context, w io.Writer, offers []Offer) error {
	return offerTable.WriteCSV(ctx, w, offers)
}

func (s *Service) offers(ctx context.Context, _ web.Params, f Filter, page table.Page) ([]Offer, int, error) {
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

// withBeside asks every slot once for the whole list.
func (s *Service) withBeside(ctx context.Context, found []Publication) ([]Offer, error) {
	offers := make([]Offer, len(found))
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
