package drafts

import (
	"errors"

	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/platform/db"
)

// $1 is the tenant in every statement.
var (
	drafts = db.TableOf[Draft]("drafts_draft").Silent()
	copies = db.TableOf[Copy]("drafts_copy").Silent()
)

// Of returns the draft of a section.
func Of(tx *db.Tx, at Section) (Draft, error) {
	d, err := drafts.First(tx, "WHERE tenant_id = $1 AND ref_kind = $2 AND ref_id = $3 AND section = $4", at.Ref.Kind, at.Ref.ID, at.Name)
	if errors.Is(err, fault.NotFound) {
		return Draft{RefKind: at.Ref.Kind, RefID: at.Ref.ID, Section: at.Name}, nil
	}
	return d, err
}

// Copies lists what was kept aside for a record, newest first.
func Copies(tx *db.Tx, ref record.Ref) ([]Copy, error) {
	return copies.Select(tx, "WHERE tenant_id = $1 AND ref_kind = $2 AND ref_id = $3 ORDER BY updated_at DESC, id", ref.Kind, ref.ID)
}

func store(tx *db.Tx, d Draft, k Keystrokes) error {
	if d.ID == "" {
		d.Tab, d.Typed.V = k.Tab, k.Typed
		return drafts.Insert(tx, &d)
	}
	_, err := drafts.Edit(tx, d.ID, d.Version, func(d *Draft) error {
		d.Tab, d.Typed.V = k.Tab, k.Typed
		return nil
	})
	return err
}

// setAside stores what came late, one copy a window.
func setAside(tx *db.Tx, d Draft, k Keystrokes) error {
	found, err := copies.Select(tx, "WHERE tenant_id = $1 AND ref_kind = $2 AND ref_id = $3 AND section = $4 AND tab = $5",
		d.RefKind, d.RefID, d.Section, k.Tab)
	if err != nil {
		return err
	}
	if len(found) == 0 {
		c := Copy{RefKind: d.RefKind, RefID: d.RefID, Section: d.Section, Tab: k.Tab, TypedBy: tx.Actor.Name}
		c.Typed.V = k.Typed
		return copies.Insert(tx, &c)
	}
	_, err = copies.Edit(tx, found[0].ID, db.AnyVersion, func(c *Copy) error {
		c.Typed.V, c.TypedBy = k.Typed, tx.Actor.Name
		return nil
	})
	return err
}
