package db_test

import (
	"context"
	"embed"
	"errors"
	"io/fs"
	"strings"
	"sync"
	"testing"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/kernel/text"
	"bastida/internal/platform/audit"
	"bastida/internal/platform/db"
	"bastida/internal/platform/query"
	"bastida/internal/platform/testkit"
)

//go:embed testdata
var testdata embed.FS

var schemas = []db.Schema{{Name: "note", Files: inner()}}

func inner() fs.FS {
	files, err := fs.Sub(testdata, "testdata")
	if err != nil {
		panic(err) // the folder is embedded above
	}
	return files
}

// Note is a record with a column of every kind.
type Note struct {
	record.Row
	Title  string                `db:"title"`
	Secret string                `db:"secret,secret"`
	Day    civil.Date            `db:"day"`
	At     record.Time           `db:"at"`
	Done   bool                  `db:"done"`
	Share  float64               `db:"share"`
	Names  text.Localized        `db:"names"`
	Tags   record.JSON[[]string] `db:"tags"`
}

var notes = db.TableOf[Note]("note_note")

func as(t *testing.T, tenant record.ID) context.Context {
	return actor.With(t.Context(), actor.Actor{Tenant: tenant, User: "u", Name: "Invented Person", Role: actor.Technician})
}

func add(t *testing.T, d *db.DB, ctx context.Context, title string) Note {
	t.Helper()
	n := Note{
		Title: title, Secret: "shelter", Day: civil.MustParse("2020-02-29"), At: record.At(testkit.Now), Done: true, Share: 0.25,
		Names: text.Localized{"ca": "nota", "it": "nota"}, Tags: record.JSON[[]string]{V: []string{"a", "b"}},
	}
	if err := d.Do(ctx, func(tx *db.Tx) error { return notes.Insert(tx, &n) }); err != nil {
		t.Fatal(err)
	}
	return n
}

func get(d *db.DB, ctx context.Context, id record.ID) (n Note, err error) {
	err = d.View(ctx, func(tx *db.Tx) error { n, err = notes.Get(tx, id); return err })
	return n, err
}

func TestEveryKindOfColumnComesBack(t *testing.T) {
	t.Parallel()
	testkit.EachEngine(t, schemas, func(t *testing.T, d *db.DB) {
		ctx := as(t, "A")
		n := add(t, d, ctx, "first")
		back, err := get(d, ctx, n.ID)
		if err != nil {
			t.Fatal(err)
		}
		if back.Title != n.Title || back.Secret != n.Secret || back.Day != n.Day || !back.At.Equal(n.At.Time) || !back.Done ||
			back.Share != n.Share || back.Names["it"] != "nota" || len(back.Tags.V) != 2 || back.Version != 1 || back.TenantID != "A" {
			t.Errorf("stored %+v, read %+v", n, back)
		}
	})
}

func TestATenantReachesOnlyItsOwn(t *testing.T) {
	t.Parallel()
	testkit.EachEngine(t, schemas, func(t *testing.T, d *db.DB) {
		n := add(t, d, as(t, "A"), "first")
		other := as(t, "B")
		if _, err := get(d, other, n.ID); !errors.Is(err, fault.NotFound) {
			t.Errorf("another tenant reads it: %v", err)
		}
		err := d.Do(other, func(tx *db.Tx) error {
			_, err := notes.Edit(tx, n.ID, db.AnyVersion, func(n *Note) error { n.Title = "taken"; return nil })
			return err
		})
		if !errors.Is(err, fault.NotFound) {
			t.Errorf("another tenant edits it: %v", err)
		}
		err = d.Do(other, func(tx *db.Tx) error { return notes.Delete(tx, n.ID) })
		if !errors.Is(err, fault.NotFound) {
			t.Errorf("another tenant deletes it: %v", err)
		}
	})
}

func TestAStatementWithoutTenantIsRefused(t *testing.T) {
	t.Parallel()
	testkit.EachEngine(t, schemas, func(t *testing.T, d *db.DB) {
		err := d.Do(as(t, "A"), func(tx *db.Tx) error { _, err := tx.Exec("DELETE FROM note_note"); return err })
		if err == nil || !strings.Contains(err.Error(), "tenant") {
			t.Errorf("deleting everybody's notes: %v", err)
		}
		err = d.View(as(t, "A"), func(tx *db.Tx) error { _, err := db.All[Note](tx, "SELECT id FROM note_note"); return err })
		if err == nil || !strings.Contains(err.Error(), "tenant") {
			t.Errorf("reading everybody's notes: %v", err)
		}
		err = d.Across(as(t, "A"), "a test", func(tx *db.Tx) error { _, err := tx.Exec("DELETE FROM note_note"); return err })
		if err == nil {
			t.Error("writing across tenants is allowed")
		}
	})
}

func TestWhoeverSavesSecondIsTold(t *testing.T) {
	t.Parallel()
	testkit.EachEngine(t, schemas, func(t *testing.T, d *db.DB) {
		ctx := as(t, "A")
		n := add(t, d, ctx, "first")
		save := func(version int, title string) error {
			return d.Do(ctx, func(tx *db.Tx) error {
				_, err := notes.Edit(tx, n.ID, version, func(n *Note) error { n.Title = title; return nil })
				return err
			})
		}
		if err := save(n.Version, "second"); err != nil {
			t.Fatal(err)
		}
		if err := save(n.Version, "third"); !errors.Is(err, fault.Stale) {
			t.Errorf("a stale save: %v", err)
		}
		if back, err := get(d, ctx, n.ID); err != nil || back.Title != "second" || back.Version != 2 {
			t.Errorf("after a stale save: %+v %v", back, err)
		}
	})
}

func TestManyWritersLoseNothing(t *testing.T) {
	t.Parallel()
	testkit.EachEngine(t, schemas, func(t *testing.T, d *db.DB) {
		ctx := as(t, "A")
		n := add(t, d, ctx, "")
		var writers sync.WaitGroup
		for range 8 {
			writers.Go(func() {
				for range 5 {
					for {
						err := d.Do(ctx, func(tx *db.Tx) error {
							_, err := notes.Edit(tx, n.ID, db.AnyVersion, func(n *Note) error { n.Title += "x"; return nil })
							return err
						})
						if err == nil {
							break
						}
						if !errors.Is(err, fault.Stale) {
							t.Error(err)
							return
						}
					}
				}
			})
		}
		writers.Wait()
		if back, err := get(d, ctx, n.ID); err != nil || len(back.Title) != 40 {
			t.Errorf("of 40 changes %d are left (%v)", len(back.Title), err)
		}
	})
}

func TestAFailureLeavesNothingBehind(t *testing.T) {
	t.Parallel()
	testkit.EachEngine(t, schemas, func(t *testing.T, d *db.DB) {
		ctx := as(t, "A")
		boom := errors.New("boom")
		committed := false
		err := d.Do(ctx, func(tx *db.Tx) error {
			tx.AfterCommit(func() { committed = true })
			n := Note{Title: "half"}
			if err := notes.Insert(tx, &n); err != nil {
				return err
			}
			return boom
		})
		if !errors.Is(err, boom) || committed {
			t.Errorf("err %v, after-commit ran %v", err, committed)
		}
		err = d.View(ctx, func(tx *db.Tx) error {
			n, err := db.One[int](tx, "SELECT COUNT(*) FROM note_note WHERE tenant_id = $1")
			entries, err2 := db.One[int](tx, "SELECT COUNT(*) FROM audit_entry WHERE tenant_id = $1")
			if n != 0 || entries != 0 {
				t.Errorf("%d notes and %d audit entries are left", n, entries)
			}
			return errors.Join(err, err2)
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func TestInnerVerbsJoinTheTransaction(t *testing.T) {
	t.Parallel()
	testkit.EachEngine(t, schemas, func(t *testing.T, d *db.DB) {
		ctx := as(t, "A")
		boom := errors.New("boom")
		var id record.ID
		err := d.Do(ctx, func(outer *db.Tx) error {
			n := Note{Title: "inner"}
			if err := d.Do(outer.Context, func(tx *db.Tx) error { return notes.Insert(tx, &n) }); err != nil {
				return err
			}
			id = n.ID
			if _, err := get(d, outer.Context, id); err != nil {
				t.Errorf("the outer transaction does not see the inner's work: %v", err)
			}
			return boom
		})
		if !errors.Is(err, boom) {
			t.Fatal(err)
		}
		if _, err := get(d, ctx, id); !errors.Is(err, fault.NotFound) {
			t.Errorf("the inner verb's work outlived the outer's failure: %v", err)
		}
	})
}

func TestConstraintsAreFaults(t *testing.T) {
	t.Parallel()
	testkit.EachEngine(t, schemas, func(t *testing.T, d *db.DB) {
		ctx := as(t, "A")
		add(t, d, ctx, "unique")
		err := d.Do(ctx, func(tx *db.Tx) error { return notes.Insert(tx, &Note{Title: "unique"}) })
		if !errors.Is(err, fault.Conflict) {
			t.Errorf("the same title twice: %v", err)
		}
		add(t, d, as(t, "B"), "unique") // another tenant may use the title
	})
}

func TestTheTrailTellsWhatChanged(t *testing.T) {
	t.Parallel()
	testkit.EachEngine(t, schemas, func(t *testing.T, d *db.DB) {
		ctx := as(t, "A")
		n := add(t, d, ctx, "first")
		err := d.Do(ctx, func(tx *db.Tx) error {
			_, err := notes.Edit(tx, n.ID, n.Version, func(n *Note) error { n.Title, n.Secret = "second", "elsewhere"; return nil })
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		var trail []audit.Entry
		err = d.View(ctx, func(tx *db.Tx) error {
			trail, err = audit.Of(tx, record.Ref{Kind: "note_note", ID: n.ID}, 10)
			return err
		})
		if err != nil || len(trail) != 2 {
			t.Fatalf("%d entries (%v)", len(trail), err)
		}
		e := trail[0]
		if e.Op != "update" || e.UserName != "Invented Person" || e.Before.V["title"] != "first" || e.After.V["title"] != "second" || len(e.After.V) != 2 {
			t.Errorf("the trail says %+v", e)
		}
		for _, e := range trail {
			if e.Before.V["secret"] == "shelter" || e.After.V["secret"] == "shelter" || e.After.V["secret"] == "elsewhere" {
				t.Errorf("the trail repeats a secret: %+v", e)
			}
		}
	})
}

func TestQueriesNumberTheirArguments(t *testing.T) {
	t.Parallel()
	q := query.New("SELECT id FROM note_note WHERE tenant_id = $1")
	q.When(false, "title = ?", "never").And("title LIKE ? ESCAPE '!'", query.Like("50%_!"))
	query.In(q, "id", []string{"x", "y"})
	q.Add("ORDER BY id")
	want := "SELECT id FROM note_note WHERE tenant_id = $1 AND (title LIKE $2 ESCAPE '!') AND (id IN ($3, $4)) ORDER BY id"
	if q.Text() != want {
		t.Errorf("got  %s\nwant %s", q.Text(), want)
	}
	if args := q.Args(); len(args) != 3 || args[0] != "%50!%!_!!%" || args[2] != "y" {
		t.Errorf("arguments %v", args)
	}
}

// TestNamesSortAlike pins the order of folded names on both engines.
func TestNamesSortAlike(t *testing.T) {
	t.Parallel()
	testkit.EachEngine(t, schemas, func(t *testing.T, d *db.DB) {
		ctx := as(t, "A")
		for _, name := range []string{"Òdena", "Osona", "Olost", "l'Estany", "Lluçà", "Àger"} {
			add(t, d, ctx, text.Fold(name))
		}
		err := d.View(ctx, func(tx *db.Tx) error {
			got, err := db.All[string](tx, "SELECT title FROM note_note WHERE tenant_id = $1 ORDER BY title")
			if want := "ager,l estany,lluca,odena,olost,osona"; strings.Join(got, ",") != want {
				t.Errorf("got %v", got)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
