// Package disclosure decides which figures of a table may be published, so that nobody can
// work out those of a person or of a small group.
//
// It is for anyone who publishes means, distributions or counts of groups of people: the
// climate of teams, participation in activities, open data. A figure that is about too few
// people is withheld; and because 9 people less 6 are 3, so is whatever would give it by
// subtraction. The package holds no figure of its own making: how many are too few is a
// [Policy], and one with a rule missing is refused.
//
// The words:
//
//   - A [Cell] is a group of people about whom a figure could be published. Cells form a
//     hierarchy, or several that cross.
//   - A figure of a cell is its number of people, its number of answers and all that is told of
//     the answers. They stand or fall together: a mean and a number of answers are a sum.
//   - A cell is shown or withheld. Primary reasons are the cell's own; complementary ones
//     protect others.
//   - To isolate people is to get a figure about them alone, by adding and subtracting shown
//     figures, with any factors.
//   - A [Publication] is what has been shown: it cannot be unsaid, and counts for ever after.
//   - A [Leak] is what the auditor finds.
//
// # How it decides
//
// [Protect] withholds first what has a primary reason. Then it looks for the fewest people that
// the rest isolates. Shown cells of one hierarchy, each without the shown cells inside it, are
// the vertices of a graph, with those of another hierarchy; people are the edges; and who can
// be isolated is a cut. While a minimum cut is too small, the cell with the fewest answers of
// those that make it is withheld: a part before its whole. At the end whatever turns out not to
// be needed is shown again. The outcome is small, deterministic and not always the smallest.
//
// [Audit] then reckons everything again by other means: exact elimination with fractions, over
// all groupings, publications and people at once. What it finds is withheld too.
package disclosure
