// Package season is where a technician sees how a programme of supervision goes
// and what to do next: the board of its groups.
//
// The words:
//
//   - A row is a group on the board, with its stage: forming, ready, running,
//     rating, finished.
//   - A need is what keeps a group from going on, with the page that mends it. A
//     row may have several; the gravest is shown, and rows with a need come first.
//   - Company is the bodies that would make a group large enough. How many people
//     they would be is said only of bodies that told it in an application; of
//     others just where they are.
//   - The terrain of a programme is its bodies and the other municipalities of
//     their areas: against it is measured who has no group.
//   - A cartogram has a tile for each place, for bodies without a drawn map.
//
// It stores nothing: everything is worked out from groups, sessions, hours,
// ratings and coverage each time it is asked. What is said in sessions is not
// here. The pages of supervisors, professionals and teams are in myseason.
package season
