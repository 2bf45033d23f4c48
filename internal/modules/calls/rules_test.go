package calls

import (
	"strings"
	"testing"
	"time"

	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/kernel/text"
	"bastida/internal/platform/rule"
)

func window(opens, closes string) Call {
	return Call{State: CallPublished, Opens: civil.MustParse(opens), Closes: civil.MustParse(closes)}
}

func TestTheWindowOfASummerCallFollowsTheClockOnTheWall(t *testing.T) {
	t.Parallel()
	madrid, err := time.LoadLocation("Europe/Madrid")
	if err != nil {
		t.Fatal(err)
	}
	// Summer time begins on 29 March 2020 within this window.
	for _, c := range []struct {
		utc  string
		want CallState
	}{
		{"2020-03-27T22:59:59Z", CallPublished},
		{"2020-03-27T23:00:00Z", CallOpen},
		{"2020-03-30T21:59:59Z", CallOpen},
		{"2020-03-30T22:00:00Z", CallClosed},
	} {
		at, err := time.Parse(time.RFC3339, c.utc)
		if err != nil {
			t.Fatal(err)
		}
		call := window("2020-03-28", "2020-03-30")
		if call.settle(t.Context(), record.At(at), madrid); call.State != c.want {
			t.Errorf("%s: %s, want %s", c.utc, call.State, c.want)
		}
	}
}

func TestOnlyADraftOrAnAmendmentIsFilledIn(t *testing.T) {
	t.Parallel()
	for _, state := range States {
		a := Application{State: state}
		err := a.fill(Content{Modality: "cases", Team: record.JSON[Team]{V: Team{SocialWorkers: 2, Others: 3}}})
		if may := state == Draft || state == Amending; may != (err == nil) {
			t.Errorf("%s: %v", state, err)
		}
		if err == nil && a.Professionals != 5 {
			t.Errorf("%s: %d people", state, a.Professionals)
		}
	}
}

func TestAProposalSaysItsReasons(t *testing.T) {
	t.Parallel()
	a := Application{BodyName: "Vilapetita"}
	for _, o := range []Outcome{{Outcome: Granted}, {Outcome: Granted, Reasons: text.Localized{"ca": ""}}, {Outcome: Submitted, Reasons: text.Localized{"ca": "x"}}} {
		if err := a.propose(o, ""); err == nil {
			t.Errorf("%v was taken", o)
		}
	}
}

func TestWhatCannotBeToldIsNotFulfilled(t *testing.T) {
	t.Parallel()
	c := Condition{Code: "x", Expression: "application.answers.manages_team == true", OnFailure: Refuse}
	f := c.Find(rule.Facts{"application.answers": rule.Facts{}})
	if f.Passed || !f.Refuses() || len(f.Missing) != 1 {
		t.Fatalf("%+v", f)
	}
	c.Expression = "body.population < 5000"
	f = c.Find(rule.Facts{"body.population": 7200})
	if f.Passed || len(f.Values) != 1 || f.Values[0].Value != 7200 {
		t.Fatalf("%+v", f)
	}
}

func TestAWrongExpressionIsSaidWhereItIs(t *testing.T) {
	t.Parallel()
	term := Term{1, "months"}
	in := CallInput{Resolution: term, Amendment: term, Acceptance: term, Conditions: []Condition{{Code: "x", Expression: "body.colour == 'red'", OnFailure: Refuse}}}
	f := fault.Of(in.check())
	if f == nil || len(f.Fields) != 1 || f.Fields[0].Name != "conditions.0.expression" || !strings.Contains(f.Error(), "rule.unknown_name") {
		t.Fatalf("%v", f)
	}
}

func TestPrioritiesAddUp(t *testing.T) {
	t.Parallel()
	c := Call{}
	c.Priorities.V = []Priority{
		{Points: 10, Expression: "body.population < 20000"}, {Points: 5, Expression: "body.population < 5000"}, {Points: 7, Expression: "size(application.joint_bodies) > 0"},
	}
	if got := c.Points(rule.Facts{"body.population": 3000, "application.joint_bodies": []string{}}); got != 15 {
		t.Fatalf("%d points", got)
	}
}
