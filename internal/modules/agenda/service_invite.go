package agenda

import (
	"slices"
	"strings"

	"bastida/engine/ical"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/booking"
	"bastida/internal/modules/sessions"
	"bastida/internal/modules/supervision"
	"bastida/internal/platform/db"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/mail"
)

// reader is somebody whom an invitation is for.
type reader struct {
	user        record.ID
	name, email string
	participant record.ID // empty for whoever leads
	on          func(sessions.Session) bool
}

// invite tells the people of sessions what happened to them: one message for
// each person and group, in the transaction of its reason.
func (s *Service) invite(tx *db.Tx, what booking.Change, all []sessions.Session) error {
	for _, rows := range byGroup(all) {
		g, err := s.Supervision.Group(inside(tx), rows[0].GroupID)
		if err != nil {
			return err
		}
		readers, err := s.readers(tx, g, rows)
		if err != nil {
			return err
		}
		lang := g.Language
		if !slices.Contains(i18n.Languages, lang) {
			lang = i18n.Languages[0]
		}
		for _, r := range readers {
			own := slices.DeleteFunc(slices.Clone(rows), func(row sessions.Session) bool { return !r.on(row) })
			if len(own) == 0 {
				continue
			}
			if err := mail.Send(tx, s.invitation(what, lang, r, own)); err != nil {
				return err
			}
		}
	}
	return nil
}

// readers are the members of a group and whoever leads the sessions, as far as
// they have an address.
func (s *Service) readers(tx *db.Tx, g supervision.Group, rows []sessions.Session) (found []reader, err error) {
	members, err := s.Supervision.Participants(inside(tx), g.ID)
	if err != nil {
		return nil, err
	}
	for _, m := range members {
		if m.Email != "" {
			found = append(found, reader{m.UserID, m.Name, m.Email, m.ID, func(row sessions.Session) bool { return m.On(row.Day) }})
		}
	}
	told := map[record.ID]bool{"": true}
	for _, row := range rows {
		if told[row.SupervisorID] {
			continue
		}
		told[row.SupervisorID] = true
		who, err := s.Supervisors.Supervisor(inside(tx), row.SupervisorID)
		if err != nil {
			return nil, err
		}
		if who.Email != "" {
			found = append(found, reader{who.UserID, who.Name, who.Email, "", func(row sessions.Session) bool { return row.SupervisorID == who.ID }})
		}
	}
	return found, nil
}

// invitation is the message to one person about sessions of one group.
func (s *Service) invitation(what booking.Change, lang string, r reader, rows []sessions.Session) mail.Message {
	lines := make([]string, 0, len(rows))
	calendar := ical.Calendar{Product: product, Method: method(what, len(rows))}
	for _, row := range rows {
		lines = append(lines, s.line(what, lang, r, row))
		words := s.texts(row, lang)
		if r.participant != "" && what != booking.CalledOff {
			words.description = s.signing(lang, r, row)
		}
		e := event(row, words)
		e.Organizer, e.Attendees = ical.Person{Name: row.SupervisorName, Email: s.Sender}, []ical.Person{{Name: r.name, Email: r.email}}
		calendar.Events = append(calendar.Events, e)
	}
	args := []any{"group", rows[0].GroupName, "name", r.name, "sessions", strings.Join(lines, "\n\n"), "url", s.link("/supervision/sessions")}
	key := "agenda.mail." + string(what)
	return mail.Message{
		UserID: r.user, To: r.email, Language: lang, Subject: s.Say(lang, key+".subject", args...), Text: s.Say(lang, key+".text", args...),
	}.About(rows[0].Ref()).With(mail.Attachment{
		Name: "sessions.ics", Type: "text/calendar; charset=utf-8; method=" + string(calendar.Method), Content: []byte(calendar.Encode()),
	})
}

// method is what a calendar is sent for. Several sessions at once are published,
// because calendar programs take an invitation for one.
func method(what booking.Change, sessions int) ical.Method {
	switch {
	case what == booking.CalledOff:
		return ical.Cancel
	case sessions > 1:
		return ical.Publish
	}
	return ical.Request
}

// line says a session in a message. Why it was cancelled is said without what
// would tell of somebody's health.
func (s *Service) line(what booking.Change, lang string, r reader, row sessions.Session) string {
	args := []any{"day", row.Day, "hours", row.Hours(), "where", row.Where(), "supervisor", row.SupervisorName, "by", row.RebookBy}
	line := s.Say(lang, "agenda.line", args...)
	if row.Where() == "" {
		line = s.Say(lang, "agenda.line_nowhere", args...)
	}
	if what != booking.CalledOff {
		if r.participant != "" {
			line += "\n" + s.signing(lang, r, row)
		}
		return line
	}
	line += "\n" + s.Say(lang, "agenda.because."+string(row.CancelReason))
	if !row.RebookBy.IsZero() {
		line += "\n" + s.Say(lang, "agenda.rebook_by", args...)
	}
	return line
}

// signing says how somebody signs a session.
func (s *Service) signing(lang string, r reader, row sessions.Session) string {
	return s.Say(lang, "agenda.signing", "url", s.link("/sign/"+row.SignKey), "code", row.PersonalCode(r.participant))
}
