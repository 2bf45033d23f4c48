// Package hours keeps count of the hours of supervision: what was granted to
// each group, contracted, scheduled, delivered and invoiced.
//
// The arithmetic is that of engine/ledger; its words hold here. This module
// keeps the entries: an account is a group, all groups of a programme share one
// book, and whoever writes in it waits for their turn, so that two who book at
// once cannot go beyond what was granted together.
//
//   - Entries are only ever added; the database refuses to change them. A
//     correction is an entry with its reason.
//   - Grants come from supervision, in the same transaction. Contracted hours
//     come from a contract of the programme: the group's own, or the only one
//     that there is. A programme that the body itself decided on and that has no
//     contract draws on own means, a contract named like the programme.
//   - Sessions book and deliver through the verbs that take a transaction. Those
//     ask for no permission: whoever calls them has.
//   - Person hours are the sum over those who attended. They are a measure of a
//     delivery and take nothing from the grant.
//
// Whoever reads a group reads its hours. Prices and invoices are for the staff.
package hours
