package ballots

import (
	"context"
	"slices"
	"strings"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/civil"
	"bastida/internal/modules/evaluation"
	"bastida/internal/modules/identity"
	"bastida/internal/modules/supervision"
	"bastida/internal/modules/territory"
	"bastida/internal/platform/db"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/mail"
	"bastida/internal/platform/secret"
)

// Deps are the services that this module calls.
type Deps struct {
	DB          *db.DB
	Identity    *identity.Service
	Territory   *territory.Service
	Supervision *supervision.Service
	Evaluation  *evaluation.Service
	URL         string                                     // of the installation, for letters
	Say         func(lang, key string, args ...any) string // in the language of whoever gets the letter
}

// Service is the verbs of this module.
type Service struct{ Deps }

// New returns the service, which asks participants whenever a round does.
func New(d Deps) *Service {
	s := &Service{d}
	if d.Evaluation != nil {
		d.Evaluation.OnInvite(s.invite)
		d.Evaluation.OnRemind(s.remind)
		d.Evaluation.OnClose(s.discard)
	}
	return s
}

func today(tx *db.Tx) civil.Date { return civil.Of(tx.Now.In(i18n.Zone)) }

// everything reads as the program itself, for what must not depend on who asks.
//
// Safety: what is read with it is cut to the actor's reach before it is given
// away.
func everything(ctx context.Context) context.Context {
	return actor.AsSystem(ctx, actor.From(ctx).Tenant, "ballots")
}

// invite gives a code to every participant who never had one.
func (s *Service) invite(tx *db.Tx, r evaluation.Round) error {
	groups, err := s.Supervision.Groups(everything(tx.Context), r.ProgrammeID)
	if err != nil {
		return err
	}
	for _, g := range groups {
		if err := s.handOut(tx, r, g); err != nil {
			return err
		}
	}
	_, err = boxOf(tx, r.ID, "")
	return err
}

// handOut gives a code to each participant of a group who never had one.
func (s *Service) handOut(tx *db.Tx, r evaluation.Round, g supervision.Group) error {
	people, err := s.Supervision.Participants(everything(tx.Context), g.ID)
	if err != nil {
		return err
	}
	box, err := boxOf(tx, r.ID, g.ID)
	if err != nil {
		return err
	}
	asked := slices.Clone(box.Asked.V)
	for _, p := range people {
		if !p.On(today(tx)) || slices.Contains(asked, p.ID) {
			continue
		}
		if err := s.writeToParticipant(tx, r, g, p, "ballots.mail.answer"); err != nil {
			return err
		}
		asked = append(asked, p.ID)
	}
	if len(asked) == len(box.Asked.V) {
		return nil
	}
	_, err = boxes.Edit(tx, box.ID, db.AnyVersion, func(b *Box) error {
		b.Asked.V = asked
		return nil
	})
	return err
}

// newCode makes one more code of a participant.
func newCode(tx *db.Tx, r evaluation.Round, p supervision.Participant) (key string, err error) {
	key = secret.New()
	err = codes.Insert(tx, &Code{
		RoundID: r.ID, GroupID: p.GroupID, ParticipantID: p.ID, UserID: p.UserID, Fingerprint: secret.Fingerprint(key),
	})
	return key, err
}

// remind writes to every participant whose code waits. The letter carries a new
// one: the program knows only the fingerprints of those that it gave.
func (s *Service) remind(tx *db.Tx, r evaluation.Round) error {
	unused, err := waiting(tx, r.ID)
	if err != nil {
		return err
	}
	for _, c := range unused {
		p, err := s.Supervision.Participant(everything(tx.Context), c.ParticipantID)
		if err != nil {
			return err
		}
		g, err := s.Supervision.Group(everything(tx.Context), c.GroupID)
		if err != nil {
			return err
		}
		if !p.On(today(tx)) {
			continue
		}
		if err := s.writeToParticipant(tx, r, g, p, "ballots.mail.answer_again"); err != nil {
			return err
		}
	}
	return nil
}

// discard deletes the codes that nobody used.
func (s *Service) discard(tx *db.Tx, r evaluation.Round) error { return unused(tx, r.ID) }

// writeToParticipant asks a participant, with a new code. Somebody without an
// address gets none: they can answer when they sign in, if they have an account.
func (s *Service) writeToParticipant(tx *db.Tx, r evaluation.Round, g supervision.Group, p supervision.Participant, key string) error {
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
	args := []any{"name", p.Name, "group", g.Name, "programme", r.ProgrammeTitle, "by", r.AnswerBy, "url", strings.TrimSuffix(s.URL, "/") + "/evaluate/" + code}
	letter := mail.Message{
		UserID: p.UserID, To: p.Email, Language: lang, Subject: s.Say(lang, key+".subject", args...), Text: s.Say(lang, key+".text", args...),
	}
	return mail.Send(tx, letter.About(r.Ref()))
}
