package deadline

import (
	"fmt"
	"time"
)

// Policy is how a jurisdiction counts. Every field is a decision of its law.
type Policy struct {
	// Source is the provision these rules come from, for the record.
	Source string

	// RestDays are the days of the week that do not count in a term in working days.
	RestDays []time.Weekday

	// RestDaysAtExpiry are the days of the week on which a term of any unit does not end.
	// They may differ: under Italian civil procedure Saturday counts, yet postpones.
	RestDaysAtExpiry []time.Weekday

	// Roll is what becomes of a term whose last day is a rest day or a holiday.
	Roll Roll

	// MonthEnd is where a term in months or years ends when the month of expiry has no day
	// with the ordinal of the start.
	MonthEnd MonthEnd

	// OnSuspension is what becomes of a term that meets a suspension.
	OnSuspension OnSuspension
}

// Roll moves a last day that is not a working day.
type Roll string

// The ways to roll.
const (
	// NextWorkingDay postpones to the first working day that is not suspended.
	NextWorkingDay Roll = "next-working-day"

	// PreviousWorkingDay brings forward to the working day before. It never goes back to the
	// start or across a suspension: the day would come before the right to use it, so it
	// postpones instead.
	PreviousWorkingDay Roll = "previous-working-day"

	// Keep leaves the last day where it fell.
	Keep Roll = "keep"
)

// MonthEnd settles a month of expiry that is too short.
type MonthEnd string

// The ways to settle a short month.
const (
	LastDayOfMonth      MonthEnd = "last-day-of-month"       // 31 January + 1 month = 28 or 29 February
	FirstDayOfNextMonth MonthEnd = "first-day-of-next-month" // 31 January + 1 month = 1 March
)

// OnSuspension is what a suspension does to a term.
type OnSuspension string

// The effects of a suspension.
const (
	Resume  OnSuspension = "resume"  // the term goes on where it had stopped
	Restart OnSuspension = "restart" // the term begins anew and the days already run are lost
)

// SpanishCommonProcedure is Ley 39/2015, of 1 October, art. 30: working days leave out
// Saturdays, Sundays and holidays (30.2); months and years end on the ordinal day of the
// notification, or on the last day of a shorter month (30.4); a last day that is not a
// working day is postponed to the next one (30.5). Article 30.6 is met by the caller: give a
// [Calendar] with the holidays of both places.
//
// Suspended terms resume. It is the general rule of Real Decreto 537/2020 art. 9; where a
// statute ordered certain terms to begin anew, set OnSuspension to [Restart].
func SpanishCommonProcedure() Policy {
	return Policy{
		Source:           "ES: Ley 39/2015, art. 30",
		RestDays:         []time.Weekday{time.Saturday, time.Sunday},
		RestDaysAtExpiry: []time.Weekday{time.Saturday, time.Sunday},
		Roll:             NextWorkingDay,
		MonthEnd:         LastDayOfMonth,
		OnSuspension:     Resume,
	}
}

// ItalianCivilCode is art. 2963 of the Codice civile: the initial day does not count, a term
// that ends on a holiday is postponed to the next day that is not one, and a term in months
// ends on the last day of a month without the ordinal. Saturday is a day like any other.
func ItalianCivilCode() Policy {
	return Policy{
		Source:           "IT: Codice civile, art. 2963",
		RestDays:         []time.Weekday{time.Sunday},
		RestDaysAtExpiry: []time.Weekday{time.Sunday},
		Roll:             NextWorkingDay,
		MonthEnd:         LastDayOfMonth,
		OnSuspension:     Resume,
	}
}

// ItalianCivilProcedure is art. 155 of the Codice di procedura civile: as the civil code,
// and in addition an act outside a hearing whose term ends on a Saturday is postponed (fifth
// paragraph), although Saturday is a working day for all else (sixth).
func ItalianCivilProcedure() Policy {
	policy := ItalianCivilCode()
	policy.Source = "IT: Codice di procedura civile, art. 155"
	policy.RestDaysAtExpiry = []time.Weekday{time.Saturday, time.Sunday}
	return policy
}

func (p Policy) check() error {
	switch p.Roll {
	case NextWorkingDay, PreviousWorkingDay, Keep:
	default:
		return fmt.Errorf("%w: unknown roll %q", ErrPolicy, p.Roll)
	}
	switch p.MonthEnd {
	case LastDayOfMonth, FirstDayOfNextMonth:
	default:
		return fmt.Errorf("%w: unknown month end %q", ErrPolicy, p.MonthEnd)
	}
	switch p.OnSuspension {
	case Resume, Restart:
	default:
		return fmt.Errorf("%w: unknown effect of suspension %q", ErrPolicy, p.OnSuspension)
	}
	return nil
}
