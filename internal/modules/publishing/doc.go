// Package publishing is where the staff of a body write its resources: the list
// of its own, drafts included, the sheet to fill in, what changed since it was
// last published, and the buttons that publish and withdraw.
//
// It has no tables and no rules of its own: every verb is the catalogue's, and
// so is every check. It stands apart because the catalogue is read by everybody
// and written by few: whoever works on the public pages need not know how a
// form of sixty questions is put together, and the other way round.
//
// The questions are those of a catalogue.Sheet, in its words: the labels of
// the form are the labels of the public sheet.
package publishing
