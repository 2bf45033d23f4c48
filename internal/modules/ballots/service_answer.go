package ballots

import (
	"context"
	"errors"
	"slices"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/evaluation"
	"bastida/internal/modules/supervision"
	"bastida/internal/platform/access"
	"bastida/internal/platform/db"
	"bastida/internal/platform/secret"
)

// Sheet is what a participant is asked.
type Sheet struct {
	Round     evaluation.Round
	Group     supervision.Group
	Questions []Question
	code      Code
}

// SheetOfCode is what the holder of a code is asked. A code that was used is as
// unknown as one that never was.
func (s *Service) SheetOfCode(ctx context.Context, key string) (sheet Sheet, err error) {
	var found []Code
	err = s.DB.ViewAcross(ctx, "whoever holds a code answers with it, whatever body gave it", func(tx *db.Tx) error {
		found, err = codes.Select(tx, "WHERE fingerprint = $1", secret.Fingerprint(key))
		return err
	})
	if err == nil && len(found) == 0 {
		err = fault.New(fault.NotFound, "ballots.code_unknown")
	}
	if err != nil {
		return sheet, err
	}
	return s.sheet(actor.AsSystem(ctx, found[0].TenantID, "ballots"), found[0])
}

// SheetHere is what the actor of ctx is asked about a group that they belong to.
func (s *Service) SheetHere(ctx context.Context, group record.ID) (sheet Sheet, err error) {
	if _, err := s.Supervision.Belongs(ctx, group); err != nil {
		return sheet, err
	}
	all, err := s.Waiting(ctx)
	if err != nil {
		return sheet, err
	}
	i := slices.IndexFunc(all, func(w Sheet) bool { return w.Group.ID == group })
	if i < 0 {
		return sheet, fault.New(fault.NotFound, "ballots.nothing_asked")
	}
	return all[i], nil
}

// Waiting lists what the actor of ctx is asked as a participant and has not
// answered yet.
func (s *Service) Waiting(ctx context.Context) (all []Sheet, err error) {
	if err := access.SignedIn.Check(ctx, access.Place{}); err != nil {
		return nil, err
	}
	var unused []Code
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		unused, err = codesOfUser(tx, tx.Actor.User)
		return err
	})
	if err != nil {
		return nil, err
	}
	for _, c := range unused {
		sheet, err := s.sheet(everything(ctx), c)
		if err != nil {
			return nil, err
		}
		all = append(all, sheet)
	}
	return all, nil
}

func (s *Service) sheet(ctx context.Context, c Code) (sheet Sheet, err error) {
	sheet.code = c
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		if sheet.Round, err = s.Evaluation.Round(tx.Context, c.RoundID); err != nil {
			return err
		}
		sheet.Group, err = s.Supervision.Group(tx.Context, c.GroupID)
		return err
	})
	sheet.Questions = questions(sheet.Group)
	return sheet, err
}

// AnswerByCode lets a ballot fall into the box of the group, and burns the code.
func (s *Service) AnswerByCode(ctx context.Context, key string, in Ballot) error {
	sheet, err := s.SheetOfCode(ctx, key)
	if err != nil {
		return err
	}
	return s.cast(ctx, sheet, in)
}

// AnswerHere does the same for the actor of ctx, who needs no code at hand. The
// ballot does not know of the account.
func (s *Service) AnswerHere(ctx context.Context, group record.ID, in Ballot) error {
	sheet, err := s.SheetHere(ctx, group)
	if err != nil {
		return err
	}
	return s.cast(ctx, sheet, in)
}

// tries is how often a ballot is cast again when another one of the same group
// fell meanwhile.
const tries = 8

// cast works as the program itself: no row and no entry names the actor.
func (s *Service) cast(ctx context.Context, sheet Sheet, in Ballot) error {
	ctx = actor.AsSystem(ctx, sheet.Round.TenantID, "ballots")
	marks, err := in.read(sheet.Questions, sheet.Round.Scale)
	if err != nil {
		return err
	}
	for range tries {
		err = s.DB.Do(ctx, func(tx *db.Tx) error { return s.fall(tx, sheet.code, marks, in.Words) })
		if !errors.Is(err, fault.Stale) {
			return err
		}
	}
	return err
}

func (s *Service) fall(tx *db.Tx, c Code, marks map[Question]float64, words string) error {
	if _, err := codes.Get(tx, c.ID); err != nil {
		return fault.New(fault.NotFound, "ballots.code_unknown")
	}
	round, err := s.Evaluation.Round(tx.Context, c.RoundID)
	if err != nil {
		return err
	}
	if round.State != evaluation.Open {
		return fault.New(fault.Conflict, "evaluation.round_closed")
	}
	box, err := boxOf(tx, c.RoundID, c.GroupID)
	if err != nil {
		return err
	}
	if _, err := boxes.Edit(tx, box.ID, db.AnyVersion, func(b *Box) error {
		b.drop(marks)
		return nil
	}); err != nil {
		return err
	}
	if words != "" {
		all, err := boxOf(tx, c.RoundID, "")
		if err != nil {
			return err
		}
		if _, err := boxes.Edit(tx, all.ID, db.AnyVersion, func(b *Box) error {
			b.say(words)
			return nil
		}); err != nil {
			return err
		}
	}
	return burn(tx, c)
}
