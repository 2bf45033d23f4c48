package evaluation

import (
	"strings"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/supervision"
	"bastida/internal/platform/db"
	"bastida/internal/platform/mail"
)

func (s *Service) address(path string) string { return strings.TrimSuffix(s.URL, "/") + path }

func (r Round) ref() record.Ref { return record.Ref{Kind: rounds.Name(), ID: r.ID} }

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
		if err := mail.Send(tx, letter.About(r.ref())); err != nil {
			return err
		}
	}
	return nil
}

// writeToParticipant asks a participant, with a new code. Somebody without an
// address gets none: they can answer when they sign in, if they have an account.
func (s *Service) writeToParticipant(tx *db.Tx, r Round, g supervision.Group, p supervision.Participant, key string) error {
	code, err := newCode(tx, r, p)
	if err != nil || p.Email == "" {
		return err
	}
	lang := g.Language
	if p.UserID != "" {
		account, err := s.Identity.Person(everything(tx.Context), p.UserID)
		if err != nil {
			return err
		}
		lang = account.Language
	}
	args := []any{"name", p.Name, "group", g.Name, "programme", r.ProgrammeTitle, "by", r.AnswerBy, "url", s.address("/evaluate/" + code)}
	letter := mail.Message{
		UserID: p.UserID, To: p.Email, Language: lang, Subject: s.Say(lang, key+".subject", args...), Text: s.Say(lang, key+".text", args...),
	}
	return mail.Send(tx, letter.About(r.ref()))
}
