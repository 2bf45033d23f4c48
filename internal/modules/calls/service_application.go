package calls

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/territory"
	"bastida/internal/platform/db"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/table"
)

// Application returns one application as it stands now. A draft is nobody's
// business but the body's.
func (s *Service) Application(ctx context.Context, id record.ID) (a Application, err error) {
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		found, err := applications.Get(tx, id)
		if err == nil {
			err = Read.Check(ctx, found.Place())
		}
		if err != nil || found.State == Draft && !Apply.May(ctx) {
			return cmp.Or(err, fault.New(fault.NotFound, "record.not_found"))
		}
		found.settle(ctx, tx.Now, today(tx.Now))
		a = found
		return nil
	})
	return a, err
}

// Applications lists the applications within the actor's reach.
func (s *Service) Applications(ctx context.Context, f Filter, p table.Page) (found []Application, total int, err error) {
	if err := Read.Require(ctx); err != nil {
		return nil, 0, err
	}
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		found, total, err = list(tx, f, p)
		for i := range found {
			found[i].settle(ctx, tx.Now, today(tx.Now))
		}
		return err
	})
	return found, total, err
}

var everything = table.Page{Number: 1, Size: 1_000_000, Sort: "number"}

// Of lists every application of a call within the actor's reach, by number.
func (s *Service) Of(ctx context.Context, callID record.ID) ([]Application, error) {
	found, _, err := s.Applications(ctx, Filter{CallID: callID}, everything)
	return found, err
}

// Groupable lists the applications of a call that may be put into groups: those
// admitted and those already proposed, by number.
func (s *Service) Groupable(ctx context.Context, callID record.ID) ([]Application, error) {
	if err := Manage.Require(ctx); err != nil {
		return nil, err
	}
	found, _, err := s.Applications(ctx, Filter{CallID: callID, States: []State{Admitted, Proposed}}, everything)
	return found, err
}

// ProposeAll notes the proposed outcomes of many applications of a call at
// once, all or none.
func (s *Service) ProposeAll(ctx context.Context, callID record.ID, outcomes []Outcome) error {
	return s.DB.Do(ctx, func(tx *db.Tx) error {
		for _, o := range outcomes {
			_, err := s.Move(tx, o.ApplicationID, "propose", func(a *Application) error {
				if a.CallID != callID {
					return fault.New(fault.NotFound, "record.not_found")
				}
				return a.propose(o, tx.Actor.User)
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// Count counts the applications within the actor's reach by state.
func (s *Service) Count(ctx context.Context, f Filter) (counted map[State]int, err error) {
	counted = map[State]int{}
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		found, err := tallies(tx, f)
		for _, t := range found {
			counted[t.State] = t.Count
		}
		return err
	})
	return counted, err
}

// Add stores the first draft of a body for a call, while its window is open.
// When the body already has as many as the call allows, it returns the newest.
func (s *Service) Add(tx *db.Tx, callID record.ID, a Application) (Application, error) {
	if err := Apply.Check(tx.Context, a.Place()); err != nil {
		return a, err
	}
	call, err := s.current(tx, callID)
	if err != nil {
		return a, err
	}
	live, err := liveOf(tx, call.ID, a.BodyID)
	if err != nil {
		return a, err
	}
	if len(live) >= call.MaxPerBody {
		return live[len(live)-1], nil
	}
	if err := call.receives(i18n.Zone); err != nil {
		return a, err
	}
	place, err := s.PlaceOf(tx.Context, a.BodyID)
	if err != nil {
		return a, err
	}
	a.CallID, a.State, a.Area, a.Slot = call.ID, Draft, place.Area, 1
	for slices.ContainsFunc(live, func(b Application) bool { return a.Slot == b.Slot }) {
		a.Slot++
	}
	return a, applications.Insert(tx, &a)
}

// Fill changes what the body asks, while it may.
func (s *Service) Fill(tx *db.Tx, id record.ID, version int, c Content) (Application, error) {
	return s.fill(tx, applications, id, version, c)
}

// Sketch is Fill for what is still being typed: it stays out of the audit trail.
func (s *Service) Sketch(tx *db.Tx, id record.ID, c Content) (Application, error) {
	return s.fill(tx, typing, id, db.AnyVersion, c)
}

func (s *Service) fill(tx *db.Tx, rows db.Table[Application], id record.ID, version int, c Content) (Application, error) {
	return rows.Edit(tx, id, version, func(a *Application) error {
		if err := Apply.Check(tx.Context, a.Place()); err != nil {
			return err
		}
		a.settle(tx.Context, tx.Now, today(tx.Now))
		return a.fill(c)
	})
}

// Move takes a step of the life of an application, with what f adds to it. The
// step itself says who may.
func (s *Service) Move(tx *db.Tx, id record.ID, step string, f func(*Application) error) (Application, error) {
	a, err := applications.Edit(tx, id, db.AnyVersion, func(a *Application) error {
		if err := Read.Check(tx.Context, a.Place()); err != nil {
			return err
		}
		a.settle(tx.Context, tx.Now, today(tx.Now))
		if err := life.Move(tx.Context, a, step); err != nil {
			return err
		}
		return f(a)
	})
	if err == nil && !a.Live() {
		err = leave(tx, a.ID)
	}
	return a, err
}

// Enrol gives an application its number, once, and reserves the place in the
// call of every body that takes part in it.
func (s *Service) Enrol(tx *db.Tx, call Call, a *Application) error {
	if a.Number == "" {
		n, err := nextNumber(tx, call.ID)
		if err != nil {
			return err
		}
		a.numbered(call, n)
	}
	if err := leave(tx, a.ID); err != nil {
		return err
	}
	if err := enter(tx, call, *a, a.BodyID, a.BodyName); err != nil {
		return err
	}
	for _, j := range a.Joint.V {
		if err := enter(tx, call, *a, j.BodyID, j.Name); err != nil {
			return err
		}
	}
	return nil
}

// Receives returns the call of an application when it can be filed now: within
// the window, to the minute, or to correct what was already filed.
func (s *Service) Receives(tx *db.Tx, a Application) (Call, error) {
	call, err := s.current(tx, a.CallID)
	if err == nil && a.State == Draft {
		err = call.receives(i18n.Zone)
	}
	return call, err
}

// current reads a call and stores what the clock has changed.
func (s *Service) current(tx *db.Tx, id record.ID) (Call, error) {
	c, err := calls.Get(tx, id)
	if err != nil || !c.settle(tx.Context, tx.Now, i18n.Zone) {
		return c, err
	}
	return calls.Edit(tx, id, db.AnyVersion, func(c *Call) error {
		c.settle(tx.Context, tx.Now, i18n.Zone)
		return nil
	})
}

// Resolve closes the work on a call: every application has its outcome.
func (s *Service) Resolve(tx *db.Tx, id record.ID) (Call, error) {
	return s.changeCall(tx.Context, id, db.AnyVersion, Approve, func(tx *db.Tx, c *Call) error {
		c.ResolvedAt, c.ResolvedBy = tx.Now, tx.Actor.Name
		return callLife.Move(tx.Context, c, "resolve")
	})
}

// Published lists what a resolved call says of each body: it is public.
func (s *Service) Published(ctx context.Context, callID record.ID) (c Call, found []Application, err error) {
	if c, err = s.Call(ctx, callID); err != nil {
		return c, nil, err
	}
	if c.ResolvedAt.IsZero() {
		return c, nil, fault.New(fault.NotFound, "calls.not_resolved")
	}
	err = s.DB.ViewAcross(ctx, "a resolution is published", func(tx *db.Tx) error {
		found, err = applications.Select(tx, "WHERE call_id = $1 AND resolved_at IS NOT NULL ORDER BY body_fold, id", callID)
		return err
	})
	return c, found, err
}

// PlaceOf returns where a body lies; a body without a place has an empty one.
func (s *Service) PlaceOf(ctx context.Context, body record.ID) (territory.Place, error) {
	place, err := s.Territory.PlaceOf(ctx, body)
	if errors.Is(err, fault.NotFound) {
		return territory.Place{}, nil
	}
	return place, err
}

// Due reckons the end of a term that concerns an application, by the calendar
// of the office and that of the body's municipality.
func (s *Service) Due(ctx context.Context, a Application, start civil.Date, term Term) (territory.Due, error) {
	place, err := s.PlaceOf(ctx, a.BodyID)
	if err != nil {
		return territory.Due{}, err
	}
	local := ""
	if place.Kind == territory.Municipality {
		local = place.Code
	}
	calendar, err := s.Territory.Calendar(ctx, local)
	if err != nil {
		return territory.Due{}, err
	}
	return calendar.Due(start, term.length())
}
