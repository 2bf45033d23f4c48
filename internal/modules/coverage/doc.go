// Package coverage says who has had what of the supervision that they are
// entitled to.
//
// The words:
//
//   - A person is one, however many groups they are in: participations with the
//     same account or the same address are the same person.
//   - A line is one person and one kind of supervision: the minutes that they
//     attended, of those that were held while they belonged, against the
//     minimum of the programme's rules. A minimum that nobody has stated is not
//     stated; it is never zero.
//   - The attendance threshold is a share of the time held, with a comparator:
//     at least, or more than. Both come from the rules and are compared in whole
//     numbers.
//   - A standing is how many groups of a programme fulfil a standard.
//
// Bodies read hours and attendance of their own people, and everybody their own.
// What is said in sessions is not here. There are no tables: everything is
// counted from groups, sessions and attendance. Higher modules add to the page
// of a person (ShowOnPerson) and say what they know of final reports (AskFinal).
package coverage
