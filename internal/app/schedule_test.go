package app

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bastida/engine/timetable"
)

const exampleSeason = "../../engine/timetable/testdata/season.json"

// scheduleOf is a run on a season, in a folder of its own.
func scheduleOf(t *testing.T, season string) *Schedule {
	t.Helper()
	folder := t.TempDir()
	in := filepath.Join(folder, "season.json")
	if err := os.WriteFile(in, []byte(season), 0o600); err != nil {
		t.Fatal(err)
	}
	return &Schedule{In: in, Out: filepath.Join(folder, "plan.json"), Report: filepath.Join(folder, "report.json"), Seed: 1, Rounds: 3}
}

func exampleSeasonText(t *testing.T) string {
	t.Helper()
	raw, err := os.ReadFile(exampleSeason)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func TestScheduleWritesPlanAndReport(t *testing.T) {
	t.Parallel()
	text := exampleSeasonText(t)
	c := scheduleOf(t, text)
	var stdout bytes.Buffer
	if err := c.Run(context.Background(), &stdout); err != nil {
		t.Fatal(err)
	}
	if want := "8 sessions placed, 2 not placed, cost "; !strings.HasPrefix(stdout.String(), want) {
		t.Errorf("printed %q", stdout.String())
	}
	season, err := timetable.ReadSeason(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	var plan timetable.Plan
	readJSON(t, c.Out, &plan)
	if broken := timetable.Check(season, plan); len(broken) > 0 {
		t.Errorf("%v", broken)
	}
	var report scheduleReport
	readJSON(t, c.Report, &report)
	if report.Sessions != 8 || len(report.Loads) != 2 || report.Kept != nil {
		t.Errorf("%+v", report)
	}
}

func TestScheduleKeepsWhatIsPublished(t *testing.T) {
	t.Parallel()
	c := scheduleOf(t, exampleSeasonText(t))
	if err := c.Run(context.Background(), &bytes.Buffer{}); err != nil {
		t.Fatal(err)
	}
	var before, after timetable.Plan
	readJSON(t, c.Out, &before)
	next := scheduleOf(t, strings.Replace(exampleSeasonText(t), `"languages": ["ca"]`, `"languages": ["ca", "it"]`, 1))
	next.Keep = c.Out
	if err := next.Run(context.Background(), &bytes.Buffer{}); err != nil {
		t.Fatal(err)
	}
	readJSON(t, next.Out, &after)
	if len(after.Sessions) != 10 || len(after.Unplaced) != 0 {
		t.Errorf("%d sessions", len(after.Sessions))
	}
	where := map[timetable.Ref]timetable.Session{}
	for _, x := range after.Sessions {
		where[timetable.Ref{Group: x.Group, Index: x.Index}] = x
	}
	for _, x := range before.Sessions {
		if where[timetable.Ref{Group: x.Group, Index: x.Index}] != x {
			t.Errorf("%+v moved", x)
		}
	}
}

func TestScheduleRefusesMistakesAndLeavesNothing(t *testing.T) {
	t.Parallel()
	text := exampleSeasonText(t)
	cases := map[string]struct {
		change func(*Schedule)
		text   string
		where  string
	}{
		"no JSON":        {nil, "{\n  nonsense", "season.json:2:"},
		"unknown field":  {nil, strings.Replace(text, `"rooms"`, `"beds"`, 1), "season.json:5:"},
		"no such place":  {nil, strings.Replace(text, `"home": "vic"`, `"home": "vich"`, 1), "season.json: supervisors[0].home: "},
		"negative time":  {func(c *Schedule) { c.Seconds = -1 }, text, "--seconds"},
		"no such plan":   {func(c *Schedule) { c.Keep = c.In + "x" }, text, ""},
		"season as plan": {func(c *Schedule) { c.Keep = c.In }, text, "season.json:2:3: "},
		"one file":       {func(c *Schedule) { c.Report = c.Out }, text, "--out and --report"},
	}
	for name, test := range cases {
		t.Run(name, func(t *testing.T) {
			c := scheduleOf(t, test.text)
			if test.change != nil {
				test.change(c)
			}
			err := c.Run(context.Background(), &bytes.Buffer{})
			var usage *UsageError
			if !errors.As(err, &usage) || !strings.Contains(err.Error(), test.where) {
				t.Errorf("error %v, want one at %q", err, test.where)
			}
			if entries, err := os.ReadDir(filepath.Dir(c.In)); err != nil || len(entries) != 1 {
				t.Errorf("left behind: %v, %v", entries, err)
			}
		})
	}
}
