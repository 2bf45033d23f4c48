package app

import (
	"sync/atomic"
	"time"

	"bastida/internal/kernel/civil"
	"bastida/internal/platform/i18n"
)

// Clock is the program's clock: the real one, moved by as much as the demo
// wants, so that a story of 2020 can be lived again.
type Clock struct{ shift atomic.Int64 }

// Now returns the instant of the clock.
func (c *Clock) Now() time.Time { return time.Now().Add(time.Duration(c.shift.Load())) }

// SetDay moves the clock to a day, at the present time of day.
func (c *Clock) SetDay(day civil.Date) {
	real := time.Now().In(i18n.Zone)
	c.SetTime(time.Date(day.Year, day.Month, day.Day, real.Hour(), real.Minute(), real.Second(), 0, i18n.Zone))
}

// SetTime moves the clock to an instant, from which it goes on.
func (c *Clock) SetTime(to time.Time) { c.shift.Store(int64(time.Until(to))) }
