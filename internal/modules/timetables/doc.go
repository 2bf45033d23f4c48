// Package timetables proposes a timetable for a programme of supervision: which
// supervisor leads which group, and on which days. It also mends what is booked
// when somebody cannot come.
//
// The words:
//
//   - A run is one search, with what was asked and what was known then (the
//     register, the calendar of holidays, the hours that each group still has).
//     Neither is changed later, so that anybody can repeat it: the same seed and
//     number of rounds give the same timetable.
//   - A proposal is a run that gives supervisors and days to the hours of the
//     groups that are not booked yet. New sessions come after those of the group
//     that are booked. Sessions and supervisors of a proposal may be kept, and
//     the rest looked for again.
//   - A replan is a run that moves as few booked sessions as possible after
//     somebody is away, or gives a cancelled session another day.
//
// The life of a run is queued, running, then done; cancelled keeps the best
// timetable found so far. Accepting a proposal gives the groups their
// supervisors and books every session, or nothing; accepting a replan moves the
// sessions, or none. Whoever invites people (package booking tells them) does
// so as for any other booking.
package timetables
