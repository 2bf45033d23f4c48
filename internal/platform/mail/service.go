package mail

import (
	"context"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/record"
	"bastida/internal/platform/access"
	"bastida/internal/platform/db"
	"bastida/internal/platform/query"
	"bastida/internal/platform/table"
)

// Read is to read the messages addressed to one's own account.
var Read = access.SignedIn

// ReadOutgoing is to see which messages a body has sent, without their texts.
var ReadOutgoing = access.Declare("mail.outgoing.read", access.Grants{
	actor.Administrator: access.Tenant,
})

// Service is the mailbox and the way to the mail server.
type Service struct {
	db     *db.DB
	config Config
}

// New returns the service.
func New(d *db.DB, c Config) *Service { return &Service{d, c} }

// Filter narrows a list of messages.
type Filter struct{ State State }

// Mailbox lists the messages addressed to the account of the actor, whichever
// body they came from.
func (s *Service) Mailbox(ctx context.Context, f Filter, p table.Page) (found []Message, total int, err error) {
	if err := Read.Check(ctx, access.Place{}); err != nil {
		return nil, 0, err
	}
	err = s.db.ViewAcross(ctx, "a person's mail comes from several bodies", func(tx *db.Tx) error {
		q := query.Across("WHERE user_id <> ''").And("user_id = ?", tx.Actor.User)
		found, total, err = list(tx, q.When(f.State != "", "state = ?", f.State), p)
		return err
	})
	return found, total, err
}

// Message returns one message addressed to the account of the actor. Anybody
// else's is NotFound.
func (s *Service) Message(ctx context.Context, id record.ID) (m Message, err error) {
	if err := Read.Check(ctx, access.Place{}); err != nil {
		return m, err
	}
	err = s.db.ViewAcross(ctx, "a person's mail comes from several bodies", func(tx *db.Tx) error {
		m, err = messages.First(tx, "WHERE id = $1 AND user_id = $2 AND user_id <> ''", id, tx.Actor.User)
		return err
	})
	return m, err
}

// Outgoing lists the messages that the tenant of ctx has sent. Their texts stay
// out: they are for whom they were written.
func (s *Service) Outgoing(ctx context.Context, f Filter, p table.Page) (found []Message, total int, err error) {
	if err := ReadOutgoing.Check(ctx, access.Place{}); err != nil {
		return nil, 0, err
	}
	err = s.db.View(ctx, func(tx *db.Tx) error {
		q := query.New("WHERE tenant_id = $1").When(f.State != "", "state = ?", f.State)
		found, total, err = list(tx, q, p)
		return err
	})
	return found, total, err
}

// listed are the columns of a list: everything but the text.
const listed = `
	SELECT tenant_id, id, version, created_at, updated_at, user_id, recipient, subject, language,
		ref_kind, ref_id, state, sent_at, problem
	FROM mail_message `

// list gives the newest first: identifiers grow with time.
func list(tx *db.Tx, q *query.Query, p table.Page) (found []Message, total int, err error) {
	total, err = db.One[int](tx, "SELECT COUNT(*) FROM mail_message "+q.Text(), q.Args()...)
	if err != nil {
		return nil, 0, err
	}
	found, err = db.All[Message](tx, listed+q.Add(p.OrderBy("id DESC")).Text(), q.Args()...)
	return found, total, err
}
