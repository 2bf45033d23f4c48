package crypt

import (
	"crypto/rand"
	"embed"
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"

	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/platform/db"
	"bastida/internal/platform/module"
)

//go:embed migrations locales
var embedded embed.FS

// Schema is the table of the keys.
var Schema = db.Schema{Name: "crypt", Files: embedded}

// State says whether a key still opens anything.
type State string

// The states of a key.
const (
	Active    State = "active"
	Destroyed State = "destroyed" // overwritten: what it locked is gone
)

// Key is one generation of the key of an owner, locked with a master key.
type Key struct {
	record.Row
	OwnerKind   string      `db:"owner_kind"`
	OwnerID     record.ID   `db:"owner_id"`
	Generation  int         `db:"generation"`
	Master      string      `db:"master"` // identifier of the master key that locks it
	Wrapped     string      `db:"wrapped,secret"`
	State       State       `db:"state"`
	DestroyedAt record.Time `db:"destroyed_at"`
	Reason      string      `db:"reason"` // why it was destroyed, as a word of the module that owns it
}

// $1 is the tenant in every statement.
var rows = db.TableOf[Key]("crypt_key")

// Keys locks and unlocks.
type Keys struct{ masters []master }

// Module is what the keys plug in.
func (k *Keys) Module() module.Descriptor {
	return module.Descriptor{Name: "crypt", Migrations: embedded, Locales: embedded, Tables: []module.Tabled{rows}}
}

// Status is what can be told of the keys of an owner.
type Status struct {
	Generation  int // of the newest key; 0 when there has never been one
	Destroyed   bool
	DestroyedAt record.Time
	Reason      string
}

// Status tells whether an owner has a key, and whether it was destroyed.
func (k *Keys) Status(tx *db.Tx, owner record.Ref) (Status, error) {
	all, err := keysOf(tx, owner)
	if err != nil || len(all) == 0 {
		return Status{}, err
	}
	last := all[len(all)-1]
	return Status{last.Generation, last.State == Destroyed, last.DestroyedAt, last.Reason}, nil
}

// Rotate makes a new generation for what is written from now on. What was
// locked before still opens. An owner without a key needs no new one.
func (k *Keys) Rotate(tx *db.Tx, owner record.Ref) error {
	now, err := k.Status(tx, owner)
	if err != nil || now.Generation == 0 {
		return err
	}
	if now.Destroyed {
		return destroyed(now.DestroyedAt)
	}
	_, err = k.make(tx, owner, now.Generation+1)
	return err
}

// Destroy overwrites every key of an owner. What they had locked can never be
// read again. An owner that never had a key gets one that is destroyed, so that
// nothing is locked from then on either.
func (k *Keys) Destroy(tx *db.Tx, owner record.Ref, reason string) error {
	all, err := keysOf(tx, owner)
	if err != nil {
		return err
	}
	if len(all) == 0 {
		first, err := k.make(tx, owner, 1)
		if err != nil {
			return err
		}
		all = []Key{first}
	}
	for _, one := range all {
		if one.State == Destroyed {
			continue
		}
		if _, err := rows.Edit(tx, one.ID, one.Version, func(key *Key) error {
			key.Wrapped, key.State, key.DestroyedAt, key.Reason = "", Destroyed, tx.Now, reason
			return nil
		}); err != nil {
			return err
		}
	}
	return nil
}

// Rewrap locks every key of the tenant with the first master key and returns
// how many it found under another one. After that the others may be destroyed.
func (k *Keys) Rewrap(tx *db.Tx) (changed int, err error) {
	old, err := rows.Select(tx, "WHERE tenant_id = $1 AND state = $2 AND master <> $3 ORDER BY id", Active, k.masters[0].id)
	if err != nil {
		return 0, err
	}
	for _, one := range old {
		key, err := k.unwrap(one)
		if err != nil {
			return 0, err
		}
		if _, err := rows.Edit(tx, one.ID, one.Version, func(row *Key) error { return k.wrap(row, key) }); err != nil {
			return 0, err
		}
	}
	return len(old), nil
}

// Missing lists the master keys that keys of the tenant are locked with and
// that this program does not have: what they locked cannot be opened here.
func (k *Keys) Missing(tx *db.Tx) (missing []string, err error) {
	used, err := db.All[string](tx, "SELECT DISTINCT master FROM crypt_key WHERE tenant_id = $1 AND state = $2 ORDER BY master", Active)
	for _, id := range used {
		if _, have := k.master(id); !have {
			missing = append(missing, id)
		}
	}
	return missing, err
}

// newest returns the key that locks now, making the first one.
func (k *Keys) newest(tx *db.Tx, owner record.Ref) (Key, error) {
	all, err := keysOf(tx, owner)
	if err != nil {
		return Key{}, err
	}
	if len(all) == 0 {
		return k.make(tx, owner, 1)
	}
	last := all[len(all)-1]
	if last.State == Destroyed {
		return last, destroyed(last.DestroyedAt)
	}
	return last, nil
}

const keyLength = 32 // AES-256

// make stores a new generation. When somebody else makes the same one at this
// moment, theirs is the one: two first writers of a group must not fail.
func (k *Keys) make(tx *db.Tx, owner record.Ref, generation int) (Key, error) {
	key := make([]byte, keyLength)
	_, _ = rand.Read(key) // never fails since Go 1.24
	row := Key{OwnerKind: owner.Kind, OwnerID: owner.ID, Generation: generation, State: Active}
	row.TenantID, row.ID = tx.Tenant, db.NewID()
	if err := k.wrap(&row, key); err != nil {
		return row, err
	}
	n, err := tx.Exec(`
		INSERT INTO crypt_key (tenant_id, id, version, created_at, updated_at, owner_kind, owner_id, generation, master, wrapped, state, reason)
		VALUES ($1, $2, 1, $3, $3, $4, $5, $6, $7, $8, $9, '')
		ON CONFLICT (tenant_id, owner_kind, owner_id, generation) DO NOTHING`,
		row.ID, tx.Now, owner.Kind, owner.ID, generation, row.Master, row.Wrapped, row.State)
	if err != nil {
		return row, fmt.Errorf("make key: %w", err)
	}
	if n > 0 {
		tx.Note("insert", rows.Name(), row.ID, "generation "+strconv.Itoa(generation))
	}
	return generationOf(tx, owner, generation)
}

func keysOf(tx *db.Tx, owner record.Ref) ([]Key, error) {
	return rows.Select(tx, "WHERE tenant_id = $1 AND owner_kind = $2 AND owner_id = $3 ORDER BY generation", owner.Kind, owner.ID)
}

// generationOf returns one generation that still opens.
func generationOf(tx *db.Tx, owner record.Ref, generation int) (Key, error) {
	key, err := rows.First(tx, "WHERE tenant_id = $1 AND owner_kind = $2 AND owner_id = $3 AND generation = $4", owner.Kind, owner.ID, generation)
	switch {
	case errors.Is(err, fault.NotFound):
		return key, errForeign
	case err == nil && key.State == Destroyed:
		return key, destroyed(key.DestroyedAt)
	default:
		return key, err
	}
}

func destroyed(at record.Time) error {
	return fault.New(fault.Conflict, "crypt.destroyed", "at", at)
}

// bound is what a locked key is tied to: it locks nothing for another owner.
func (row Key) bound() []byte {
	return together("key", row.TenantID.String(), row.OwnerKind, row.OwnerID.String(), strconv.Itoa(row.Generation), row.Master)
}

func (k *Keys) wrap(row *Key, key []byte) error {
	with := k.masters[0]
	row.Master = with.id
	locked, err := lock(with.key, key, row.bound())
	if err != nil {
		return err
	}
	row.Wrapped = base64.RawStdEncoding.EncodeToString(locked)
	return nil
}

func (k *Keys) unwrap(row Key) ([]byte, error) {
	with, have := k.master(row.Master)
	if !have {
		return nil, fault.New(fault.Unavailable, "crypt.no_master", "master", row.Master)
	}
	locked, err := base64.RawStdEncoding.DecodeString(row.Wrapped)
	if err != nil {
		return nil, errUnreadable
	}
	key, err := unlock(with.key, locked, row.bound())
	if err == nil && len(key) != keyLength {
		err = errUnreadable
	}
	return key, err
}
