package territory

import (
	"context"
	"errors"

	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
)

func (s *Service) sheet(ctx context.Context, id record.ID) (v sheet, err error) {
	if v.Place, err = s.Place(ctx, id); err != nil {
		return v, err
	}
	v.Year, v.Edit = s.today().Year, Edit.May(ctx)
	v.Office, err = s.Office(ctx)
	if errors.Is(err, fault.NotFound) {
		return v, nil // a tenant without an office has places and nothing around them
	}
	if err != nil {
		return v, err
	}
	all, err := s.AllPlaces(ctx)
	if err != nil {
		return v, err
	}
	if err := s.surround(ctx, &v, all); err != nil {
		return v, err
	}
	return v, s.daysOf(ctx, &v)
}

// surround fills in the map, the neighbours and the way from the office.
func (s *Service) surround(ctx context.Context, v *sheet, all []Place) error {
	travel, err := s.Travel(ctx, s.today())
	if err == nil {
		v.Travel = &travel
	} else if !errors.Is(err, fault.NotFound) {
		return err
	}
	for _, p := range all {
		if p.Code == v.Office.Seat && p.ID != v.Place.ID {
			v.Seat = &p
		}
	}
	v.Near = nearest(v.Place, all)
	d, err := s.drawings(v.Office.Pack)
	if errors.Is(err, fault.NotFound) {
		return nil
	}
	if err == nil {
		v.Map = placeMap(ctx, d, v.Place, all)
	}
	return err
}

func (s *Service) daysOf(ctx context.Context, v *sheet) (err error) {
	if v.Place.Kind != Municipality {
		return nil
	}
	if v.Days, err = s.HolidaysAt(ctx, v.Place.Code, v.Year); err != nil {
		return err
	}
	for _, d := range v.Days {
		if d.Scope == Local {
			v.Local++
		}
	}
	wanted, err := s.Parameter(ctx, LocalDaysKey, s.today())
	if errors.Is(err, fault.NotFound) {
		return nil
	}
	v.Wanted = int(wanted.Value)
	return err
}
