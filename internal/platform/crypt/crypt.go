// Package crypt locks what even those who run the program must not read: each
// owner, such as a supervision group, has a key of its own, and the keys are
// locked with a master key that the database does not hold.
//
//	spot := crypt.Spot{Owner: group.Ref(), Record: entry.ID, Field: "content"}
//	entry.Content, err = keys.Seal(tx, spot, text)
//	…
//	text, err := keys.Open(tx, spot, entry.Content)
//	…
//	err = keys.Destroy(tx, group.Ref(), "retention")
//
// A content is AES-256-GCM under the newest key of its owner, and says which
// generation that was. It is bound to its tenant, owner, record and field: put
// into another row it does not open. Rotate makes a new generation, for what is
// written from then on. Destroy overwrites every generation, for ever: what
// they had locked is erased wherever it lies, and the fact stays, with its day
// and reason. A key that was destroyed is never made again. Columns that hold a
// Sealed are tagged secret, so that the audit trail says only that they changed.
//
// What that protects from, in plain words:
//
//   - Whoever has a dump, a backup or the raw file of the database sees who has
//     a key, when something was written, by whom and how long it is. Not what.
//   - An administrator or technician who signs in sees no more than the module
//     that owns the content shows them: this package knows no permissions.
//   - A backup that holds the master key beside the database protects nothing.
//     They are kept apart.
//   - The root of the machine can read the master key and the memory of the
//     program, and with them everything. No program on the machine prevents it.
//   - After Destroy, an old copy of the database still holds the locked key, and
//     whoever has that copy and the master key can open it. Making a new master
//     key, Rewrap and destroying the old one ends that too.
package crypt

import (
	"crypto/aes"
	"crypto/cipher"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"bastida/internal/kernel/record"
	"bastida/internal/platform/db"
)

// Spot is where a sealed content lies, and whose it is.
type Spot struct {
	Owner  record.Ref // whose key locks it
	Record record.ID  // the row that holds it
	Field  string     // what it is in that row
}

// Sealed is a locked content as a column holds it. Nothing sealed is empty.
type Sealed string

var (
	errUnreadable = errors.New("crypt: what is stored is not a sealed content")
	errForeign    = errors.New("crypt: a sealed content does not open where it lies: it was altered, moved or locked with another key")
	errUnbound    = errors.New("crypt: a content needs a tenant, an owner, a record and a field")
)

// Seal locks a content for its spot, making the first key of the owner when
// there is none. An owner whose key was destroyed is a Conflict.
func (k *Keys) Seal(tx *db.Tx, at Spot, content []byte) (Sealed, error) {
	if err := at.check(tx); err != nil {
		return "", err
	}
	newest, err := k.newest(tx, at.Owner)
	if err != nil {
		return "", err
	}
	key, err := k.unwrap(newest)
	if err != nil {
		return "", err
	}
	locked, err := lock(key, content, at.bound(tx.Tenant, newest.Generation))
	if err != nil {
		return "", err
	}
	return format(newest.Generation, locked), nil
}

// Open unlocks what Seal locked for the same spot. Once the key is destroyed it
// is a Conflict, and without the master key Unavailable.
func (k *Keys) Open(tx *db.Tx, at Spot, s Sealed) ([]byte, error) {
	if err := at.check(tx); err != nil {
		return nil, err
	}
	generation, locked, err := parse(s)
	if err != nil {
		return nil, err
	}
	used, err := generationOf(tx, at.Owner, generation)
	if err != nil {
		return nil, err
	}
	key, err := k.unwrap(used)
	if err != nil {
		return nil, err
	}
	return unlock(key, locked, at.bound(tx.Tenant, generation))
}

func (at Spot) check(tx *db.Tx) error {
	if tx.Tenant == "" || at.Owner.Kind == "" || at.Owner.ID == "" || at.Record == "" || at.Field == "" {
		return errUnbound
	}
	return nil
}

// bound is what a content is tied to besides its key.
func (at Spot) bound(tenant record.ID, generation int) []byte {
	return together("content", tenant.String(), at.Owner.Kind, at.Owner.ID.String(), strconv.Itoa(generation), at.Record.String(), at.Field)
}

// together writes texts one after the other so that no two lists of texts are
// written alike.
func together(parts ...string) (all []byte) {
	for _, p := range parts {
		all = binary.BigEndian.AppendUint64(all, uint64(len(p)))
		all = append(all, p...)
	}
	return all
}

const sealedFormat = "1"

func format(generation int, locked []byte) Sealed {
	return Sealed(strings.Join([]string{sealedFormat, strconv.Itoa(generation), base64.RawStdEncoding.EncodeToString(locked)}, "."))
}

func parse(s Sealed) (generation int, locked []byte, err error) {
	parts := strings.Split(string(s), ".")
	if len(parts) != 3 || parts[0] != sealedFormat {
		return 0, nil, errUnreadable
	}
	generation, err = strconv.Atoi(parts[1])
	if err != nil || generation < 1 || strconv.Itoa(generation) != parts[1] {
		return 0, nil, errUnreadable
	}
	locked, err = base64.RawStdEncoding.Strict().DecodeString(parts[2])
	if err != nil {
		return 0, nil, errUnreadable
	}
	return generation, locked, nil
}

// lock encrypts under a random nonce, which it puts in front.
func lock(key, content, bound []byte) ([]byte, error) {
	gcm, err := cipherOf(key)
	if err != nil {
		return nil, err
	}
	return gcm.Seal(nil, nil, content, bound), nil //nolint:gosec // the cipher makes a random nonce of its own
}

func unlock(key, locked, bound []byte) ([]byte, error) {
	gcm, err := cipherOf(key)
	if err != nil {
		return nil, err
	}
	content, err := gcm.Open(nil, nil, locked, bound)
	if err != nil {
		return nil, errForeign
	}
	return content, nil
}

func cipherOf(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, fmt.Errorf("crypt: %w", err)
	}
	return cipher.NewGCMWithRandomNonce(block)
}
