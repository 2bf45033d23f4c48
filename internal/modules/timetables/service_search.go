package timetables

import (
	"context"
	"errors"
	"time"

	"bastida/engine/timetable"
	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/planning"
	"bastida/internal/platform/db"
	"bastida/internal/platform/jobs"
)

// search is the input of the job that does a run.
type search struct {
	Run record.ID `json:"run"`
}

var searching = jobs.Typed[search]{Name: "timetables.search"}

// result is what an engine found.
type result struct {
	Found
	Figures
}

// search does a run that waits. Doing one that has ended does nothing.
func (s *Service) search(ctx context.Context, in search) error {
	run, known, err := s.takeUp(ctx, in.Run)
	if err != nil || !run.UnderWay() {
		return err
	}
	began := s.DB.Now()
	found, err := s.solve(ctx, run, known)
	switch {
	case ctx.Err() != nil:
		return ctx.Err() // the program is stopping: the job goes back to the queue
	case err != nil:
		return errors.Join(err, s.fail(ctx, in.Run))
	}
	found.ElapsedMS = s.DB.Now().Sub(began.Time).Milliseconds()
	err = s.finish(ctx, run.ID, found)
	if errors.Is(err, fault.Stale) {
		err = s.finish(ctx, run.ID, found) // somebody asked to stop at this very moment
	}
	return err
}

func (s *Service) takeUp(ctx context.Context, id record.ID) (run Run, known planning.Known, err error) {
	err = s.DB.Do(ctx, func(tx *db.Tx) error {
		if run, err = runs.Get(tx, id); err != nil || !run.UnderWay() {
			return err
		}
		in, err := inputs.Get(tx, id)
		if err != nil {
			return err
		}
		known = in.Known.V
		run, err = runs.Edit(tx, id, db.AnyVersion, func(r *Run) error { return life.Move(ctx, r, "start") })
		return err
	})
	return run, known, err
}

// solve searches until it is proved, the time is over or somebody asks to stop.
func (s *Service) solve(ctx context.Context, run Run, known planning.Known) (result, error) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	if run.Origin == Replan {
		return replanned(ctx, known)
	}
	var problem error
	began, p := s.DB.Now(), run.Params.V
	told := time.Duration(0)
	plan, err := timetable.Solve(ctx, known.Season, timetable.Options{
		Seed: uint64(p.Seed), Time: time.Duration(p.Seconds) * time.Second, Rounds: p.Rounds, //nolint:gosec // the form refuses negative seeds
		Progress: func(now timetable.Progress) {
			elapsed := s.DB.Now().Sub(began.Time)
			if elapsed < told+time.Second {
				return
			}
			told = elapsed
			asked, err := s.report(ctx, run.ID, Progress{ElapsedMS: elapsed.Milliseconds(), Rounds: now.Round, Unplaced: now.Unplaced})
			if err != nil || asked {
				problem = err
				stop()
			}
		},
	})
	out := result{Found: Found{Plan: plan}, Figures: Figures{
		Unplaced: len(plan.Unplaced), Fewest: plan.FewestUnplaced, Kilometres: plan.Costs.Kilometres, Cost: plan.Cost, Bound: plan.LowerBound, Rounds: plan.Rounds,
	}}
	groups := map[string]bool{}
	for _, x := range known.News(plan) {
		groups[x.Group] = true
		out.Sessions++
	}
	out.Groups = len(groups)
	return out, errors.Join(err, problem)
}

func replanned(ctx context.Context, known planning.Known) (out result, err error) {
	day, err := civil.Parse(known.Today)
	if err != nil {
		return out, err
	}
	now := planning.DayOf(day)
	plan := timetable.Plan{Sessions: known.Published}
	for _, g := range known.Season.Groups {
		if planning.Respected(g.Code) {
			f := g.Fixed[0]
			plan.Sessions = append(plan.Sessions, timetable.Session{
				Group: g.Code, Index: 1, Supervisor: f.Supervisor, Day: f.Day, Start: f.Start, Minutes: g.Minutes, Place: f.Place, Fixed: true,
			})
		}
	}
	mended, err := timetable.Replan(ctx, known.Season, plan, known.Changes, timetable.ReplanOptions{Today: now})
	out.Found = Found{Plan: mended.Plan, Moved: mended.Moved, Lost: mended.Lost}
	out.Figures = Figures{
		Sessions: len(known.Published), Unplaced: len(mended.Lost), Fewest: mended.FewestLost, Changed: mended.Changed(), AtLeast: mended.AtLeast,
		Kilometres: mended.Plan.Costs.Kilometres, Cost: mended.Plan.Cost,
	}
	return out, err
}

// report notes how far a search has come, and returns whether to stop it.
func (s *Service) report(ctx context.Context, id record.ID, at Progress) (stop bool, err error) {
	err = s.DB.Do(ctx, func(tx *db.Tx) error {
		run, err := runs.Get(tx, id)
		if err != nil {
			return err
		}
		stop = run.StopAsked
		_, err = progresses.Edit(tx, id, db.AnyVersion, func(p *Progress) error {
			p.ElapsedMS, p.Rounds, p.Unplaced = at.ElapsedMS, at.Rounds, at.Unplaced
			return nil
		})
		return err
	})
	return stop, err
}

// finish stores what a search found.
func (s *Service) finish(ctx context.Context, id record.ID, found result) error {
	return s.DB.Do(ctx, func(tx *db.Tx) error {
		_, err := outcomes.Edit(tx, id, db.AnyVersion, func(o *Outcome) error {
			o.Found.V = found.Found
			return nil
		})
		if err != nil {
			return err
		}
		_, err = runs.Edit(tx, id, db.AnyVersion, func(r *Run) error {
			r.Figures, r.EndedAt = found.Figures, tx.Now
			if r.StopAsked {
				return life.Move(ctx, r, "stop")
			}
			return life.Move(ctx, r, "finish")
		})
		return err
	})
}

func (s *Service) fail(ctx context.Context, id record.ID) error {
	return s.DB.Do(ctx, func(tx *db.Tx) error {
		_, err := runs.Edit(tx, id, db.AnyVersion, func(r *Run) error {
			r.EndedAt = tx.Now
			return life.Move(ctx, r, "fail")
		})
		return err
	})
}
