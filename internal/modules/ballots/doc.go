// Package ballots asks the participants of a season of supervision how it goes,
// whenever package evaluation opens a round, without learning who says what.
//
// The words:
//
//   - A ballot is what one participant answers: marks for a few questions and,
//     if they like, some words.
//   - A code lets one participant answer once. It comes by mail; whoever signs
//     in needs none at hand.
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
//   - Neither codes nor boxes reach the audit trail, and a ballot is cast by
//     the program itself, whoever is signed in.
//
// Means are shown once the round is closed, and only as far as the minimum that
// the tenant has stated allows, for a group and for whatever would give a group
// away by subtraction. Without a stated minimum nothing is shown.
//
// What remains: the log says when an account answered, never what. The row of a
// box says when its last ballot fell, and whoever
// copies the database between two ballots, or reads the journal of the engine
// before it is overwritten, sees what the second one added and which code it
// burned. Both are for the people who keep the machine.
package ballots
