package findings

import (
	"bastida/internal/kernel/record"
	"bastida/internal/platform/db"
)

var releases = db.TableOf[Release]("findings_release")

// releasesOf lists what was published with an instrument, oldest first.
func releasesOf(tx *db.Tx, instrument string) ([]Release, error) {
	return releases.Select(tx, "WHERE tenant_id = $1 AND instrument = $2 ORDER BY opens, created_at, id", instrument)
}

func releaseOf(tx *db.Tx, round record.ID) (Release, error) {
	return releases.First(tx, "WHERE tenant_id = $1 AND round_id = $2", round)
}

// newest lists everything that was published, the newest first.
func newest(tx *db.Tx) ([]Release, error) {
	return releases.Select(tx, "WHERE tenant_id = $1 ORDER BY opens DESC, created_at DESC, id")
}
