package deadline_test

import (
	"slices"
	"time"

	"bastida/engine/deadline"
)

// oracle reckons as one would with a finger on a paper calendar: slowly, without steps, and
// from the wording of the rules rather than from the code under test. It knows terms that
// resume and days that are postponed or kept.
type oracle struct {
	rules deadline.Rules
}

func (o oracle) suspended(d deadline.Date) bool {
	return slices.ContainsFunc(o.rules.Suspensions, func(s deadline.Suspension) bool {
		return d.Compare(s.From) >= 0 && d.Compare(s.To) <= 0
	})
}

func (o oracle) closed(d deadline.Date, rest []time.Weekday) bool {
	for _, set := range o.rules.Calendar {
		if _, ok := set.Days[d]; ok {
			return true
		}
	}
	return slices.Contains(rest, d.Weekday())
}

// effective is the day on which the term ends.
func (o oracle) effective(start deadline.Date, term deadline.Term) deadline.Date {
	last := o.lastDay(start, term)
	if o.rules.Policy.Roll == deadline.Keep {
		return last
	}
	for o.closed(last, o.rules.Policy.RestDaysAtExpiry) || o.suspended(last) {
		last = last.AddDays(1)
	}
	return last
}

func (o oracle) lastDay(start deadline.Date, term deadline.Term) deadline.Date {
	switch term.Unit {
	case deadline.WorkingDay:
		day := start
		for left := term.Amount; left > 0; {
			day = day.AddDays(1)
			if !o.suspended(day) && !o.closed(day, o.rules.Policy.RestDays) {
				left--
			}
		}
		return day
	case deadline.CalendarDay:
		return o.extended(start, start.AddDays(term.Amount))
	case deadline.Year:
		return o.extended(start, o.sameOrdinal(start, 12*term.Amount))
	default:
		return o.extended(start, o.sameOrdinal(start, term.Amount))
	}
}

// extended adds to the last day the suspended days inside the term until no more appear.
func (o oracle) extended(start, unsuspended deadline.Date) deadline.Date {
	last := unsuspended
	for {
		inside := 0
		for day := start.AddDays(1); !day.After(last); day = day.AddDays(1) {
			if o.suspended(day) {
				inside++
			}
		}
		longer := unsuspended.AddDays(inside)
		if longer == last {
			return last
		}
		last = longer
	}
}

// sameOrdinal looks for the ordinal of the start day by day, from the first of the month.
func (o oracle) sameOrdinal(start deadline.Date, months int) deadline.Date {
	first := deadline.Date{Year: start.Year, Month: start.Month, Day: 1}
	for range months {
		month := first.Month
		for first.Month == month {
			first = first.AddDays(1)
		}
	}
	day := first
	for day.Day < start.Day {
		next := day.AddDays(1)
		if next.Month != first.Month {
			if o.rules.Policy.MonthEnd == deadline.FirstDayOfNextMonth {
				return next
			}
			return day
		}
		day = next
	}
	return day
}
