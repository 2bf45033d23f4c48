package evaluation

import (
	"context"
	"slices"

	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/profiles"
	"bastida/internal/modules/supervision"
	"bastida/internal/platform/db"
)

// Begin opens a round of a programme and asks its bodies for their ratings.
func (s *Service) Begin(ctx context.Context, programme record.ID, in RoundInput) (r Round, err error) {
	err = s.manage(ctx, func(tx *db.Tx) error {
		p, err := s.Supervision.Programme(tx.Context, programme)
		if err != nil {
			return err
		}
		if r, err = newRound(p, in, today(tx)); err != nil {
			return err
		}
		before, err := rounds.Select(tx, "WHERE tenant_id = $1 AND programme_id = $2 ORDER BY id", p.ID)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(before, func(b Round) bool { return b.Moment == in.Moment }) {
			return fault.New(fault.Conflict, "evaluation.opened_already")
		}
		if err := rounds.Insert(tx, &r); err != nil {
			return err
		}
		r, err = s.invite(tx, r)
		return err
	})
	return r, err
}

// newRound is a round on the scale that the programme states. There is no other.
func newRound(p supervision.Programme, in RoundInput, today civil.Date) (Round, error) {
	scale, stated := p.Rules().Figure(profiles.CommitmentScale, "")
	switch {
	case p.State != supervision.Open:
		return Round{}, fault.New(fault.Conflict, "evaluation.programme_not_open")
	case !stated:
		return Round{}, fault.New(fault.Conflict, "evaluation.no_scale")
	}
	return Round{
		ProgrammeID: p.ID, ProgrammeTitle: p.Title, Moment: in.Moment, AnswerBy: in.AnswerBy, Scale: scale,
		RemindAfter: in.RemindAfter, RemindMost: in.RemindMost, OpenedOn: today, State: Open,
	}, in.check(today)
}

// invite asks whoever has not been asked yet: all when the round opens, and
// those who came later when it is done again.
func (s *Service) invite(tx *db.Tx, r Round) (Round, error) {
	groups, err := s.Supervision.Groups(everything(tx.Context), r.ProgrammeID)
	if err != nil {
		return r, err
	}
	before, err := ratingsOf(tx, "round_id", r.ID)
	if err != nil {
		return r, err
	}
	var bodies []record.ID
	for _, g := range groups {
		for _, b := range g.Bodies.V {
			known := slices.ContainsFunc(before, func(x Rating) bool { return x.GroupID == g.ID && x.BodyID == b.BodyID })
			if known || g.SupervisorID == "" {
				continue
			}
			if err := ratings.Insert(tx, expected(r, g, b)); err != nil {
				return r, err
			}
			if !slices.Contains(bodies, b.BodyID) {
				bodies = append(bodies, b.BodyID)
			}
		}
	}
	for _, body := range bodies {
		if err := s.writeToBody(tx, r, body, "evaluation.mail.rate"); err != nil {
			return r, err
		}
	}
	if err := tell(tx, s.invited, r); err != nil {
		return r, err
	}
	return recount(tx, r.ID)
}

func expected(r Round, g supervision.Group, b supervision.GroupBody) *Rating {
	return &Rating{
		RoundID: r.ID, ProgrammeID: r.ProgrammeID, Moment: r.Moment, GroupID: g.ID, GroupNumber: g.Number, GroupName: g.Name, Kind: g.Kind,
		BodyID: b.BodyID, BodyName: b.Name, SupervisorID: g.SupervisorID, SupervisorUser: g.SupervisorUser, SupervisorName: g.SupervisorName,
		Scale: r.Scale, Answer: Missing,
	}
}

// recount writes down how many ratings of a round are missing.
func recount(tx *db.Tx, round record.ID) (Round, error) {
	missing, err := missingIn(tx, round)
	if err != nil {
		return Round{}, err
	}
	r, err := rounds.Get(tx, round)
	if err != nil || r.Missing == missing {
		return r, err
	}
	return rounds.Edit(tx, round, db.AnyVersion, func(r *Round) error {
		r.Missing = missing
		return nil
	})
}

// Remind writes to everybody who has not answered, and asks those who came to
// their group since.
func (s *Service) Remind(ctx context.Context, id record.ID) (r Round, err error) {
	err = s.manage(ctx, func(tx *db.Tx) error {
		if r, err = roundAt(tx, id); err != nil {
			return err
		}
		r, err = s.remind(tx, r)
		return err
	})
	return r, err
}

func (s *Service) remind(tx *db.Tx, r Round) (Round, error) {
	if err := r.remindable(today(tx)); err != nil {
		return r, err
	}
	if err := s.remindBodies(tx, r); err != nil {
		return r, err
	}
	if err := tell(tx, s.reminding, r); err != nil {
		return r, err
	}
	if _, err := s.invite(tx, r); err != nil {
		return r, err
	}
	return rounds.Edit(tx, r.ID, db.AnyVersion, func(r *Round) error {
		r.Reminded, r.RemindedOn = r.Reminded+1, today(tx)
		return nil
	})
}

func (s *Service) remindBodies(tx *db.Tx, r Round) error {
	all, err := ratingsOf(tx, "round_id", r.ID)
	if err != nil {
		return err
	}
	var written []record.ID
	for _, one := range all {
		if one.Answer != Missing {
			continue
		}
		if !slices.Contains(written, one.BodyID) {
			written = append(written, one.BodyID)
			if err := s.writeToBody(tx, r, one.BodyID, "evaluation.mail.rate_again"); err != nil {
				return err
			}
		}
		if _, err := ratings.Edit(tx, one.ID, db.AnyVersion, func(r *Rating) error {
			r.Reminders++
			return nil
		}); err != nil {
			return err
		}
	}
	return nil
}

// Close ends a round: nobody answers any more, and results can be read.
func (s *Service) Close(ctx context.Context, id record.ID, version int) (r Round, err error) {
	err = s.manage(ctx, func(tx *db.Tx) error {
		r, err = rounds.Edit(tx, id, version, func(r *Round) error {
			r.ClosedAt = tx.Now
			return life.Move(tx.Context, r, "close")
		})
		if err != nil {
			return err
		}
		return tell(tx, s.closed, r)
	})
	return r, err
}

// Sweep asks those who came to their group since, and reminds when it is time.
// It is done from time to time, as the program itself.
func (s *Service) Sweep(ctx context.Context) error {
	var all []Round
	err := s.DB.View(ctx, func(tx *db.Tx) (err error) {
		all, err = openRounds(tx)
		return err
	})
	for _, r := range all {
		if err != nil {
			return err
		}
		err = s.DB.Do(ctx, func(tx *db.Tx) error {
			if r.due(today(tx)) {
				_, err := s.remind(tx, r)
				return err
			}
			_, err := s.invite(tx, r)
			return err
		})
	}
	return err
}
