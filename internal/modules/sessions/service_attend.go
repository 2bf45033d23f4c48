package sessions

import (
	"cmp"
	"context"
	"slices"

	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/hours"
	"bastida/internal/modules/supervision"
	"bastida/internal/platform/db"
	"bastida/internal/platform/i18n"
)

// Attendances lists what is known of everybody who takes part in a session, by
// name: also of those of whom nothing is. Members see themselves, bodies their
// own people.
func (s *Service) Attendances(ctx context.Context, session record.ID) (found []Attendance, err error) {
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		row, err := s.read(tx, session)
		if err != nil {
			return err
		}
		all, err := s.expected(tx, row)
		found = slices.DeleteFunc(all, func(a Attendance) bool { return !a.seenBy(tx.Actor, row) })
		return err
	})
	return found, err
}

// expected joins what is stored of a session with those who belong to the group
// on its day. A session that was held or cancelled says what it said then.
func (s *Service) expected(tx *db.Tx, row Session) ([]Attendance, error) {
	found, err := attendancesOf(tx, row.ID)
	if err != nil || row.State != Planned {
		return found, err
	}
	members, err := s.Supervision.Participants(inside(tx), row.GroupID)
	if err != nil {
		return nil, err
	}
	stored := map[record.ID]Attendance{}
	for _, a := range found {
		stored[a.ParticipantID] = a
	}
	found = nil
	for _, m := range members {
		if !m.On(row.Day) {
			continue
		}
		a, known := stored[m.ID]
		if !known {
			a = attendanceOf(row, m)
		}
		found = append(found, a)
	}
	return found, nil
}

func attendanceOf(row Session, m supervision.Participant) Attendance {
	return Attendance{
		ProgrammeID: row.ProgrammeID, SessionID: row.ID, GroupID: row.GroupID, ParticipantID: m.ID, UserID: m.UserID, Name: m.Name,
		Profession: m.Profession, BodyID: m.BodyID, BodyName: m.BodyName, Mark: Expected,
	}
}

// AttendancesOf lists what is stored of the sessions of a programme that are
// within reach.
func (s *Service) AttendancesOf(ctx context.Context, programme record.ID) (found []Attendance, err error) {
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		within, err := s.OfProgramme(tx.Context, programme)
		if err != nil {
			return err
		}
		reached := map[record.ID]Session{}
		for _, row := range within {
			reached[row.ID] = row
		}
		all, err := attendancesIn(tx, programme)
		found = slices.DeleteFunc(all, func(a Attendance) bool {
			row, within := reached[a.SessionID]
			return !within || !a.seenBy(tx.Actor, row)
		})
		return err
	})
	return found, err
}

// attend edits the attendance of a planned session for whoever leads it.
func (s *Service) attend(ctx context.Context, id record.ID, f func(tx *db.Tx, row Session, all []Attendance) error) (row Session, err error) {
	if err := Attend.Require(ctx); err != nil {
		return row, err
	}
	err = s.DB.Do(ctx, func(tx *db.Tx) error {
		if row, err = sessions.Get(tx, id); err != nil {
			return err
		}
		if err := cmp.Or(Attend.Check(tx.Context, row.Led()), row.Movable()); err != nil {
			return err
		}
		all, err := s.expected(tx, row)
		if err != nil {
			return err
		}
		return f(tx, row, all)
	})
	return row, err
}

// Mark notes what became of a participant of a planned session.
func (s *Service) Mark(ctx context.Context, session record.ID, in MarkInput) (Session, error) {
	return s.attend(ctx, session, func(tx *db.Tx, _ Session, all []Attendance) error {
		a, err := of(all, in.Participant)
		if err != nil {
			return err
		}
		return note(tx, a, in, BySupervisor)
	})
}

// Tap gives a participant the next mark. Whoever is late is late by as many
// minutes as the session is under way.
func (s *Service) Tap(ctx context.Context, session, participant record.ID) (a Attendance, err error) {
	_, err = s.attend(ctx, session, func(tx *db.Tx, row Session, all []Attendance) error {
		if a, err = of(all, participant); err != nil {
			return err
		}
		in := MarkInput{Participant: participant, Mark: a.Mark.Next()}
		if in.Mark == Late {
			in.Late = row.lateBy(tx.Now, i18n.Zone)
		}
		if err := note(tx, a, in, BySupervisor); err != nil {
			return err
		}
		a.Mark, a.Late, a.How = in.Mark, in.Late, BySupervisor
		return nil
	})
	return a, err
}

// MarkRest notes that all of whom nothing is known are present.
func (s *Service) MarkRest(ctx context.Context, session record.ID) (Session, error) {
	return s.attend(ctx, session, func(tx *db.Tx, _ Session, all []Attendance) error {
		for _, a := range all {
			if a.Mark != Expected {
				continue
			}
			if err := note(tx, a, MarkInput{Mark: Present}, BySupervisor); err != nil {
				return err
			}
		}
		return nil
	})
}

func of(all []Attendance, participant record.ID) (Attendance, error) {
	i := slices.IndexFunc(all, func(a Attendance) bool { return a.ParticipantID == participant })
	if i < 0 {
		return Attendance{}, fault.New(fault.NotFound, "record.not_found")
	}
	return all[i], nil
}

// note stores a mark, with how and when it was made.
func note(tx *db.Tx, a Attendance, in MarkInput, how How) error {
	sign := func(a *Attendance) error {
		a.SignedAt, a.How, a.MarkedBy = tx.Now, how, cmp.Or(tx.Actor.Name, a.Name)
		if how == ByCode {
			a.MarkedBy = a.Name
		}
		return a.set(in)
	}
	if a.ID != "" {
		_, err := attendances.Edit(tx, a.ID, db.AnyVersion, sign)
		return err
	}
	if err := sign(&a); err != nil {
		return err
	}
	return attendances.Insert(tx, &a)
}

// CloseInput ends a session.
type CloseInput struct {
	Minutes int `json:"minutes" doc:"Held"`
}

// Close makes a session held: it delivers the hours, and gives each person their
// minutes. Those of whom nothing is known were absent.
func (s *Service) Close(ctx context.Context, id record.ID, version int, in CloseInput) (row Session, err error) {
	if in.Minutes <= 0 {
		var wrong fault.Fields
		wrong.Add("minutes", "form.required")
		return row, wrong.Err()
	}
	_, err = s.attend(ctx, id, func(tx *db.Tx, planned Session, all []Attendance) error {
		if planned.Begins(i18n.Zone).After(tx.Now.Time) {
			return fault.New(fault.Conflict, "sessions.not_begun")
		}
		total, err := settle(tx, all, in.Minutes)
		if err != nil {
			return err
		}
		row, err = sessions.Edit(tx, id, version, func(row *Session) error {
			row.HeldMinutes, row.PersonMinutes, row.ClosedAt, row.ClosedBy = in.Minutes, total, tx.Now, tx.Actor.Name
			return life.Move(tx.Context, row, "close")
		})
		if err != nil {
			return err
		}
		g, err := s.groupOf(tx, row)
		if err != nil {
			return err
		}
		if err := s.Hours.Deliver(tx, g, id, in.Minutes, total); err != nil {
			return err
		}
		return s.tellHeld(tx, row)
	})
	return row, err
}

func (s *Service) tellHeld(tx *db.Tx, row Session) error {
	for _, told := range s.held {
		if err := told(tx, row); err != nil {
			return err
		}
	}
	return nil
}

// settle gives everybody the minutes that they were there, and returns the sum.
func settle(tx *db.Tx, all []Attendance, held int) (total int, err error) {
	for _, a := range all {
		if a.Mark == Expected {
			a.Mark, a.How, a.SignedAt, a.MarkedBy = Absent, ByClosing, tx.Now, tx.Actor.Name
		}
		a.Minutes = a.attended(held)
		total += a.Minutes
		if a.ID == "" {
			err = attendances.Insert(tx, &a)
		} else {
			_, err = attendances.Edit(tx, a.ID, db.AnyVersion, func(row *Attendance) error {
				row.Minutes = a.Minutes
				return nil
			})
		}
		if err != nil {
			return 0, err
		}
	}
	return total, nil
}

// CorrectInput changes a session that was closed. Without a participant it
// changes the minutes of the session.
type CorrectInput struct {
	MarkInput

	Minutes int    `json:"minutes" doc:"Held, when no participant is named"`
	Reason  string `json:"reason"`
}

// Correct changes a closed session by an entry with its reason. The hours of
// the group and of the persons follow.
func (s *Service) Correct(ctx context.Context, id record.ID, in CorrectInput) (row Session, err error) {
	if in.Reason == "" {
		var wrong fault.Fields
		wrong.Add("reason", "form.required")
		return row, wrong.Err()
	}
	if err := Attend.Require(ctx); err != nil {
		return row, err
	}
	err = s.DB.Do(ctx, func(tx *db.Tx) error {
		if row, err = sessions.Get(tx, id); err != nil {
			return err
		}
		if err := Attend.Check(tx.Context, row.Led()); err != nil {
			return err
		}
		g, err := s.correctable(tx, row)
		if err != nil {
			return err
		}
		if err := correct(tx, &row, in); err != nil {
			return err
		}
		held, persons := row.HeldMinutes, row.PersonMinutes
		row, err = sessions.Edit(tx, id, db.AnyVersion, func(row *Session) error {
			row.HeldMinutes, row.PersonMinutes = held, persons
			return nil
		})
		if err != nil {
			return err
		}
		return s.Hours.Redeliver(tx, g, id, hours.Delivery{Minutes: held, PersonMinutes: persons, Reason: in.Reason})
	})
	return row, err
}

// correctable returns the group of a session that may still be corrected.
func (s *Service) correctable(tx *db.Tx, row Session) (g supervision.Group, err error) {
	p, err := s.Supervision.Programme(inside(tx), row.ProgrammeID)
	switch {
	case err != nil:
		return g, err
	case row.State != Held:
		return g, fault.New(fault.Conflict, "sessions.not_held")
	case p.State != supervision.Open:
		return g, fault.New(fault.Conflict, "sessions.programme_not_open")
	}
	return s.groupOf(tx, row)
}

// correct writes the entry of a correction and what follows of it.
func correct(tx *db.Tx, row *Session, in CorrectInput) error {
	all, err := attendancesOf(tx, row.ID)
	if err != nil {
		return err
	}
	c := Correction{SessionID: row.ID, ParticipantID: in.Participant, Before: row.HeldMinutes, After: in.Minutes, Reason: in.Reason, By: tx.Actor.Name}
	if in.Participant == "" {
		if in.Minutes <= 0 {
			var wrong fault.Fields
			wrong.Add("minutes", "form.required")
			return wrong.Err()
		}
		row.HeldMinutes = in.Minutes
	}
	row.PersonMinutes = 0
	for _, before := range all {
		after, err := attendances.Edit(tx, before.ID, db.AnyVersion, func(a *Attendance) error {
			if a.ParticipantID == in.Participant {
				if err := a.set(in.MarkInput); err != nil {
					return err
				}
			}
			a.Minutes = a.attended(row.HeldMinutes)
			return nil
		})
		if err != nil {
			return err
		}
		row.PersonMinutes += after.Minutes
		if before.ParticipantID == in.Participant {
			c.Name, c.BeforeMark, c.AfterMark, c.Before, c.After = before.Name, before.Mark, after.Mark, before.Minutes, after.Minutes
		}
	}
	if in.Participant != "" && c.AfterMark == "" {
		return fault.New(fault.NotFound, "record.not_found")
	}
	return corrections.Insert(tx, &c)
}

// Corrections lists what was changed of a session after it was closed, newest
// first.
func (s *Service) Corrections(ctx context.Context, session record.ID) (found []Correction, err error) {
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		if _, err := s.read(tx, session); err != nil {
			return err
		}
		found, err = correctionsOf(tx, session)
		return err
	})
	return found, err
}
