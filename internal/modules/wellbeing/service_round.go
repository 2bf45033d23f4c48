package wellbeing

import (
	"context"
	"crypto/rand"
	"fmt"
	"slices"
	"strings"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/platform/access"
	"bastida/internal/platform/db"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/mail"
	"bastida/internal/platform/secret"
	"bastida/internal/platform/table"
)

// Rounds lists the measurements; drafts and what was given up only for those
// who measure.
func (s *Service) Rounds(ctx context.Context, f RoundFilter, p table.Page) (found []Round, total int, err error) {
	if err := Look.Require(ctx); err != nil {
		return nil, 0, err
	}
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		found, total, err = listRounds(tx, f, Measure.May(ctx), p)
		for i := range found {
			found[i].settle(ctx, s.Today())
		}
		return err
	})
	return found, total, err
}

// Round returns one measurement, with the teams that the actor may know of.
func (s *Service) Round(ctx context.Context, id record.ID) (Round, error) {
	return find(ctx, s, Look, func(tx *db.Tx) (Round, error) {
		r, err := rounds.Get(tx, id)
		if err != nil {
			return r, err
		}
		if r.State == Draft && !Measure.May(ctx) {
			return Round{}, fault.New(fault.NotFound, "record.not_found")
		}
		r.settle(ctx, s.Today())
		r.Teams.V = slices.DeleteFunc(r.Teams.V, func(t Included) bool {
			return !Look.Decide(actor.From(ctx), placeOf(t.BodyID)).Allowed
		})
		return r, nil
	})
}

// Prepare begins a measurement. Its instrument must be ready to be asked.
func (s *Service) Prepare(ctx context.Context, in RoundInput) (r Round, err error) {
	if err := Measure.Check(ctx, access.Place{}); err != nil {
		return r, err
	}
	err = s.DB.Do(ctx, func(tx *db.Tx) error {
		r.State = Draft
		if err := s.writeRound(tx, &r, in); err != nil {
			return err
		}
		return rounds.Insert(tx, &r)
	})
	return r, err
}

// Rewrite changes a measurement that has not opened.
func (s *Service) Rewrite(ctx context.Context, id record.ID, version int, in RoundInput) (r Round, err error) {
	if err := Measure.Check(ctx, access.Place{}); err != nil {
		return r, err
	}
	err = s.DB.Do(ctx, func(tx *db.Tx) error {
		var before []Included
		r, err = rounds.Edit(tx, id, version, func(r *Round) error {
			before = r.Teams.V
			return s.writeRound(tx, r, in)
		})
		for i := 0; err == nil && i < len(before); i++ {
			if _, stays := r.Team(before[i].TeamID); stays != nil {
				err = dropCodes(tx, id, before[i].TeamID)
			}
		}
		return err
	})
	return r, err
}

func (s *Service) writeRound(tx *db.Tx, r *Round, in RoundInput) error {
	var wrong fault.Fields
	if _, err := s.sheet(tx, in.Instrument); fault.Of(err) != nil {
		wrong.Add("instrument", fault.Of(err).Key)
		return wrong.Err()
	}
	var ids []record.ID
	for _, id := range in.Teams {
		ids = append(ids, record.ID(id))
	}
	asked, err := s.Teams.Members(tx.Context, ids)
	if err != nil {
		return err
	}
	return r.write(in, asked)
}

// Step opens a measurement, publishes its figures or gives it up.
func (s *Service) Step(ctx context.Context, id record.ID, step string) (r Round, err error) {
	if err := Measure.Check(ctx, access.Place{}); err != nil {
		return r, err
	}
	err = s.DB.Do(ctx, func(tx *db.Tx) error {
		r, err = rounds.Edit(tx, id, db.AnyVersion, func(r *Round) error {
			r.settle(tx.Context, s.Today())
			if err := life.Move(tx.Context, r, step); err != nil {
				return err
			}
			switch r.State {
			case Open:
				return s.open(tx, r)
			case Published:
				return s.release(tx, r)
			default:
				return destroy(tx, r.ID)
			}
		})
		return err
	})
	return r, err
}

// open keeps what is asked, and puts an empty box for each team.
func (s *Service) open(tx *db.Tx, r *Round) (err error) {
	if r.Sheet.V, err = s.sheet(tx, r.Instrument); err != nil {
		return err
	}
	quiet := quietly(tx, *r)
	for _, t := range r.Teams.V {
		if err := boxes.Insert(quiet, &box{RoundID: r.ID, TeamID: t.TeamID, Ballots: record.JSON[[]Ballot]{V: []Ballot{}}}); err != nil {
			return err
		}
	}
	return nil
}

// release hands the answers to whoever makes figures of them, and destroys them.
func (s *Service) release(tx *db.Tx, r *Round) error {
	r.PublishedAt, r.PublishedBy = tx.Now, tx.Actor.Name
	found, err := boxesOf(tx, r.ID)
	if err != nil {
		return err
	}
	answers := map[record.ID][]Ballot{}
	for _, b := range found {
		answers[b.TeamID] = b.Ballots.V
	}
	if err := s.publish(tx, *r, answers); err != nil {
		return err
	}
	return destroy(tx, r.ID)
}

// quietly is a transaction whose instant is the opening of a round: what is
// written in it does not say when.
func quietly(tx *db.Tx, r Round) *db.Tx {
	quiet := tx.In(r.TenantID)
	quiet.Now = record.At(r.Opens.Start(i18n.Zone))
	return quiet
}

// Codes are what the people of a team answer with. They are never shown again.
type Codes struct {
	Round  Round
	Team   Included
	Print  []string // to be printed as slips
	Mailed int
}

// alphabet leaves out letters and digits that are taken for each other.
const (
	alphabet   = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
	codeLength = 12
	codeGroup  = 4
)

// newCode returns 58 random bits as people can type them: ABCD-EFGH-JKMN.
func newCode() string {
	var b strings.Builder
	raw := make([]byte, 1)
	for b.Len() < codeLength+codeLength/codeGroup-1 {
		_, _ = rand.Read(raw) // never fails since Go 1.24
		if int(raw[0]) >= 256/len(alphabet)*len(alphabet) {
			continue // keeps every letter as likely
		}
		if n := b.Len(); n%(codeGroup+1) == codeGroup {
			b.WriteByte('-')
		}
		b.WriteByte(alphabet[int(raw[0])%len(alphabet)])
	}
	return b.String()
}

// normal is a code as it was made, however it was typed.
func normal(typed string) string {
	var b strings.Builder
	for _, r := range strings.ToUpper(typed) {
		if strings.ContainsRune(alphabet, r) {
			if b.Len()%(codeGroup+1) == codeGroup {
				b.WriteByte('-')
			}
			b.WriteRune(r)
		}
	}
	return b.String()
}

// MakeCodes makes a code for each person of a team, in place of those made
// before. As many as there are addresses are mailed; the rest are to be printed.
func (s *Service) MakeCodes(ctx context.Context, id, team record.ID, addresses []string) (made Codes, err error) {
	if err := Measure.Check(ctx, access.Place{}); err != nil {
		return made, err
	}
	err = s.DB.Do(ctx, func(tx *db.Tx) error {
		found, err := s.Teams.Members(tx.Context, []record.ID{team})
		if err == nil && len(found) == 0 {
			err = fault.New(fault.NotFound, "record.not_found")
		}
		if err != nil {
			return err
		}
		asked := found[0]
		if len(addresses) > asked.Headcount {
			var wrong fault.Fields
			wrong.Add("addresses", "wellbeing.too_many_addresses", "count", asked.Headcount)
			return wrong.Err()
		}
		made.Round, err = rounds.Edit(tx, id, db.AnyVersion, func(r *Round) error {
			if made.Team, err = r.Team(team); err != nil {
				return err
			}
			return r.code(asked)
		})
		if err != nil {
			return err
		}
		if err := dropCodes(tx, id, team); err != nil {
			return err
		}
		keys := make([]string, asked.Headcount)
		for i := range keys {
			keys[i] = newCode()
			c := code{RoundID: id, TeamID: team, Fingerprint: secret.Fingerprint(keys[i])}
			if err := codes.Insert(quietly(tx, made.Round), &c); err != nil {
				return err
			}
		}
		made.Print, made.Mailed = keys[len(addresses):], len(addresses)
		return s.post(tx, made.Round, addresses, keys)
	})
	return made, err
}

// post mails a code to each address, in the language of the body.
func (s *Service) post(tx *db.Tx, r Round, addresses, keys []string) error {
	if len(addresses) == 0 {
		return nil
	}
	body, err := s.Identity.Body(tx.Context, tx.Tenant)
	if err != nil {
		return err
	}
	for i, to := range addresses {
		err := mail.Send(tx, mail.Message{
			To: to, Language: body.Language, Subject: s.Say(body.Language, "wellbeing.letter.subject", "title", r.Title, "body", body.Name),
			Text: s.Say(body.Language, "wellbeing.letter.text", "title", r.Title, "body", body.Name,
				"opens", r.Opens, "closes", r.Closes, "address", s.Address(keys[i])),
		})
		if err != nil {
			return fmt.Errorf("post a code: %w", err)
		}
	}
	return nil
}

// Address is where a code is answered.
func (s *Service) Address(key string) string { return s.URL + "/answer/" + key }

// Sweep closes the rounds whose last day is over, in the tenant of ctx.
func (s *Service) Sweep(ctx context.Context) error {
	return s.DB.Do(ctx, func(tx *db.Tx) error {
		open, err := rounds.Select(tx, "WHERE tenant_id = $1 AND state = 'open' ORDER BY id")
		for i := 0; err == nil && i < len(open); i++ {
			if open[i].settle(tx.Context, s.Today()) {
				_, err = rounds.Edit(tx, open[i].ID, db.AnyVersion, func(r *Round) error { r.settle(tx.Context, s.Today()); return nil })
			}
		}
		return err
	})
}
