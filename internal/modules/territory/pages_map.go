package territory

import (
	"context"
	"errors"

	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/text"
	"bastida/internal/platform/ui"
)

func (s *Service) overview(ctx context.Context, f PlaceFilter, list ui.Table) (v overviewView, err error) {
	v = overviewView{Filter: f, List: list, Edit: Edit.May(ctx)}
	if v.Areas, err = s.Areas(ctx); err != nil {
		return v, err
	}
	all, err := s.AllPlaces(ctx)
	if err != nil {
		return v, err
	}
	v.count(all)
	d, err := s.Drawing(ctx)
	if errors.Is(err, fault.NotFound) {
		return v, nil // a tenant that is no organisation of a territory has no map
	}
	if err != nil {
		return v, err
	}
	m := areaMap(ctx, d, v.Areas, all, text.Fold(f.Area))
	v.Map = &m
	return v, nil
}
