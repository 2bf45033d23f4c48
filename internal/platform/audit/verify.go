package audit

import (
	"fmt"

	"bastida/internal/kernel/record"
	"bastida/internal/platform/db"
)

// Finding is something wrong with a trail.
type Finding struct {
	Tenant  record.ID
	Seq     int64
	Problem string
}

// String says the finding for the command line.
func (f Finding) String() string {
	return fmt.Sprintf("tenant %s, entry %d: %s", f.Tenant, f.Seq, f.Problem)
}

// Head is where a trail ends. Kept elsewhere, it proves later that the end was
// not cut.
type Head struct {
	Tenant record.ID
	Seq    int64
	Hash   string
}

// batch is how many entries are read at a time.
const batch = 2000

// Verify reads a tenant's trail from the beginning and returns its head and
// everything that does not fit: altered, missing and reordered entries.
func Verify(tx *db.Tx) (Head, []Finding, error) {
	at := Head{Tenant: tx.Tenant}
	var findings []Finding
	for {
		entries, err := db.All[Entry](tx, "SELECT "+columns+" FROM audit_entry WHERE tenant_id = $1 AND seq > $2 ORDER BY seq LIMIT $3", at.Seq, batch)
		if err != nil {
			return at, findings, err
		}
		for _, e := range entries {
			found, err := check(at, e)
			if err != nil {
				return at, findings, err
			}
			findings = append(findings, found...)
			at.Seq, at.Hash = e.Seq, e.Hash
		}
		if len(entries) < batch {
			break
		}
	}
	stored, err := db.All[head](tx, "SELECT seq, hash FROM audit_head WHERE tenant_id = $1")
	if err != nil {
		return at, findings, err
	}
	if len(stored) == 1 && (stored[0].Seq != at.Seq || stored[0].Hash != at.Hash) {
		findings = append(findings, Finding{at.Tenant, stored[0].Seq, fmt.Sprintf("the trail should end here and ends at entry %d", at.Seq)})
	}
	if len(stored) == 0 && at.Seq > 0 {
		findings = append(findings, Finding{at.Tenant, at.Seq, "the trail has no head"})
	}
	return at, findings, nil
}

func check(at Head, e Entry) (found []Finding, err error) {
	if e.Seq != at.Seq+1 {
		found = append(found, Finding{at.Tenant, e.Seq, fmt.Sprintf("entries %d to %d are missing", at.Seq+1, e.Seq-1)})
	}
	hash, err := e.digest()
	if err != nil {
		return nil, err
	}
	if hash != e.Hash {
		found = append(found, Finding{at.Tenant, e.Seq, "what it says was altered"})
	}
	if e.Prior != at.Hash {
		found = append(found, Finding{at.Tenant, e.Seq, "it does not follow the entry before it"})
	}
	return found, nil
}

// Of returns the entries about one record, newest first.
func Of(tx *db.Tx, ref record.Ref, limit int) ([]Entry, error) {
	return db.All[Entry](tx, `
		SELECT `+columns+`
		FROM audit_entry
		WHERE tenant_id = $1 AND kind = $2 AND record_id = $3
		ORDER BY seq DESC
		LIMIT $4`, ref.Kind, ref.ID, limit)
}

// Tenants lists the tenants that have a trail or the head of one. It works
// across tenants: tx comes from db.ViewAcross.
func Tenants(tx *db.Tx) ([]record.ID, error) {
	return db.All[record.ID](tx, "SELECT tenant_id FROM audit_head UNION SELECT tenant_id FROM audit_entry ORDER BY tenant_id")
}
