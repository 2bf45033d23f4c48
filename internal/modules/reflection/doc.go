// Package reflection keeps the confidential record of what supervision groups
// work on, so that it is of use to the group and to nobody else.
//
// The words:
//
//   - A record is what the group and its supervisor write of one session: what
//     was worked on, themes, goals touched, agreed actions, obstacles. It is
//     theirs: a current member or the supervisor reads it, and nobody who is
//     neither, whatever their role.
//   - A typed text is what somebody has not saved yet, one for each window.
//   - An obstacle is administrative: a form, a rule, a wait. A copy of it may
//     leave the record (module obstacles).
//   - An identifier is whatever gives a client away (engine identifiers).
//
// What is written lies under the key of the group (platform crypt), in drafts
// too. Rows say that there is a record, of which session, and who changed it
// when. When somebody leaves a group, their typed texts go and the key is
// rotated. Destroying the key erases the record: when the time that the rules
// of the programme state is over, or when a technician orders it for a closed
// programme.
//
// Two files: a decision about a case goes into the case, by hand, by its
// professional. Nothing here refers to a case, and no case refers to this.
//
// There is no JSON twin of the record, no CSV, no search, no personal token
// that opens it and no message that repeats it: every door is one to guard.
//
// Other modules plug in whose names are known with KnowNames.
package reflection
