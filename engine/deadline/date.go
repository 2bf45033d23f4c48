package deadline

import (
	"fmt"
	"time"
)

// Date is a day of the Gregorian calendar, without hour or zone.
//
// Its fields are the whole of it, so that any type with the same underlying struct converts
// to it. The zero Date is no day at all.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// firstYear and lastYear bound the dates this package reckons with: the years that
// YYYY-MM-DD can write.
const (
	firstYear = 1
	lastYear  = 9999
)

// ParseDate reads YYYY-MM-DD, and nothing else. A day that does not exist is refused.
func ParseDate(text string) (Date, error) {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return Date{}, fmt.Errorf("%w: %q is not a day written YYYY-MM-DD", ErrDate, text)
	}
	d := DateOf(t)
	if !d.Valid() {
		return Date{}, fmt.Errorf("%w: %q is out of range", ErrDate, text)
	}
	return d, nil
}

// DateOf is the day on which t falls, in the zone that t carries. Warning: an instant in UTC
// may belong to another day at the office; call t.In(zone) first.
func DateOf(t time.Time) Date {
	year, month, day := t.Date()
	return Date{Year: year, Month: month, Day: day}
}

// String writes YYYY-MM-DD.
func (d Date) String() string {
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, int(d.Month), d.Day)
}

// MarshalText writes YYYY-MM-DD, so that a Date can be a key or a value in JSON.
func (d Date) MarshalText() ([]byte, error) {
	if !d.Valid() {
		return nil, fmt.Errorf("%w: %s", ErrDate, d)
	}
	return []byte(d.String()), nil
}

// UnmarshalText reads what [ParseDate] reads.
func (d *Date) UnmarshalText(text []byte) error {
	parsed, err := ParseDate(string(text))
	if err != nil {
		return err
	}
	*d = parsed
	return nil
}

// Valid says whether the day exists and lies in the years 1 to 9999.
func (d Date) Valid() bool {
	return d.Year >= firstYear && d.Year <= lastYear && DateOf(d.utc()) == d
}

// IsZero says whether d is the zero Date.
func (d Date) IsZero() bool { return d == Date{} }

// AddDays is the day n days later, or earlier when n is negative.
func (d Date) AddDays(n int) Date {
	const shortestMonth = 28 // most steps stay within it and need no calendar, which is 20 times slower
	if day := d.Day + n; day >= 1 && day <= shortestMonth {
		return Date{Year: d.Year, Month: d.Month, Day: day}
	}
	return DateOf(time.Date(d.Year, d.Month, d.Day+n, 0, 0, 0, 0, time.UTC))
}

// Until is the number of days from d to other: 0 for the same day, negative when other is
// before d.
func (d Date) Until(other Date) int {
	if d.Year == other.Year && d.Month == other.Month {
		return other.Day - d.Day
	}
	const secondsPerDay = 24 * 60 * 60
	return int((other.utc().Unix() - d.utc().Unix()) / secondsPerDay)
}

// Weekday is the day of the week.
func (d Date) Weekday() time.Weekday { return d.utc().Weekday() }

// Compare is -1, 0 or +1 as d is before, the same as or after other.
func (d Date) Compare(other Date) int {
	switch {
	case d.Before(other):
		return -1
	case other.Before(d):
		return +1
	default:
		return 0
	}
}

// Before says whether d is an earlier day than other.
func (d Date) Before(other Date) bool {
	if d.Year != other.Year {
		return d.Year < other.Year
	}
	if d.Month != other.Month {
		return d.Month < other.Month
	}
	return d.Day < other.Day
}

// After says whether d is a later day than other.
func (d Date) After(other Date) bool { return other.Before(d) }

// utc is midnight of the day in UTC, where every day has 24 hours.
func (d Date) utc() time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC)
}
