package grouping

import (
	"context"
	"errors"
	"slices"

	"bastida/engine/formation"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/kernel/text"
	"bastida/internal/modules/calls"
	"bastida/internal/platform/access"
	"bastida/internal/platform/db"
)

// Wording says what the bodies read: Say in every language, Name the groups in
// the language of whoever accepts.
type Wording struct {
	Say  func(key string, args ...any) text.Localized
	Name func(Team) string
}

// Accept proposes an outcome for every applicant of a run: granted to those in
// a group, with its hours; waiting or denied to the others, with the reason.
// The run that was accepted before, if any, is so no longer. Broken limits and
// applicants that have changed since are refused.
func (s *Service) Accept(ctx context.Context, id record.ID, version int, say Wording) (b *Board, err error) {
	if err := Accept.Check(ctx, access.Place{}); err != nil {
		return nil, err
	}
	err = s.db.Do(ctx, func(tx *db.Tx) error {
		if b, err = boardAt(tx, id); err != nil {
			return err
		}
		if err := s.unchanged(tx.Context, b); err != nil {
			return err
		}
		if err := replace(tx, b.Run); err != nil {
			return err
		}
		b.Run, err = runs.Edit(tx, id, version, func(r *Run) error {
			r.AcceptedBy, r.AcceptedAt = tx.Actor.Name, tx.Now
			return life.Move(tx.Context, r, "accept")
		})
		if err != nil {
			return err
		}
		return s.calls.ProposeAll(tx.Context, b.Run.CallID, b.outcomes(say))
	})
	return b, err
}

// replace ends the acceptance of another run of the same call.
func replace(tx *db.Tx, by Run) error {
	before, err := acceptedRun(tx, by.CallID)
	if errors.Is(err, fault.NotFound) || before.ID == by.ID {
		return nil
	}
	if err != nil {
		return err
	}
	_, err = runs.Edit(tx, before.ID, before.Version, func(r *Run) error { return life.Move(tx.Context, r, "replace") })
	return err
}

// postponed are the reasons that may end: the body goes on the waiting list.
var postponed = []formation.Reason{formation.ReasonBudget, formation.ReasonCost, formation.ReasonNotPlaced}

func (b *Board) outcomes(say Wording) (all []calls.Outcome) {
	for _, t := range b.Teams {
		hours, name := b.Run.Params.V.HoursPerGroup*t.Shares, say.Name(t)
		for _, p := range t.Places {
			all = append(all, calls.Outcome{
				ApplicationID: p.Application, Outcome: calls.Granted, Hours: hours, GroupID: t.ID, GroupLabel: name,
				Reasons: say.Say("grouping.outcome.granted", "group", name, "place", t.Host.Name, "hours", hours),
			})
		}
	}
	for _, l := range b.Left {
		o := calls.Outcome{ApplicationID: l.Application, Outcome: calls.Denied, Reasons: say.Say("grouping.reason." + string(l.Reason))}
		if slices.Contains(postponed, l.Reason) {
			o.Outcome = calls.Waiting
		}
		all = append(all, o)
	}
	return all
}

// Company returns the group of an application, for whoever may read it. Before
// the call is resolved there is none: NotFound.
func (s *Service) Company(ctx context.Context, a calls.Application) (t Team, err error) {
	if err := calls.Read.Check(ctx, access.Place{Body: a.BodyID}); err != nil {
		return Team{}, err
	}
	if a.ResolvedAt.IsZero() {
		return Team{}, fault.New(fault.NotFound, "record.not_found")
	}
	err = s.db.View(ctx, func(tx *db.Tx) error {
		run, err := acceptedRun(tx, a.CallID)
		if err != nil {
			return err
		}
		b, err := boardOf(tx, run)
		if err != nil {
			return err
		}
		_, number, err := b.Where(a.ID)
		if err != nil {
			return err
		}
		t, err = b.Team(number)
		return err
	})
	return t, err
}
