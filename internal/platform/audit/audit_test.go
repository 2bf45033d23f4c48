package audit_test

import (
	"context"
	"database/sql"
	"strings"
	"testing"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/record"
	"bastida/internal/platform/audit"
	"bastida/internal/platform/db"
	"bastida/internal/platform/testkit"
)

// write puts three deeds of tenant A and one of tenant B on the trail.
func write(t *testing.T, d *db.DB) context.Context {
	t.Helper()
	ctx := actor.With(t.Context(), actor.Actor{Tenant: "A", User: "u", Name: "Invented Person", Role: actor.Technician})
	other := actor.With(t.Context(), actor.Actor{Tenant: "B"})
	for _, who := range []context.Context{ctx, ctx, other, ctx} {
		if err := d.Do(who, func(tx *db.Tx) error {
			tx.Note("insert", "note", record.ID("n"), "step")
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	return ctx
}

func verify(t *testing.T, d *db.DB, ctx context.Context) (head audit.Head, findings []audit.Finding) {
	t.Helper()
	if err := d.View(ctx, func(tx *db.Tx) (err error) {
		head, findings, err = audit.Verify(tx)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return head, findings
}

func TestAnUntouchedTrailVerifies(t *testing.T) {
	t.Parallel()
	testkit.EachEngine(t, nil, func(t *testing.T, d *db.DB) {
		ctx := write(t, d)
		head, findings := verify(t, d, ctx)
		if head.Seq != 3 || len(findings) != 0 {
			t.Errorf("head %+v, findings %v", head, findings)
		}
	})
}

func TestTheTrailRefusesChanges(t *testing.T) {
	t.Parallel()
	testkit.EachEngine(t, nil, func(t *testing.T, d *db.DB) {
		ctx := write(t, d)
		for _, statement := range []string{
			"UPDATE audit_entry SET op = 'x' WHERE tenant_id = $1",
			"DELETE FROM audit_entry WHERE tenant_id = $1",
		} {
			err := d.Do(ctx, func(tx *db.Tx) error { _, err := tx.Exec(statement); return err })
			if err == nil || !strings.Contains(err.Error(), "append-only") {
				t.Errorf("%s: %v", statement, err)
			}
		}
	})
}

// An intruder with the database file in hand drops the trigger first.
func TestTamperingIsFound(t *testing.T) {
	t.Parallel()
	unlock := map[string]string{
		"sqlite": "DROP TRIGGER audit_entry_kept; DROP TRIGGER audit_entry_stays;",
		"pgx":    "DROP TRIGGER audit_entry_kept ON audit_entry;",
	}
	for name, deed := range map[string]string{
		"altered":                 "UPDATE audit_entry SET user_name = 'Somebody Else' WHERE tenant_id = 'A' AND seq = 2",
		"missing in the middle":   "DELETE FROM audit_entry WHERE tenant_id = 'A' AND seq = 2",
		"missing at the end":      "DELETE FROM audit_entry WHERE tenant_id = 'A' AND seq = 3",
		"missing at the start":    "DELETE FROM audit_entry WHERE tenant_id = 'A' AND seq = 1",
		"reordered":               "UPDATE audit_entry SET seq = CASE seq WHEN 1 THEN 102 ELSE 101 END WHERE tenant_id = 'A' AND seq IN (1, 2); UPDATE audit_entry SET seq = seq - 100 WHERE seq > 100",
		"the whole trail is gone": "DELETE FROM audit_entry WHERE tenant_id = 'A'",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			testkit.EachURL(t, nil, func(t *testing.T, url string) {
				d := testkit.Open(t, url, testkit.NewClock(testkit.Now))
				ctx := write(t, d)
				driver := "sqlite"
				if d.Engine == db.Postgres {
					driver = "pgx"
				}
				raw, err := sql.Open(driver, url)
				if err != nil {
					t.Fatal(err)
				}
				defer raw.Close()
				if _, err := raw.Exec(unlock[driver] + deed); err != nil {
					t.Fatal(err)
				}
				if _, findings := verify(t, d, ctx); len(findings) == 0 {
					t.Error("the tampering went unnoticed")
				}
				if _, findings := verify(t, d, actor.With(ctx, actor.Actor{Tenant: "B"})); len(findings) != 0 {
					t.Errorf("another tenant's trail is blamed: %v", findings)
				}
			})
		})
	}
}
