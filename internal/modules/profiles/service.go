package profiles

import (
	"context"
	"errors"

	"bastida/internal/kernel/fault"
	"bastida/internal/platform/access"
	"bastida/internal/platform/db"
)

// Service is the verbs of this module.
type Service struct{ db *db.DB }

// New returns the service.
func New(d *db.DB) *Service { return &Service{d} }

// All lists the profiles of the tenant of ctx, by code.
func (s *Service) All(ctx context.Context) (found []Profile, err error) {
	if err := Read.Check(ctx, access.Place{}); err != nil {
		return nil, err
	}
	err = s.db.View(ctx, func(tx *db.Tx) error {
		all, err := editions.Select(tx, "WHERE tenant_id = $1 ORDER BY code")
		for _, e := range all {
			found = append(found, e.Profile.V)
		}
		return err
	})
	return found, err
}

// ByCode returns one of them.
func (s *Service) ByCode(ctx context.Context, code string) (p Profile, err error) {
	if err := Read.Check(ctx, access.Place{}); err != nil {
		return p, err
	}
	err = s.db.View(ctx, func(tx *db.Tx) error {
		e, err := editionOf(tx, code)
		p = e.Profile.V
		return err
	})
	return p, err
}

// Load brings a profile of a pack into the tenant of ctx, in place of the one
// with its code.
func (s *Service) Load(ctx context.Context, raw []byte) (Profile, error) {
	p, err := read(raw)
	if err != nil {
		return p, err
	}
	if err := Load.Check(ctx, access.Place{}); err != nil {
		return p, err
	}
	err = s.db.Do(ctx, func(tx *db.Tx) error {
		before, err := editionOf(tx, p.Code)
		if errors.Is(err, fault.NotFound) {
			e := Edition{Code: p.Code}
			e.Profile.V = p
			return editions.Insert(tx, &e)
		}
		if err != nil {
			return err
		}
		_, err = editions.Edit(tx, before.ID, db.AnyVersion, func(e *Edition) error {
			e.Profile.V = p
			return nil
		})
		return err
	})
	return p, err
}
