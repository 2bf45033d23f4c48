// Package secret keeps what must not be readable even to whoever reads the
// database: passwords, as argon2id hashes, and random keys, as fingerprints.
//
//	u.Password = secret.Hash(typed)
//	…
//	if !secret.Matches(u.Password, typed) { … }
//
//	key := secret.New() // shown once
//	t.Fingerprint = secret.Fingerprint(key)
package secret

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"
)

// cost is the work of argon2id: RFC 9106, second recommended option.
type cost struct {
	memory  uint32 // KiB
	passes  uint32
	threads uint8
}

var standard = cost{memory: 64 * 1024, passes: 3, threads: 2}

const (
	saltLength = 16
	keyLength  = 32
)

// Hash returns a password in PHC string form, with a salt of its own.
func Hash(password string) string {
	salt := make([]byte, saltLength)
	_, _ = rand.Read(salt) // never fails since Go 1.24
	key := argon2.IDKey([]byte(password), salt, standard.passes, standard.memory, standard.threads, keyLength)
	encode := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s",
		argon2.Version, standard.memory, standard.passes, standard.threads, encode(salt), encode(key))
}

// Matches compares in constant time. A hash that cannot be read never
// matches, and takes as long as one that can.
func Matches(stored, password string) bool {
	c, salt, key, ok := parseHash(stored)
	if !ok {
		c, salt, key = standard, make([]byte, saltLength), make([]byte, keyLength)
	}
	tried := argon2.IDKey([]byte(password), salt, c.passes, c.memory, c.threads, uint32(len(key))) //nolint:gosec // a key is 32 bytes
	return subtle.ConstantTimeCompare(tried, key) == 1 && ok
}

func parseHash(stored string) (c cost, salt, key []byte, ok bool) {
	parts := strings.Split(stored, "$")
	if len(parts) != 6 || parts[1] != "argon2id" {
		return c, nil, nil, false
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &c.memory, &c.passes, &c.threads); err != nil {
		return c, nil, nil, false
	}
	salt, err := base64.RawStdEncoding.DecodeString(parts[4])
	if err != nil {
		return c, nil, nil, false
	}
	key, err = base64.RawStdEncoding.DecodeString(parts[5])
	return c, salt, key, err == nil && len(key) > 0
}

// New returns 256 random bits as text, for tokens and sessions.
func New() string {
	raw := make([]byte, 32)
	_, _ = rand.Read(raw) // never fails since Go 1.24
	return base64.RawURLEncoding.EncodeToString(raw)
}

// Fingerprint is what is stored of a secret: enough to know it again, useless
// to whoever reads the database.
func Fingerprint(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}
