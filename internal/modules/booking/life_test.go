package booking_test

import (
	"errors"
	"testing"

	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/sessions"
	"bastida/internal/platform/db"
)

// mark notes what became of the members of a session, in the order of their
// names: the one with an account, the second, the third.
func (w *world) mark(t *testing.T, s sessions.Session, marks ...sessions.MarkInput) []sessions.Attendance {
	t.Helper()
	all, err := w.sessions.Attendances(w.as(t, "laia"), s.ID)
	must(t, err)
	for i, m := range marks {
		m.Participant = all[i].ParticipantID
		_, err := w.sessions.Mark(w.as(t, "laia"), s.ID, m)
		must(t, err)
	}
	return all
}

func TestClosingASessionDeliversTheHoursOfTheGroupAndOfEachPerson(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		told := 0
		w.sessions.OnHeld(func(_ *db.Tx, s sessions.Session) error {
			told += s.PersonMinutes
			return nil
		})
		s := w.book(t, at(w.valley, "2020-01-21"))
		if _, err := w.sessions.Close(w.as(t, "laia"), s.ID, s.Version, sessions.CloseInput{Minutes: 120}); keysOf(err)[""] != "sessions.not_begun" {
			t.Errorf("before it begins: %v", err)
		}
		w.clock.Set(wall("2020-01-21 11:05"))
		w.mark(t, s, sessions.MarkInput{Mark: sessions.Present}, sessions.MarkInput{Mark: sessions.Late, Late: 20, Left: 10})
		if _, err := w.sessions.Close(w.as(t, "pere"), s.ID, s.Version, sessions.CloseInput{Minutes: 110}); !errors.Is(err, fault.NotFound) {
			t.Errorf("the supervisor of another group: %v", err)
		}
		held, err := w.sessions.Close(w.as(t, "laia"), s.ID, s.Version, sessions.CloseInput{Minutes: 110})
		if err != nil || held.State != sessions.Held || held.PersonMinutes != 110+80 || told != 190 {
			t.Fatalf("got %+v, told of %d, %v", held, told, err)
		}
		all, err := w.sessions.Attendances(w.as(t, "auditor"), s.ID)
		must(t, err)
		if all[0].Minutes != 110 || all[1].Minutes != 80 || all[2].Mark != sessions.Absent || all[2].How != sessions.ByClosing || all[0].How != sessions.BySupervisor {
			t.Errorf("got %+v", all)
		}
		b, err := w.hours.Balance(w.as(t, "laia"), w.valley.ID)
		if err != nil || b.Delivered != 110 || b.PersonMinutes != 190 || b.Scheduled != 0 {
			t.Errorf("balance %+v, %v", b, err)
		}
		if _, err := w.sessions.Mark(w.as(t, "laia"), s.ID, sessions.MarkInput{Participant: all[2].ParticipantID, Mark: sessions.Present}); !errors.Is(err, fault.Conflict) {
			t.Errorf("marked after closing: %v", err)
		}
	})
}

func TestAClosedSessionChangesOnlyByEntriesWithAReason(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		s := w.book(t, at(w.valley, "2020-01-21"))
		w.clock.Set(wall("2020-01-21 11:05"))
		all := w.mark(t, s, sessions.MarkInput{Mark: sessions.Present}, sessions.MarkInput{Mark: sessions.Absent})
		correct := func(who string, in sessions.CorrectInput) (sessions.Session, error) {
			return w.sessions.Correct(w.as(t, who), s.ID, in)
		}
		came := sessions.CorrectInput{MarkInput: sessions.MarkInput{Participant: all[1].ParticipantID, Mark: sessions.Late, Late: 15}, Reason: "She had not signed"}
		if _, err := correct("laia", came); keysOf(err)[""] != "sessions.not_held" {
			t.Errorf("before it is closed: %v", err)
		}
		_, err := w.sessions.Close(w.as(t, "laia"), s.ID, s.Version, sessions.CloseInput{Minutes: 120})
		must(t, err)
		if _, err := correct("laia", sessions.CorrectInput{MarkInput: came.MarkInput}); keysOf(err)["reason"] != "form.required" {
			t.Errorf("without a reason: %v", err)
		}
		if _, err := correct("marta", came); !errors.Is(err, fault.Forbidden) {
			t.Errorf("a member: %v", err)
		}
		after, err := correct("laia", came)
		if err != nil || after.PersonMinutes != 120+105 {
			t.Fatalf("got %+v, %v", after, err)
		}
		after, err = correct("technician", sessions.CorrectInput{Minutes: 100, Reason: "It ended at 10:40"})
		if err != nil || after.HeldMinutes != 100 || after.PersonMinutes != 100+85 {
			t.Fatalf("got %+v, %v", after, err)
		}
		b, err := w.hours.Balance(w.as(t, "laia"), w.valley.ID)
		if err != nil || b.Delivered != 100 || b.PersonMinutes != 185 {
			t.Errorf("balance %+v, %v", b, err)
		}
		history, err := w.sessions.Corrections(w.as(t, "auditor"), s.ID)
		if err != nil || len(history) != 2 || history[0].After != 100 || history[1].BeforeMark != sessions.Absent || history[1].AfterMark != sessions.Late || history[1].By != "Person laia" {
			t.Errorf("history %+v, %v", history, err)
		}
		if _, err := correct("technician", sessions.CorrectInput{Minutes: 1200, Reason: "Too much"}); keysOf(err)[""] != "hours.beyond_free" {
			t.Errorf("beyond the grant: %v", err)
		}
		if again, err := w.sessions.Session(w.as(t, "laia"), s.ID); err != nil || again.HeldMinutes != 100 {
			t.Errorf("half written: %+v, %v", again, err)
		}
	})
}

func TestPeopleSignWithTheirAccountOrTheirCodeAroundTheSession(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		s := w.book(t, at(w.valley, "2020-01-21"))
		all, err := w.sessions.Attendances(w.as(t, "laia"), s.ID)
		must(t, err)
		second, third := all[1].ParticipantID, all[2].ParticipantID
		if s.PersonalCode(second) == s.PersonalCode(third) {
			t.Fatal("two people have the same code")
		}
		if _, err := w.sessions.SignIn(t.Context(), s.SignKey, sessions.SignInput{Code: s.PersonalCode(second)}); keysOf(err)[""] != "sessions.signing_closed" {
			t.Errorf("the day before: %v", err)
		}
		w.clock.Set(wall("2020-01-21 08:45"))
		if v, err := w.sessions.Signing(w.as(t, "marta"), s.SignKey); err != nil || !v.Open || v.Own == nil {
			t.Errorf("got %+v, %v", v, err)
		}
		if _, err := w.sessions.SignIn(t.Context(), "unknownkey00", sessions.SignInput{Code: s.PersonalCode(second)}); !errors.Is(err, fault.NotFound) {
			t.Errorf("another address: %v", err)
		}
		if _, err := w.sessions.SignIn(w.as(t, "joan"), s.SignKey, sessions.SignInput{}); keysOf(err)["code"] != "sessions.unknown_code" {
			t.Errorf("somebody else without a code: %v", err)
		}
		a, err := w.sessions.SignIn(w.as(t, "marta"), s.SignKey, sessions.SignInput{})
		if err != nil || a.Mark != sessions.Present {
			t.Errorf("got %+v, %v", a, err)
		}
		w.clock.Set(wall("2020-01-21 09:12"))
		code := s.PersonalCode(second)
		a, err = w.sessions.SignIn(t.Context(), s.SignKey, sessions.SignInput{Code: code[:3] + " " + code[3:]})
		if err != nil || a.Mark != sessions.Late || a.Late != 12 || a.ParticipantID != second {
			t.Errorf("got %+v, %v", a, err)
		}
		all, err = w.sessions.Attendances(w.as(t, "laia"), s.ID)
		must(t, err)
		if all[0].How != sessions.ByAccount || all[1].How != sessions.ByCode || all[1].MarkedBy != all[1].Name || all[2].Mark != sessions.Expected {
			t.Errorf("got %+v", all)
		}
	})
}

func TestATapGoesThroughTheMarks(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		s := w.book(t, at(w.valley, "2020-01-21"))
		w.clock.Set(wall("2020-01-21 09:07"))
		all, err := w.sessions.Attendances(w.as(t, "laia"), s.ID)
		must(t, err)
		for _, want := range []sessions.Mark{sessions.Present, sessions.Late, sessions.Absent, sessions.Excused, sessions.Present} {
			a, err := w.sessions.Tap(w.as(t, "laia"), s.ID, all[0].ParticipantID)
			if err != nil || a.Mark != want || (want == sessions.Late) != (a.Late == 7) {
				t.Errorf("got %s with %d, %v, want %s", a.Mark, a.Late, err, want)
			}
		}
		_, err = w.sessions.MarkRest(w.as(t, "laia"), s.ID)
		must(t, err)
		all, err = w.sessions.Attendances(w.as(t, "laia"), s.ID)
		must(t, err)
		for _, a := range all {
			if a.Mark != sessions.Present {
				t.Errorf("%s is %s", a.Name, a.Mark)
			}
		}
		if _, err := w.sessions.Tap(w.as(t, "laia"), s.ID, record.ID(db.NewID())); !errors.Is(err, fault.NotFound) {
			t.Errorf("a stranger: %v", err)
		}
	})
}
