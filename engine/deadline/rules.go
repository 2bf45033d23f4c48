package deadline

import (
	"fmt"
	"slices"
	"time"
)

// Rules is all that bears on a count save the start and the term: the law, the holidays of
// the places concerned and the suspensions. It is a value; its methods change nothing and
// may be called concurrently as long as nobody writes to its maps and slices.
type Rules struct {
	Policy      Policy
	Calendar    Calendar
	Suspensions []Suspension
}

// Deadline reckons the day on which a term that starts with an event on the given day ends.
// It takes time in proportion to the length of the term.
func (r Rules) Deadline(start Date, term Term) (Result, error) {
	if err := r.check(start, term); err != nil {
		return Result{}, err
	}
	result, err := r.count(start, term)
	if err != nil {
		return Result{}, fmt.Errorf("count %s from %s: %w", term, start, err)
	}
	if len(r.Suspensions) == 0 {
		return result, nil
	}
	unsuspended := Rules{Policy: r.Policy, Calendar: r.Calendar}
	nominal, err := unsuspended.count(start, term)
	if err != nil {
		return Result{}, fmt.Errorf("count %s from %s without suspensions: %w", term, start, err)
	}
	result.Nominal = nominal.Effective
	return result, nil
}

// IsWorking says whether a day counts in a term in working days and, when it does not, why.
// A holiday that falls on a rest day is reported as the holiday. Suspensions are no matter
// here: they stop terms, not offices.
func (r Rules) IsWorking(d Date) (bool, Reason) {
	why := r.closed(d, r.Policy.RestDays)
	return why == Reason{}, why
}

// WorkingDaysBetween counts the working days after from, up to and including to: what is
// left of a term when from is today and to its end. It is negative when to is before from.
// It is the inverse of a term in working days without suspensions.
func (r Rules) WorkingDaysBetween(from, to Date) int {
	if to.Before(from) {
		return -r.WorkingDaysBetween(to, from)
	}
	working := 0
	for day := from.AddDays(1); !day.After(to); day = day.AddDays(1) {
		if ok, _ := r.IsWorking(day); ok {
			working++
		}
	}
	return working
}

// FilingDate is the day on which something presented to an electronic registry counts as
// filed: the same day when it is a working day, else the first hour of the next one (Ley
// 39/2015 art. 31.2.b). The reason says why it moved.
//
// Warning: the article speaks of people meeting terms in working days, unless a norm admits
// the day as it is; and the registry follows the calendar of its own office (art. 31.3), so
// do not ask this of rules that also hold the holidays of the person's place.
func (r Rules) FilingDate(presented Date) (Date, Reason, error) {
	if !presented.Valid() {
		return Date{}, Reason{}, fmt.Errorf("%w: %s", ErrDate, presented)
	}
	_, why := r.IsWorking(presented)
	for ahead := range longestGap {
		day := presented.AddDays(ahead)
		if ok, _ := r.IsWorking(day); ok {
			return day, why, nil
		}
	}
	return Date{}, Reason{}, fmt.Errorf("file from %s: %w", presented, ErrNoWorkingDay)
}

func (r Rules) check(start Date, term Term) error {
	if !start.Valid() {
		return fmt.Errorf("%w: start %s", ErrDate, start)
	}
	if err := term.check(); err != nil {
		return err
	}
	if err := r.Policy.check(); err != nil {
		return err
	}
	for _, suspension := range r.Suspensions {
		if err := suspension.check(); err != nil {
			return err
		}
	}
	return nil
}

// closed is why a day is not a working day, given the rest days; zero when it is one.
func (r Rules) closed(d Date, rest []time.Weekday) Reason {
	if holiday, ok := r.Calendar.Holiday(d); ok {
		return holiday
	}
	if slices.Contains(rest, d.Weekday()) {
		return Reason{Kind: WeeklyRest}
	}
	return Reason{}
}

// suspended finds a suspension that covers the day.
func (r Rules) suspended(d Date) (Suspension, bool) {
	for _, suspension := range r.Suspensions {
		if suspension.covers(d) {
			return suspension, true
		}
	}
	return Suspension{}, false
}
