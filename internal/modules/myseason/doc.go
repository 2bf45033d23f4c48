// Package myseason is what people see of a season of supervision who do not run
// it: the supervisor's day, a professional's own supervision, and what a body
// sees of its teams.
//
// The words:
//
//   - The day of a supervisor is who comes when and where, what is still to be
//     written down, and what falls due.
//   - My supervision is a professional's next session, groups, hours, evaluations
//     and certificates.
//   - Teams are the groups and the people of a body: hours and attendance, and
//     what the body owes. Never what is said in a session, nor who said what in
//     an evaluation.
//
// It stores nothing. The technician's board is in package season.
package myseason
