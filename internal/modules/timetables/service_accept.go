package timetables

import (
	"context"
	"errors"
	"slices"

	"bastida/engine/timetable"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/booking"
	"bastida/internal/modules/planning"
	"bastida/internal/platform/db"
	"bastida/internal/platform/i18n"
)

// Accept does what a run proposes: gives the groups their supervisors and books
// every session, or moves those that a replan changes. It does everything or
// nothing, and a refusal says which session stands in the way.
func (s *Service) Accept(ctx context.Context, programme, id record.ID, version int) (run Run, err error) {
	var sheet Sheet
	err = s.manage(ctx, func(tx *db.Tx) error {
		if sheet, err = s.sheet(tx, programme, id); err != nil {
			return err
		}
		run, err = runs.Edit(tx, id, version, func(r *Run) error {
			r.AcceptedBy, r.AcceptedAt = tx.Actor.Name, tx.Now
			return life.Move(tx.Context, r, "accept")
		})
		if err != nil {
			return err
		}
		if run.Origin == Replan {
			return s.move(tx, sheet)
		}
		return s.book(tx, sheet)
	})
	if err != nil && sheet.ID != "" && fault.Of(err) != nil && sheet.Origin != Replan {
		err = s.explain(ctx, sheet, err)
	}
	return run, err
}

// book gives the groups their supervisors and books the new sessions of a
// proposal.
func (s *Service) book(tx *db.Tx, sheet Sheet) error {
	news := sheet.News(sheet.Plan)
	given := map[string]bool{}
	for _, x := range news {
		if given[x.Group] || planning.Leader(x) == "" {
			continue
		}
		given[x.Group] = true
		g, err := s.Supervision.Group(tx.Context, record.ID(x.Group))
		if err != nil {
			return err
		}
		if g.SupervisorID == record.ID(x.Supervisor) {
			continue
		}
		if _, err := s.Supervision.Allocate(tx.Context, g.ID, db.AnyVersion, record.ID(x.Supervisor)); err != nil {
			return err
		}
	}
	_, err := s.Booking.Book(tx.Context, bookings(news))
	return err
}

// bookings are the sessions of a proposal in the order of their days.
func bookings(news []timetable.Session) (all []booking.Booking) {
	for _, x := range news {
		all = append(all, asked(x))
	}
	return all
}

// asked is a session of a timetable as it is booked.
func asked(x timetable.Session) booking.Booking {
	return booking.Booking{
		Group: record.ID(x.Group), Day: planning.DateOf(x.Day), Start: int(x.Start), Minutes: x.Minutes,
		Supervisor: planning.Leader(x), PlaceCode: planning.PlaceCode(x),
	}
}

// explain finds the first session that a refused proposal collides with. A
// refusal for another reason stays as it is.
func (s *Service) explain(ctx context.Context, sheet Sheet, refusal error) error {
	for _, x := range sheet.News(sheet.Plan) {
		found, err := s.Booking.Conflicts(ctx, asked(x))
		if err != nil || len(found) == 0 {
			continue
		}
		return fault.New(fault.Conflict, "timetables.collides",
			"group", sheet.Names[x.Group], "day", planning.DateOf(x.Day), "reason", i18n.T(ctx, found[0].Key, found[0].Args...))
	}
	return refusal
}

// move moves what a replan changes. A session whose new place is still taken by
// another one that moves, too, waits for its turn.
func (s *Service) move(tx *db.Tx, sheet Sheet) error {
	left := slices.Clone(sheet.Moved)
	for len(left) > 0 {
		var refusal error
		var waiting []timetable.Move
		for _, m := range left {
			err := s.moveOne(tx, sheet, m)
			switch {
			case errors.Is(err, fault.Stale):
				return fault.New(fault.Conflict, "timetables.changed_since", "group", sheet.Names[m.Before.Group])
			case fault.Of(err) != nil:
				refusal, waiting = collides(tx.Context, sheet, m, err), append(waiting, m)
			case err != nil:
				return err
			}
		}
		if len(waiting) == len(left) {
			return refusal
		}
		left = waiting
	}
	return nil
}

func collides(ctx context.Context, sheet Sheet, m timetable.Move, err error) error {
	f := fault.Of(err)
	reason := i18n.T(ctx, f.Key, f.Args...)
	for _, c := range f.Fields {
		reason = i18n.T(ctx, c.Key, c.Args...)
		break
	}
	return fault.New(fault.Conflict, "timetables.collides", "group", sheet.Names[m.After.Group], "day", planning.DateOf(m.After.Day), "reason", reason)
}

func (s *Service) moveOne(tx *db.Tx, sheet Sheet, m timetable.Move) error {
	was := sheet.Booked[planning.Ref(m.Before.Group, m.Before.Index)]
	to := asked(m.After)
	row, err := s.Sessions.Session(tx.Context, was.ID)
	if err != nil {
		return err
	}
	to.Minutes = row.Minutes
	if m.Before.Place == m.After.Place {
		to.PlaceCode, to.Room, to.Online = row.PlaceCode, row.Room, row.Online
	}
	if was.Cancelled {
		to.Replaces = was.ID
		_, err = s.Booking.Book(tx.Context, []booking.Booking{to})
		return err
	}
	in := booking.MoveInput{
		Supervisor: to.Supervisor, Day: to.Day, Start: to.Start, Minutes: to.Minutes, PlaceCode: to.PlaceCode, Room: to.Room, Online: to.Online,
	}
	_, err = s.Booking.Move(tx.Context, was.ID, was.Version, in)
	return err
}
