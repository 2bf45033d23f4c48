// Package supervisors is the register of those who supervise teams: who they
// are, what they are trained for, when and where they can work, and for whom
// they must not.
//
// The words:
//
//   - A supervisor is a person of a profession, employed by a provider or
//     freelance, external to the line management of the teams or not. A
//     territory is the areas where they work; none means everywhere.
//   - Evidence is one thing that speaks for them: training as supervisor or as
//     trainer, teaching, experience, the supervision that they have themselves.
//     It is seen by a person of the body, on a day, and never by the supervisor
//     (four eyes). Nothing here says that somebody is "valid": the register
//     shows what was seen, by whom and when, and what nobody has seen yet.
//   - An incompatibility keeps a supervisor away from a body, for ever or until
//     a day.
//   - Unavailability is days, or weekdays, or hours of them, on which a
//     supervisor cannot work. Why is not asked.
//
// The life of a supervisor in the register:
//
//	active ──pause──▶ paused ──end──▶ ended
//	  ▲ └────────────end──────────────▲ │
//	  └────────────resume───────────────┘
//
// An account of the tenant with the role supervisor and the same e-mail address
// is the supervisor's own. It reads its own sheet, and keeps its contact data
// and its unavailability.
//
// Other modules read the register with Supervisor, All and Mine, and ask with
// Conflicts, Incompatibilities and Unavailable what stands in the way.
//
// This package also says the names of the professions: every module may show
// the message of profession.Profession.Key.
package supervisors
