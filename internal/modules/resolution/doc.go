// Package resolution is the convening body's side of a call: preparing it,
// reviewing what was filed, proposing an outcome for each application,
// approving them all at once, telling the bodies, publishing and reporting.
//
// Who proposes does not approve. Approval is one transaction: every application
// gets its outcome, every notice is put in the mailbox and the call is resolved,
// or nothing of it happens.
package resolution
