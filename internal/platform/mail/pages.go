package mail

import (
	"context"
	"mime"
	"net/http"
	"strconv"
	"time"

	"github.com/a-h/templ"

	"bastida/internal/kernel/fault"
	"bastida/internal/platform/form"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/table"
	"bastida/internal/platform/ui"
	"bastida/internal/platform/web"
)

// MessageShape is the JSON of a message to its reader.
type MessageShape struct {
	ID      string    `json:"id"`
	Subject string    `json:"subject"`
	Text    string    `json:"text"`
	State   string    `json:"state"`
	At      time.Time `json:"at"`
}

func shapeMessage(m Message) MessageShape {
	return MessageShape{m.ID.String(), m.Subject, m.Text, string(m.State), m.CreatedAt.Time}
}

// HeadingShape is the JSON of a message in a list.
type HeadingShape struct {
	ID      string    `json:"id"`
	Subject string    `json:"subject"`
	State   string    `json:"state"`
	At      time.Time `json:"at"`
}

func shapeHeading(m Message) HeadingShape {
	return HeadingShape{m.ID.String(), m.Subject, string(m.State), m.CreatedAt.Time}
}

var filterForm = form.New("mail.filter",
	form.Choice("state", func(f *Filter) *State { return &f.State }, Queued, Sent, Failed),
)

var mailboxTable = own(table.New("mail.mailbox",
	table.Text("subject", func(m Message) string { return m.Subject }).Wide(),
	table.Value("at", func(m Message) any { return m.CreatedAt }),
	table.Said("state", said).Cell(stateCell),
))

func own(t *table.Table[Message]) *table.Table[Message] {
	t.Href = func(m Message) string { return "/mailbox/" + m.ID.String() }
	return t
}

var outgoingTable = table.New("mail.outgoing",
	table.Text("to", func(m Message) string { return m.To }).Wide(),
	table.Text("subject", func(m Message) string { return m.Subject }),
	table.Value("at", func(m Message) any { return m.CreatedAt }),
	table.Said("state", said).Cell(stateCell),
	table.Text("problem", func(m Message) string { return m.Problem }),
)

func said(ctx context.Context, m Message) string {
	return i18n.T(ctx, "mail.message.state."+string(m.State))
}

func stateCell(ctx context.Context, m Message) templ.Component {
	return ui.StatusTag(stateTag(ctx, m))
}

func stateTag(ctx context.Context, m Message) ui.Tag {
	tag := ui.Tag{Text: said(ctx, m), Icon: "mail"}
	switch m.State {
	case Sent:
		tag = ui.Tag{Text: tag.Text, Tone: ui.OK}
	case Failed:
		tag = ui.Tag{Text: tag.Text, Tone: ui.Crit}
	case Queued:
	}
	return tag
}

// Routes mounts the pages of the mailbox.
func (s *Service) Routes(r *web.Router) {
	web.List(r, "/mailbox", Read, web.ListSpec[Message, Filter, HeadingShape]{
		Table: mailboxTable, Filter: filterForm,
		Load: func(ctx context.Context, _ web.Params, f Filter, page table.Page) ([]Message, int, error) {
			return s.Mailbox(ctx, f, page)
		},
		Page: func(ctx context.Context, _ web.Params, _ Filter, list ui.Table) (templ.Component, error) {
			list.Empty = ui.Empty(i18n.T(ctx, "mail.mailbox.none"), i18n.T(ctx, "mail.mailbox.none.text"), nil)
			return mailboxPage(list, ReadOutgoing.May(ctx), s.config.Host != ""), nil
		},
		Shape: shapeHeading,
	})
	web.View(r, "/mailbox/{id}", Read, web.ViewSpec[Message, MessageShape]{
		Load:  func(ctx context.Context, p web.Params) (Message, error) { return s.Message(ctx, p.ID()) },
		Page:  func(_ context.Context, _ web.Params, m Message) templ.Component { return messagePage(m) },
		Shape: shapeMessage,
	})
	web.Handle(r, http.MethodGet, "/mailbox/{id}/attachments/{number}", Read, s.attachment)
	web.List(r, "/mailbox/outgoing", ReadOutgoing, web.ListSpec[Message, Filter, HeadingShape]{
		Table: outgoingTable, Filter: filterForm,
		Load: func(ctx context.Context, _ web.Params, f Filter, page table.Page) ([]Message, int, error) {
			return s.Outgoing(ctx, f, page)
		},
		Page: func(_ context.Context, _ web.Params, _ Filter, list ui.Table) (templ.Component, error) {
			return outgoingPage(list), nil
		},
	})
}

// attachment hands out a file of a message to its reader.
func (s *Service) attachment(w http.ResponseWriter, p web.Params) error {
	m, err := s.Message(p.Context(), p.ID())
	if err != nil {
		return err
	}
	n, err := strconv.Atoi(p.Path("number"))
	if err != nil || n < 1 || n > len(m.Attachments.V) {
		return fault.New(fault.NotFound, "record.not_found")
	}
	a := m.Attachments.V[n-1]
	w.Header().Set("Content-Type", a.Type)
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": a.Name}))
	w.Header().Set("Cache-Control", "private, no-store")
	_, err = w.Write(a.Content)
	return err
}

// attachmentHref is the address of a file of a message, numbered from 1.
func attachmentHref(m Message, at int) string {
	return "/mailbox/" + m.ID.String() + "/attachments/" + strconv.Itoa(at+1)
}
