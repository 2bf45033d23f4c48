// Package jobs does work after the request: mail, long computations, terms
// that fall due.
//
// A job is put in the same transaction as its reason, so that it exists if and
// only if the reason was stored. It runs at least once: a worker leases it,
// and if the worker dies the lease runs out and another takes it. Kinds must
// therefore bear running twice; a key makes putting the same job twice harmless.
//
//	var remind = jobs.Typed[Reminder]{Name: "calls.remind"}
//	…
//	remind.Put(tx, jobs.Options{Key: "call-7"}, Reminder{…})
//	…
//	Jobs: []jobs.Kind{remind.On(s.Remind)}
package jobs

import (
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"time"

	"bastida/internal/kernel/record"
	"bastida/internal/platform/db"
)

//go:embed migrations
var migrations embed.FS

// Schema is the tables of the queue.
var Schema = db.Schema{Name: "jobs", Files: migrations}

// Kind is a sort of work.
type Kind struct {
	Name string
	Run  func(ctx context.Context, input []byte) error
}

// Typed is a kind with its input.
type Typed[In any] struct{ Name string }

// On returns the kind with the function that does it.
func (k Typed[In]) On(do func(ctx context.Context, in In) error) Kind {
	return Kind{k.Name, func(ctx context.Context, input []byte) error {
		var in In
		if err := json.Unmarshal(input, &in); err != nil {
			return fmt.Errorf("read input of %s: %w", k.Name, err)
		}
		return do(ctx, in)
	}}
}

// Options say when and under which key a job is put.
type Options struct {
	Key   string        // a second job with the same key is not put; empty always puts
	After time.Duration // how long to wait
}

// Put stores a job in the transaction of its reason. It runs as the system, in
// the tenant of the transaction.
func (k Typed[In]) Put(tx *db.Tx, o Options, in In) error {
	input, err := json.Marshal(in)
	if err != nil {
		return fmt.Errorf("put %s: %w", k.Name, err)
	}
	id := db.NewID()
	key := o.Key
	if key == "" {
		key = id.String()
	}
	due := record.At(tx.Now.Add(o.After))
	_, err = tx.Exec(`
		INSERT INTO jobs_job (tenant_id, id, kind, job_key, input, due_at, put_at, state, tries, problem)
		VALUES ($1, $2, $3, $4, $5, $6, $7, 'waiting', 0, '')
		ON CONFLICT (tenant_id, kind, job_key) DO NOTHING`,
		id, k.Name, key, string(input), due, tx.Now)
	if err != nil {
		return fmt.Errorf("put %s: %w", k.Name, err)
	}
	tx.AfterCommit(wake)
	return nil
}

// Schedule is work that comes round by itself: every tenant is visited each
// Every. Do runs as the system in that tenant and must bear running twice.
type Schedule struct {
	Name  string
	Every time.Duration
	Do    func(ctx context.Context) error
}

// nudge wakes the worker of this process early; workers of other processes see
// the job at their next look.
var nudge = make(chan struct{}, 1)

func wake() {
	select {
	case nudge <- struct{}{}:
	default:
	}
}
