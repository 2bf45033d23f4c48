package timetable

import (
	"fmt"
	"strconv"
	"time"
)

// Day counts days from 1 January 1970. Zero stands for a day that is not said.
type Day int

const secondsOfDay = 24 * 60 * 60

// DayOf is the day of a date.
func DayOf(year int, month time.Month, day int) Day {
	return Day(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / secondsOfDay)
}

// ParseDay reads a date such as 2020-02-28.
func ParseDay(text string) (Day, error) {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil || t.Year() < 1971 {
		return 0, fmt.Errorf("%q is not a date such as 2020-02-28", text)
	}
	return Day(t.Unix() / secondsOfDay), nil
}

func (d Day) time() time.Time { return time.Unix(int64(d)*secondsOfDay, 0).UTC() }

// String writes the date as 2020-02-28, and nothing for a day that is not said.
func (d Day) String() string {
	if d == 0 {
		return ""
	}
	return d.time().Format(time.DateOnly)
}

// Weekday is the day of the week.
func (d Day) Weekday() time.Weekday { return d.time().Weekday() }

// Week is the Monday of the day's ISO week.
func (d Day) Week() Day { return d - Day((int(d.Weekday())+6)%7) }

// MarshalText writes the date.
func (d Day) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads the date.
func (d *Day) UnmarshalText(raw []byte) (err error) {
	*d, err = ParseDay(string(raw))
	return err
}

// Clock is an hour of the day, in minutes after midnight.
type Clock int

const minutesOfDay = 24 * 60

// ParseClock reads an hour such as 09:30; 24:00 ends a day.
func ParseClock(text string) (Clock, error) {
	hour, errHour := strconv.ParseUint(text[:min(2, len(text))], 10, 8)
	if len(text) == 5 && text[2] == ':' && errHour == nil {
		minute, err := strconv.ParseUint(text[3:], 10, 8)
		if at := Clock(hour*60 + minute); err == nil && minute < 60 && at <= minutesOfDay {
			return at, nil
		}
	}
	return 0, fmt.Errorf("%q is not an hour such as 09:30", text)
}

// String writes the hour as 09:30.
func (c Clock) String() string { return fmt.Sprintf("%02d:%02d", int(c)/60, int(c)%60) }

// MarshalText writes the hour.
func (c Clock) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText reads the hour.
func (c *Clock) UnmarshalText(raw []byte) (err error) {
	*c, err = ParseClock(string(raw))
	return err
}

// Weekday is a day of the week, written as mon, tue, wed, thu, fri, sat, sun.
type Weekday time.Weekday

var weekdayNames = [...]string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

// MarshalText writes the name.
func (w Weekday) MarshalText() ([]byte, error) {
	if w < 0 || int(w) >= len(weekdayNames) {
		return nil, fmt.Errorf("there is no weekday %d", w)
	}
	return []byte(weekdayNames[w]), nil
}

// UnmarshalText reads the name.
func (w *Weekday) UnmarshalText(raw []byte) error {
	for k, name := range weekdayNames {
		if name == string(raw) {
			*w = Weekday(k)
			return nil
		}
	}
	return fmt.Errorf("%q is not one of mon, tue, wed, thu, fri, sat, sun", raw)
}
