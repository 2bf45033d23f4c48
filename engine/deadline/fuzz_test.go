package deadline_test

import (
	"testing"
	"time"

	"bastida/engine/deadline"
)

// FuzzDeadline asks anything: the answer must come, and be an error or a lawful date.
func FuzzDeadline(f *testing.F) {
	f.Add("2020-01-10", 5, "month", "2020-03-14", "2020-05-31", uint8(0b1000001), "next-working-day", "resume")
	f.Add("2020-01-31", 1, "month", "2020-03-14", "", uint8(1), "previous-working-day", "restart")
	f.Add("9999-12-30", 40_000, "working-day", "0001-01-01", "9999-12-31", uint8(127), "keep", "resume")

	f.Fuzz(func(t *testing.T, start string, amount int, unit, from, to string, rest uint8, roll, onSuspension string) {
		first, err := deadline.ParseDate(start)
		if err != nil {
			return
		}
		suspension := deadline.Suspension{From: lenient(from), To: lenient(to)}
		rules := deadline.Rules{
			Policy: deadline.Policy{
				RestDays:         weekdays(rest),
				RestDaysAtExpiry: weekdays(rest),
				Roll:             deadline.Roll(roll),
				MonthEnd:         deadline.LastDayOfMonth,
				OnSuspension:     deadline.OnSuspension(onSuspension),
			},
			Suspensions: []deadline.Suspension{suspension},
		}
		result, err := rules.Deadline(first, deadline.Term{Amount: amount, Unit: deadline.Unit(unit)})
		if err != nil {
			return
		}
		if !result.Effective.Valid() || !result.Effective.After(first) || result.Effective.Before(result.Nominal) {
			t.Errorf("an unlawful date\n%s", result)
		}
	})
}

// FuzzParseDate checks that what parses is a day and writes as it was read.
func FuzzParseDate(f *testing.F) {
	f.Add("2020-02-29")
	f.Add("10/01/2020")
	f.Fuzz(func(t *testing.T, text string) {
		date, err := deadline.ParseDate(text)
		if err == nil && (date.String() != text || !date.Valid()) {
			t.Errorf("%q was read as %s", text, date)
		}
	})
}

// lenient reads a date and gives the zero Date for anything else.
func lenient(text string) deadline.Date {
	date, err := deadline.ParseDate(text)
	if err != nil {
		return deadline.Date{}
	}
	return date
}

// weekdays reads a set of days of the week from the bits of a byte.
func weekdays(bits uint8) []time.Weekday {
	var days []time.Weekday
	for day := time.Sunday; day <= time.Saturday; day++ {
		if bits&(1<<day) != 0 {
			days = append(days, day)
		}
	}
	return days
}
