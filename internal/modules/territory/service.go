package territory

import (
	"context"

	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/kernel/text"
	"bastida/internal/platform/access"
	"bastida/internal/platform/db"
	"bastida/internal/platform/table"
)

// Service is the verbs of this module.
type Service struct {
	db       *db.DB
	drawings func(pack string) (Drawing, error)
}

// New returns the service. drawings gives the map of a pack.
func New(d *db.DB, drawings func(pack string) (Drawing, error)) *Service {
	return &Service{db: d, drawings: drawings}
}

// view reads in the tenant of ctx.
func view[T any](ctx context.Context, s *Service, f func(*db.Tx) (T, error)) (found T, err error) {
	err = s.db.View(ctx, func(tx *db.Tx) error {
		found, err = f(tx)
		return err
	})
	return found, err
}

// PlaceFilter narrows a list of places.
type PlaceFilter struct {
	Words  string // part of the name, or the code
	Area   string // folded name of an area
	Kind   Kind
	Unsure bool // only those whose area is to be confirmed
}

// Places lists the places of the organisation.
func (s *Service) Places(ctx context.Context, f PlaceFilter, p table.Page) (found []Place, total int, err error) {
	if err := Read.Check(ctx, access.Place{}); err != nil {
		return nil, 0, err
	}
	f.Words, f.Area = text.Fold(f.Words), text.Fold(f.Area)
	err = s.db.View(ctx, func(tx *db.Tx) error {
		found, total, err = placesWhere(tx, f, p)
		return err
	})
	return found, total, err
}

// Place returns one place, which is public within the tenant.
func (s *Service) Place(ctx context.Context, id record.ID) (Place, error) {
	return view(ctx, s, func(tx *db.Tx) (Place, error) { return places.Get(tx, id) })
}

// PlaceOf returns the place that a body governs, which is public within the tenant.
func (s *Service) PlaceOf(ctx context.Context, body record.ID) (Place, error) {
	if body == "" {
		return Place{}, fault.New(fault.NotFound, "record.not_found")
	}
	return view(ctx, s, func(tx *db.Tx) (Place, error) {
		return places.First(tx, "WHERE tenant_id = $1 AND body_id = $2 ORDER BY id", body)
	})
}

// AllPlaces returns every place in the order of names: for maps and for the
// formation of groups. Like each of them, the list is public within the tenant.
func (s *Service) AllPlaces(ctx context.Context) ([]Place, error) {
	return view(ctx, s, func(tx *db.Tx) ([]Place, error) {
		return places.Select(tx, "WHERE tenant_id = $1 ORDER BY name_fold, id")
	})
}

// PlacesByCode returns the places with the given codes, by code.
func (s *Service) PlacesByCode(ctx context.Context, codes ...string) (map[string]Place, error) {
	found := map[string]Place{}
	rows, err := view(ctx, s, func(tx *db.Tx) ([]Place, error) { return placesCoded(tx, codes) })
	for _, p := range rows {
		found[p.Code] = p
	}
	return found, err
}

// Areas returns the areas with what they add up to, in the order of names.
func (s *Service) Areas(ctx context.Context) ([]Area, error) { return view(ctx, s, areasOf) }

// EditArea corrects the area of a place, where the organisation decides it.
func (s *Service) EditArea(ctx context.Context, id record.ID, version int, in AreaInput) (p Place, err error) {
	if err := Edit.Check(ctx, access.Place{}); err != nil {
		return Place{}, err
	}
	err = s.db.Do(ctx, func(tx *db.Tx) error {
		p, err = places.Edit(tx, id, version, func(p *Place) error { return p.editArea(in) })
		return err
	})
	return p, err
}

// Office returns how the organisation of the tenant stands in its territory.
func (s *Service) Office(ctx context.Context) (Office, error) { return view(ctx, s, officeOf) }

func officeOf(tx *db.Tx) (Office, error) {
	found, err := offices.Select(tx, "WHERE tenant_id = $1")
	if err != nil {
		return Office{}, err
	}
	if len(found) == 0 {
		return Office{}, fault.New(fault.NotFound, "territory.no_office")
	}
	return found[0], nil
}

// Drawing returns the map of the organisation of the tenant.
func (s *Service) Drawing(ctx context.Context) (Drawing, error) {
	o, err := s.Office(ctx)
	if err != nil {
		return Drawing{}, err
	}
	return s.drawings(o.Pack)
}

// Outlines returns the map of a pack.
func (s *Service) Outlines(pack string) (Drawing, error) { return s.drawings(pack) }

// Parameter returns the figure in force on a day. One that nobody gave is
// NotFound: a default would look like a rule.
func (s *Service) Parameter(ctx context.Context, key string, on civil.Date) (Parameter, error) {
	found, err := view(ctx, s, func(tx *db.Tx) ([]Parameter, error) { return parameterOn(tx, key, on) })
	if err == nil && len(found) == 0 {
		err = fault.New(fault.NotFound, "territory.no_parameter", "parameter", key, "date", on)
	}
	if err != nil {
		return Parameter{}, err
	}
	return found[0], nil
}

// Travel returns how journeys are estimated on a day.
func (s *Service) Travel(ctx context.Context, on civil.Date) (t Travel, err error) {
	if t.Detour, err = s.Parameter(ctx, DetourKey, on); err != nil {
		return t, err
	}
	t.SpeedKMH, err = s.Parameter(ctx, SpeedKey, on)
	return t, err
}

// Parameters lists every figure, the newest of each first.
func (s *Service) Parameters(ctx context.Context) ([]Parameter, error) {
	if err := Read.Check(ctx, access.Place{}); err != nil {
		return nil, err
	}
	return view(ctx, s, func(tx *db.Tx) ([]Parameter, error) {
		return parameters.Select(tx, "WHERE tenant_id = $1 ORDER BY param_key, valid_from DESC")
	})
}

// ParameterByID returns one figure.
func (s *Service) ParameterByID(ctx context.Context, id record.ID) (Parameter, error) {
	if err := Read.Check(ctx, access.Place{}); err != nil {
		return Parameter{}, err
	}
	return view(ctx, s, func(tx *db.Tx) (Parameter, error) { return parameters.Get(tx, id) })
}

// ChangeParameter puts a new figure in place of one in force.
func (s *Service) ChangeParameter(ctx context.Context, id record.ID, version int, in ParameterInput) (next Parameter, err error) {
	if err := Edit.Check(ctx, access.Place{}); err != nil {
		return Parameter{}, err
	}
	err = s.db.Do(ctx, func(tx *db.Tx) error {
		_, err := parameters.Edit(tx, id, version, func(p *Parameter) error {
			next, err = p.succeed(in)
			return err
		})
		if err != nil {
			return err
		}
		return parameters.Insert(tx, &next)
	})
	return next, err
}
