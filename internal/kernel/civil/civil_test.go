package civil_test

import (
	"encoding/json"
	"testing"

	"bastida/internal/kernel/civil"
)

func TestDatesReadAndWriteAlike(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"2020-02-29", "2020-01-10", "1999-12-31"} {
		d, err := civil.Parse(s)
		if err != nil || d.String() != s {
			t.Errorf("%s reads as %s (%v)", s, d, err)
		}
		raw, err := json.Marshal(d)
		var back civil.Date
		if err != nil || json.Unmarshal(raw, &back) != nil || back != d {
			t.Errorf("%s becomes %s through JSON %s", d, back, raw)
		}
	}
	for _, s := range []string{"2020-02-30", "10/01/2020", "2020-1-1", "tomorrow"} {
		if d, err := civil.Parse(s); err == nil {
			t.Errorf("%q is taken for %s", s, d)
		}
	}
}

func TestNoDateIsNull(t *testing.T) {
	t.Parallel()
	var none civil.Date
	if v, err := none.Value(); v != nil || err != nil {
		t.Errorf("no date is stored as %v (%v)", v, err)
	}
	d := civil.MustParse("2020-02-13")
	if err := d.Scan(nil); err != nil || !d.IsZero() {
		t.Errorf("NULL reads as %s (%v)", d, err)
	}
}

func TestDaysCrossMonthsAndYears(t *testing.T) {
	t.Parallel()
	if got := civil.MustParse("2019-12-31").AddDays(60); got != civil.MustParse("2020-02-29") {
		t.Errorf("sixty days after New Year's Eve is %s", got)
	}
	a, b := civil.MustParse("2020-02-13"), civil.MustParse("2020-02-14")
	if !a.Before(b) || a.After(b) || a.Compare(a) != 0 {
		t.Error("the order of days is wrong")
	}
}
