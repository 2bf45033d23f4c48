package folder

import (
	"context"
	"slices"

	"github.com/alexedwards/scs/v2"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/catalogue"
	"bastida/internal/platform/access"
	"bastida/internal/platform/db"
)

// Service is the verbs of this module.
type Service struct {
	db        *db.DB
	catalogue *catalogue.Service
	sessions  *scs.SessionManager // where strangers' folders lie
}

// New returns the service.
func New(d *db.DB, resources *catalogue.Service) *Service {
	return &Service{db: d, catalogue: resources}
}

// largestFolder is the most resources that one folder holds.
const largestFolder = 100

// Kept lists the resources in the folder of the actor of ctx, in the order in
// which they were put there.
func (s *Service) Kept(ctx context.Context) (ids []record.ID, err error) {
	if err := access.SignedIn.Check(ctx, access.Place{}); err != nil {
		return nil, err
	}
	err = s.db.View(ctx, func(tx *db.Tx) error {
		ids, err = keptBy(tx, actor.From(ctx).User)
		return err
	})
	return ids, err
}

// Keep puts resources in the folder of the actor of ctx. Those that are there
// already, or that the public does not see, are left out.
func (s *Service) Keep(ctx context.Context, ids ...record.ID) error {
	if err := access.SignedIn.Check(ctx, access.Place{}); err != nil {
		return err
	}
	seen, err := s.catalogue.PublishedByIDs(ctx, ids)
	if err != nil {
		return err
	}
	user := actor.From(ctx).User
	return s.db.Do(ctx, func(tx *db.Tx) error {
		before, err := keptBy(tx, user)
		if err != nil {
			return err
		}
		for _, p := range seen {
			if slices.Contains(before, p.ResourceID) {
				continue
			}
			if len(before) == largestFolder {
				return fault.New(fault.Conflict, "folder.full", "count", largestFolder)
			}
			if err := kept.Insert(tx, &keptResource{UserID: user, ResourceID: p.ResourceID}); err != nil {
				return err
			}
			before = append(before, p.ResourceID)
		}
		return nil
	})
}

// Drop takes a resource out of the folder of the actor of ctx.
func (s *Service) Drop(ctx context.Context, id record.ID) error {
	if err := access.SignedIn.Check(ctx, access.Place{}); err != nil {
		return err
	}
	return s.db.Do(ctx, func(tx *db.Tx) error {
		rows, err := keptRow(tx, actor.From(ctx).User, id)
		if err != nil {
			return err
		}
		for _, row := range rows {
			if err := kept.Delete(tx, row.ID); err != nil {
				return err
			}
		}
		return nil
	})
}
