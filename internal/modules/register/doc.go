// Package register is the pages of the register of supervisors: the list, the
// sheet with its checklist of evidence, incompatibilities and unavailability,
// and the forms on which the body and the supervisors themselves keep them.
//
// It has no tables and no rules of its own: every verb is that of supervisors,
// and so is every check.
package register
