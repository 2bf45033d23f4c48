// Package drafts keeps what people type, right or wrong, so that nothing is
// lost when a session ends, a page is left behind or two windows are open.
//
//	late, err := drafts.Keep(tx, drafts.Section{Ref: a.Ref(), Name: "team"}, keystrokes)
//
// A record has sections, one a form. Each window says which version it was
// drawn with and which window it is: one window may save again and again, and
// another may not save over it. What comes late is kept aside as a copy, to be
// used or thrown away by the person.
//
// Drafts stay out of the audit trail, which would drown. Who may write is for
// the owner of the record to check: this module knows no permissions.
package drafts
