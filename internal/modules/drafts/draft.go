package drafts

import (
	"net/url"

	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
)

// Section is one form of a record.
type Section struct {
	Ref  record.Ref
	Name string
}

// Draft is a section as it was last typed, right or wrong. One that was never
// typed has no ID and version zero.
type Draft struct {
	record.Row
	RefKind string                  `db:"ref_kind"`
	RefID   record.ID               `db:"ref_id"`
	Section string                  `db:"section"`
	Tab     string                  `db:"tab"`
	Typed   record.JSON[url.Values] `db:"typed,secret"`
}

// Copy is what was typed in a window while another one saved.
type Copy struct {
	record.Row
	RefKind string                  `db:"ref_kind"`
	RefID   record.ID               `db:"ref_id"`
	Section string                  `db:"section"`
	Tab     string                  `db:"tab"`
	Typed   record.JSON[url.Values] `db:"typed,secret"`
	TypedBy string                  `db:"typed_by"`
}

// Keystrokes are what a window sends while somebody types in it. Version is the
// one that the window was drawn with; Tab tells the windows apart. A program has
// no window, and its Tab is empty.
type Keystrokes struct {
	Version int
	Tab     string
	Typed   url.Values
}

// most bounds what a draft keeps, in bytes.
const most = 200_000

func (k Keystrokes) check() error {
	if len(k.Typed.Encode()) > most {
		return fault.New(fault.Invalid, "drafts.too_long")
	}
	return nil
}

// follows reports whether the keystrokes come after what the draft holds.
func (k Keystrokes) follows(d Draft) bool {
	return k.Tab == "" || k.Tab == d.Tab || k.Version == d.Version
}
