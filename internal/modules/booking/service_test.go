package booking_test

import (
	"errors"
	"sync"
	"testing"

	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/modules/booking"
	"bastida/internal/modules/sessions"
	"bastida/internal/modules/supervisors"
	"bastida/internal/platform/db"
	"bastida/internal/platform/table"
)

func TestASessionIsBookedAndKeepsItsHours(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		s := w.book(t, at(w.valley, "2020-02-04"))
		if s.Number != 1 || s.SupervisorName != "Person laia" || s.PlaceName != "Vilapetita" || s.State != sessions.Planned || len(s.SignKey) != 12 {
			t.Errorf("got %+v", s)
		}
		b, err := w.hours.Balance(w.as(t, "laia"), w.valley.ID)
		if err != nil || b.Scheduled != 120 {
			t.Errorf("balance %+v, %v", b, err)
		}
		found, total, err := w.sessions.Sessions(w.as(t, "marta"), sessions.Filter{}, table.Page{Number: 1, Size: 50, Sort: "day"})
		if err != nil || total != 1 || found[0].ID != s.ID {
			t.Errorf("a member sees %v, %v", found, err)
		}
		for _, who := range []string{"joan", "pere"} {
			if _, err := w.sessions.Session(w.as(t, who), s.ID); !errors.Is(err, fault.NotFound) {
				t.Errorf("%s reads a session of another group: %v", who, err)
			}
			if _, total, err := w.sessions.Sessions(w.as(t, who), sessions.Filter{}, table.Page{Number: 1, Size: 50}); total != 0 || err != nil {
				t.Errorf("%s lists %d, %v", who, total, err)
			}
		}
		if _, err := w.Book(w.as(t, "laia"), []booking.Booking{at(w.valley, "2020-03-04")}); !errors.Is(err, fault.Forbidden) {
			t.Errorf("a supervisor booked: %v", err)
		}
		mine, err := w.sessions.Mine(w.as(t, "laia"), civil.MustParse("2020-02-01"), civil.MustParse("2020-02-29"))
		if err != nil || len(mine) != 1 {
			t.Errorf("mine: %v, %v", mine, err)
		}
	})
}

func TestWhatCollidesIsRefusedAndSaysWithWhat(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		_, err := w.supervisors.AddUnavailability(w.as(t, "technician"), w.laia.ID, supervisors.UnavailabilityInput{From: civil.MustParse("2020-03-10")})
		must(t, err)
		w.enrol(t, w.coast, "marta@booking.example")
		w.book(t, at(w.valley, "2020-02-04"))
		busy := at(w.coast, "2020-02-04")
		busy.Start, busy.Supervisor = 10*60, w.laia.ID
		member := at(w.coast, "2020-02-04")
		late := at(w.valley, "2020-02-20")
		late.Start = 23 * 60
		for name, c := range map[string]struct {
			booking booking.Booking
			field   string
			key     string
			hard    bool
		}{
			"supervisor":  {busy, "at", "booking.supervisor_busy", true},
			"group":       {at(w.valley, "2020-02-04"), "at", "booking.group_meets", true},
			"member":      {member, "at", "booking.member_busy", false},
			"away":        {at(w.valley, "2020-03-10"), "at", "booking.supervisor_away", false},
			"holiday":     {at(w.coast, "2020-05-01"), "day", "booking.on_holiday", false},
			"close":       {at(w.valley, "2020-02-10"), "day", "booking.too_close", false},
			"far":         {at(w.valley, "2020-06-10"), "day", "booking.too_far", false},
			"past":        {at(w.coast, "2020-01-10"), "day", "booking.in_the_past", false},
			"outside":     {at(w.valley, "2021-01-10"), "day", "booking.outside_programme", true},
			"not the day": {late, "at", "booking.not_in_a_day", true},
		} {
			_, err := w.Book(w.as(t, "technician"), []booking.Booking{c.booking})
			if got := keysOf(err); got[c.field] != c.key {
				t.Errorf("%s: %v", name, got)
			}
			if c.hard {
				c.booking.Despite = "Whatever"
				if _, err := w.Book(w.as(t, "technician"), []booking.Booking{c.booking}); !errors.Is(err, fault.Invalid) {
					t.Errorf("%s was overruled: %v", name, err)
				}
			} else if keysOf(err)["despite"] != "booking.despite_needed" {
				t.Errorf("%s: nobody says that a reason helps: %v", name, err)
			}
		}
		despite := at(w.coast, "2020-05-01")
		despite.Despite = "The group asked for it"
		if s := w.book(t, despite); s.Despite != "The group asked for it" {
			t.Errorf("got %+v", s)
		}
	})
}

func TestNoMinuteIsBookedBeyondTheGrant(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		long := at(w.valley, "2020-02-04")
		long.Minutes = 14 * 60
		w.book(t, long)
		rest := at(w.valley, "2020-03-04")
		rest.Minutes = 5 * 60
		_, err := w.Book(w.as(t, "technician"), []booking.Booking{rest})
		f := fault.Of(err)
		if f == nil || f.Key != "hours.beyond_free" || f.Args[3] != 4.0 {
			t.Errorf("got %v", err)
		}
	})
}

// Two technicians give Laia a session at the same hour, and twelve book what is
// enough for nine.
func TestNobodyBooksTwiceByBeingQuick(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		var all sync.WaitGroup
		errs := make([]error, 12)
		for i := range errs {
			b := at(w.valley, "2020-02-04")
			if i%2 == 1 {
				b = at(w.coast, "2020-02-04")
				b.Supervisor = w.laia.ID
			}
			all.Go(func() { _, errs[i] = w.Book(w.as(t, "technician"), []booking.Booking{b}) })
		}
		all.Wait()
		won := 0
		for _, err := range errs {
			if err == nil {
				won++
			} else if !errors.Is(err, fault.Invalid) {
				t.Errorf("not a complaint: %v", err)
			}
		}
		if won != 1 {
			t.Errorf("%d of those who booked the same hour of the same person succeeded", won)
		}
		for i := range errs {
			b := at(w.coast, "2020-03-01")
			b.Day, b.Despite = b.Day.AddDays(i), "Test"
			all.Go(func() { _, errs[i] = w.Book(w.as(t, "technician"), []booking.Booking{b}) })
		}
		all.Wait()
		total, byGroup, err := w.hours.Balances(w.as(t, "technician"), w.programme.ID)
		must(t, err)
		if b := byGroup[w.coast.ID]; b.Free() >= 120 || b.Free() < 0 || total.Scheduled > total.Granted {
			t.Errorf("balance %+v", b)
		}
	})
}

func TestBookingSeveralIsAllOrNothing(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		_, err := w.Book(w.as(t, "technician"), []booking.Booking{at(w.valley, "2020-02-04"), at(w.coast, "2020-02-05"), at(w.valley, "2020-02-04")})
		if keysOf(err)["at"] != "booking.group_meets" {
			t.Fatalf("got %v", err)
		}
		if found, err := w.sessions.OfProgramme(w.as(t, "technician"), w.programme.ID); err != nil || len(found) != 0 {
			t.Errorf("half of it was booked: %v, %v", found, err)
		}
	})
}

func TestASessionMovesAndKeepsItsNumber(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		s := w.book(t, at(w.valley, "2020-02-04"))
		in := booking.MoveInput{Day: civil.MustParse("2020-02-11"), Start: 10 * 60, Minutes: 90, PlaceCode: "08901", Room: "Sala 2"}
		if _, err := w.Move(w.as(t, "pere"), s.ID, db.AnyVersion, in); !errors.Is(err, fault.NotFound) {
			t.Errorf("a stranger moved it: %v", err)
		}
		moved, err := w.Move(w.as(t, "laia"), s.ID, s.Version, in)
		if err != nil || moved.Number != 1 || moved.Sequence != 1 || moved.Where() != "Sala 2, Vilapetita" {
			t.Fatalf("got %+v, %v", moved, err)
		}
		if _, err := w.Move(w.as(t, "technician"), s.ID, s.Version, in); !errors.Is(err, fault.Stale) {
			t.Errorf("over somebody else's change: %v", err)
		}
		if again, err := w.Move(w.as(t, "technician"), s.ID, moved.Version, in); err != nil || again.Sequence != 1 {
			t.Errorf("nothing changed, and yet %+v, %v", again, err)
		}
		if b, err := w.hours.Balance(w.as(t, "technician"), w.valley.ID); err != nil || b.Scheduled != 90 {
			t.Errorf("balance %+v, %v", b, err)
		}
	})
}

func TestACancelledSessionGivesItsHoursBackAndIsMadeUpForOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		s := w.book(t, at(w.valley, "2020-01-21"))
		if _, err := w.Cancel(w.as(t, "laia"), s.ID, sessions.CallOff{Reason: sessions.OtherReason}); keysOf(err)["note"] != "sessions.say_why" {
			t.Errorf("another reason without saying which: %v", err)
		}
		cancelled, err := w.Cancel(w.as(t, "laia"), s.ID, sessions.CallOff{Reason: sessions.SupervisorIll})
		if err != nil || cancelled.State != sessions.Cancelled || !cancelled.ShortNotice || cancelled.RebookBy != civil.MustParse("2020-02-11") {
			t.Fatalf("got %+v, %v", cancelled, err)
		}
		if b, err := w.hours.Balance(w.as(t, "laia"), w.valley.ID); err != nil || b.Scheduled != 0 || b.Free() != 1080 {
			t.Errorf("balance %+v, %v", b, err)
		}
		if _, err := w.Cancel(w.as(t, "laia"), s.ID, sessions.CallOff{Reason: sessions.Strike}); !errors.Is(err, fault.Conflict) {
			t.Errorf("twice: %v", err)
		}
		again := at(w.valley, "2020-02-12")
		again.Replaces = s.ID
		if _, err := w.Book(w.as(t, "technician"), []booking.Booking{again}); keysOf(err)["day"] != "booking.rebook_late" {
			t.Errorf("after the last day: %v", err)
		}
		again.Day = civil.MustParse("2020-02-11")
		w.book(t, again)
		again.Day = civil.MustParse("2020-02-10")
		if _, err := w.Book(w.as(t, "technician"), []booking.Booking{again}); !errors.Is(err, fault.Conflict) {
			t.Errorf("made up for twice: %v", err)
		}
		early := w.book(t, at(w.coast, "2020-01-23"))
		cancelled, err = w.Cancel(w.as(t, "technician"), early.ID, sessions.CallOff{Reason: sessions.Weather})
		if err != nil || cancelled.ShortNotice {
			t.Errorf("three days before is short notice: %v", err)
		}
	})
}

func TestOneExcuseNeverCancelsTheSessionOfTheGroup(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		s := w.book(t, at(w.valley, "2020-02-04"))
		if _, err := w.sessions.Excuse(w.as(t, "joan"), s.ID); !errors.Is(err, fault.NotFound) {
			t.Errorf("somebody of another group: %v", err)
		}
		after, err := w.sessions.Excuse(w.as(t, "marta"), s.ID)
		if err != nil || after.State != sessions.Planned {
			t.Fatalf("got %+v, %v", after, err)
		}
		own, err := w.sessions.Attendances(w.as(t, "marta"), s.ID)
		if err != nil || len(own) != 1 || own[0].Mark != sessions.Excused {
			t.Errorf("a member reads %+v, %v", own, err)
		}
		all, err := w.sessions.Attendances(w.as(t, "laia"), s.ID)
		must(t, err)
		marks := map[sessions.Mark]int{}
		for _, a := range all {
			marks[a.Mark]++
		}
		if marks[sessions.Excused] != 1 || marks[sessions.Expected] != 2 {
			t.Errorf("got %v", marks)
		}
	})
}
