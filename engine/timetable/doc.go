// Package timetable gives each group of a season a supervisor, and each of its
// sessions a day, an hour and a place.
//
// A session starts on one of the days and at one of the hours that its group
// allows, at a place that is open and has a room left. The supervisor has one of
// the professions and the language that the group asks for, may work with the
// group and its bodies, is not away, has time for the journey between two
// places on one day, and stays below what may be done in a week and in the
// season. Sessions of one group keep their distance in days. Nobody is at two
// sessions at once. What is fixed stays as it is, and whoever fixed it answers
// for it: the rest arranges itself around it.
//
// The best plan leaves out the fewest sessions, and among those costs least: the
// journeys of supervisors, from home through the places of a day and back, hours
// above a fair share, days that a group does not like.
//
// Solve looks for it and proves how far from the best it can be; Replan mends a
// published plan by changing as few sessions as possible; Check finds what is
// wrong with a plan, without the code of the others.
package timetable
