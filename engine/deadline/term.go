package deadline

import (
	"fmt"
	"time"
)

// Unit is what a term is measured in.
type Unit string

// The units. The text is stable and may be stored.
const (
	CalendarDay Unit = "calendar-day" // every day counts
	WorkingDay  Unit = "working-day"  // rest days and holidays do not count
	Month       Unit = "month"        // from ordinal day to ordinal day
	Year        Unit = "year"         // twelve months
)

// Term is a length of time as the law or the call states it.
type Term struct {
	Amount int
	Unit   Unit
}

// Days is a term of n calendar days (días naturales).
func Days(n int) Term { return Term{Amount: n, Unit: CalendarDay} }

// WorkingDays is a term of n working days (días hábiles).
func WorkingDays(n int) Term { return Term{Amount: n, Unit: WorkingDay} }

// Months is a term of n months.
func Months(n int) Term { return Term{Amount: n, Unit: Month} }

// Years is a term of n years.
func Years(n int) Term { return Term{Amount: n, Unit: Year} }

// String is the term in English, such as "5 months".
func (t Term) String() string {
	name := string(t.Unit)
	switch t.Unit {
	case CalendarDay:
		name = "calendar day"
	case WorkingDay:
		name = "working day"
	case Month, Year:
	}
	if t.Amount != 1 {
		name += "s"
	}
	return fmt.Sprintf("%d %s", t.Amount, name)
}

// longestTerm is the century, in days, beyond which a term is a slip of the pen. It bounds
// the work done for any input.
const longestTerm = 36_525

func (t Term) check() error {
	switch t.Unit {
	case CalendarDay, WorkingDay, Month, Year:
	default:
		return fmt.Errorf("%w: unknown unit %q", ErrTerm, t.Unit)
	}
	if t.Amount < 1 {
		return fmt.Errorf("%w: %s", ErrTerm, t)
	}
	if t.Amount > longestTerm {
		return fmt.Errorf("%w: %s", ErrTooLong, t)
	}
	return nil
}

// anniversary is the day of the same ordinal as start, months later. When that month is too
// short, rule chooses the day and short is true.
func anniversary(start Date, months int, rule MonthEnd) (day Date, short bool) {
	month := DateOf(time.Date(start.Year, start.Month+time.Month(months), 1, 0, 0, 0, 0, time.UTC))
	day = Date{Year: month.Year, Month: month.Month, Day: start.Day}
	next := DateOf(time.Date(month.Year, month.Month+1, 1, 0, 0, 0, 0, time.UTC))
	last := next.AddDays(-1)
	switch {
	case day.Day <= last.Day:
		return day, false
	case rule == FirstDayOfNextMonth:
		return next, true
	default:
		return last, true
	}
}
