// Package evaluation asks how a season of supervision goes: half-way, while
// something can still be changed, and at its end.
//
// The words:
//
//   - A round is one of those two moments in a programme. A technician opens
//     it, and closes it when everybody has answered or the wait is over.
//   - A rating is what one body says of the competence of the supervisor of one
//     of its groups: a number on the scale of the programme, signed by its local
//     officer, who may correct it until the round closes. One that nobody gave
//     is missing. It can be recorded as not answered, with the reason, once the
//     body was reminded; it never counts as if it had been given.
//   - A ballot is what one participant answers, without a name: marks for a few
//     questions and, if they like, some words.
//   - A code lets one participant answer once. It comes by mail.
//   - A box is where the ballots of a group fall.
//
// What participants answer cannot be traced to them, not even by whoever reads
// the database:
//
//   - A box keeps the marks of each question in ascending order: neither who
//     gave a mark, nor when, nor which marks came from the same hand.
//   - Words fall into one box for the whole round, in alphabetical order, and
//     are read only once it is closed.
//   - A code is deleted when it is used, in the transaction of the ballot. The
//     box knows who was ever asked; who is not waiting any more has answered.
//   - Neither codes nor boxes reach the audit trail.
//
// Means are shown once the round is closed, and only as far as the minimum that
// the tenant has stated allows, for a group and for whatever would give a group
// away by subtraction. Without a stated minimum nothing is shown.
//
// What remains: whoever copies the database between two ballots sees what the
// second one added, and the row of a box says when the last ballot fell. Backups
// are for people who are trusted not to compare them.
package evaluation
