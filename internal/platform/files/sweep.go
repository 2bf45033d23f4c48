package files

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"bastida/internal/kernel/record"
	"bastida/internal/platform/db"
	"bastida/internal/platform/jobs"
	"bastida/internal/platform/module"
)

// grace is how long a content without a row stays: longer than any transaction
// that may still be about to name it.
const grace = 24 * time.Hour

// Module is what the attachments plug in.
func (s *Store) Module() module.Descriptor {
	return module.Descriptor{
		Name: "files", Migrations: embedded, Locales: embedded,
		Tables:    []module.Tabled{rows},
		Schedules: []jobs.Schedule{{Name: "files.sweep", Every: 6 * time.Hour, Do: s.Sweep}},
	}
}

// Sweep removes the contents of the tenant of ctx that no row names any more.
func (s *Store) Sweep(ctx context.Context) error {
	return s.db.View(ctx, func(tx *db.Tx) error {
		named, err := s.named(tx)
		if err != nil {
			return err
		}
		err = filepath.WalkDir(filepath.Join(s.dir, tx.Tenant.String()), func(path string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() || named[strings.TrimSuffix(e.Name(), aside)] {
				return err
			}
			return s.drop(tx, path)
		})
		if errors.Is(err, fs.ErrNotExist) {
			return nil // this tenant has never kept anything
		}
		return err
	})
}

func (s *Store) named(tx *db.Tx) (map[string]bool, error) {
	sums, err := db.All[string](tx, "SELECT DISTINCT sha256 FROM files_file WHERE tenant_id = $1")
	if err != nil {
		return nil, err
	}
	named := make(map[string]bool, len(sums))
	for _, sum := range sums {
		named[sum] = true
	}
	return named, nil
}

const aside = ".aside"

// drop removes a content that is old enough. It is moved aside before its age
// is read: somebody who attaches the same content at this moment either put a
// new one in its place, or is seen by its age and gets it back.
func (s *Store) drop(tx *db.Tx, path string) error {
	away := path
	if !strings.HasSuffix(path, aside) {
		away = path + aside
		if err := os.Rename(path, away); err != nil {
			return fmt.Errorf("sweep attachments: %w", err)
		}
	}
	info, err := os.Stat(away)
	if err != nil {
		return fmt.Errorf("sweep attachments: %w", err)
	}
	if tx.Now.Sub(record.At(info.ModTime()).Time) < grace {
		return os.Rename(away, strings.TrimSuffix(away, aside))
	}
	return os.Remove(away)
}
