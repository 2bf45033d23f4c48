// Package mail keeps the messages that the program sends to people.
//
//	err := mail.Send(tx, mail.Message{
//		UserID: officer.ID, To: officer.Email, Language: officer.Language,
//		Subject: …, Text: …,
//	}.About(a.Ref()))
//
// stores the message in the transaction of its reason and puts a job that hands
// it to a mail server. Without a server, as in the demo, the message stays in
// the mailbox of its account, where that person reads it.
//
// A message is promised at least once: a program that dies between handing it
// over and noting so hands it over again, under the same Message-ID.
//
// Addresses and texts never reach the log, nor the audit trail.
package mail

import (
	"embed"
	"fmt"
	"slices"

	"bastida/internal/kernel/record"
	"bastida/internal/platform/db"
	"bastida/internal/platform/jobs"
)

//go:embed migrations locales
var files embed.FS

// Schema is the tables of the mailbox.
var Schema = db.Schema{Name: "mail", Files: files}

// State is how far a message has come.
type State string

// The states of a message.
const (
	Queued State = "queued" // in the mailbox, not handed to any server
	Sent   State = "sent"   // a mail server has taken it
	Failed State = "failed" // the last try failed; Problem says why
)

// Message is one message to one address.
type Message struct {
	record.Row
	UserID   record.ID   `db:"user_id"` // the account it is for; empty when the address has none
	To       string      `db:"recipient,secret"`
	Subject  string      `db:"subject,secret"`
	Text     string      `db:"text,secret"` // plain paragraphs
	Language string      `db:"language"`
	RefKind  string      `db:"ref_kind"` // what it is about
	RefID    record.ID   `db:"ref_id"`
	State    State       `db:"state"`
	SentAt   record.Time `db:"sent_at"`
	Problem  string      `db:"problem"`

	Attachments record.JSON[[]Attachment] `db:"attachments,secret"`
}

// Attachment is a small file that travels with a message, such as an entry for
// the reader's calendar.
type Attachment struct {
	Name    string `json:"name"`
	Type    string `json:"type"` // media type with its parameters
	Content []byte `json:"content"`
}

// With adds a file to a message.
func (m Message) With(a Attachment) Message {
	m.Attachments.V = append(slices.Clone(m.Attachments.V), a)
	return m
}

// About puts a message under a record.
func (m Message) About(ref record.Ref) Message {
	m.RefKind, m.RefID = ref.Kind, ref.ID
	return m
}

// taken notes that a server took the message.
func (m *Message) taken(now record.Time) { m.State, m.SentAt, m.Problem = Sent, now, "" }

// refused notes why a try failed.
func (m *Message) refused(problem string) { m.State, m.Problem = Failed, problem }

var messages = db.TableOf[Message]("mail_message")

// delivery is the input of the job: the message stays in its own row.
type delivery struct {
	ID record.ID `json:"id"`
}

var deliver = jobs.Typed[delivery]{Name: "mail.deliver"}

// Send stores a message in the transaction of its reason and sees to its
// delivery after the commit.
func Send(tx *db.Tx, m Message) error {
	m.State, m.SentAt, m.Problem = Queued, record.Time{}, ""
	if err := messages.Insert(tx, &m); err != nil {
		return fmt.Errorf("send mail: %w", err)
	}
	return deliver.Put(tx, jobs.Options{Key: m.ID.String()}, delivery{m.ID})
}
