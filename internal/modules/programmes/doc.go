// Package programmes is the pages of programmes of supervision: what they are,
// under which rules, with which contracts, groups and people. It has no tables:
// every verb is the module supervision's.
//
// Modules above add tabs and panels through the slots of supervision.
package programmes
