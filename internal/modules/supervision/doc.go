// Package supervision holds the programmes of supervision: who offers it under
// which rules, in which groups, to whom, and led by which supervisor.
//
// The words:
//
//   - A programme is one season under a profile, of which it keeps a copy:
//     stating a figure, or a new edition of the profile, changes no other
//     programme. It comes from the resolution of a call, from a contract or
//     from the decision of the body itself.
//   - A group is the professionals of one or more bodies who share sessions. It
//     is granted minutes, meets somewhere and has at most one supervisor.
//   - A participant is one person in one group, from a day and until another.
//     Whoever has left is one no longer, whatever else they are.
//   - A contract is what a provider was engaged for: hours, price, reference.
//
// The life of a programme is draft, open, closed; a draft may be cancelled. It
// does not open while a required figure is not stated, and does not close while
// another module holds it (HoldClosing), such as a broken commitment without
// an analysis of its causes.
//
// Other modules add to the pages through slots: tabs, panels, holds. Sessions,
// hours, records and evaluations are theirs.
package supervision
