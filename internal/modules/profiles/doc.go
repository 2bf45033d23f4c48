// Package profiles holds the rules under which supervision is paid for and
// given: the Diputació's maximum of hours, the minimums of an Italian ambito, a
// centre's own.
//
// A profile is data that a pack brings. Each of its rules that is a number is a
// figure with its source; one that nobody could confirm has no value, and a
// programme under that profile does not open until somebody states it and says
// where from. Programmes keep a copy: a new edition of a profile changes none.
package profiles
