// Package audit keeps the trail of everything that was done, in whose name and
// to which record, in the same transaction as the deed.
//
// Nobody writes to it: db hands it the changes of each transaction. The entries
// of a tenant form a chain: each holds the hash of the one before, so that an
// entry altered, taken out or moved is found by Verify. A trigger refuses
// changes to the table. What a trail cannot know of itself is that its end was
// cut together with its head: Verify prints the head, to be kept elsewhere.
package audit

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/record"
	"bastida/internal/platform/db"
)

//go:embed migrations
var migrations embed.FS

// Schema is the tables of the trail.
var Schema = db.Schema{Name: "audit", Files: migrations}

// Entry is one deed.
type Entry struct {
	TenantID record.ID                   `db:"tenant_id" json:"-"`
	Seq      int64                       `db:"seq" json:"seq"`
	At       record.Time                 `db:"at" json:"at"`
	UserID   record.ID                   `db:"user_id" json:"user"`
	UserName string                      `db:"user_name" json:"name"`
	Role     actor.Role                  `db:"role" json:"role"`
	Body     record.ID                   `db:"body_id" json:"body"`
	Via      string                      `db:"via" json:"via"`
	Request  string                      `db:"request" json:"request"`
	Op       string                      `db:"op" json:"op"`
	Kind     string                      `db:"kind" json:"kind"`
	RecordID record.ID                   `db:"record_id" json:"record"`
	Step     string                      `db:"step" json:"step"`
	Before   record.JSON[map[string]any] `db:"before" json:"before"`
	After    record.JSON[map[string]any] `db:"after" json:"after"`
	Prior    string                      `db:"prior" json:"prior"`
	Hash     string                      `db:"hash" json:"-"`
}

const columns = "tenant_id, seq, at, user_id, user_name, role, body_id, via, request, op, kind, record_id, step, before, after, prior, hash"

// Record appends the changes of a transaction to the trails of their tenants.
// It is the observer of the database.
func Record(tx *db.Tx, changes []db.Change) error {
	trails := map[record.ID][]db.Change{}
	var order []record.ID
	for _, c := range changes {
		if c.Tenant == "" {
			return fmt.Errorf("audit: %s of %s without a tenant", c.Op, c.Table)
		}
		if trails[c.Tenant] == nil {
			order = append(order, c.Tenant)
		}
		trails[c.Tenant] = append(trails[c.Tenant], c)
	}
	for _, tenant := range order {
		if err := extend(tx.In(tenant), trails[tenant]); err != nil {
			return fmt.Errorf("write audit trail: %w", err)
		}
	}
	return nil
}

type head struct {
	Seq  int64  `db:"seq"`
	Hash string `db:"hash"`
}

// extend appends to one trail. Taking the head with an update makes writers of
// the same tenant wait for each other on PostgreSQL; on SQLite they already do.
func extend(tx *db.Tx, changes []db.Change) error {
	if _, err := tx.Exec("INSERT INTO audit_head (tenant_id, seq, hash) VALUES ($1, 0, '') ON CONFLICT (tenant_id) DO NOTHING"); err != nil {
		return err
	}
	if _, err := tx.Exec("UPDATE audit_head SET seq = seq WHERE tenant_id = $1"); err != nil {
		return err
	}
	at, err := db.One[head](tx, "SELECT seq, hash FROM audit_head WHERE tenant_id = $1")
	if err != nil {
		return err
	}
	for _, c := range changes {
		e := entry(tx, c)
		e.Seq, e.Prior = at.Seq+1, at.Hash
		if e.Hash, err = e.digest(); err != nil {
			return err
		}
		if err := insert(tx, e); err != nil {
			return err
		}
		at = head{e.Seq, e.Hash}
	}
	_, err = tx.Exec("UPDATE audit_head SET seq = $2, hash = $3 WHERE tenant_id = $1", at.Seq, at.Hash)
	return err
}

func entry(tx *db.Tx, c db.Change) Entry {
	a := tx.Actor
	return Entry{
		TenantID: tx.Tenant, At: tx.Now, UserID: a.User, UserName: a.Name, Role: a.Role, Body: a.Body, Via: a.Via,
		Request: a.Request, Op: c.Op, Kind: c.Table, RecordID: c.ID, Step: c.Step,
		Before: record.JSON[map[string]any]{V: c.Before}, After: record.JSON[map[string]any]{V: c.After},
	}
}

func insert(tx *db.Tx, e Entry) error {
	_, err := tx.Exec("INSERT INTO audit_entry ("+columns+") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
		e.Seq, e.At, e.UserID, e.UserName, e.Role, e.Body, e.Via, e.Request, e.Op, e.Kind, e.RecordID, e.Step, e.Before, e.After, e.Prior, e.Hash)
	return err
}

// digest hashes everything the entry says, the prior hash included. Maps are
// written with sorted keys, so the text of an entry is always the same.
func (e Entry) digest() (string, error) {
	raw, err := json.Marshal(struct {
		Tenant record.ID `json:"tenant"`
		Entry
		At int64 `json:"at"`
	}{e.TenantID, e, e.At.UnixMilli()})
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:]), nil
}
