package drafts

import (
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/platform/db"
)

// Keep stores what was typed. When another window saved since, it is kept aside
// and late is true: the caller commits, and then answers with Stale.
func Keep(tx *db.Tx, at Section, k Keystrokes) (late bool, err error) {
	if err := k.check(); err != nil {
		return false, err
	}
	d, err := Of(tx, at)
	if err != nil {
		return false, err
	}
	if !k.follows(d) {
		return true, setAside(tx, d, k)
	}
	return false, store(tx, d, k)
}

// Stale is what a window that comes late is told.
func Stale() error { return fault.New(fault.Stale, "drafts.stale") }

// Take takes a copy of a record out, to be used or thrown away. It comes back
// as keystrokes that follow what is stored now.
func Take(tx *db.Tx, ref record.Ref, id record.ID) (section string, k Keystrokes, err error) {
	c, err := copies.First(tx, "WHERE tenant_id = $1 AND ref_kind = $2 AND ref_id = $3 AND id = $4", ref.Kind, ref.ID, id)
	if err != nil {
		return "", Keystrokes{}, err
	}
	d, err := Of(tx, Section{ref, c.Section})
	if err != nil {
		return "", Keystrokes{}, err
	}
	return c.Section, Keystrokes{Version: d.Version, Tab: c.Tab, Typed: c.Typed.V}, copies.Delete(tx, c.ID)
}
