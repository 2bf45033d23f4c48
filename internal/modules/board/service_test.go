package board_test

import (
	"slices"
	"testing"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/board"
	"bastida/internal/modules/calls"
	"bastida/internal/modules/grouping"
	"bastida/internal/platform/db"
)

// mover returns a member that can leave its group, and where it is.
func mover(t *testing.T, b *grouping.Board) (record.ID, int) {
	t.Helper()
	for _, g := range b.Teams {
		if len(g.Places) > 2 {
			return g.Places[len(g.Places)-1].Application, g.Number
		}
	}
	t.Fatal("no group has three members")
	return "", 0
}

func (w *world) applications(t *testing.T) (all []calls.Application) {
	t.Helper()
	must(t, w.db.View(w.as(t, actor.Technician), func(tx *db.Tx) (err error) {
		all, err = applicationRows.Select(tx, "WHERE tenant_id = $1 AND call_id = $2 ORDER BY number", w.call.ID)
		return err
	}))
	return all
}

func TestATrialCostsWhatTheMoveWill(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx, b := w.as(t, actor.Technician), w.searched(t)
		application, _ := mover(t, b)
		trials, err := board.Trials(b, application)
		must(t, err)
		if len(trials) < len(b.Teams) {
			t.Fatalf("%d trials for %d groups", len(trials), len(b.Teams))
		}
		now := b
		for _, trial := range trials {
			after, err := w.Move(ctx, b.Run.ID, now.Run.Version, application, trial.To)
			must(t, err)
			cost, served := after.Run.Cost-b.Run.Cost, after.Run.Served-b.Run.Served
			if d := cost - trial.Cost; d > 1e-6 || d < -1e-6 || served != trial.Served {
				t.Errorf("to %d: said %v and %d, is %v and %d", trial.To, trial.Cost, trial.Served, cost, served)
			}
			if broken := len(trial.Broken) > 0 || trial.Over; broken != (after.Run.Broken > 0) {
				t.Errorf("to %d: said %v, %d limits are broken", trial.To, trial.Broken, after.Run.Broken)
			}
			if now, err = w.Undo(ctx, b.Run.ID, after.Run.Version); err != nil {
				t.Fatal(err)
			}
		}
	})
}

func TestRunsAreComparedByCompany(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx, a, b := w.as(t, actor.Technician), w.searched(t), w.searched(t)
		if !slices.EqualFunc(board.Lines(a), board.Lines(b), slices.Equal[[]string]) {
			t.Errorf("%v\n%v", board.Lines(a), board.Lines(b))
		}
		c, err := w.board.Compare(w.as(t, actor.Auditor), w.call.ID, a.Run.ID, b.Run.ID)
		must(t, err)
		if len(c.Changed) != 0 {
			t.Errorf("changed %v", c.Changed)
		}
		application, from := mover(t, b)
		_, err = w.Move(ctx, b.Run.ID, b.Run.Version, application, grouping.Nowhere)
		must(t, err)
		c, err = w.board.Compare(ctx, w.call.ID, a.Run.ID, b.Run.ID)
		must(t, err)
		if len(c.Changed) != 1 || c.Changed[0].Application != application || c.Changed[0].A != from || c.Changed[0].B != grouping.Nowhere {
			t.Errorf("changed %+v", c.Changed)
		}
		_, err = w.board.Compare(ctx, record.ID("another"), a.Run.ID, b.Run.ID)
		if f := fault.Of(err); f == nil || f.Kind != fault.NotFound {
			t.Errorf("runs of another call: %v", err)
		}
	})
}
