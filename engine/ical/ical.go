// Package ical writes calendars (RFC 5545) for the programs in which people
// keep their agenda.
//
//	c := ical.Calendar{Product: "-//Bastida//Sessions//EN", Name: "Supervision", Method: ical.Publish}
//	c.Events = append(c.Events, ical.Event{UID: …, Start: …, End: …, Summary: …})
//	text := c.Encode()
//
// It writes events with an hour, in the time zones whose rule of summer time it
// knows, and nothing else: no repetition, no tasks, no reading. Lines are folded
// at 75 octets and never inside a letter. The same calendar is always the same
// text, so that its fingerprint says whether anything changed.
package ical

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"
)

// Method says what a calendar is sent for.
type Method string

// The methods (RFC 5546).
const (
	Publish Method = "PUBLISH" // to be read
	Request Method = "REQUEST" // an invitation, or what changed in it
	Cancel  Method = "CANCEL"  // the event will not take place
)

// Calendar is a number of events.
type Calendar struct {
	Product string // who wrote it: -//Body//Program//EN
	Name    string // for the list of calendars of the reader; may be empty
	Method  Method // empty for a feed
	Refresh time.Duration
	Events  []Event
}

// Event is something that happens between two instants.
type Event struct {
	UID         string // the same for ever, and nobody else's
	Sequence    int    // grows when what the event says changes
	Stamp       time.Time
	Start, End  time.Time // in a zone that this package knows, or in UTC
	Summary     string
	Description string
	Location    string
	URL         string
	Organizer   Person
	Attendees   []Person
	Cancelled   bool
}

// Person is somebody with an address. Without one they are left out.
type Person struct{ Name, Email string }

// Encode writes the calendar.
func (c Calendar) Encode() string {
	w := &writer{}
	w.line("BEGIN", "VCALENDAR")
	w.line("VERSION", "2.0")
	w.line("PRODID", escape(c.Product))
	w.line("CALSCALE", "GREGORIAN")
	if c.Method != "" {
		w.line("METHOD", string(c.Method))
	}
	if c.Name != "" {
		w.line("X-WR-CALNAME", escape(c.Name))
	}
	if c.Refresh > 0 {
		w.line("REFRESH-INTERVAL;VALUE=DURATION", fmt.Sprintf("PT%dM", int(c.Refresh.Minutes())))
	}
	for _, zone := range c.zones() {
		w.zone(zone)
	}
	for _, e := range c.Events {
		w.event(e)
	}
	w.line("END", "VCALENDAR")
	return w.String()
}

// zones are those that the events are in, in the order of their first use.
func (c Calendar) zones() (used []string) {
	seen := map[string]bool{}
	for _, e := range c.Events {
		name := e.Start.Location().String()
		if central[name] && !seen[name] {
			seen[name] = true
			used = append(used, name)
		}
	}
	return used
}

// central are the zones with the time of Central Europe, whose summer has been
// the same by European law since 1996: from the last Sunday of March to the
// last of October, at one in the morning of Greenwich.
var central = map[string]bool{"Europe/Madrid": true, "Europe/Rome": true, "Europe/Paris": true, "Europe/Berlin": true}

type writer struct{ strings.Builder }

func (w *writer) zone(name string) {
	w.line("BEGIN", "VTIMEZONE")
	w.line("TZID", name)
	w.observance("DAYLIGHT", "19960331T020000", "+0100", "+0200", "CEST", "3")
	w.observance("STANDARD", "19961027T030000", "+0200", "+0100", "CET", "10")
	w.line("END", "VTIMEZONE")
}

func (w *writer) observance(kind, start, from, to, name, month string) {
	w.line("BEGIN", kind)
	w.line("DTSTART", start)
	w.line("TZOFFSETFROM", from)
	w.line("TZOFFSETTO", to)
	w.line("TZNAME", name)
	w.line("RRULE", "FREQ=YEARLY;BYMONTH="+month+";BYDAY=-1SU")
	w.line("END", kind)
}

func (w *writer) event(e Event) {
	w.line("BEGIN", "VEVENT")
	w.line("UID", escape(e.UID))
	w.line("DTSTAMP", utc(e.Stamp))
	w.line("SEQUENCE", fmt.Sprint(e.Sequence))
	w.when("DTSTART", e.Start)
	w.when("DTEND", e.End)
	w.line("SUMMARY", escape(e.Summary))
	w.optional("DESCRIPTION", escape(e.Description))
	w.optional("LOCATION", escape(e.Location))
	w.optional("URL", plain(e.URL))
	if e.Organizer.Email != "" {
		w.line("ORGANIZER"+e.Organizer.named(), "mailto:"+plain(e.Organizer.Email))
	}
	for _, p := range e.Attendees {
		if p.Email != "" {
			w.line("ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=FALSE"+p.named(), "mailto:"+plain(p.Email))
		}
	}
	status := "CONFIRMED"
	if e.Cancelled {
		status = "CANCELLED"
	}
	w.line("STATUS", status)
	w.line("TRANSP", "OPAQUE")
	w.line("END", "VEVENT")
}

func (w *writer) when(name string, at time.Time) {
	if zone := at.Location().String(); central[zone] {
		w.line(name+";TZID="+zone, at.Format("20060102T150405"))
		return
	}
	w.line(name, utc(at))
}

func (w *writer) optional(name, value string) {
	if value != "" {
		w.line(name, value)
	}
}

// named is the parameter with the name of somebody, in quotes, which a name
// itself cannot hold.
func (p Person) named() string {
	if p.Name == "" {
		return ""
	}
	return `;CN="` + plain(strings.ReplaceAll(p.Name, `"`, "'")) + `"`
}

// longest is how many octets a line may have.
const longest = 75

// line writes a property, folded where it is too long.
func (w *writer) line(name, value string) {
	rest, room := name+":"+value, longest
	for len(rest) > room {
		cut := room
		for !utf8.RuneStart(rest[cut]) {
			cut--
		}
		w.WriteString(rest[:cut] + "\r\n ")
		rest, room = rest[cut:], longest-1
	}
	w.WriteString(rest + "\r\n")
}

func utc(t time.Time) string { return t.UTC().Format("20060102T150405Z") }

var escaping = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\r\n", `\n`, "\n", `\n`, "\r", `\n`)

// escape writes a text so that no letter of it is taken for punctuation.
func escape(s string) string { return controls(escaping.Replace(s)) }

// plain leaves a value in one line.
func plain(s string) string { return controls(strings.NewReplacer("\r", "", "\n", " ").Replace(s)) }

// controls drops what a calendar may not hold.
func controls(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' || r == 0x7f {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "�"))
}
