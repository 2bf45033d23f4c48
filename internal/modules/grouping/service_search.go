package grouping

import (
	"context"
	"errors"
	"slices"
	"time"

	"bastida/engine/formation"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/platform/db"
	"bastida/internal/platform/jobs"
)

// search is the input of the job that does a run.
type search struct {
	Run record.ID `json:"run"`
}

var searching = jobs.Typed[search]{Name: "grouping.search"}

// search does a run that waits. Doing one that has ended does nothing.
func (s *Service) search(ctx context.Context, in search) error {
	board, err := s.takeUp(ctx, in.Run)
	if err != nil || !board.Run.UnderWay() {
		return err
	}
	result, err := s.solve(ctx, board)
	switch {
	case ctx.Err() != nil:
		return ctx.Err() // the program is stopping: the job goes back to the queue
	case err != nil:
		return errors.Join(err, s.fail(ctx, in.Run))
	}
	err = s.finish(ctx, board, result)
	if errors.Is(err, fault.Stale) {
		err = s.finish(ctx, board, result) // somebody asked to stop at this very moment
	}
	return err
}

func (s *Service) takeUp(ctx context.Context, id record.ID) (b *Board, err error) {
	err = s.db.Do(ctx, func(tx *db.Tx) error {
		if b, err = boardAt(tx, id); err != nil || !b.Run.UnderWay() {
			return err
		}
		b.Run, err = runs.Edit(tx, id, db.AnyVersion, func(r *Run) error { return life.Move(ctx, r, "start") })
		return err
	})
	return b, err
}

// solve searches until it is proved, the time is over or somebody asks to stop.
func (s *Service) solve(ctx context.Context, b *Board) (formation.Result, error) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	var told time.Duration
	var problem error
	p := b.Run.Params.V
	b.Problem.Locked = b.drafts // what a run has before it is searched is what it was given
	result, err := formation.Solve(ctx, b.Problem, formation.Options{
		Seed: uint64(p.Seed), Time: time.Duration(p.Seconds) * time.Second, Rounds: p.Rounds, //nolint:gosec // the form refuses negative seeds
		Progress: func(now formation.Progress) {
			if now.Elapsed < told+time.Second {
				return
			}
			told = now.Elapsed
			asked, err := s.report(ctx, b.Run.ID, now)
			if err != nil || asked {
				problem = err
				stop()
			}
		},
	})
	return result, errors.Join(err, problem)
}

// report notes how far a search has come, and returns whether to stop it.
func (s *Service) report(ctx context.Context, id record.ID, now formation.Progress) (stop bool, err error) {
	err = s.db.Do(ctx, func(tx *db.Tx) error {
		run, err := runs.Get(tx, id)
		if err != nil {
			return err
		}
		stop = run.StopAsked
		_, err = progresses.Edit(tx, id, db.AnyVersion, func(p *Progress) error {
			p.ElapsedMS, p.Rounds, p.Cost, p.Bound = now.Elapsed.Milliseconds(), now.Round, now.Cost, now.LowerBound
			return nil
		})
		return err
	})
	return stop, err
}

// finish stores what a search found.
func (s *Service) finish(ctx context.Context, b *Board, result formation.Result) error {
	found, reasons := b.read(result)
	return s.db.Do(ctx, func(tx *db.Tx) error {
		after, err := newBoard(b.Run, b.Bodies, append(slices.Clone(b.Groups), found...))
		if err != nil {
			return err
		}
		for i := range found {
			if err := groups.Insert(tx, &found[i]); err != nil {
				return err
			}
		}
		_, err = runs.Edit(tx, b.Run.ID, db.AnyVersion, func(r *Run) error {
			r.Figures, r.Reasons.V, r.EndedAt = after.figures(), reasons, tx.Now
			r.Bound, r.Rounds, r.ElapsedMS = result.LowerBound, result.Rounds, result.Elapsed.Milliseconds()
			if r.StopAsked {
				return life.Move(ctx, r, "stop")
			}
			return life.Move(ctx, r, "finish")
		})
		return err
	})
}

// read turns a result into the groups that the run did not have yet, and the
// reasons of those without a place.
func (b *Board) read(result formation.Result) (found []Group, reasons map[record.ID]formation.Reason) {
	kept, last, number := len(b.Problem.Locked), -1, b.next()
	for _, g := range result.Groups {
		if g.Draft < kept || g.Draft == last {
			continue // locked, or another share of the same body
		}
		last = g.Draft
		row := Group{RunID: b.Run.ID, Number: number, Meeting: b.Bodies[g.Meeting].Application}
		for _, m := range g.Members {
			row.Members.V = append(row.Members.V, b.Bodies[m.Body].Application)
		}
		found, number = append(found, row), number+1
	}
	reasons = map[record.ID]formation.Reason{}
	for _, left := range result.LeftOut {
		reasons[b.Bodies[left.Body].Application] = left.Reason
	}
	return found, reasons
}

func (s *Service) fail(ctx context.Context, id record.ID) error {
	return s.db.Do(ctx, func(tx *db.Tx) error {
		_, err := runs.Edit(tx, id, db.AnyVersion, func(r *Run) error {
			r.EndedAt = tx.Now
			return life.Move(ctx, r, "fail")
		})
		return err
	})
}

// Cancel stops a run. One that is being searched keeps the best groups found
// so far; it takes about a second.
func (s *Service) Cancel(ctx context.Context, id record.ID) (run Run, err error) {
	err = s.edit(ctx, func(tx *db.Tx) error {
		run, err = runs.Edit(tx, id, db.AnyVersion, func(r *Run) error {
			switch r.State {
			case Running:
				r.StopAsked = true
				return nil
			case Queued:
				r.StopAsked, r.EndedAt = true, tx.Now
				return life.Move(ctx, r, "stop")
			default:
				return fault.New(fault.Conflict, "grouping.not_under_way")
			}
		})
		return err
	})
	return run, err
}
