// Package applications is the body's side of a call: writing an application,
// filing it, correcting it, and answering for it until the end.
//
// What is typed is never lost. Every form sends its keystrokes while somebody
// types; they are kept right or wrong, and a session that ends or a page that
// is left behind loses nothing. Two windows may be open: the one that comes
// late is told so and what it holds is kept aside as a copy, to be used or
// thrown away.
//
// Filing seals a receipt: a number, an instant and the SHA-256 of everything
// that was said, annexes and attachments included. Each filing has its own, and
// the content stays beside the hash so that anybody can compute it again.
package applications
