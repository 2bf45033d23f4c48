package deadline_test

import (
	"encoding/json"
	"errors"
	"testing"
	"time"
	_ "time/tzdata" // the window is tested in Madrid wherever the test runs

	"bastida/engine/deadline"
)

func TestIsWorkingTellsWhyNot(t *testing.T) {
	t.Parallel()
	rules := spain(catalonia, barcelona)
	for _, test := range []struct {
		name, day string
		want      deadline.Reason
	}{
		{"a Wednesday is worked", "2020-09-23", deadline.Reason{}},
		{"a local holiday", "2020-09-24", deadline.Reason{Kind: deadline.PublicHoliday, Name: "la Mercè", Place: "Barcelona"}},
		{"a Saturday", "2020-09-26", deadline.Reason{Kind: deadline.WeeklyRest}},
		{"a holiday on a Saturday is the holiday", "2020-08-15", deadline.Reason{Kind: deadline.PublicHoliday, Name: "l'Assumpció", Place: "Catalunya"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			working, why := rules.IsWorking(on(test.day))
			if why != test.want || working != (test.want == deadline.Reason{}) {
				t.Errorf("got %v, %+v", working, why)
			}
		})
	}
}

func TestFilingDate(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, presented, want, why string }{
		{"a working day is itself", "2020-04-09", "2020-04-09", ""},
		{"Good Friday is the Tuesday after Easter", "2020-04-10", "2020-04-14", "Divendres Sant (Catalunya)"},
		{"a Saturday is Monday", "2020-02-15", "2020-02-17", "weekly rest"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			filed, why, err := spain(catalonia).FilingDate(on(test.presented))
			if err != nil || filed != on(test.want) || why.String() != test.why {
				t.Errorf("got %s, %q, %v", filed, why, err)
			}
		})
	}
}

func TestFilingDateRefusesAbsurdQuestions(t *testing.T) {
	t.Parallel()
	idle := spain()
	idle.Policy.RestDays = []time.Weekday{0, 1, 2, 3, 4, 5, 6}
	if _, _, err := idle.FilingDate(on("2020-01-01")); !errors.Is(err, deadline.ErrNoWorkingDay) {
		t.Errorf("got %v", err)
	}
	if _, _, err := spain().FilingDate(deadline.Date{}); !errors.Is(err, deadline.ErrDate) {
		t.Errorf("got %v", err)
	}
}

func TestParseDateIsStrict(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "2020-2-01", "10/01/2020", "2019-02-29", "0000-01-01", "2020-01-01T00:00"} {
		if date, err := deadline.ParseDate(text); !errors.Is(err, deadline.ErrDate) {
			t.Errorf("%q gave %s, %v", text, date, err)
		}
	}
}

func TestHolidaysComeFromJSON(t *testing.T) {
	t.Parallel()
	var set deadline.HolidaySet
	if err := json.Unmarshal([]byte(`{"Place":"Barcelona","Days":{"2020-09-24":"la Mercè"}}`), &set); err != nil {
		t.Fatal(err)
	}
	if set.Days[on("2020-09-24")] != "la Mercè" {
		t.Errorf("got %v", set)
	}
	if err := json.Unmarshal([]byte(`{"Days":{"24/09/2020":"la Mercè"}}`), &set); !errors.Is(err, deadline.ErrDate) {
		t.Errorf("got %v", err)
	}
	if _, err := json.Marshal(deadline.Window{}); !errors.Is(err, deadline.ErrDate) {
		t.Errorf("the zero date is no date: got %v", err)
	}
}

func TestWindowIsOpenToTheLastInstant(t *testing.T) {
	t.Parallel()
	madrid, err := time.LoadLocation("Europe/Madrid")
	if err != nil {
		t.Fatal(err)
	}
	window := deadline.Window{First: on("2020-01-10"), Last: on("2020-02-13")}
	opens := time.Date(2020, 1, 10, 0, 0, 0, 0, madrid)
	closes := time.Date(2020, 2, 14, 0, 0, 0, 0, madrid)
	for _, test := range []struct {
		name    string
		instant time.Time
		want    bool
	}{
		{"just before it opens", opens.Add(-1), false},
		{"as it opens", opens, true},
		{"its last nanosecond", closes.Add(-1), true},
		{"as it closes", closes, false},
		{"the last evening of UTC is the next day in Madrid", time.Date(2020, 2, 13, 23, 30, 0, 0, time.UTC), false},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if got := window.Contains(test.instant, madrid); got != test.want {
				t.Errorf("got %v", got)
			}
		})
	}
}

func TestWindowFollowsTheClockChange(t *testing.T) {
	t.Parallel()
	madrid, err := time.LoadLocation("Europe/Madrid")
	if err != nil {
		t.Fatal(err)
	}
	day := on("2020-03-29")
	opens, closes := deadline.Window{First: day, Last: day}.In(madrid)
	if got := closes.Sub(opens); got != 23*time.Hour {
		t.Errorf("the day of the change lasts %s", got)
	}
}
