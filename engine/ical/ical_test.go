package ical_test

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"bastida/engine/ical"
)

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	at, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func event(t testing.TB, name string) ical.Event {
	t.Helper()
	start := time.Date(2020, 3, 5, 9, 30, 0, 0, zone(t, name))
	return ical.Event{
		UID: "0190-a@bastida", Sequence: 2, Stamp: time.Date(2020, 2, 3, 8, 0, 0, 0, time.UTC),
		Start: start, End: start.Add(2 * time.Hour), Summary: "Supervision",
	}
}

// unfold joins the lines that were cut.
func unfold(s string) []string {
	return strings.Split(strings.TrimSuffix(strings.ReplaceAll(s, "\r\n ", ""), "\r\n"), "\r\n")
}

func TestAnEventIsWrittenInTheTimeOfItsPlace(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"Europe/Madrid", "Europe/Rome"} {
		text := ical.Calendar{Product: "-//Test//EN", Method: ical.Request, Events: []ical.Event{event(t, name), event(t, name)}}.Encode()
		for _, want := range []string{
			"BEGIN:VTIMEZONE", "TZID:" + name, "DTSTART;TZID=" + name + ":20200305T093000", "DTEND;TZID=" + name + ":20200305T113000",
			"DTSTAMP:20200203T080000Z", "SEQUENCE:2", "METHOD:REQUEST", "STATUS:CONFIRMED", "UID:0190-a@bastida",
		} {
			if !strings.Contains(text, want+"\r\n") {
				t.Errorf("%s: no line %q in\n%s", name, want, text)
			}
		}
		if strings.Count(text, "BEGIN:VTIMEZONE") != 1 {
			t.Errorf("%s: the zone is said more than once", name)
		}
	}
}

func TestAnUnknownZoneIsWrittenInUniversalTime(t *testing.T) {
	t.Parallel()
	text := ical.Calendar{Events: []ical.Event{event(t, "America/Lima")}}.Encode()
	if !strings.Contains(text, "DTSTART:20200305T143000Z\r\n") || strings.Contains(text, "VTIMEZONE") {
		t.Errorf("got\n%s", text)
	}
}

func TestNoTextBreaksOutOfItsLine(t *testing.T) {
	t.Parallel()
	e := event(t, "Europe/Madrid")
	e.Summary = "Grup 3; Vallès, sala \\ 2\nBEGIN:VALARM\r\nX\x00"
	e.Location = "Plaça\r\nATTENDEE:mailto:x@y.example"
	e.URL = "https://x.example/a\r\nSUMMARY:other"
	e.Attendees = []ical.Person{{`Maria "Mar" Pou`, "maria@x.example"}, {"Without", ""}}
	e.Organizer = ical.Person{Name: "Oficina; d’aquí", Email: "oficina@x.example\r\nSUMMARY:third"}
	lines := unfold(ical.Calendar{Events: []ical.Event{e}}.Encode())
	text := strings.Join(lines, "\n")
	for _, want := range []string{
		`SUMMARY:Grup 3\; Vallès\, sala \\ 2\nBEGIN:VALARM\nX`, `LOCATION:Plaça\nATTENDEE:mailto:x@y.example`,
		`ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=FALSE;CN="Maria 'Mar' Pou":mailto:maria@x.example`,
		`ORGANIZER;CN="Oficina; d’aquí":mailto:oficina@x.example SUMMARY:third`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	summaries, attendees := 0, 0
	for _, l := range lines {
		if strings.HasPrefix(l, "SUMMARY") {
			summaries++
		}
		if strings.HasPrefix(l, "ATTENDEE") {
			attendees++
		}
		if strings.HasPrefix(l, "BEGIN:VALARM") {
			t.Error("a text began a component of its own")
		}
	}
	if summaries != 1 || attendees != 1 {
		t.Errorf("%d summaries, %d attendees in\n%s", summaries, attendees, text)
	}
}

func TestACancelledEventSaysSo(t *testing.T) {
	t.Parallel()
	e := event(t, "Europe/Madrid")
	e.Cancelled = true
	text := ical.Calendar{Method: ical.Cancel, Events: []ical.Event{e}}.Encode()
	if !strings.Contains(text, "METHOD:CANCEL\r\n") || !strings.Contains(text, "STATUS:CANCELLED\r\n") {
		t.Errorf("got\n%s", text)
	}
}

// Whatever a text holds, lines are short, letters whole, and the text comes
// back when the lines are joined.
func FuzzLinesAreFoldedBetweenLetters(f *testing.F) {
	f.Add("short")
	f.Add(strings.Repeat("à", 80))
	f.Add(strings.Repeat("a", 66) + "€€€€" + strings.Repeat("😀", 40))
	f.Fuzz(func(t *testing.T, summary string) {
		e := event(t, "Europe/Madrid")
		e.Summary = summary
		text := ical.Calendar{Events: []ical.Event{e}}.Encode()
		for line := range strings.SplitSeq(strings.TrimSuffix(text, "\r\n"), "\r\n") {
			if len(line) > 75 || !utf8.ValidString(line) || strings.ContainsAny(line, "\r\n") {
				t.Fatalf("bad line %q", line)
			}
		}
		found := 0
		for _, line := range unfold(text) {
			if strings.HasPrefix(line, "SUMMARY:") {
				found++
			}
		}
		if found != 1 {
			t.Fatalf("%d summaries in\n%s", found, text)
		}
	})
}
