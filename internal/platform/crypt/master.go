package crypt

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Options say where the master keys are. Both are lists of 32 random bytes in
// base64: the first one locks, the others still open what they locked.
type Options struct {
	Masters string // the keys themselves, separated by commas or spaces
	File    string // or a file with one a line; made when there is none
}

// master is a key outside the database. It is known by the start of its
// fingerprint, which tells nothing of it, so that no name can be mistaken.
type master struct {
	id  string
	key []byte
}

// New reads the master keys. The first start of an installation makes one.
func New(o Options) (*Keys, error) {
	if o.Masters != "" {
		masters, err := readMasters(o.Masters)
		if err != nil {
			return nil, fmt.Errorf("master_key: %w", err)
		}
		return &Keys{masters}, nil
	}
	text, err := readFile(o.File)
	if errors.Is(err, fs.ErrNotExist) {
		if err := makeFile(o.File); err != nil {
			return nil, fmt.Errorf("make master key: %w", err)
		}
		text, err = readFile(o.File)
	}
	if err != nil {
		return nil, fmt.Errorf("read master key: %w", err)
	}
	masters, err := readMasters(text)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", o.File, err)
	}
	return &Keys{masters}, nil
}

// Masters lists the identifiers of the master keys, the one that locks first.
func (k *Keys) Masters() (ids []string) {
	for _, m := range k.masters {
		ids = append(ids, m.id)
	}
	return ids
}

// NewMaster returns a new master key, as a line of the file.
func NewMaster() string {
	raw := make([]byte, keyLength)
	_, _ = rand.Read(raw) // never fails since Go 1.24
	return base64.StdEncoding.EncodeToString(raw)
}

func (k *Keys) master(id string) (master, bool) {
	for _, m := range k.masters {
		if m.id == id {
			return m, true
		}
	}
	return master{}, false
}

// readMasters reads keys between commas, spaces or ends of lines. It never says
// in an error what it read.
func readMasters(text string) (masters []master, err error) {
	for n, word := range strings.FieldsFunc(withoutRemarks(text), func(r rune) bool { return strings.ContainsRune(", \t\r\n", r) }) {
		key, err := base64.StdEncoding.DecodeString(word)
		if err != nil || len(key) != keyLength {
			return nil, fmt.Errorf("key %d is not %d bytes in base64; make one with: openssl rand -base64 %d", n+1, keyLength, keyLength)
		}
		sum := sha256.Sum256(append([]byte("bastida master key "), key...))
		masters = append(masters, master{hex.EncodeToString(sum[:6]), key})
	}
	if len(masters) == 0 {
		return nil, errors.New("there is no master key")
	}
	return masters, nil
}

func withoutRemarks(text string) string {
	var kept strings.Builder
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(strings.TrimSpace(line), "#") {
			kept.WriteString(line)
		}
	}
	return kept.String()
}

// readFile refuses a file that others on the machine may read.
func readFile(name string) (string, error) {
	info, err := os.Stat(name)
	if err != nil {
		return "", err
	}
	if mode := info.Mode().Perm(); mode&0o077 != 0 {
		return "", fmt.Errorf("%s may be read by others (mode %04o): chmod 600 it", name, mode)
	}
	raw, err := os.ReadFile(name)
	return string(raw), err
}

const remark = "# Master keys of Bastida, one a line; the first one locks. Keep a copy away from the backups of the database:\n" +
	"# without this file nobody can read the reflective records, and with it anybody who has the database can.\n"

// makeFile writes a file with one key, whole or not at all. When another
// process was first, its file stays.
func makeFile(name string) error {
	folder := filepath.Dir(name)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	draft, err := os.CreateTemp(folder, ".master-*") // mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(draft.Name()) //nolint:errcheck // the name that counts is the other one
	_, err = draft.WriteString(remark + NewMaster() + "\n")
	if err = errors.Join(err, draft.Sync(), draft.Close()); err != nil {
		return err
	}
	if err := os.Link(draft.Name(), name); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return nil
}
