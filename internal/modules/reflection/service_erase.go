package reflection

import (
	"context"
	"errors"

	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/profiles"
	"bastida/internal/modules/supervision"
	"bastida/internal/platform/access"
	"bastida/internal/platform/crypt"
	"bastida/internal/platform/db"
)

const groupKind = "supervision_group"

// Why a key was destroyed, as the row of the key and its page say it.
const (
	ByRetention = "retention" // the time that the rules state was over
	ByOrder     = "ordered"   // a technician ordered it
)

// reasons lists them.
var reasons = []string{ByRetention, ByOrder}

// GroupKey is the key of a group as whoever erases sees it.
type GroupKey struct {
	Group   supervision.Group
	Status  crypt.Status
	Records int
	Until   civil.Date
}

// Erasure is what can be told of the records of a programme without reading
// them.
type Erasure struct {
	Programme supervision.Programme
	Figures   []profiles.Figure // how long its records are kept, by kind of group
	Keys      []GroupKey
}

// Left is how many groups have records that can still be read.
func (e Erasure) Left() (count int) {
	for _, k := range e.Keys {
		if !k.Status.Destroyed {
			count++
		}
	}
	return count
}

// Blocked says why the keys cannot be destroyed now, as a message key.
func (e Erasure) Blocked() string {
	switch {
	case e.Programme.State != supervision.Closed && e.Programme.State != supervision.Cancelled:
		return "reflection.not_closed"
	case e.Left() == 0:
		return "reflection.nothing_left"
	default:
		return ""
	}
}

// Erasure returns the keys of the groups of a programme.
func (s *Service) Erasure(ctx context.Context, programme record.ID) (e Erasure, err error) {
	if err := Erase.Check(ctx, access.Place{}); err != nil {
		return e, err
	}
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		e, err = s.erasure(tx, programme)
		return err
	})
	return e, err
}

func (s *Service) erasure(tx *db.Tx, programme record.ID) (e Erasure, err error) {
	if e.Programme, err = s.Supervision.Programme(tx.Context, programme); err != nil {
		return e, err
	}
	groups, err := s.Supervision.Groups(tx.Context, programme)
	if err != nil {
		return e, err
	}
	for _, f := range e.Programme.Rules().Sorted() {
		if f.Key == profiles.RetentionMonths {
			e.Figures = append(e.Figures, f)
		}
	}
	for _, g := range groups {
		k := GroupKey{Group: g, Until: keptUntil(e.Programme, g)}
		written, err := recordsOf(tx, g.ID)
		if err != nil {
			return e, err
		}
		k.Records = len(written)
		if k.Status, err = s.Keys.Status(tx, g.Ref()); err != nil {
			return e, err
		}
		e.Keys = append(e.Keys, k)
	}
	return e, nil
}

// Destroy erases the records of every group of a closed programme, for ever.
func (s *Service) Destroy(ctx context.Context, programme record.ID) (e Erasure, err error) {
	if err := Erase.Check(ctx, access.Place{}); err != nil {
		return e, err
	}
	err = s.DB.Do(ctx, func(tx *db.Tx) error {
		if e, err = s.erasure(tx, programme); err != nil {
			return err
		}
		if blocked := e.Blocked(); blocked != "" {
			return fault.New(fault.Conflict, blocked)
		}
		for _, k := range e.Keys {
			if err := s.erase(tx, k.Group.ID, ByOrder); err != nil {
				return err
			}
		}
		tx.Note("erase", e.Programme.Ref().Kind, programme, ByOrder)
		return nil
	})
	return e, err
}

// erase destroys the key of a group. What it had locked is overwritten as well:
// a key that comes back from an old copy then finds nothing here to open.
func (s *Service) erase(tx *db.Tx, group record.ID, reason string) error {
	if err := s.Keys.Destroy(tx, record.Ref{Kind: groupKind, ID: group}, reason); err != nil {
		return err
	}
	if _, err := db.Bulk(tx, "erase the reflective record of a group", `
		UPDATE reflection_record SET content = '', version = version + 1, updated_at = $3
		WHERE tenant_id = $1 AND group_id = $2`, group, tx.Now); err != nil {
		return err
	}
	all, err := typedIn(tx, group, "")
	if err != nil {
		return err
	}
	return dropTyped(tx, all, func(Typed) bool { return true })
}

// Sweep erases the records whose time is over. It runs as the program itself,
// which sees which groups have written and never what.
func (s *Service) Sweep(ctx context.Context) error {
	return s.DB.Do(ctx, func(tx *db.Tx) error {
		written, err := groupsWritten(tx)
		if err != nil {
			return err
		}
		for _, id := range written {
			g, err := s.Supervision.Group(tx.Context, id)
			if errors.Is(err, fault.NotFound) {
				continue
			}
			if err != nil {
				return err
			}
			p, err := s.Supervision.Programme(tx.Context, g.ProgrammeID)
			if err != nil {
				return err
			}
			if until := keptUntil(p, g); until.IsZero() || today(tx).Before(until) {
				continue
			}
			if err := s.erase(tx, id, ByRetention); err != nil {
				return err
			}
		}
		return nil
	})
}

// left is told who leaves a group: what they typed goes, and what is written
// from now on is under another key.
func (s *Service) left(tx *db.Tx, p supervision.Participant) error {
	if p.UserID != "" {
		all, err := typedIn(tx, p.GroupID, p.UserID)
		if err != nil {
			return err
		}
		if err := dropTyped(tx, all, func(Typed) bool { return true }); err != nil {
			return err
		}
	}
	return s.relock(tx, p.GroupID)
}

// handed is told of a group that somebody else supervises from now on.
func (s *Service) handed(tx *db.Tx, g supervision.Group) error { return s.relock(tx, g.ID) }

// relock puts what a group writes from now on under another key.
func (s *Service) relock(tx *db.Tx, group record.ID) error {
	owner := record.Ref{Kind: groupKind, ID: group}
	status, err := s.Keys.Status(tx, owner)
	if err != nil || status.Destroyed {
		return err
	}
	return s.Keys.Rotate(tx, owner)
}
