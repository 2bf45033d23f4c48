// Package planning says what is known of a programme of supervision as the
// season that engine/timetable reads, and says back what the engine's codes
// stand for. It stores nothing and decides nothing: package timetables keeps the
// searches, package schedule shows them.
//
// The words:
//
//   - Facts are what a timetable depends on: groups with their people and the
//     hours they have left, the register of supervisors with absences and
//     incompatibilities, holidays, and everything that is booked.
//   - What is known is the season made of them. It holds codes and names, no
//     records, so that whoever keeps it can repeat a search years later.
//   - A lack is a figure that the season needs and nobody has stated. There is
//     no default: whoever may state it is told.
//   - A respected session belongs to somebody else, or to nobody's search. It is
//     in the season so that no one is in two places at once.
package planning
