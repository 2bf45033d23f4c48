package deadline

import "fmt"

// HolidaySet is the declared holidays of one place: a country, a region, a municipality.
type HolidaySet struct {
	Place string
	Days  map[Date]string // the name of each holiday
}

// declares says whether the set knows any holiday of the year.
func (s HolidaySet) declares(year int) bool {
	for day := range s.Days {
		if day.Year == year {
			return true
		}
	}
	return false
}

// Calendar is the holidays that bear on a matter. A day is a holiday when any of the sets
// says so: a day that is a holiday where the person lives or where the office sits is one in
// any case (Ley 39/2015 art. 30.6). The empty Calendar has no holidays.
type Calendar []HolidaySet

// Holiday finds the holiday of a day; the first set that declares it gives name and place.
func (c Calendar) Holiday(d Date) (Reason, bool) {
	for _, set := range c {
		if name, ok := set.Days[d]; ok {
			return Reason{Kind: PublicHoliday, Name: name, Place: set.Place}, true
		}
	}
	return Reason{}, false
}

// undeclared lists the years of the period for which some set knows no holiday.
func (c Calendar) undeclared(from, to Date) []int {
	var years []int
	for year := from.Year; year <= to.Year; year++ {
		for _, set := range c {
			if !set.declares(year) {
				years = append(years, year)
				break
			}
		}
	}
	return years
}

// Suspension is a period in which terms do not run, both days included. A zero To is a
// suspension not yet lifted.
type Suspension struct {
	From, To Date
	Name     string // the provision that orders it
}

// covers says whether the day is suspended.
func (s Suspension) covers(d Date) bool {
	return !d.Before(s.From) && (s.To.IsZero() || !d.After(s.To))
}

func (s Suspension) check() error {
	switch {
	case !s.From.Valid():
		return fmt.Errorf("%w: %q begins on %s", ErrDate, s.Name, s.From)
	case s.To.IsZero():
		return nil
	case !s.To.Valid():
		return fmt.Errorf("%w: %q ends on %s", ErrDate, s.Name, s.To)
	case s.To.Before(s.From):
		return fmt.Errorf("%w: %q ends on %s before it begins on %s", ErrSuspension, s.Name, s.To, s.From)
	}
	return nil
}

// Reason is why a day does not count. The zero Reason is that of a day that does.
type Reason struct {
	Kind  ReasonKind
	Name  string // of the holiday or the suspension
	Place string // whose holiday it is
}

// ReasonKind classifies reasons.
type ReasonKind string

// The kinds of reason. The text is stable and may be stored or used as a translation key.
const (
	WeeklyRest     ReasonKind = "weekly-rest"     // the policy rests on that day of the week
	PublicHoliday  ReasonKind = "public-holiday"  // the calendar declares it
	TermsSuspended ReasonKind = "terms-suspended" // terms did not run
)

// String is the reason in English, empty for the zero Reason.
func (r Reason) String() string {
	text := r.Name
	switch r.Kind {
	case WeeklyRest:
		text = "weekly rest"
	case PublicHoliday, TermsSuspended:
	}
	if r.Place != "" {
		text += " (" + r.Place + ")"
	}
	return text
}
