package resolution_test

import (
	"errors"
	"strings"
	"sync"
	"testing"

	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/calls"
	"bastida/internal/modules/drafts"
	"bastida/internal/platform/table"
)

func TestTheWindowIsKeptToTheMinute(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for _, c := range []struct {
			wall string
			key  string
		}{
			{"2020-01-09 23:59:59", "calls.not_open_yet"},
			{"2020-01-10 00:00:00", ""},
			{"2020-02-13 23:59:59", ""},
			{"2020-02-14 00:00:00", "calls.window_over"},
		} {
			w.clock.Set(dated(c.wall))
			a, err := w.applications.Start(w.as(t, small), w.call.ID)
			if got := keyOf(err); got != c.key {
				t.Errorf("%s: start answers %q, want %q", c.wall, got, c.key)
			}
			if err == nil {
				_, err = w.applications.Withdraw(w.as(t, small), a.ID)
				must(t, err)
			}
		}
	})
}

func TestADraftIsNotFiledAfterTheWindow(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.clock.Set(dated("2020-02-13 23:59:59"))
		a := w.begun(t, small, complete(9))
		w.clock.Set(dated("2020-02-14 00:00:00"))
		if _, err := w.applications.Submit(w.as(t, small), a.ID); keyOf(err) != "calls.window_over" {
			t.Fatalf("filing a second late: %v", err)
		}
	})
}

func TestTheClockOpensAndClosesTheCall(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for wall, want := range map[string]calls.CallState{
			"2020-01-09 12:00:00": calls.CallPublished, "2020-01-10 00:00:00": calls.CallOpen, "2020-02-14 00:00:00": calls.CallClosed,
		} {
			w.clock.Set(dated(wall))
			c, err := w.calls.Call(t.Context(), w.call.ID)
			must(t, err)
			if c.State != want {
				t.Errorf("%s: %s, want %s", wall, c.State, want)
			}
		}
		w.clock.Set(dated("2020-02-14 00:00:00"))
		must(t, w.calls.Sweep(w.system(t)))
		must(t, w.calls.Sweep(w.system(t)))
		found, _, err := w.calls.Calls(t.Context(), calls.CallFilter{State: calls.CallClosed}, table.Page{Number: 1, Size: 9, Sort: "opens"})
		must(t, err)
		if len(found) != 1 {
			t.Fatalf("%d closed calls are stored, want 1", len(found))
		}
	})
}

func TestABodyAppliesOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		first := w.filed(t, small, complete(9))
		again, err := w.applications.Start(w.as(t, small), w.call.ID)
		must(t, err)
		if again.ID != first.ID {
			t.Fatal("a second application was begun")
		}
		_, err = w.applications.Withdraw(w.as(t, small), first.ID)
		must(t, err)
		second := w.filed(t, small, complete(9))
		if second.Number != "2020-20270-0002" || first.Number != "2020-20270-0001" {
			t.Fatalf("numbers %s and %s", first.Number, second.Number)
		}
	})
}

func TestTwoOfficersWhoFileAtOnceFileOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a := w.begun(t, small, complete(9))
		var wait sync.WaitGroup
		results := make([]error, 4)
		for i := range results {
			wait.Add(1)
			go func() {
				defer wait.Done()
				_, results[i] = w.applications.Submit(w.as(t, small), a.ID)
			}()
		}
		wait.Wait()
		filed := 0
		for _, err := range results {
			switch {
			case err == nil:
				filed++
			case !errors.Is(err, fault.Conflict) && !errors.Is(err, fault.Stale):
				t.Errorf("unexpected: %v", err)
			}
		}
		receipts, err := w.applications.Receipts(w.as(t, small), a.ID)
		must(t, err)
		if filed != 1 || len(receipts) != 1 {
			t.Fatalf("filed %d times with %d receipts", filed, len(receipts))
		}
	})
}

func TestAJointBodyDoesNotApplyByItself(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		in := complete(9)
		in.Joint = []string{"vallxica"}
		alone := w.begun(t, other, complete(9))
		joint := w.filed(t, small, in)
		if len(joint.Joint.V) != 1 || joint.Joint.V[0].Code != other {
			t.Fatalf("joint bodies %v", joint.Joint.V)
		}
		if _, err := w.applications.Submit(w.as(t, other), alone.ID); keyOf(err) != "calls.one_per_body" {
			t.Fatalf("the joint body files by itself: %v", err)
		}
		in.Joint = []string{other}
		third := w.begun(t, large, in)
		if _, err := w.applications.Submit(w.as(t, large), third.ID); keyOf(err) != "calls.one_per_body" {
			t.Fatalf("the body is in two joint applications: %v", err)
		}
	})
}

func TestTwoBodiesThatNameEachOtherAtOnceFileOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		one, two := complete(9), complete(9)
		one.Joint, two.Joint = []string{other}, []string{small}
		ids := map[string]record.ID{small: w.begun(t, small, one).ID, other: w.begun(t, other, two).ID}
		var wait sync.WaitGroup
		var mu sync.Mutex
		filed := 0
		for body, id := range ids {
			wait.Add(1)
			go func() {
				defer wait.Done()
				_, err := w.applications.Submit(w.as(t, body), id)
				mu.Lock()
				defer mu.Unlock()
				switch {
				case err == nil:
					filed++
				case !errors.Is(err, fault.Conflict) && !errors.Is(err, fault.Unavailable):
					t.Errorf("unexpected: %v", err)
				}
			}()
		}
		wait.Wait()
		if filed != 1 {
			t.Fatalf("%d were filed", filed)
		}
	})
}

func TestUnknownJointBodiesAreNamed(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a := w.begun(t, small, complete(9))
		in := complete(9)
		in.Joint = []string{"Atlantida"}
		_, err := w.applications.Save(w.as(t, small), a.ID, drafts.Keystrokes{}, in)
		f := fault.Of(err)
		if f == nil || len(f.Fields) != 1 || f.Fields[0].Name != "joint_bodies" {
			t.Fatalf("unknown body: %v", err)
		}
	})
}

func TestNumbersHaveNoGaps(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		refused := complete(3)
		refused.Consent = false
		a := w.begun(t, small, refused)
		if _, err := w.applications.Submit(w.as(t, small), a.ID); err == nil {
			t.Fatal("filed without consent")
		}
		if got := w.filed(t, large, complete(9)).Number; got != "2020-20270-0001" {
			t.Fatalf("first number %s", got)
		}
	})
}

func TestARefusalIsExplainedWithItsValues(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		in := complete(3)
		in.Consent = false
		a := w.begun(t, small, in)
		_, err := w.applications.Submit(w.as(t, small), a.ID)
		f := fault.Of(err)
		if f == nil || f.Kind != fault.Conflict || f.Key != "calls.refused" || len(f.Fields) != 1 || f.Fields[0].Name != "minimum_or_consent" {
			t.Fatalf("refusal: %v", err)
		}
		why := f.Args[1].(string)
		for _, part := range []string{"A group of at least 8", "professionals: 3", "agrees to be grouped: no"} {
			if !strings.Contains(why, part) {
				t.Errorf("%q does not say %q", why, part)
			}
		}
		findings, err := w.applications.Screen(w.as(t, small), a.ID)
		must(t, err)
		if len(findings) != len(w.call.Conditions.V) {
			t.Fatalf("%d findings", len(findings))
		}
	})
}

func TestABodyOfAnotherKindIsRefused(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a := w.begun(t, consortium, complete(9))
		_, err := w.applications.Submit(w.as(t, consortium), a.ID)
		if f := fault.Of(err); f == nil || f.Fields[0].Name != "recipient" {
			t.Fatalf("a consortium: %v", err)
		}
	})
}

func TestEachCallHasItsOwnConditions(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.call = w.load(t, "diba/calls/2021-23254.json")
		w.clock.Set(dated("2021-02-10 10:00:00"))
		in := complete(9)
		in.Modality = "online"
		tiny := w.begun(t, small, in)
		_, err := w.applications.Submit(w.as(t, small), tiny.ID)
		f := fault.Of(err)
		if f == nil || f.Fields[0].Name != "population" || !strings.Contains(f.Args[1].(string), "900") {
			t.Fatalf("900 inhabitants: %v", err)
		}
		// Without the annex that this call lacks, nobody can prove to manage a team.
		allowed := w.begun(t, large, in)
		_, err = w.applications.Submit(w.as(t, large), allowed.ID)
		if f := fault.Of(err); f == nil || f.Fields[0].Name != "manages_team" {
			t.Fatalf("an answer that is missing: %v", err)
		}
	})
}

func TestTheDeadlinesOfTheCallOf2020(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for _, c := range []struct{ body, wall, nominal string }{
			{small, "2020-01-10 09:30:00", "2020-06-10"},
			{large, "2020-02-13 23:59:00", "2020-07-13"},
		} {
			w.clock.Set(dated(c.wall))
			a := w.filed(t, c.body, complete(9))
			due := a.ResolveBy.V
			if got := civil.Date(due.Nominal).String(); got != c.nominal {
				t.Errorf("filed %s: nominal %s, want %s", c.wall, got, c.nominal)
			}
			// The state of alarm stopped terms from 14 March to 31 May 2020.
			const suspended = 79
			least := civil.MustParse(c.nominal).AddDays(suspended)
			if a.ResolveOn.Before(least) || a.ResolveOn.After(least.AddDays(4)) {
				t.Errorf("filed %s: effective %s, want %s or the next working day", c.wall, a.ResolveOn, least)
			}
			if civil.Date(due.Effective) != a.ResolveOn || len(due.Steps) < 3 {
				t.Errorf("the account %v does not lead to %s", due.Steps, a.ResolveOn)
			}
		}
	})
}

func keyOf(err error) string {
	if f := fault.Of(err); f != nil {
		return f.Key
	}
	if err != nil {
		return err.Error()
	}
	return ""
}
