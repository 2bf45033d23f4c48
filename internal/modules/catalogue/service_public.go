package catalogue

import (
	"context"
	"slices"

	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/kernel/text"
	"bastida/internal/modules/identity"
	"bastida/internal/platform/db"
	"bastida/internal/platform/table"
)

// Filter narrows the public list.
type Filter struct {
	Words     string
	Body      string // code of the body that offers it
	Kind      Kind
	Subject   string // as Choices gives it
	Recipient string // a kind of body
	Modality  string // code of a modality
	OnlyValid bool   // valid today
}

// Published lists what every body offers, to everybody.
func (s *Service) Published(ctx context.Context, f Filter, p table.Page) (found []Publication, total int, err error) {
	n := narrowed{Filter: f}
	if f.Body != "" {
		body, err := s.bodies.BodyByCode(ctx, f.Body)
		if fault.Of(err) != nil {
			return nil, 0, nil // a body that nobody knows offers nothing
		}
		if err != nil {
			return nil, 0, err
		}
		n.tenant = body.ID
	}
	err = s.db.ViewAcross(ctx, "published resources are public", func(tx *db.Tx) error {
		n.today = today(tx.Now)
		rows, all, err := shownWhere(tx, n, p)
		if err != nil {
			return err
		}
		total = all
		found, err = s.publications(tx.Context, rows)
		return err
	})
	return found, total, err
}

// PublishedByID returns a resource as everybody sees it.
func (s *Service) PublishedByID(ctx context.Context, id record.ID) (Publication, error) {
	found, err := s.PublishedByIDs(ctx, []record.ID{id})
	if err != nil {
		return Publication{}, err
	}
	if len(found) == 0 {
		return Publication{}, fault.New(fault.NotFound, "record.not_found")
	}
	return found[0], nil
}

// PublishedByIDs returns those of the resources that everybody sees, in the
// order asked for.
func (s *Service) PublishedByIDs(ctx context.Context, ids []record.ID) (found []Publication, err error) {
	if len(ids) == 0 {
		return nil, nil
	}
	err = s.db.ViewAcross(ctx, "published resources are public", func(tx *db.Tx) error {
		rows, err := shownByID(tx, ids)
		if err != nil {
			return err
		}
		slices.SortFunc(rows, func(a, b Version) int {
			return slices.Index(ids, a.ResourceID) - slices.Index(ids, b.ResourceID)
		})
		found, err = s.publications(tx.Context, rows)
		return err
	})
	return found, err
}

// Choices are the values by which the public list can be narrowed now.
type Choices struct {
	Bodies     []identity.Body
	Subjects   map[string]text.Localized
	Modalities map[string]text.Localized
}

// Choices returns what there is to choose among in the public list.
func (s *Service) Choices(ctx context.Context) (Choices, error) {
	all, _, err := s.Published(ctx, Filter{}, table.Page{Number: 1, Size: 1000})
	c := Choices{Subjects: map[string]text.Localized{}, Modalities: map[string]text.Localized{}}
	seen := map[record.ID]bool{}
	for _, p := range all {
		if !seen[p.TenantID] {
			c.Bodies = append(c.Bodies, identity.Body{Code: p.BodyCode, Name: p.BodyName, NameFold: text.Fold(p.BodyName)})
			seen[p.TenantID] = true
		}
		if key := p.Sheet.subjectKey(); key != "" {
			c.Subjects[key] = p.Sheet.Subject
		}
		for _, m := range p.Sheet.Modalities {
			c.Modalities[m.Code] = m.Name
		}
	}
	return c, err
}

// publications adds to each version the body that publishes it.
func (s *Service) publications(ctx context.Context, rows []Version) ([]Publication, error) {
	known := map[record.ID]identity.Body{}
	found := make([]Publication, 0, len(rows))
	for _, v := range rows {
		body, ok := known[v.TenantID]
		if !ok {
			var err error
			if body, err = s.bodies.Body(ctx, v.TenantID); err != nil {
				return nil, err
			}
			known[v.TenantID] = body
		}
		found = append(found, Publication{
			ResourceID: v.ResourceID, TenantID: v.TenantID, BodyName: body.Name, BodyCode: body.Code,
			Number: v.Number, PublishedAt: v.PublishedAt, Sheet: v.Sheet.V,
		})
	}
	return found, nil
}
