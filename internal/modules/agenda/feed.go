package agenda

import (
	"time"

	"bastida/engine/ical"
	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/sessions"
)

// Feed is the secret address at which somebody's calendar is read.
type Feed struct {
	record.Row
	UserID      record.ID `db:"user_id"` // has one in a tenant
	Fingerprint string    `db:"fingerprint,secret"`
	Language    string    `db:"language"`
}

// How far a feed looks back and ahead, and how often programs should read it.
const (
	daysBack  = 90
	daysAhead = 400
	refresh   = time.Hour
)

func span(today civil.Date) (from, to civil.Date) {
	return today.AddDays(-daysBack), today.AddDays(daysAhead)
}

const product = "-//Bastida//Sessions//EN"

// texts are what an event says, in the language of its reader.
type texts struct {
	summary, description, url string
	zone                      *time.Location
}

// event is a session as calendars have it.
func event(s sessions.Session, in texts) ical.Event {
	return ical.Event{
		UID: s.ID.String() + "@bastida", Sequence: s.Sequence, Stamp: s.UpdatedAt.Time, Start: s.Begins(in.zone), End: s.Ends(in.zone),
		Summary: in.summary, Description: in.description, Location: s.Where(), URL: in.url, Cancelled: s.State == sessions.Cancelled,
	}
}
