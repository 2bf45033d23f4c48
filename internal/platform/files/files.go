// Package files keeps what people attach to records.
//
//	f, err := store.Attach(tx, record.Ref{Kind: "calls_application", ID: a.ID}, a.BodyID, upload.Name, upload)
//	…
//	return store.Serve(w, r, f)
//
// Contents lie in a folder, each tenant's apart, under the fingerprint of what
// they hold; rows say what they are, on which record they hang and who brought
// them. Who may read or add one is for the owner of the record to check: this
// package knows no permissions.
//
// A content is safely on disk before the row that names it is committed. The
// other way round, a row that was rolled back or removed leaves its content
// behind for a day, until Sweep takes it away.
package files

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/platform/db"
)

//go:embed migrations locales
var embedded embed.FS

// Schema is the tables of the attachments.
var Schema = db.Schema{Name: "files", Files: embedded}

// File is one attachment.
type File struct {
	record.Row
	RefKind      string    `db:"ref_kind"`
	RefID        record.ID `db:"ref_id"`
	BodyID       record.ID `db:"body_id"` // the body that the record is about
	Name         string    `db:"name"`
	MediaType    string    `db:"media_type"`
	Size         int64     `db:"size"`
	SHA256       string    `db:"sha256"`
	UploadedBy   record.ID `db:"uploaded_by"`
	UploaderName string    `db:"uploader_name"`
}

var rows = db.TableOf[File]("files_file")

// Options say where the contents lie.
type Options struct{ Dir string }

// Store is the attachments.
type Store struct {
	db  *db.DB
	dir string
}

// New returns the store, making its folder when there is none.
func New(d *db.DB, o Options) (*Store, error) {
	if err := os.MkdirAll(o.Dir, 0o700); err != nil {
		return nil, fmt.Errorf("make folder of attachments: %w", err)
	}
	return &Store{d, o.Dir}, nil
}

// Attach hangs a file on a record of the tenant of tx. A file that the policy
// refuses leaves nothing behind.
func (s *Store) Attach(tx *db.Tx, ref record.Ref, body record.ID, name string, r io.Reader) (File, error) {
	f := File{
		RefKind: ref.Kind, RefID: ref.ID, BodyID: body, Name: cleanName(name),
		UploadedBy: tx.Actor.User, UploaderName: tx.Actor.Name,
	}
	if err := s.keep(tx, &f, r); err != nil {
		return File{}, err
	}
	err := rows.Insert(tx, &f)
	return f, err
}

// keep writes the content beside its place, checks it, and moves it there.
func (s *Store) keep(tx *db.Tx, f *File, r io.Reader) (err error) {
	draft, err := os.CreateTemp(s.dir, "upload-*")
	if err != nil {
		return fmt.Errorf("keep attachment: %w", err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(draft.Name()))
		}
	}()
	defer draft.Close() // what matters was synced
	sum := sha256.New()
	if f.Size, err = io.Copy(io.MultiWriter(draft, sum), io.LimitReader(r, MostBytes+1)); err != nil {
		return fmt.Errorf("keep attachment: %w", err)
	}
	if f.MediaType, err = judge(f.Name, draft, f.Size); err != nil {
		return err
	}
	if err := draft.Sync(); err != nil {
		return fmt.Errorf("keep attachment: %w", err)
	}
	f.TenantID, f.SHA256 = tx.Tenant, hex.EncodeToString(sum.Sum(nil))
	return s.place(draft.Name(), *f, tx.Now)
}

// place moves a draft to where its content belongs. Its age is by the
// database's clock, which is the one that Sweep reads.
func (s *Store) place(draft string, f File, now record.Time) error {
	target := s.path(f.TenantID, f.SHA256)
	if err := os.MkdirAll(filepath.Dir(target), 0o700); err != nil {
		return fmt.Errorf("keep attachment: %w", err)
	}
	if err := os.Chtimes(draft, now.Time, now.Time); err != nil {
		return fmt.Errorf("keep attachment: %w", err)
	}
	if err := os.Rename(draft, target); err != nil {
		return fmt.Errorf("keep attachment: %w", err)
	}
	for folder := filepath.Dir(target); ; folder = filepath.Dir(folder) {
		if err := syncFolder(folder); err != nil {
			return fmt.Errorf("keep attachment: %w", err)
		}
		if folder == filepath.Clean(s.dir) {
			return nil
		}
	}
}

// syncFolder makes sure that the names in a folder survive a loss of power.
func syncFolder(folder string) error {
	f, err := os.Open(folder)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

func (s *Store) path(tenant record.ID, sum string) string {
	return filepath.Join(s.dir, tenant.String(), sum[:2], sum)
}

// Of lists what hangs on a record, in the order in which it came.
func (s *Store) Of(tx *db.Tx, ref record.Ref) ([]File, error) {
	return rows.Select(tx, "WHERE tenant_id = $1 AND ref_kind = $2 AND ref_id = $3 ORDER BY id", ref.Kind, ref.ID)
}

// Get returns one attachment of a record. One that hangs on another record is
// NotFound: the caller has checked the permission on this one only.
func (s *Store) Get(tx *db.Tx, ref record.Ref, id record.ID) (File, error) {
	return rows.First(tx, "WHERE tenant_id = $1 AND ref_kind = $2 AND ref_id = $3 AND id = $4", ref.Kind, ref.ID, id)
}

// Remove takes an attachment off its record.
func (s *Store) Remove(tx *db.Tx, id record.ID) error { return rows.Delete(tx, id) }

// Open returns the content of an attachment.
func (s *Store) Open(f File) (io.ReadSeekCloser, error) {
	content, err := os.Open(s.path(f.TenantID, f.SHA256))
	if errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("open attachment %s: %w", f.ID, fault.New(fault.Unavailable, "files.missing"))
	}
	return content, err
}
