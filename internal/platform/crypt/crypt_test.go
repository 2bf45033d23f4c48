package crypt_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/platform/audit"
	"bastida/internal/platform/crypt"
	"bastida/internal/platform/db"
	"bastida/internal/platform/testkit"
)

// sentinel is a content that is nowhere else.
const sentinel = "zxqv what the group said zxqv"

type bench struct {
	*crypt.Keys
	t    *testing.T
	db   *db.DB
	file string // of the master keys
	spot crypt.Spot
}

func eachEngine(t *testing.T, test func(b *bench)) {
	t.Helper()
	t.Parallel()
	testkit.EachEngine(t, []db.Schema{crypt.Schema}, func(t *testing.T, d *db.DB) {
		b := &bench{t: t, db: d, file: filepath.Join(t.TempDir(), "keys", "master")}
		b.Keys = b.reopened()
		b.spot = crypt.Spot{Owner: record.Ref{Kind: "supervision_group", ID: "g-1"}, Record: "r-1", Field: "text"}
		test(b)
	})
}

func (b *bench) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

func (b *bench) reopened() *crypt.Keys {
	b.t.Helper()
	k, err := crypt.New(crypt.Options{File: b.file})
	b.must(err)
	return k
}

func (b *bench) in(tenant record.ID) context.Context {
	return actor.With(b.t.Context(), actor.Actor{Tenant: tenant, User: "u-1", Name: "Júlia Prat", Role: actor.Supervisor})
}

func (b *bench) do(f func(tx *db.Tx) error) error { return b.db.Do(b.in("t-1"), f) }

func (b *bench) seal(at crypt.Spot, content string) (s crypt.Sealed) {
	b.t.Helper()
	b.must(b.do(func(tx *db.Tx) (err error) {
		s, err = b.Seal(tx, at, []byte(content))
		return err
	}))
	return s
}

func (b *bench) open(k *crypt.Keys, tenant record.ID, at crypt.Spot, s crypt.Sealed) (content string, err error) {
	err = b.db.View(b.in(tenant), func(tx *db.Tx) error {
		raw, err := k.Open(tx, at, s)
		content = string(raw)
		return err
	})
	return content, err
}

func (b *bench) opens(at crypt.Spot, s crypt.Sealed, want string) {
	b.t.Helper()
	if got, err := b.open(b.Keys, "t-1", at, s); err != nil || got != want {
		b.t.Errorf("it opens as %q, %v", got, err)
	}
}

func TestAContentOpensWhereItLiesAndNowhereElse(t *testing.T) {
	eachEngine(t, func(b *bench) {
		s := b.seal(b.spot, sentinel)
		b.opens(b.spot, s, sentinel)
		b.opens(b.spot, b.seal(b.spot, ""), "")
		if strings.Contains(string(s), "group said") || s == b.seal(b.spot, sentinel) {
			b.t.Error("the sealed content says what it holds, or twice the same is sealed alike")
		}
		other := b.spot
		other.Owner.ID = "g-2"
		b.seal(other, "makes the key of another group")
		moved := map[string]crypt.Spot{"another group": other}
		for name, change := range map[string]func(*crypt.Spot){
			"another row":   func(at *crypt.Spot) { at.Record = "r-2" },
			"another field": func(at *crypt.Spot) { at.Field = "goals" },
			"another kind":  func(at *crypt.Spot) { at.Owner.Kind = "supervision_programme" },
		} {
			at := b.spot
			change(&at)
			moved[name] = at
		}
		for name, at := range moved {
			if got, err := b.open(b.Keys, "t-1", at, s); err == nil || got != "" {
				b.t.Errorf("moved to %s it opens as %q", name, got)
			}
		}
		if _, err := b.open(b.Keys, "t-2", b.spot, s); err == nil {
			b.t.Error("another tenant opens it")
		}
		if _, err := b.open(b.Keys, "", b.spot, s); err == nil {
			b.t.Error("nobody's tenant opens it")
		}
	})
}

// TestARowMovedWithItsKeyDoesNotOpen is whoever owns the database and copies
// the key of a group to another group and to another tenant.
func TestARowMovedWithItsKeyDoesNotOpen(t *testing.T) {
	eachEngine(t, func(b *bench) {
		s := b.seal(b.spot, sentinel)
		b.must(b.do(func(tx *db.Tx) error {
			_, err := tx.Exec(`
				INSERT INTO crypt_key (tenant_id, id, version, created_at, updated_at, owner_kind, owner_id, generation, master, wrapped, state, reason)
				SELECT tenant_id, 'stolen', version, created_at, updated_at, owner_kind, 'g-2', generation, master, wrapped, state, reason
				FROM crypt_key
				WHERE tenant_id = $1`)
			return err
		}))
		other := b.spot
		other.Owner.ID = "g-2"
		if got, err := b.open(b.Keys, "t-1", other, s); err == nil {
			b.t.Errorf("with a copied key it opens as %q", got)
		}
		b.must(b.do(func(tx *db.Tx) error {
			_, err := tx.Exec("UPDATE crypt_key SET tenant_id = 't-2' WHERE tenant_id = $1 AND owner_id = 'g-1'")
			return err
		}))
		if got, err := b.open(b.Keys, "t-2", b.spot, s); err == nil {
			b.t.Errorf("in another tenant it opens as %q", got)
		}
	})
}

func TestNothingAlteredOpens(t *testing.T) {
	eachEngine(t, func(b *bench) {
		s := string(b.seal(b.spot, sentinel))
		forged := []string{"", "1", "1.1", "1.1.", s + "A", s[:len(s)-4], strings.Replace(s, "1.1.", "1.2.", 1), strings.Replace(s, "1.1.", "1.01.", 1), strings.Replace(s, "1.1.", "2.1.", 1), sentinel}
		for at := len("1.1."); at < len(s); at++ {
			changed := []byte(s)
			changed[at] ^= 1
			forged = append(forged, string(changed))
		}
		for _, f := range forged {
			if got, err := b.open(b.Keys, "t-1", b.spot, crypt.Sealed(f)); err == nil || got != "" {
				b.t.Errorf("%q opens as %q", f, got)
			}
		}
	})
}

func TestARotatedKeyLocksAnewAndOpensWhatWasLocked(t *testing.T) {
	eachEngine(t, func(b *bench) {
		b.must(b.do(func(tx *db.Tx) error { return b.Rotate(tx, b.spot.Owner) }))
		before := b.seal(b.spot, "before")
		b.must(b.do(func(tx *db.Tx) error { return b.Rotate(tx, b.spot.Owner) }))
		after := b.seal(b.spot, "after")
		if !strings.HasPrefix(string(before), "1.1.") || !strings.HasPrefix(string(after), "1.2.") {
			b.t.Errorf("locked as %s and %s", before, after)
		}
		b.opens(b.spot, before, "before")
		b.opens(b.spot, after, "after")
		swapped := crypt.Sealed("1.2." + strings.TrimPrefix(string(before), "1.1."))
		if _, err := b.open(b.Keys, "t-1", b.spot, swapped); err == nil {
			b.t.Error("a content of one generation opens as one of another")
		}
	})
}

func TestADestroyedKeyOpensNothingForEverAndTheFactStays(t *testing.T) {
	eachEngine(t, func(b *bench) {
		first := b.seal(b.spot, sentinel)
		b.must(b.do(func(tx *db.Tx) error { return b.Rotate(tx, b.spot.Owner) }))
		second := b.seal(b.spot, sentinel)
		neighbour := b.spot
		neighbour.Owner.ID = "g-2"
		kept := b.seal(neighbour, "of the neighbours")
		never := record.Ref{Kind: "supervision_group", ID: "g-3"}
		for range 2 { // destroying twice is harmless
			b.must(b.do(func(tx *db.Tx) error {
				if err := b.Destroy(tx, never, "ordered"); err != nil {
					return err
				}
				return b.Destroy(tx, b.spot.Owner, "retention")
			}))
		}
		for _, s := range []crypt.Sealed{first, second} {
			if got, err := b.open(b.reopened(), "t-1", b.spot, s); !errors.Is(err, fault.Conflict) || got != "" {
				b.t.Errorf("after the key was destroyed: %q, %v", got, err)
			}
		}
		b.opens(neighbour, kept, "of the neighbours")
		for _, owner := range []record.Ref{b.spot.Owner, never} {
			at := crypt.Spot{Owner: owner, Record: "r-9", Field: "text"}
			err := b.do(func(tx *db.Tx) error {
				_, err := b.Seal(tx, at, []byte("anew"))
				return err
			})
			if !errors.Is(err, fault.Conflict) || !errors.Is(b.do(func(tx *db.Tx) error { return b.Rotate(tx, owner) }), fault.Conflict) {
				b.t.Errorf("%v locks anew after its key was destroyed: %v", owner, err)
			}
		}
		b.must(b.do(func(tx *db.Tx) error {
			wrapped, err := db.All[string](tx, "SELECT wrapped FROM crypt_key WHERE tenant_id = $1 AND state = 'destroyed' ORDER BY id")
			if err != nil || len(wrapped) != 3 || strings.Join(wrapped, "") != "" {
				b.t.Errorf("what stays of the keys: %v, %v", wrapped, err)
			}
			s, err := b.Status(tx, b.spot.Owner)
			if !s.Destroyed || s.Reason != "retention" || !s.DestroyedAt.Equal(testkit.Now) || s.Generation != 2 {
				b.t.Errorf("what can be told: %+v", s)
			}
			return err
		}))
	})
}

func TestTheAuditTrailKnowsThatAKeyChangedAndNotTheKey(t *testing.T) {
	eachEngine(t, func(b *bench) {
		b.seal(b.spot, sentinel)
		var wrapped string
		b.must(b.do(func(tx *db.Tx) (err error) {
			wrapped, err = db.One[string](tx, "SELECT wrapped FROM crypt_key WHERE tenant_id = $1")
			return err
		}))
		b.must(b.do(func(tx *db.Tx) error { return b.Destroy(tx, b.spot.Owner, "retention") }))
		b.must(b.do(func(tx *db.Tx) error {
			entries, err := db.All[audit.Entry](tx, "SELECT * FROM audit_entry WHERE tenant_id = $1 ORDER BY seq")
			raw, _ := json.Marshal(entries)
			if len(entries) != 2 || bytes.Contains(raw, []byte(wrapped)) || !bytes.Contains(raw, []byte("retention")) {
				b.t.Errorf("%d entries: %s", len(entries), raw)
			}
			return err
		}))
	})
}

func TestTheMasterKeyCanBeReplaced(t *testing.T) {
	eachEngine(t, func(b *bench) {
		s := b.seal(b.spot, sentinel)
		old, err := os.ReadFile(b.file)
		b.must(err)
		next := crypt.NewMaster()
		both, err := crypt.New(crypt.Options{Masters: next + ", " + withoutRemark(old)})
		b.must(err)
		alone, err := crypt.New(crypt.Options{Masters: next})
		b.must(err)
		if got, err := b.open(both, "t-1", b.spot, s); err != nil || got != sentinel {
			b.t.Errorf("with both master keys: %q, %v", got, err)
		}
		if got, err := b.open(alone, "t-1", b.spot, s); !errors.Is(err, fault.Unavailable) || got != "" {
			b.t.Errorf("with another master key: %q, %v", got, err)
		}
		b.must(b.do(func(tx *db.Tx) error {
			if missing, err := alone.Missing(tx); err != nil || len(missing) != 1 || missing[0] != b.Masters()[0] {
				b.t.Errorf("missing: %v, %v", missing, err)
			}
			n, err := both.Rewrap(tx)
			if again, _ := both.Rewrap(tx); n != 1 || again != 0 {
				b.t.Errorf("%d keys locked anew, then %d", n, again)
			}
			return err
		}))
		if got, err := b.open(alone, "t-1", b.spot, s); err != nil || got != sentinel {
			b.t.Errorf("after the change the new master key alone: %q, %v", got, err)
		}
		if _, err := b.open(b.Keys, "t-1", b.spot, s); !errors.Is(err, fault.Unavailable) {
			b.t.Errorf("after the change the old one still opens: %v", err)
		}
	})
}

func withoutRemark(file []byte) string {
	lines := strings.Split(strings.TrimSpace(string(file)), "\n")
	return lines[len(lines)-1]
}

// TestTwoFirstWritersShareOneKey is a group and its supervisor who begin to
// type at the same moment.
func TestTwoFirstWritersShareOneKey(t *testing.T) {
	eachEngine(t, func(b *bench) {
		var writers sync.WaitGroup
		sealed := make([]crypt.Sealed, 8)
		for i := range sealed {
			writers.Go(func() {
				if err := b.do(func(tx *db.Tx) (err error) {
					sealed[i], err = b.Seal(tx, b.spot, []byte(sentinel))
					return err
				}); err != nil {
					b.t.Error(err)
				}
			})
		}
		writers.Wait()
		for _, s := range sealed {
			b.opens(b.spot, s, sentinel)
		}
	})
}

func TestTheFileOfTheMasterKeyIsForItsOwnerAlone(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "keys", "master")
	first, err := crypt.New(crypt.Options{File: file})
	if err != nil {
		t.Fatal(err)
	}
	second, err := crypt.New(crypt.Options{File: file})
	if err != nil || first.Masters()[0] != second.Masters()[0] {
		t.Errorf("the second start has another master key: %v, %v, %v", first.Masters(), second.Masters(), err)
	}
	info, err := os.Stat(file)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	left, _ := fs.ReadDir(os.DirFS(filepath.Dir(file)), ".")
	if len(left) != 1 {
		t.Errorf("%v lie in the folder", left)
	}
	if err := os.Chmod(file, 0o640); err != nil {
		t.Fatal(err)
	}
	if _, err := crypt.New(crypt.Options{File: file}); err == nil || !strings.Contains(err.Error(), "chmod 600") {
		t.Errorf("a file that others may read: %v", err)
	}
}

func TestABadMasterKeyIsRefusedAndNeverRepeated(t *testing.T) {
	t.Parallel()
	for _, bad := range []string{"hunter2hunter2", " , ", "# only a remark", crypt.NewMaster()[:40], crypt.NewMaster() + " hunter2hunter2"} {
		_, err := crypt.New(crypt.Options{Masters: bad})
		if err == nil || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%d characters: %v", len(bad), err)
		}
	}
}

func FuzzOpenNeverOpensWhatWasNotSealed(f *testing.F) {
	d, err := db.Open(f.Context(), db.Options{URL: filepath.Join(f.TempDir(), "fuzz.db"), Now: func() time.Time { return testkit.Now }})
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { _ = d.Close() })
	if err := d.Migrate(f.Context(), crypt.Schema); err != nil {
		f.Fatal(err)
	}
	keys, err := crypt.New(crypt.Options{Masters: crypt.NewMaster()})
	if err != nil {
		f.Fatal(err)
	}
	spot := crypt.Spot{Owner: record.Ref{Kind: "k", ID: "o"}, Record: "r", Field: "f"}
	ctx := actor.AsSystem(f.Context(), "t", "command")
	var right crypt.Sealed
	if err := d.Do(ctx, func(tx *db.Tx) (err error) {
		right, err = keys.Seal(tx, spot, []byte(sentinel))
		return err
	}); err != nil {
		f.Fatal(err)
	}
	for _, seed := range []string{"", "1.1.", "1.1.AAAA", "1.-1.AAAA", "1.99999999999999999999.AAAA", "..", string(right), string(right) + "=", strings.ToLower(string(right))} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		_ = d.View(ctx, func(tx *db.Tx) error {
			if content, err := keys.Open(tx, spot, crypt.Sealed(s)); err == nil && s != string(right) {
				t.Errorf("%q opens as %q", s, content)
			}
			return nil
		})
	})
}
