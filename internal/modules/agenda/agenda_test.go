package agenda_test

import (
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"bastida/internal/kernel/civil"
	"bastida/internal/modules/booking"
	"bastida/internal/modules/sessions"
	"bastida/internal/platform/db"
	"bastida/internal/platform/mail"
	"bastida/internal/platform/table"
)

// letters are the messages that the tenant sent to an address, oldest first.
func (w *world) letters(t *testing.T, to string) (found []mail.Message) {
	t.Helper()
	box := mail.New(w.db, mail.Config{})
	own, _, err := box.Mailbox(w.as(t, to), mail.Filter{}, table.Page{Number: 1, Size: 50})
	must(t, err)
	for i := len(own) - 1; i >= 0; i-- {
		m, err := box.Message(w.as(t, to), own[i].ID)
		must(t, err)
		found = append(found, m)
	}
	return found
}

func holds(t *testing.T, text string, parts ...string) {
	t.Helper()
	text = strings.ReplaceAll(text, "\r\n ", "")
	for _, part := range parts {
		if !strings.Contains(text, part) {
			t.Errorf("no %q in\n%s", part, text)
		}
	}
}

func TestEverybodyIsInvitedToldOfTheMoveAndOfTheCancelling(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		s := w.book(t, at(w.valley, "2020-02-04"))
		moved, err := w.booking.Move(w.as(t, "laia"), s.ID, s.Version, booking.MoveInput{Day: civil.MustParse("2020-02-11"), Start: 600, Minutes: 120, Room: "Sala 2"})
		must(t, err)
		_, err = w.booking.Cancel(w.as(t, "laia"), moved.ID, sessions.CallOff{Reason: sessions.SupervisorIll, Note: "Surgery"})
		must(t, err)
		got := w.letters(t, "marta")
		if len(got) != 3 {
			t.Fatalf("%d letters", len(got))
		}
		code := ""
		for _, p := range w.members(t) {
			if p.Email == "marta@booking.example" {
				code = s.PersonalCode(p.ID)
			}
		}
		holds(t, got[0].Text, "4 Feb 2020, 09:00–11:00", "Vilapetita", code, "https://portal.example/sign/"+s.SignKey)
		files := [3]string{}
		for i, m := range got {
			files[i] = string(m.Attachments.V[0].Content)
		}
		holds(t, files[0], "METHOD:REQUEST", "SEQUENCE:0", "DTSTART;TZID=Europe/Madrid:20200204T090000", "UID:"+s.ID.String()+"@bastida", "mailto:marta@booking.example", "SUMMARY:Session · Group of the valley")
		holds(t, files[1], "METHOD:REQUEST", "SEQUENCE:1", "DTSTART;TZID=Europe/Madrid:20200211T100000", "LOCATION:Sala 2", "UID:"+s.ID.String()+"@bastida")
		holds(t, files[2], "METHOD:CANCEL", "SEQUENCE:2", "STATUS:CANCELLED")
		holds(t, got[2].Text, "The supervisor cannot come.", "It will be made up for by 3 Mar 2020.")
		if strings.Contains(got[2].Text, "Surgery") || strings.Contains(got[2].Text, "llness") {
			t.Errorf("the letter tells of somebody's health: %s", got[2].Text)
		}
		if len(w.letters(t, "laia")) != 3 || len(w.letters(t, "joan")) != 0 {
			t.Errorf("whoever leads got %d letters, another group %d", len(w.letters(t, "laia")), len(w.letters(t, "joan")))
		}
	})
}

func TestSeveralSessionsMakeOneLetterForEachPerson(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		_, err := w.booking.Book(w.as(t, "technician"), []booking.Booking{at(w.valley, "2020-02-04"), at(w.coast, "2020-02-05"), at(w.valley, "2020-03-04")})
		must(t, err)
		got := w.letters(t, "marta")
		if len(got) != 1 {
			t.Fatalf("%d letters", len(got))
		}
		file := string(got[0].Attachments.V[0].Content)
		if strings.Count(file, "BEGIN:VEVENT") != 2 {
			t.Errorf("got\n%s", file)
		}
		holds(t, file, "METHOD:PUBLISH")
	})
}

func TestAFeedIsReadAtItsAddressByNobodyElseAndEnds(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.book(t, at(w.valley, "2020-02-04"))
		w.book(t, at(w.coast, "2020-02-05"))
		v := w.visit(t, "marta")
		page := v.Submit(v.Get("/my-supervision/calendar"), "form[action='/my-supervision/calendar']", nil)
		address := strings.TrimSpace(page.Find("code").Text())
		path := strings.TrimPrefix(address, "https://portal.example")
		if page.Status != 201 || !strings.HasPrefix(path, "/calendars/") || page.Header.Get("Cache-Control") != "no-store" {
			t.Fatalf("got %d, %q", page.Status, address)
		}
		if again := v.Get("/my-supervision/calendar"); strings.Contains(again.Body, path) {
			t.Error("the address is shown twice")
		}
		stranger := w.visit(t, "")
		feed := stranger.Get(path)
		holds(t, feed.Body, "Group of the valley", "BEGIN:VTIMEZONE")
		if strings.Contains(feed.Body, "coast") || strings.Contains(feed.Body, "marta") || !strings.HasPrefix(feed.Header.Get("Cache-Control"), "private") || feed.Header.Get("ETag") == "" {
			t.Errorf("got %v\n%s", feed.Header, feed.Body)
		}
		request := httptest.NewRequestWithContext(t.Context(), "GET", path, nil)
		request.Header.Set("If-None-Match", feed.Header.Get("ETag"))
		answer := httptest.NewRecorder()
		w.handler.ServeHTTP(answer, request)
		if answer.Code != 304 {
			t.Errorf("nothing changed, and yet %d", answer.Code)
		}
		for _, p := range w.members(t) {
			if p.Email == "marta@booking.example" {
				_, err := w.supervision.Leave(w.as(t, "technician"), p.ID)
				must(t, err)
			}
		}
		if left := stranger.Get(path); strings.Contains(left.Body, "BEGIN:VEVENT") {
			t.Errorf("whoever left the group still reads\n%s", left.Body)
		}
		v.Post("/my-supervision/calendar", url.Values{})
		if old := stranger.Get(path); old.Status != 404 {
			t.Errorf("the old address answers %d", old.Status)
		}
		v.Post("/my-supervision/calendar/revoke", url.Values{"confirmed": {"1"}})
		if _, err := w.Feed(w.as(t, "marta")); err == nil {
			t.Error("the feed is still there")
		}
	})
}

// khal lists what vdirsyncer fetched from a feed: two programs that people use.
func TestRealProgramsReadAFeed(t *testing.T) {
	for _, program := range []string{"khal", "vdirsyncer"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("SKIPPED: %s is not installed, so no real program reads the calendar (.ci/tools installs it)", program)
		}
	}
	each(t, func(t *testing.T, w *world) {
		if w.db.Engine != db.SQLite {
			return // the programs see the same text
		}
		first := at(w.valley, "2020-02-04")
		first.Room = "Sala; amb, signes \\ i més coses perquè la línia sigui prou llarga per plegar-se"
		w.book(t, first)
		gone := w.book(t, at(w.valley, "2020-03-04"))
		_, err := w.booking.Cancel(w.as(t, "technician"), gone.ID, sessions.CallOff{Reason: sessions.Strike})
		must(t, err)
		address, err := w.Renew(w.as(t, "marta"))
		must(t, err)
		server := httptest.NewServer(w.handler)
		t.Cleanup(server.Close)
		dir := t.TempDir()
		write(t, dir, "vdirsyncer", "[general]\nstatus_path = \""+dir+"/status/\"\n"+
			"[pair sessions]\na = \"portal\"\nb = \"folder\"\ncollections = null\n"+
			"[storage portal]\ntype = \"http\"\nurl = \""+server.URL+strings.TrimPrefix(address, "https://portal.example")+"\"\n"+
			"[storage folder]\ntype = \"filesystem\"\npath = \""+dir+"/calendar/\"\nfileext = \".ics\"\n")
		must(t, os.MkdirAll(filepath.Join(dir, "calendar"), 0o700))
		run(t, dir, "vdirsyncer", "-c", dir+"/vdirsyncer", "discover")
		run(t, dir, "vdirsyncer", "-c", dir+"/vdirsyncer", "sync")
		write(t, dir, "khal", "[calendars]\n[[sessions]]\npath = "+dir+"/calendar\n[locale]\nlocal_timezone = Europe/Madrid\ndefault_timezone = Europe/Madrid\n"+
			"timeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\ndatetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n"+
			"[sqlite]\npath = "+dir+"/khal.db\n")
		listed := run(t, dir, "khal", "-c", dir+"/khal", "list", "--format", "{start} {end} {title} @{location}# {status}", "2020-02-01", "60d")
		holds(t, listed, "2020-02-04 09:00 2020-02-04 11:00 Sessió · Group of the valley @"+first.Room+", Vilapetita#", "2020-03-04 09:00", "CANCELLED")
	})
}

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	must(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
}

// run runs a program that sees nothing of the home of whoever tests.
func run(t *testing.T, home, program string, args ...string) string {
	t.Helper()
	c := exec.CommandContext(t.Context(), program, args...)
	c.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + home, "LANG=C.UTF-8", "LC_ALL=C.UTF-8"}
	out, err := c.CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", program, err, out)
	}
	return string(out)
}
