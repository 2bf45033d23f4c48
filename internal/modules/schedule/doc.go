// Package schedule is where a technician asks for the timetable of a programme,
// looks at what was found (by group, by week, what is left out and why) and
// accepts it or asks again. Its JSON is that of the same addresses.
//
// It is a module beside package timetables because it answers another question:
// timetables says what is so, schedule says it to people. It stores nothing.
package schedule
