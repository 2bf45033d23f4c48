package mail

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"

	gomail "github.com/wneessen/go-mail"

	"bastida/internal/kernel/record"
	"bastida/internal/platform/db"
)

// Security is how the connection to the mail server is protected.
type Security string

// The protections. The zero value is the usual one.
const (
	StartTLS Security = ""     // plain at first, then encrypted; refused when the server cannot
	TLS      Security = "tls"  // encrypted from the start
	Plain    Security = "none" // never encrypted: for a server on the same machine
)

// Config says which server takes the mail. Without Host nothing is sent.
type Config struct {
	Host     string
	Port     int
	User     string // empty: the server asks for no password
	Password string
	From     string
	TLS      Security
}

// patience is how long a server may take for one message.
const patience = 30 * time.Second

// Deliver hands a message to the mail server. It is the job that Send puts, and
// does nothing for a message that was taken already or when there is no server.
func (s *Service) Deliver(ctx context.Context, id record.ID) error {
	var m Message
	err := s.db.View(ctx, func(tx *db.Tx) (err error) {
		m, err = messages.Get(tx, id)
		return err
	})
	if err != nil || m.State == Sent || s.config.Host == "" {
		return err
	}
	failure := s.hand(ctx, m)
	err = s.db.Do(ctx, func(tx *db.Tx) error {
		_, err := messages.Edit(tx, id, db.AnyVersion, func(m *Message) error {
			if failure != nil {
				m.refused(failure.Error())
			} else {
				m.taken(tx.Now)
			}
			return nil
		})
		return err
	})
	return errors.Join(failure, err)
}

// hand gives the message to the server. Its error never repeats what the server
// said, because servers repeat the address.
func (s *Service) hand(ctx context.Context, m Message) error {
	letter, err := s.letter(m)
	if err != nil {
		return fmt.Errorf("mail %s: an address cannot be written", m.ID)
	}
	client, err := gomail.NewClient(s.config.Host, s.options()...)
	if err != nil {
		return fmt.Errorf("mail %s: the server's settings cannot be used", m.ID)
	}
	err = client.DialAndSendWithContext(ctx, letter)
	var refused *gomail.SendError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &refused):
		return fmt.Errorf("mail %s: refused with code %d (%s)", m.ID, refused.ErrorCode(), refused.Reason)
	default:
		return fmt.Errorf("mail %s: the server could not be reached or did not let us in", m.ID)
	}
}

func (s *Service) letter(m Message) (*gomail.Msg, error) {
	letter := gomail.NewMsg()
	if err := letter.From(s.config.From); err != nil {
		return nil, err
	}
	if err := letter.To(m.To); err != nil {
		return nil, err
	}
	letter.SetMessageIDWithValue(m.ID.String() + "@bastida")
	letter.SetDateWithValue(m.CreatedAt.Time)
	letter.SetGenHeader(gomail.HeaderContentLang, m.Language)
	letter.SetGenHeader("Auto-Submitted", "auto-generated")
	letter.Subject(m.Subject)
	letter.SetBodyString(gomail.TypeTextPlain, m.Text)
	for _, a := range m.Attachments.V {
		if err := letter.AttachReader(a.Name, bytes.NewReader(a.Content), gomail.WithFileContentType(gomail.ContentType(a.Type))); err != nil {
			return nil, err
		}
	}
	return letter, nil
}

func (s *Service) options() []gomail.Option {
	options := []gomail.Option{gomail.WithTimeout(patience)}
	switch s.config.TLS {
	case TLS:
		options = append(options, gomail.WithSSL())
	case Plain:
		options = append(options, gomail.WithTLSPolicy(gomail.NoTLS))
	case StartTLS:
		options = append(options, gomail.WithTLSPolicy(gomail.TLSMandatory))
	}
	if s.config.Port != 0 {
		options = append(options, gomail.WithPort(s.config.Port))
	}
	if s.config.User != "" {
		options = append(options, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover),
			gomail.WithUsername(s.config.User), gomail.WithPassword(s.config.Password))
	}
	return options
}
