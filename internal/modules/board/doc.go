// Package board is where a technician looks at the groups of a call and shapes
// them: the map with its table, the lists to drag between, the page of each
// group, what a move would cost, and two runs side by side. Its JSON is that of
// the same addresses.
//
// It is a module beside package grouping because it answers another question.
// grouping says what is so: what was asked, who is in which group, which limits
// are broken. board says what to make of it: where a group could do better,
// what a move would change, how two runs differ. It stores nothing.
//
// The words:
//
//   - A trial is a move that was priced and not made.
//   - An alternative is the best of the other ways of making a group.
//   - Company is who a body shares its group with. Between two runs what counts
//     is a change of company: the numbers of the groups mean nothing.
package board
