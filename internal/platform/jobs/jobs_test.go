package jobs_test

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/record"
	"bastida/internal/platform/db"
	"bastida/internal/platform/jobs"
	"bastida/internal/platform/testkit"
)

type greeting struct{ Name string }

var greet = jobs.Typed[greeting]{Name: "test.greet"}

func put(t *testing.T, d *db.DB, tenant record.ID, o jobs.Options, name string) {
	t.Helper()
	ctx := actor.With(t.Context(), actor.Actor{Tenant: tenant})
	if err := d.Do(ctx, func(tx *db.Tx) error { return greet.Put(tx, o, greeting{name}) }); err != nil {
		t.Fatal(err)
	}
}

func worker(d *db.DB, do func(ctx context.Context, in greeting) error) *jobs.Worker {
	return &jobs.Worker{DB: d, Log: slog.New(slog.DiscardHandler), Kinds: []jobs.Kind{greet.On(do)}}
}

func drain(t *testing.T, w *jobs.Worker) int {
	t.Helper()
	n, err := w.Drain(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestAJobRunsOnceInItsTenant(t *testing.T) {
	t.Parallel()
	testkit.EachEngine(t, []db.Schema{jobs.Schema}, func(t *testing.T, d *db.DB) {
		put(t, d, "A", jobs.Options{}, "first")
		put(t, d, "B", jobs.Options{}, "second")
		seen := map[string]record.ID{}
		w := worker(d, func(ctx context.Context, in greeting) error {
			seen[in.Name] = actor.From(ctx).Tenant
			return nil
		})
		if n := drain(t, w); n != 2 || seen["first"] != "A" || seen["second"] != "B" {
			t.Errorf("%d jobs, seen %v", n, seen)
		}
		if n := drain(t, w); n != 0 {
			t.Errorf("%d jobs run again", n)
		}
	})
}

func TestTheSameKeyIsPutOnce(t *testing.T) {
	t.Parallel()
	testkit.EachEngine(t, []db.Schema{jobs.Schema}, func(t *testing.T, d *db.DB) {
		put(t, d, "A", jobs.Options{Key: "k"}, "first")
		put(t, d, "A", jobs.Options{Key: "k"}, "again")
		put(t, d, "B", jobs.Options{Key: "k"}, "elsewhere")
		if n := drain(t, worker(d, func(context.Context, greeting) error { return nil })); n != 2 {
			t.Errorf("%d jobs", n)
		}
	})
}

func TestAReasonThatWasNotStoredPutsNoJob(t *testing.T) {
	t.Parallel()
	testkit.EachEngine(t, []db.Schema{jobs.Schema}, func(t *testing.T, d *db.DB) {
		boom := errors.New("boom")
		err := d.Do(actor.With(t.Context(), actor.Actor{Tenant: "A"}), func(tx *db.Tx) error {
			if err := greet.Put(tx, jobs.Options{}, greeting{"never"}); err != nil {
				return err
			}
			return boom
		})
		if !errors.Is(err, boom) {
			t.Fatal(err)
		}
		if n := drain(t, worker(d, func(context.Context, greeting) error { return nil })); n != 0 {
			t.Errorf("%d jobs", n)
		}
	})
}

func TestAFailedJobIsTriedAgainLaterAndGivenUpAtLast(t *testing.T) {
	t.Parallel()
	testkit.EachURL(t, []db.Schema{jobs.Schema}, func(t *testing.T, url string) {
		clock := testkit.NewClock(testkit.Now)
		d := testkit.Open(t, url, clock)
		put(t, d, "A", jobs.Options{}, "fails")
		tries := 0
		w := worker(d, func(context.Context, greeting) error {
			tries++
			if tries == 2 {
				panic("even so")
			}
			return errors.New("no")
		})
		for day := range 10 {
			if n := drain(t, w); n > 1 {
				t.Errorf("on day %d it is tried %d times at once", day, n)
			}
			clock.Set(clock.Now().Add(24 * time.Hour))
		}
		if tries != 6 {
			t.Errorf("it is tried %d times in all", tries)
		}
	})
}

func TestALostWorkersJobIsTakenOver(t *testing.T) {
	t.Parallel()
	testkit.EachURL(t, []db.Schema{jobs.Schema}, func(t *testing.T, url string) {
		clock := testkit.NewClock(testkit.Now)
		d := testkit.Open(t, url, clock)
		put(t, d, "A", jobs.Options{}, "orphan")
		ctx, kill := context.WithCancel(t.Context())
		lost := worker(d, func(ctx context.Context, _ greeting) error {
			kill()
			return ctx.Err()
		})
		_, _ = lost.Drain(ctx) // it dies with its context
		ran := false
		w := worker(d, func(context.Context, greeting) error { ran = true; return nil })
		clock.Set(clock.Now().Add(time.Hour))
		drain(t, w)
		if !ran {
			t.Error("nobody took the job over")
		}
	})
}

func TestWorkersShareTheQueue(t *testing.T) {
	t.Parallel()
	testkit.EachEngine(t, []db.Schema{jobs.Schema}, func(t *testing.T, d *db.DB) {
		const jobsPut = 40
		for range jobsPut {
			put(t, d, "A", jobs.Options{}, "x")
		}
		var ran atomic.Int64
		var workers sync.WaitGroup
		for range 4 {
			workers.Go(func() {
				w := worker(d, func(context.Context, greeting) error { ran.Add(1); return nil })
				if _, err := w.Drain(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		workers.Wait()
		if ran.Load() != jobsPut {
			t.Errorf("%d jobs ran %d times", jobsPut, ran.Load())
		}
	})
}

func TestAScheduleVisitsEveryTenant(t *testing.T) {
	t.Parallel()
	testkit.EachEngine(t, []db.Schema{jobs.Schema}, func(t *testing.T, d *db.DB) {
		var visited []record.ID
		w := worker(d, nil)
		w.Tenants = func(context.Context) ([]record.ID, error) { return []record.ID{"A", "B"}, nil }
		err := w.Visit(t.Context(), jobs.Schedule{Name: "s", Do: func(ctx context.Context) error {
			visited = append(visited, actor.From(ctx).Tenant)
			return nil
		}})
		if err != nil || len(visited) != 2 {
			t.Errorf("visited %v (%v)", visited, err)
		}
	})
}
