package timetables_test

import (
	"testing"

	"bastida/engine/timetable"
	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/booking"
	"bastida/internal/modules/planning"
	"bastida/internal/modules/sessions"
	"bastida/internal/modules/supervisors"
	"bastida/internal/modules/timetables"
)

func TestASeasonIsPlacedInFullAndAcceptedAtOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.stated(t)
		ctx := w.as(t, actor.Technician)
		sheet := w.proposed(t, asked())
		if sheet.Sessions != 25 || sheet.Unplaced != 0 || sheet.Groups != 5 {
			t.Fatalf("%+v", sheet.Figures)
		}
		if broken := timetable.Check(sheet.Season, sheet.Plan); len(broken) > 0 {
			t.Errorf("%+v", broken)
		}
		again := w.proposed(t, asked())
		for i, x := range sheet.Plan.Sessions {
			if again.Plan.Sessions[i] != x {
				t.Fatalf("the same seed and rounds give %+v and %+v", x, again.Plan.Sessions[i])
			}
		}
		run, err := w.Accept(ctx, w.programme.ID, sheet.ID, sheet.Version)
		must(t, err)
		if run.State != timetables.Accepted || w.told[booking.Booked] != 25 {
			t.Errorf("%s, told of %d", run.State, w.told[booking.Booked])
		}
		booked := w.booked(t)
		for _, s := range booked {
			if s.Day.String() == "2020-05-01" || s.SupervisorID == w.staff["Quim"].ID || s.SupervisorID == "" {
				t.Errorf("%s on %s with %q", s.GroupName, s.Day, s.SupervisorName)
			}
			if s.GroupID == w.groups[4].ID && s.SupervisorID != w.staff["Pere"].ID {
				t.Errorf("the psychologists are led by %s", s.SupervisorName)
			}
			if s.PlaceCode == "08900" && s.Day.String() == "2020-03-19" {
				t.Error("a session is on a local holiday")
			}
		}
		total, _, err := w.hours.Balances(ctx, w.programme.ID)
		must(t, err)
		if len(booked) != 25 || total.Scheduled != 3000 || total.Scheduled > total.Granted {
			t.Errorf("%d sessions, %+v", len(booked), total)
		}
		_, err = w.Propose(ctx, w.programme.ID, asked())
		refused(t, err, fault.Conflict, "planning.nothing_left")
	})
}

func TestAnUnstatedFigureIsRefusedUnderItsName(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := w.as(t, actor.Technician)
		_, err := w.Propose(ctx, w.programme.ID, asked())
		if f := fault.Of(err); f == nil || len(f.Fields) != 1 || f.Fields[0].Name != "spacing_max_days" || f.Fields[0].Key != "planning.not_stated" {
			t.Errorf("%+v", f)
		}
		st, err := w.Standing(ctx, w.programme.ID)
		must(t, err)
		if len(st.Lacks) != 1 || !st.Lacks[0].Known() {
			t.Errorf("%+v", st.Lacks)
		}
		_, err = w.Propose(w.as(t, actor.Auditor), w.programme.ID, asked())
		refused(t, err, fault.Forbidden, "")
		_, err = w.Standing(w.as(t, actor.LocalOfficer), w.programme.ID)
		if err == nil {
			t.Error("an officer of one body sees the proposals of all")
		}
	})
}

func TestWhatIsTypedWrongIsSaidBesideItsField(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.stated(t)
		in := asked()
		in.First, in.Last, in.Weekdays, in.To = civil.MustParse("2020-01-10"), civil.MustParse("2021-01-01"), nil, "25:00"
		_, err := w.Propose(w.as(t, actor.Technician), w.programme.ID, in)
		got := map[string]string{}
		for _, f := range fault.Of(err).Fields {
			got[f.Name] = f.Key
		}
		want := map[string]string{"first": "planning.in_the_past", "last": "planning.outside", "weekdays": "form.required", "to": "planning.not_a_time"}
		for name, key := range want {
			if got[name] != key {
				t.Errorf("%s: %q, want %q", name, got[name], key)
			}
		}
		in = asked()
		in.To = "10:30"
		_, err = w.Propose(w.as(t, actor.Technician), w.programme.ID, in)
		if f := fault.Of(err); f == nil || len(f.Fields) != 1 || f.Fields[0].Key != "planning.window_short" {
			t.Errorf("%+v", f)
		}
	})
}

func TestWhatSupervisorsCannotDoIsRespectedAndSaid(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.stated(t)
		ctx := w.as(t, actor.Technician)
		_, err := w.supervisors.AddUnavailability(ctx, w.staff["Pere"].ID, supervisors.UnavailabilityInput{
			From: civil.MustParse("2020-02-01"), To: civil.MustParse("2020-07-31"), Weekdays: []string{"mon", "tue", "wed", "thu"},
		})
		must(t, err)
		_, err = w.supervisors.AddIncompatibility(ctx, w.staff["Laia"].ID, supervisors.IncompatibilityInput{Body: w.bodies[1], Reason: supervisors.WorkedThere})
		must(t, err)
		sheet := w.proposed(t, asked())
		if sheet.Unplaced != 0 {
			t.Errorf("%d have no place", sheet.Unplaced)
		}
		for _, x := range sheet.Plan.Sessions {
			if x.Supervisor == w.staff["Pere"].ID.String() && x.Day.Weekday() != 5 {
				t.Errorf("Pere works on %s", x.Day)
			}
			if x.Group == w.groups[1].ID.String() && x.Supervisor != w.staff["Pere"].ID.String() {
				t.Error("somebody leads a group of a body for which they worked")
			}
		}
		_, err = w.supervisors.AddIncompatibility(ctx, w.staff["Pere"].ID, supervisors.IncompatibilityInput{Body: w.bodies[1], Reason: supervisors.Relative})
		must(t, err)
		sheet = w.proposed(t, asked())
		if sheet.Unplaced != 5 || sheet.Fewest != 5 || len(sheet.Plan.Unplaced[0].Reasons) == 0 {
			t.Errorf("%+v %+v", sheet.Figures, sheet.Plan.Unplaced)
		}
	})
}

func TestARerunKeepsWhatIsTicked(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.stated(t)
		base := w.proposed(t, asked())
		in := asked()
		in.Seed = 7
		for _, g := range w.groups {
			in.KeepSupervisors = append(in.KeepSupervisors, g.ID.String())
		}
		in.KeepSessions = []string{w.groups[0].ID.String(), w.groups[1].ID.String() + "/3"}
		run, err := w.Again(w.as(t, actor.Technician), w.programme.ID, base.ID, in)
		must(t, err)
		sheet := w.worked(t, run)
		if sheet.Origin != timetables.Rerun || sheet.BaseNumber != base.Number || sheet.Sessions != 25 {
			t.Errorf("%+v", sheet.Run)
		}
		now := map[timetable.Ref]timetable.Session{}
		for _, x := range sheet.Plan.Sessions {
			now[timetable.Ref{Group: x.Group, Index: x.Index}] = x
		}
		for _, was := range base.Plan.Sessions {
			is := now[timetable.Ref{Group: was.Group, Index: was.Index}]
			kept := was.Group == w.groups[0].ID.String() || was.Group == w.groups[1].ID.String() && was.Index == 3
			if is.Supervisor != was.Supervisor || kept && (is.Day != was.Day || is.Start != was.Start) {
				t.Errorf("%+v became %+v", was, is)
			}
		}
	})
}

func TestAcceptingBooksEverythingOrNothing(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.stated(t)
		ctx := w.as(t, actor.Technician)
		sheet := w.proposed(t, asked())
		last := sheet.Plan.Sessions[len(sheet.Plan.Sessions)-1]
		day, err := civil.Parse(last.Day.String())
		must(t, err)
		_, err = w.supervisors.AddUnavailability(ctx, w.byCode(last.Supervisor), supervisors.UnavailabilityInput{From: day})
		must(t, err)
		_, err = w.Accept(ctx, w.programme.ID, sheet.ID, sheet.Version)
		refused(t, err, fault.Conflict, "timetables.collides")
		groups, err := w.supervision.Groups(ctx, w.programme.ID)
		must(t, err)
		for _, g := range groups {
			if g.SupervisorID != "" {
				t.Errorf("%s was given a supervisor", g.Name)
			}
		}
		after, err := w.Sheet(ctx, w.programme.ID, sheet.ID)
		must(t, err)
		if booked := w.booked(t); len(booked) != 0 || after.State != timetables.Done {
			t.Errorf("%d sessions are booked, the run is %s", len(booked), after.State)
		}
		_, err = w.Accept(w.as(t, actor.Auditor), w.programme.ID, sheet.ID, sheet.Version)
		refused(t, err, fault.Forbidden, "")
	})
}

func TestAnAbsenceMovesTheFewestSessions(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := w.as(t, actor.Technician)
		before := w.accepted(t)
		away := before[len(before)-1] // nothing follows it that would have to make room
		hit := 0
		for _, s := range before {
			if s.SupervisorID == away.SupervisorID && s.Day == away.Day {
				hit++
			}
		}
		run, err := w.Mend(ctx, w.programme.ID, planning.ReplanningInput{
			Window: mending(), ReplanInput: planning.ReplanInput{Supervisor: away.SupervisorID, AwayFrom: away.Day},
		})
		must(t, err)
		sheet := w.worked(t, run)
		if sheet.Changed != hit || !sheet.Proven() || sheet.Unplaced != 0 || sheet.Sessions != 25 {
			t.Fatalf("%+v, %d were hit", sheet.Figures, hit)
		}
		_, err = w.Accept(ctx, w.programme.ID, sheet.ID, sheet.Version)
		must(t, err)
		moved := 0
		was := map[string]sessions.Session{}
		for _, s := range before {
			was[s.ID.String()] = s
		}
		for _, s := range w.booked(t) {
			if o := was[s.ID.String()]; o.Day != s.Day || o.Start != s.Start {
				moved++
			}
			if s.SupervisorID == away.SupervisorID && s.Day == away.Day {
				t.Errorf("%s is led by somebody who is away", s.GroupName)
			}
		}
		if moved != hit || w.told[booking.Moved] != hit {
			t.Errorf("%d moved and %d were told, want %d", moved, w.told[booking.Moved], hit)
		}
	})
}

func TestTheRegisterSaysWhoIsAway(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := w.as(t, actor.Technician)
		away := w.accepted(t)[3]
		in := planning.ReplanningInput{Window: mending(), ReplanInput: planning.ReplanInput{Supervisor: away.SupervisorID}}
		_, err := w.Mend(ctx, w.programme.ID, in)
		refused(t, err, fault.Conflict, "planning.not_away")
		_, err = w.supervisors.AddUnavailability(ctx, away.SupervisorID, supervisors.UnavailabilityInput{From: away.Day})
		must(t, err)
		run, err := w.Mend(ctx, w.programme.ID, in)
		must(t, err)
		sheet := w.worked(t, run)
		if sheet.Changed == 0 || !sheet.Proven() {
			t.Errorf("%+v", sheet.Figures)
		}
		_, err = w.Mend(ctx, w.programme.ID, planning.ReplanningInput{Window: mending()})
		if f := fault.Of(err); f == nil || len(f.Fields) != 1 || f.Fields[0].Key != "planning.one_reason" {
			t.Errorf("%+v", f)
		}
	})
}

func TestACancelledSessionIsGivenAnotherDay(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := w.as(t, actor.Technician)
		ill := w.accepted(t)[4]
		_, err := w.booking.Cancel(ctx, ill.ID, sessions.CallOff{Reason: sessions.SupervisorIll})
		must(t, err)
		pending, err := w.Pending(ctx, w.programme.ID)
		must(t, err)
		if len(pending) != 1 || pending[0].ID != ill.ID {
			t.Fatalf("%+v", pending)
		}
		run, err := w.Mend(ctx, w.programme.ID, planning.ReplanningInput{Window: mending(), ReplanInput: planning.ReplanInput{Cancelled: ill.ID}})
		must(t, err)
		sheet := w.worked(t, run)
		if sheet.Changed != 1 || !sheet.Proven() {
			t.Fatalf("%+v", sheet.Figures)
		}
		_, err = w.Accept(ctx, w.programme.ID, sheet.ID, sheet.Version)
		must(t, err)
		pending, err = w.Pending(ctx, w.programme.ID)
		must(t, err)
		made := sessions.Session{}
		for _, s := range w.booked(t) {
			if s.Replaces == ill.ID {
				made = s
			}
		}
		if len(pending) != 0 || made.Day == ill.Day || made.SupervisorID != ill.SupervisorID {
			t.Errorf("%d pending, made up for on %s", len(pending), made.Day)
		}
	})
}

func TestAReplanIsNotAcceptedAfterSomebodyMovedASession(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := w.as(t, actor.Technician)
		away := w.accepted(t)[3]
		run, err := w.Mend(ctx, w.programme.ID, planning.ReplanningInput{
			Window: mending(), ReplanInput: planning.ReplanInput{Supervisor: away.SupervisorID, AwayFrom: away.Day},
		})
		must(t, err)
		sheet := w.worked(t, run)
		_, err = w.booking.Move(ctx, away.ID, away.Version, booking.MoveInput{
			Day: away.Day, Start: away.Start, Minutes: away.Minutes, PlaceCode: away.PlaceCode, Room: "Another room",
		})
		must(t, err)
		_, err = w.Accept(ctx, w.programme.ID, sheet.ID, sheet.Version)
		refused(t, err, fault.Conflict, "timetables.changed_since")
	})
}

func TestARunThatWaitsIsStopped(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.stated(t)
		ctx := w.as(t, actor.Technician)
		run, err := w.Propose(ctx, w.programme.ID, asked())
		must(t, err)
		run, err = w.Stop(ctx, w.programme.ID, run.ID)
		must(t, err)
		sheet := w.worked(t, run)
		if sheet.State != timetables.Cancelled || sheet.Sessions != 0 {
			t.Errorf("%+v", sheet.Run)
		}
		_, err = w.Accept(ctx, w.programme.ID, sheet.ID, sheet.Version)
		refused(t, err, fault.Conflict, "timetables.nothing_to_accept")
		_, err = w.Stop(ctx, w.programme.ID, run.ID)
		refused(t, err, fault.Conflict, "timetables.not_under_way")
	})
}

// mending is when moved sessions may be.
func mending() planning.Window {
	w := window()
	w.Last = civil.MustParse("2020-07-31")
	return w
}

// byCode is the supervisor of a code of the engine.
func (w *world) byCode(code string) (id record.ID) {
	for _, s := range w.staff {
		if s.ID.String() == code {
			id = s.ID
		}
	}
	return id
}

func refused(t *testing.T, err error, kind fault.Kind, key string) {
	t.Helper()
	if f := fault.Of(err); f == nil || f.Kind != kind || key != "" && f.Key != key {
		t.Errorf("got %v, want %s %s", err, kind, key)
	}
}
