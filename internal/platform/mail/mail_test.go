package mail_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"strings"
	"sync"
	"testing"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/platform/db"
	"bastida/internal/platform/jobs"
	"bastida/internal/platform/mail"
	"bastida/internal/platform/table"
	"bastida/internal/platform/testkit"
)

var firstPage = table.Page{Number: 1, Size: 50}

func eachEngine(t *testing.T, test func(t *testing.T, d *db.DB)) {
	t.Helper()
	testkit.EachEngine(t, []db.Schema{jobs.Schema, mail.Schema}, test)
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func as(t *testing.T, tenant, user record.ID, role actor.Role) context.Context {
	t.Helper()
	return actor.With(t.Context(), actor.Actor{Tenant: tenant, User: user, Role: role})
}

// send stores a message and does the jobs that came of it.
func send(t *testing.T, d *db.DB, s *mail.Service, tenant record.ID, m mail.Message) (log string) {
	t.Helper()
	must(t, d.Do(actor.AsSystem(t.Context(), tenant, "job"), func(tx *db.Tx) error { return mail.Send(tx, m) }))
	var kept strings.Builder
	w := jobs.Worker{DB: d, Log: slog.New(slog.NewTextHandler(&kept, nil)), Kinds: s.Module().Jobs}
	_, err := w.Drain(t.Context())
	must(t, err)
	return kept.String()
}

func TestWithoutAServerMailStaysWithItsReader(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, d *db.DB) {
		s := mail.New(d, mail.Config{})
		tenant, marta, pau := db.NewID(), db.NewID(), db.NewID()
		send(t, d, s, tenant, mail.Message{UserID: marta, To: "marta@vilarodona.example", Subject: "Convocatòria", Text: "Ja és oberta."})
		send(t, d, s, tenant, mail.Message{To: "ningu@vilarodona.example", Subject: "Sense compte", Text: "Hola."})

		elsewhere := as(t, db.NewID(), marta, actor.LocalOfficer)
		own, total, err := s.Mailbox(elsewhere, mail.Filter{}, firstPage)
		if err != nil || total != 1 || own[0].Subject != "Convocatòria" || own[0].State != mail.Queued {
			t.Fatalf("got %v, %v", own, err)
		}
		m, err := s.Message(elsewhere, own[0].ID)
		if err != nil || m.Text != "Ja és oberta." {
			t.Errorf("got %v, %v", m, err)
		}
		if _, err := s.Message(as(t, tenant, pau, actor.Administrator), m.ID); !errors.Is(err, fault.NotFound) {
			t.Errorf("an administrator read somebody's mail: %v", err)
		}
		if _, total, _ := s.Mailbox(as(t, tenant, pau, actor.Administrator), mail.Filter{}, firstPage); total != 0 {
			t.Errorf("mail of others in a mailbox: %d", total)
		}
		if _, err := s.Message(t.Context(), m.ID); !errors.Is(err, fault.Unknown) {
			t.Errorf("a stranger: %v", err)
		}
	})
}

func TestAdministratorsSeeWhatTheirBodySentWithoutTexts(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, d *db.DB) {
		s := mail.New(d, mail.Config{})
		tenant := db.NewID()
		send(t, d, s, tenant, mail.Message{UserID: db.NewID(), To: "a@b.example", Subject: "S", Text: "T"})
		found, total, err := s.Outgoing(as(t, tenant, db.NewID(), actor.Administrator), mail.Filter{State: mail.Queued}, firstPage)
		if err != nil || total != 1 || found[0].To != "a@b.example" || found[0].Text != "" {
			t.Errorf("got %v, %v", found, err)
		}
		if _, total, _ := s.Outgoing(as(t, db.NewID(), db.NewID(), actor.Administrator), mail.Filter{}, firstPage); total != 0 {
			t.Errorf("another body saw %d", total)
		}
		if _, _, err := s.Outgoing(as(t, tenant, db.NewID(), actor.Technician), mail.Filter{}, firstPage); !errors.Is(err, fault.Forbidden) {
			t.Errorf("a technician: %v", err)
		}
	})
}

func TestAServerTakesTheMail(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, d *db.DB) {
		server := listen(t)
		s := mail.New(d, server.config())
		tenant, user := db.NewID(), db.NewID()
		log := send(t, d, s, tenant, mail.Message{UserID: user, To: "marta@vilarodona.example", Subject: "Acta", Text: "Adjunta.", Language: "ca"})
		own, _, err := s.Mailbox(as(t, tenant, user, actor.Technician), mail.Filter{}, firstPage)
		must(t, err)
		if own[0].State != mail.Sent || own[0].SentAt.IsZero() || log != "" {
			t.Fatalf("got %+v, log %s", own[0], log)
		}
		must(t, s.Deliver(actor.AsSystem(t.Context(), tenant, "job"), own[0].ID))
		letters := server.taken()
		if len(letters) != 1 {
			t.Fatalf("%d letters", len(letters))
		}
		for _, part := range []string{"RCPT TO:<marta@vilarodona.example>", "Subject: Acta", "Adjunta.", "Content-Language: ca", own[0].ID.String() + "@bastida"} {
			if !strings.Contains(letters[0], part) {
				t.Errorf("no %q in %s", part, letters[0])
			}
		}
	})
}

func TestASmallFileTravelsWithItsMessage(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, d *db.DB) {
		server := listen(t)
		s := mail.New(d, server.config())
		tenant, user := db.NewID(), db.NewID()
		file := mail.Attachment{Name: "sessió.ics", Type: "text/calendar; charset=utf-8; method=REQUEST", Content: []byte("BEGIN:VCALENDAR\r\n")}
		send(t, d, s, tenant, mail.Message{UserID: user, To: "marta@vilarodona.example", Subject: "S", Text: "T"}.With(file))
		letters := server.taken()
		if len(letters) != 1 || !strings.Contains(letters[0], "text/calendar; charset=utf-8; method=REQUEST") || !strings.Contains(letters[0], "QkVHSU46VkNBTEVOREFSDQo=") {
			t.Errorf("got %v", letters)
		}
		own, _, err := s.Mailbox(as(t, tenant, user, actor.Technician), mail.Filter{}, firstPage)
		must(t, err)
		m, err := s.Message(as(t, tenant, user, actor.Technician), own[0].ID)
		if err != nil || len(m.Attachments.V) != 1 || m.Attachments.V[0].Name != file.Name || string(m.Attachments.V[0].Content) != string(file.Content) {
			t.Errorf("got %+v, %v", m.Attachments, err)
		}
	})
}

func TestARefusalIsKeptAndNamesNobody(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, d *db.DB) {
		server := listen(t)
		s := mail.New(d, server.config())
		tenant, user := db.NewID(), db.NewID()
		log := send(t, d, s, tenant, mail.Message{UserID: user, To: "refused@vilarodona.example", Subject: "Secret", Text: "Secret."})
		own, _, err := s.Mailbox(as(t, tenant, user, actor.Technician), mail.Filter{State: mail.Failed}, firstPage)
		must(t, err)
		if len(own) != 1 || !strings.Contains(own[0].Problem, "550") {
			t.Fatalf("got %+v", own)
		}
		if !strings.Contains(log, "job failed") || strings.Contains(log, "refused@") || strings.Contains(log, "Secret") || strings.Contains(own[0].Problem, "@vila") {
			t.Errorf("log %s, problem %s", log, own[0].Problem)
		}
		server.forgive()
		must(t, s.Deliver(actor.AsSystem(t.Context(), tenant, "job"), own[0].ID))
		own, _, err = s.Mailbox(as(t, tenant, user, actor.Technician), mail.Filter{State: mail.Sent}, firstPage)
		if err != nil || len(own) != 1 || own[0].Problem != "" {
			t.Errorf("got %+v, %v", own, err)
		}
	})
}

// server is a mail server of a few lines, which refuses addresses that begin
// with "refused" until it forgives.
type server struct {
	listener net.Listener
	mu       sync.Mutex
	letters  []string
	kind     bool
}

func listen(t *testing.T) *server {
	t.Helper()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	must(t, err)
	s := &server{listener: l}
	var open sync.WaitGroup
	open.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			open.Go(func() { s.talk(c) })
		}
	})
	t.Cleanup(func() {
		_ = l.Close()
		open.Wait()
	})
	return s
}

func (s *server) config() mail.Config {
	return mail.Config{Host: "127.0.0.1", Port: s.listener.Addr().(*net.TCPAddr).Port, From: "no-reply@bastida.example", TLS: mail.Plain}
}

func (s *server) forgive() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.kind = true
}

func (s *server) taken() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.letters
}

func (s *server) talk(c net.Conn) {
	defer c.Close()
	lines := bufio.NewScanner(c)
	say := func(text string) { _, _ = io.WriteString(c, text+"\r\n") }
	say("220 test")
	var letter strings.Builder
	for lines.Scan() {
		line := lines.Text()
		fmt.Fprintln(&letter, line)
		s.mu.Lock()
		refuse := strings.HasPrefix(line, "RCPT TO:<refused") && !s.kind
		s.mu.Unlock()
		switch verb, _, _ := strings.Cut(line, " "); {
		case refuse:
			say("550 5.1.1 <refused@vilarodona.example> unknown")
		case verb == "DATA":
			say("354 go on")
			for lines.Scan() && lines.Text() != "." {
				fmt.Fprintln(&letter, lines.Text())
			}
			s.mu.Lock()
			s.letters = append(s.letters, letter.String())
			s.mu.Unlock()
			say("250 taken")
		case verb == "QUIT":
			say("221 bye")
			return
		default:
			say("250 test")
		}
	}
}
