package territory

import (
	"context"

	"bastida/internal/platform/access"
	"bastida/internal/platform/db"
)

// LoadOffice sets how the organisation of the tenant stands in its territory.
func (s *Service) LoadOffice(ctx context.Context, o Office) error {
	return load(ctx, s, offices, []Office{o})
}

// LoadPlaces adds places.
func (s *Service) LoadPlaces(ctx context.Context, rows []Place) error {
	for i := range rows {
		rows[i].fold()
	}
	return load(ctx, s, places, rows)
}

// LoadHolidays adds holidays of any scope.
func (s *Service) LoadHolidays(ctx context.Context, rows []Holiday) error {
	return load(ctx, s, holidays, rows)
}

// LoadSuspensions adds periods in which terms did not run.
func (s *Service) LoadSuspensions(ctx context.Context, rows []Suspension) error {
	return load(ctx, s, suspensions, rows)
}

// LoadParameters adds figures.
func (s *Service) LoadParameters(ctx context.Context, rows []Parameter) error {
	return load(ctx, s, parameters, rows)
}

// load is the first filling of a tenant, by the program or an administrator.
// What is already there is a conflict, and nothing is written.
func load[T any](ctx context.Context, s *Service, into db.Table[T], rows []T) error {
	if err := Edit.Check(ctx, access.Place{}); err != nil {
		return err
	}
	return s.db.Do(ctx, func(tx *db.Tx) error {
		for i := range rows {
			if err := into.Insert(tx, &rows[i]); err != nil {
				return err
			}
		}
		return nil
	})
}
