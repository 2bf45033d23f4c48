package grouping

import (
	"cmp"
	"context"
	"slices"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/calls"
	"bastida/internal/modules/territory"
	"bastida/internal/platform/access"
	"bastida/internal/platform/db"
	"bastida/internal/platform/jobs"
	"bastida/internal/platform/table"
)

// Service is the verbs of this module.
type Service struct {
	db        *db.DB
	calls     *calls.Service
	territory *territory.Service
}

// New returns the service.
func New(d *db.DB, c *calls.Service, t *territory.Service) *Service { return &Service{d, c, t} }

// look reads for whoever may see runs.
func (s *Service) look(ctx context.Context, f func(*db.Tx) error) error {
	if err := Read.Check(ctx, access.Place{}); err != nil {
		return err
	}
	return s.db.View(ctx, f)
}

// edit writes for whoever may change runs.
func (s *Service) edit(ctx context.Context, f func(*db.Tx) error) error {
	if err := Edit.Check(ctx, access.Place{}); err != nil {
		return err
	}
	return s.db.Do(ctx, f)
}

// Call returns a call of the tenant of ctx. One of another body is NotFound,
// although anybody may read about it.
func (s *Service) Call(ctx context.Context, id record.ID) (calls.Call, error) {
	if err := Read.Check(ctx, access.Place{}); err != nil {
		return calls.Call{}, err
	}
	call, err := s.calls.Call(ctx, id)
	if err == nil && call.TenantID != actor.From(ctx).Tenant {
		err = fault.New(fault.NotFound, "record.not_found")
	}
	return call, err
}

// RunFilter narrows a list of runs.
type RunFilter struct {
	Call  record.ID
	State State
}

// Runs lists runs.
func (s *Service) Runs(ctx context.Context, f RunFilter, p table.Page) (found []Run, total int, err error) {
	err = s.look(ctx, func(tx *db.Tx) error {
		found, total, err = runsWhere(tx, f, p)
		return err
	})
	return found, total, err
}

// Board returns a run with its groups.
func (s *Service) Board(ctx context.Context, id record.ID) (b *Board, err error) {
	err = s.look(ctx, func(tx *db.Tx) error {
		b, err = boardAt(tx, id)
		return err
	})
	return b, err
}

// Moves returns what was changed by hand in a run, the newest first.
func (s *Service) Moves(ctx context.Context, run record.ID) (found []Move, err error) {
	err = s.look(ctx, func(tx *db.Tx) error {
		found, err = movesOf(tx, run)
		return err
	})
	return found, err
}

// Glance returns a run and how far its search has come.
func (s *Service) Glance(ctx context.Context, id record.ID) (run Run, at Progress, err error) {
	err = s.look(ctx, func(tx *db.Tx) error {
		if run, err = runs.Get(tx, id); err != nil {
			return err
		}
		at, err = progresses.Get(tx, id)
		return err
	})
	return run, at, err
}

// Start puts a run of a call in the queue, with its applicants as they are now.
func (s *Service) Start(ctx context.Context, callID record.ID, in RunInput) (run Run, err error) {
	call, err := s.Call(ctx, callID)
	if err := cmp.Or(err, in.check()); err != nil {
		return Run{}, err
	}
	err = s.edit(ctx, func(tx *db.Tx) error {
		bodies, err := s.applicants(tx.Context, call.ID)
		if err != nil {
			return err
		}
		travel, err := s.territory.Travel(tx.Context, civil.Of(tx.Now.Time))
		if err != nil {
			return err
		}
		run = Run{CallID: call.ID, CallTitle: call.Title, Origin: Searched}
		run.Params.V = Params{
			RunInput: in,
			Detour:   travel.Detour.Value, DetourSource: travel.Detour.Source,
			SpeedKMH: travel.SpeedKMH.Value, SpeedSource: travel.SpeedKMH.Source,
		}
		run, err = queue(tx, run, bodies, nil)
		return err
	})
	return run, err
}

// Rerun searches again around the locked groups of a run, for the same
// applicants. Locked groups that would break the limits asked for are refused.
func (s *Service) Rerun(ctx context.Context, id record.ID, in RunInput) (run Run, err error) {
	err = s.edit(ctx, func(tx *db.Tx) error {
		base, err := finished(tx, id)
		if err := cmp.Or(err, in.check()); err != nil {
			return err
		}
		kept := slices.DeleteFunc(base.Groups, func(g Group) bool { return !g.Locked || len(g.Members.V) == 0 })
		for i := range kept {
			kept[i].Given = true
		}
		run = derived(base.Run, Rerun)
		run.Params.V.RunInput = in
		run, err = queue(tx, run, base.Bodies, kept)
		return err
	})
	return run, err
}

// Copy makes a run with the groups of another one, to be changed by hand.
func (s *Service) Copy(ctx context.Context, id record.ID) (run Run, err error) {
	err = s.edit(ctx, func(tx *db.Tx) error {
		b, err := finished(tx, id)
		if err != nil {
			return err
		}
		base := b.Run
		b.Run = derived(base, Copied)
		b.Run.Figures, b.Run.Reasons, b.Run.State, b.Run.EndedAt = base.Figures, base.Reasons, Done, tx.Now
		err = insert(tx, b)
		run = b.Run
		return err
	})
	return run, err
}

// finished returns the board of a run whose search has ended well.
func finished(tx *db.Tx, id record.ID) (*Board, error) {
	b, err := boardAt(tx, id)
	if err == nil && (b.Run.UnderWay() || b.Run.Groups == 0) {
		err = fault.New(fault.Conflict, "grouping.no_groups")
	}
	return b, err
}

func derived(base Run, origin Origin) Run {
	return Run{
		CallID: base.CallID, CallTitle: base.CallTitle, Origin: origin,
		BaseID: base.ID, BaseNumber: base.Number, Params: base.Params,
	}
}

// queue stores a run to be searched and puts the search in the queue.
func queue(tx *db.Tx, run Run, bodies []Body, kept []Group) (Run, error) {
	b, err := newBoard(run, bodies, kept)
	if err != nil {
		return Run{}, err
	}
	if len(b.Broken) > 0 {
		return Run{}, fault.New(fault.Conflict, "grouping.locked_broken", "count", len(b.Broken))
	}
	b.Run.State, b.Run.Figures = Queued, b.figures()
	if err := insert(tx, b); err != nil {
		return Run{}, err
	}
	return b.Run, searching.Put(tx, jobs.Options{Key: b.Run.ID.String()}, search{b.Run.ID})
}
