package jobs

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/record"
	"bastida/internal/platform/db"
)

const (
	lease    = 15 * time.Minute // longer than any job takes
	look     = 5 * time.Second  // how often an idle worker looks
	mostTime = 6                // tries before a job is given up
)

// lanes is how many jobs run side by side, so that a long computation does not
// hold up the mail.
const lanes = 2

// Worker takes jobs from the queue.
type Worker struct {
	DB        *db.DB
	Log       *slog.Logger
	Kinds     []Kind
	Schedules []Schedule
	Tenants   func(ctx context.Context) ([]record.ID, error)
}

type job struct {
	TenantID record.ID `db:"tenant_id"`
	ID       record.ID `db:"id"`
	Kind     string    `db:"kind"`
	Input    string    `db:"input"`
	Tries    int       `db:"tries"`
}

// Work runs until ctx ends. The jobs in hand when it ends go back to the queue.
func (w *Worker) Work(ctx context.Context) {
	var working sync.WaitGroup
	for range lanes {
		working.Go(func() { repeat(ctx, nudge, func() { w.drain(ctx) }) })
	}
	visited := map[string]time.Time{}
	repeat(ctx, nil, func() { w.visit(ctx, visited) })
	working.Wait()
}

// repeat does something until ctx ends: now and then, and whenever it is woken.
func repeat(ctx context.Context, woken <-chan struct{}, do func()) {
	for ctx.Err() == nil {
		do()
		select {
		case <-ctx.Done():
		case <-woken:
		case <-time.After(look):
		}
	}
}

func (w *Worker) drain(ctx context.Context) {
	if _, err := w.Drain(ctx); err != nil && ctx.Err() == nil {
		w.Log.ErrorContext(ctx, "take job", "error", err)
	}
}

// Drain does what is due now and returns how many jobs that was.
func (w *Worker) Drain(ctx context.Context) (done int, err error) {
	for {
		j, found, err := w.take(ctx)
		if err != nil || !found {
			return done, err
		}
		if err := w.finish(ctx, j, w.run(ctx, j)); err != nil {
			return done, err
		}
		done++
	}
}

// take leases the oldest job that is due. PostgreSQL skips rows that another
// worker is taking; SQLite has one writer, so there is nobody to skip.
func (w *Worker) take(ctx context.Context) (j job, found bool, err error) {
	err = w.DB.Across(ctx, "the queue is one for all tenants", func(tx *db.Tx) error {
		skip := ""
		if tx.Engine() == db.Postgres {
			skip = "FOR UPDATE SKIP LOCKED"
		}
		taken, err := db.All[job](tx, `
			UPDATE jobs_job
			SET state = 'running', leased_till = $1, tries = tries + 1
			WHERE id = (
				SELECT id FROM jobs_job
				WHERE due_at <= $2 AND (state = 'waiting' OR state = 'running' AND leased_till < $2)
				ORDER BY due_at, id
				LIMIT 1 `+skip+`)
			RETURNING tenant_id, id, kind, input, tries`, record.At(tx.Now.Add(lease)), tx.Now)
		if err != nil || len(taken) == 0 {
			return err
		}
		j, found = taken[0], true
		return nil
	})
	return j, found, err
}

func (w *Worker) run(ctx context.Context, j job) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	for _, k := range w.Kinds {
		if k.Name == j.Kind {
			return k.Run(actor.AsSystem(ctx, j.TenantID, "job"), []byte(j.Input))
		}
	}
	return fmt.Errorf("nobody knows how to do %q", j.Kind)
}

// finish stores the outcome even when ctx has just ended: a job done must not
// be done again only because the program is stopping.
func (w *Worker) finish(ctx context.Context, j job, problem error) error {
	stopping := ctx.Err() != nil
	ctx = actor.AsSystem(context.WithoutCancel(ctx), j.TenantID, "job")
	return w.DB.Do(ctx, func(tx *db.Tx) error {
		state, text, due := "done", "", tx.Now
		switch {
		case problem != nil && stopping:
			state = "waiting"
		case problem != nil:
			w.Log.ErrorContext(ctx, "job failed", "kind", j.Kind, "job", j.ID, "try", j.Tries, "error", problem)
			state, text = "waiting", problem.Error()
			due = record.At(tx.Now.Add(time.Minute << j.Tries))
			if j.Tries >= mostTime {
				state = "failed"
			}
		}
		_, err := tx.Exec("UPDATE jobs_job SET state = $3, problem = $4, due_at = $5, leased_till = NULL WHERE tenant_id = $1 AND id = $2",
			j.ID, state, text, due)
		return err
	})
}

// visit calls the schedules whose time has come, in every tenant.
func (w *Worker) visit(ctx context.Context, visited map[string]time.Time) {
	for _, s := range w.Schedules {
		now := time.Now() // the machine's clock: the database's may be moved
		if now.Sub(visited[s.Name]) < s.Every {
			continue
		}
		visited[s.Name] = now
		if err := w.Visit(ctx, s); err != nil && ctx.Err() == nil {
			w.Log.ErrorContext(ctx, "schedule failed", "schedule", s.Name, "error", err)
		}
	}
}

// Visit runs one schedule in every tenant.
func (w *Worker) Visit(ctx context.Context, s Schedule) error {
	tenants, err := w.Tenants(ctx)
	if err != nil {
		return err
	}
	for _, tenant := range tenants {
		if err := s.Do(actor.AsSystem(ctx, tenant, "job")); err != nil {
			return fmt.Errorf("%s in %s: %w", s.Name, tenant, err)
		}
	}
	return nil
}
