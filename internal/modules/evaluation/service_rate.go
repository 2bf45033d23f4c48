package evaluation

import (
	"context"

	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/platform/access"
	"bastida/internal/platform/db"
)

// RatingAt returns a rating within reach.
func (s *Service) RatingAt(ctx context.Context, id record.ID) (r Rating, err error) {
	err = s.look(ctx, func(tx *db.Tx) error {
		if r, err = ratings.Get(tx, id); err != nil {
			return err
		}
		if err := ReadResults.Check(tx.Context, r.Place()); err != nil {
			return err
		}
		round, err := rounds.Get(tx, r.RoundID)
		if err == nil && ReadResults.Reach(tx.Actor) == access.Own && round.State != Closed {
			err = fault.New(fault.NotFound, "record.not_found")
		}
		return err
	})
	return r, err
}

// Rate gives the rating of a body, or corrects it while the round is open.
func (s *Service) Rate(ctx context.Context, id record.ID, version int, in RatingInput) (Rating, error) {
	return s.settle(ctx, id, version, Rate, func(tx *db.Tx, r *Rating) error { return r.give(in, tx.Actor.Name, tx.Now) })
}

// Excuse records that a body does not answer, and why. The body must have been
// reminded.
func (s *Service) Excuse(ctx context.Context, id record.ID, version int, reason string) (Rating, error) {
	return s.settle(ctx, id, version, Manage, func(tx *db.Tx, r *Rating) error { return r.excuse(reason, tx.Actor.Name, tx.Now) })
}

func (s *Service) settle(ctx context.Context, id record.ID, version int, perm access.Permission, f func(*db.Tx, *Rating) error) (r Rating, err error) {
	if err := perm.Require(ctx); err != nil {
		return r, err
	}
	err = s.DB.Do(ctx, func(tx *db.Tx) error {
		r, err = ratings.Edit(tx, id, version, func(r *Rating) error {
			if err := perm.Check(tx.Context, r.Place()); err != nil {
				return err
			}
			round, err := rounds.Get(tx, r.RoundID)
			if err != nil {
				return err
			}
			if err := round.open(); err != nil {
				return err
			}
			return f(tx, r)
		})
		if err != nil {
			return err
		}
		if _, err := recount(tx, r.RoundID); err != nil {
			return err
		}
		for _, told := range s.rated {
			if err := told(tx, r); err != nil {
				return err
			}
		}
		return nil
	})
	return r, err
}
