package evaluation

import (
	"strings"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/record"
	"bastida/internal/platform/db"
	"bastida/internal/platform/mail"
)

func (s *Service) address(path string) string { return strings.TrimSuffix(s.URL, "/") + path }

// writeToBody asks a body for its ratings.
func (s *Service) writeToBody(tx *db.Tx, r Round, body record.ID, key string) error {
	people, err := s.Identity.Contacts(tx.Context, body, actor.LocalOfficer)
	if err != nil {
		return err
	}
	for _, u := range people {
		args := []any{"programme", r.ProgrammeTitle, "by", r.AnswerBy, "url", s.address(r.Href())}
		letter := mail.Message{
			UserID: u.ID, To: u.Email, Language: u.Language,
			Subject: s.Say(u.Language, key+".subject", args...), Text: s.Say(u.Language, key+".text", args...),
		}
		if err := mail.Send(tx, letter.About(r.Ref())); err != nil {
			return err
		}
	}
	return nil
}
