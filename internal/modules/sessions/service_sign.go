package sessions

import (
	"context"
	"errors"
	"slices"

	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/platform/db"
	"bastida/internal/platform/i18n"
)

// Excuse says of oneself that one cannot come. The session stays.
func (s *Service) Excuse(ctx context.Context, session record.ID) (Session, error) {
	return s.signOneself(ctx, session, func(tx *db.Tx, row Session, own Attendance) error {
		if row.Ends(i18n.Zone).Before(tx.Now.Time) {
			return fault.New(fault.Conflict, "sessions.over")
		}
		return note(tx, own, MarkInput{Mark: Excused}, ByAccount)
	})
}

// Own is what is known of the actor in a session; NotFound when they do not take
// part.
func (s *Service) Own(ctx context.Context, session record.ID) (own Attendance, err error) {
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		row, err := sessions.Get(tx, session)
		if err != nil {
			return err
		}
		all, err := s.expected(tx, row)
		if err != nil {
			return err
		}
		own, err = ownAmong(tx, all)
		return err
	})
	return own, err
}

// signOneself finds the actor among those expected in a planned session.
func (s *Service) signOneself(ctx context.Context, session record.ID, f func(*db.Tx, Session, Attendance) error) (row Session, err error) {
	if err := Sign.Require(ctx); err != nil {
		return row, err
	}
	err = s.DB.Do(ctx, func(tx *db.Tx) error {
		if row, err = sessions.Get(tx, session); err != nil {
			return err
		}
		all, err := s.expected(tx, row)
		if err != nil {
			return err
		}
		own, err := ownAmong(tx, all)
		if err != nil {
			return err
		}
		if err := row.Movable(); err != nil {
			return err
		}
		return f(tx, row, own)
	})
	return row, err
}

// ownAmong is the attendance of the actor.
func ownAmong(tx *db.Tx, all []Attendance) (Attendance, error) {
	i := slices.IndexFunc(all, func(a Attendance) bool { return a.UserID != "" && a.UserID == tx.Actor.User })
	if i < 0 {
		return Attendance{}, fault.New(fault.NotFound, "record.not_found")
	}
	return all[i], nil
}

// SignInput signs a session at its address.
type SignInput struct {
	Code string `json:"code" doc:"Personal; not needed by who is signed in and takes part"`
}

// Signing is a session as whoever has its address sees it: enough to know that
// it is the right one.
type Signing struct {
	Session Session
	Open    bool
	Own     *Attendance // of the actor, when they are signed in and take part
}

// Signing opens the address at which a session is signed.
func (s *Service) Signing(ctx context.Context, key string) (v Signing, err error) {
	err = s.DB.ViewAcross(ctx, "a session is signed at an address that only its people know", func(tx *db.Tx) error {
		if v.Session, err = keyed(tx, key); err != nil {
			return err
		}
		v.Open = v.Session.signing(tx.Now, i18n.Zone)
		in := tx.In(v.Session.TenantID)
		all, err := s.expected(in, v.Session)
		if err != nil {
			return err
		}
		if own, err := ownAmong(in, all); err == nil {
			v.Own = &own
		}
		return nil
	})
	return v, err
}

// keyed finds a session by the end of its address.
func keyed(tx *db.Tx, key string) (Session, error) {
	if key == "" {
		return Session{}, fault.New(fault.NotFound, "record.not_found")
	}
	return sessions.First(tx, "WHERE sign_key = $1", key)
}

// SignIn notes that the person with a code, or who is signed in, is there. Who
// comes after the beginning is late by the clock.
func (s *Service) SignIn(ctx context.Context, key string, in SignInput) (a Attendance, err error) {
	err = s.DB.Across(ctx, "a session is signed at an address that only its people know", func(tx *db.Tx) error {
		row, err := keyed(tx, key)
		if err != nil {
			return err
		}
		own := tx.In(row.TenantID)
		if !row.signing(tx.Now, i18n.Zone) {
			return fault.New(fault.Conflict, "sessions.signing_closed")
		}
		all, err := s.expected(own, row)
		if err != nil {
			return err
		}
		how := ByAccount
		if a, err = ownAmong(own, all); in.Code != "" || errors.Is(err, fault.NotFound) {
			found, known := row.holder(in.Code, all)
			if !known {
				var wrong fault.Fields
				wrong.Add("code", "sessions.unknown_code")
				return wrong.Err()
			}
			a, how, err = found, ByCode, nil
		}
		if err != nil {
			return err
		}
		mark := MarkInput{Mark: Present, Late: row.lateBy(tx.Now, i18n.Zone)}
		if mark.Late > 0 {
			mark.Mark = Late
		}
		if err := note(own, a, mark, how); err != nil {
			return err
		}
		a.Mark, a.Late = mark.Mark, mark.Late
		return nil
	})
	return a, err
}
