// Package intake takes bodies and professionals in from a spreadsheet.
//
// A batch is one spreadsheet on its way in. Somebody uploads it, says which
// column is which, and sees what would happen: how many rows are new, changed,
// unchanged or rejected, and why each rejected row is. Only then do they apply
// it: every accepted row in one transaction, or none. What was rejected can be
// taken away as a list, mended, and brought again: a row that is in already is
// simply unchanged.
//
// The cells are kept only while the batch waits. Once it is applied or
// discarded they are gone, and what stays is who brought it, how it ended and,
// until then, the list of rejections.
package intake
