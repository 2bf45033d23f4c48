package grouping

import (
	"context"
	"strings"

	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/platform/db"
)

// Move takes an applicant to the group with a number, Nowhere or to its Own.
// It may break limits: the board says which.
func (s *Service) Move(ctx context.Context, id record.ID, version int, application record.ID, to int) (*Board, error) {
	return s.change(ctx, id, version, func(b *Board) (*Board, Move, error) {
		body, from, err := b.Where(application)
		if err == nil && from == to {
			err = fault.New(fault.Conflict, "grouping.same_group", "body", body.Name)
		}
		if err != nil {
			return nil, Move{}, err
		}
		after, err := b.After(application, to)
		if err != nil {
			return nil, Move{}, err
		}
		m := Move{Application: application, BodyName: body.Name, From: from, Reason: b.Run.Reasons.V[application]}
		if left, err := find(b.Groups, from); err == nil {
			m.Meeting = left.Meeting
		}
		_, m.To, err = after.Where(application)
		return after, m, err
	})
}

// Meet makes a group meet at the place of one of its members.
func (s *Service) Meet(ctx context.Context, id record.ID, version, number int, application record.ID) (*Board, error) {
	return s.change(ctx, id, version, func(b *Board) (*Board, Move, error) {
		before, err := b.Team(number)
		if err != nil {
			return nil, Move{}, err
		}
		after, err := b.meeting(number, application)
		if err != nil {
			return nil, Move{}, err
		}
		host := b.Bodies[b.at[application]]
		return after, Move{Application: application, BodyName: host.Name, From: number, To: number, Meeting: before.Meeting}, nil
	})
}

// change makes a change by hand: f returns the board after it and the move to
// be noted.
func (s *Service) change(ctx context.Context, id record.ID, version int, f func(*Board) (*Board, Move, error)) (after *Board, err error) {
	err = s.edit(ctx, func(tx *db.Tx) error {
		before, err := editable(tx, id)
		if err != nil {
			return err
		}
		var m Move
		if after, m, err = f(before); err != nil {
			return err
		}
		if m.Number, err = nextMove(tx, id); err != nil {
			return err
		}
		m.RunID, m.MadeBy = id, tx.Actor.Name
		m.CostBefore, m.CostAfter, m.BoundBefore = before.Result.Cost, after.Result.Cost, before.Run.Bound
		m.Broken = len(after.Broken)
		if before.touchesGiven(after) {
			after.Run.Bound = 0
		}
		if err := moves.Insert(tx, &m); err != nil {
			return err
		}
		return save(tx, before, after, version)
	})
	return after, err
}

// Undo takes back the last change made by hand.
func (s *Service) Undo(ctx context.Context, id record.ID, version int) (after *Board, err error) {
	err = s.edit(ctx, func(tx *db.Tx) error {
		before, err := editable(tx, id)
		if err != nil {
			return err
		}
		last, err := lastMove(tx, id)
		if err != nil {
			return err
		}
		if after, err = before.without(last); err != nil {
			return err
		}
		if _, err = moves.Edit(tx, last.ID, last.Version, func(m *Move) error {
			m.Undone = true
			return nil
		}); err != nil {
			return err
		}
		return save(tx, before, after, version)
	})
	return after, err
}

func editable(tx *db.Tx, id record.ID) (*Board, error) {
	b, err := boardAt(tx, id)
	if err != nil {
		return nil, err
	}
	return b, b.Run.Editable()
}

// save stores what a change touched: the groups, and the figures of the run.
func save(tx *db.Tx, before, after *Board, version int) (err error) {
	for k := range after.Groups {
		is := &after.Groups[k]
		switch {
		case k >= len(before.Groups):
			err = groups.Insert(tx, is)
		case !is.same(&before.Groups[k]):
			_, err = groups.Edit(tx, is.ID, is.Version, func(g *Group) error {
				g.Meeting, g.Members = is.Meeting, is.Members
				return nil
			})
		}
		if err != nil {
			return err
		}
	}
	after.Run, err = runs.Edit(tx, after.Run.ID, version, func(r *Run) error {
		r.Figures, r.Reasons = after.figures(), after.Run.Reasons
		return nil
	})
	return err
}

// Lock keeps a group as it is in the searches to come. One that breaks a limit
// cannot be kept.
func (s *Service) Lock(ctx context.Context, id record.ID, number int) (Group, error) {
	return s.editGroup(ctx, id, number, func(b *Board, g *Group) error {
		g.Locked = true
		t, err := b.Team(number)
		if err == nil && len(t.Broken) > 0 {
			err = fault.New(fault.Conflict, "grouping.lock_broken")
		}
		return err
	})
}

// Unlock lets a group be changed again.
func (s *Service) Unlock(ctx context.Context, id record.ID, number int) (Group, error) {
	return s.editGroup(ctx, id, number, func(_ *Board, g *Group) error {
		g.Locked = false
		return nil
	})
}

// Rename calls a group by another name; an empty one names it after its place
// again.
func (s *Service) Rename(ctx context.Context, id record.ID, number int, name string) (Group, error) {
	return s.editGroup(ctx, id, number, func(_ *Board, g *Group) error {
		g.Name = strings.TrimSpace(name)
		return nil
	})
}

// editGroup changes what a group is called or whether it is locked.
func (s *Service) editGroup(ctx context.Context, id record.ID, number int, f func(*Board, *Group) error) (changed Group, err error) {
	err = s.edit(ctx, func(tx *db.Tx) error {
		b, err := editable(tx, id)
		if err != nil {
			return err
		}
		g, err := find(b.Groups, number)
		if err != nil {
			return err
		}
		changed, err = groups.Edit(tx, g.ID, db.AnyVersion, func(g *Group) error { return f(b, g) })
		return err
	})
	return changed, err
}
