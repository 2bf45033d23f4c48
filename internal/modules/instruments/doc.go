// Package instruments keeps questionnaires as data, and the sheets on which
// they are answered.
//
// An instrument is a list of items in sections: numbers, choices, texts, scales
// and dates, each with its wording in every language of the instrument. An item
// may appear only when earlier answers call for it (its "when"), and scores are
// computed from the answers; both are expressions of package rule, which see
// nothing but the map answers. The JSON of an instrument is a published format,
// described in packs/README.md: Load reads it, and the API gives it back.
//
// Each version of an instrument is published once and never changes. Publishing
// a newer one retires the one before: sheets that began with it end with it.
//
// A sheet belongs to a subject, any record of any module, which has at most one:
//
//	draft ──complete──▶ complete
//	  ◀────reopen───────┘
//
// A draft keeps whatever was typed, right or wrong. Completing it demands every
// required answer, drops the answers to items that do not apply (what was typed
// stays, in case they come back) and computes the scores.
//
// Who may read or fill in a sheet is decided by the module that owns its
// subject, before it calls: the verbs on sheets check no permission of their
// own. Reading the instruments themselves is a permission of this module.
package instruments
