package timetable_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"reflect"
	"strings"
	"testing"

	"bastida/engine/timetable"
)

func exampleText(t testing.TB) string {
	t.Helper()
	raw, err := os.ReadFile("testdata/season.json")
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func TestMistakesAreFoundWhereTheyStand(t *testing.T) {
	t.Parallel()
	text := exampleText(t)
	for _, test := range []struct{ old, new, path string }{
		{`"from": "2020-02-03"`, `"from": "3/2/2020"`, "from"},
		{`"to": "2020-06-26"`, `"to": "2019-06-26"`, "to"},
		{`"home": "vic"`, `"home": "vich"`, "supervisors[0].home"},
		{`"rooms": 2`, `"rooms": "two"`, "places.rooms"},
		{`"rooms": 2`, `"beds": 2`, "places[0]"},
		{`"sessions": 2`, `"sessions": 0`, "groups[2].sessions"},
		{`"min_days": 28`, `"min_days": 29`, "groups[2].max_days"},
		{`"index": 1`, `"index": 9`, "groups[1].fixed[0].index"},
		{`"days": ["mon"]`, `"days": ["monday"]`, "groups[2].starts[0].days[0]"},
	} {
		_, err := timetable.ReadSeason(strings.NewReader(strings.Replace(text, test.old, test.new, 1)))
		var wrong *timetable.InputError
		if !errors.As(err, &wrong) || wrong.Path != test.path {
			t.Errorf("%s: %v (%+v)", test.new, err, wrong)
		}
	}
}

// FuzzReadSeason checks that what is read is written and read again as it was,
// and can be solved.
func FuzzReadSeason(f *testing.F) {
	f.Add([]byte(exampleText(f)))
	f.Add([]byte(`{"from":"2020-02-03","to":"2020-02-04","places":[],"supervisors":[],"groups":[]}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		s, err := timetable.ReadSeason(bytes.NewReader(raw))
		if err != nil {
			var wrong *timetable.InputError
			if !errors.As(err, &wrong) {
				t.Errorf("%v", err)
			}
			return
		}
		text, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		again, err := timetable.ReadSeason(bytes.NewReader(text))
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		if first, _ := json.Marshal(again); !bytes.Equal(first, text) {
			t.Errorf("%s\n%s", text, first)
		}
		sessions := 0
		for _, g := range s.Groups {
			sessions += g.Sessions
		}
		if len(s.Groups)*len(s.Supervisors) > 20 || sessions > 20 || s.To-s.From > 200 {
			return
		}
		p := mustSolve(t, s, timetable.Options{Rounds: 1})
		mustPass(t, s, p)
	})
}

func TestAPlanIsReadAsItIsWritten(t *testing.T) {
	t.Parallel()
	s, err := timetable.ReadSeason(strings.NewReader(exampleText(t)))
	if err != nil {
		t.Fatal(err)
	}
	p := mustSolve(t, s, timetable.Options{Rounds: 1})
	text, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := timetable.ReadPlan(bytes.NewReader(text)); err != nil || !reflect.DeepEqual(p, again) {
		t.Errorf("%v: %+v\n%+v", err, p, again)
	}
}
