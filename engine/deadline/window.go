package deadline

import "time"

// Window is a period of whole days in which something may be done, both days included.
type Window struct {
	First, Last Date
}

// In gives the instants of the window in a zone: from the first minute of the first day until
// the midnight that ends the last one, which is itself outside. Warning: the zone must not
// change its clock at midnight; none of the European Union does.
func (w Window) In(zone *time.Location) (opens, closes time.Time) {
	end := w.Last.AddDays(1)
	opens = time.Date(w.First.Year, w.First.Month, w.First.Day, 0, 0, 0, 0, zone)
	closes = time.Date(end.Year, end.Month, end.Day, 0, 0, 0, 0, zone)
	return opens, closes
}

// Contains says whether the instant falls in the window, as the clock of the zone reads.
func (w Window) Contains(instant time.Time, zone *time.Location) bool {
	opens, closes := w.In(zone)
	return !instant.Before(opens) && instant.Before(closes)
}
