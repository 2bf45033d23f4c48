// Package ledger accounts for hours and money: granted, contracted, scheduled, delivered,
// invoiced; never negative, always explained.
//
// It is for anyone who must say how much of a grant is left and open every figure to the
// entries that make it. It keeps no clock and no store: the caller keeps the entries and
// replays them.
//
// The words:
//
//   - An [Amount] is in whole minutes, or in whole cents: one ledger holds one of the two.
//   - An [Account] is what amounts are granted to: a group. The total is the sum of all.
//   - A [Contract] is funded once and assigned to one account or several.
//   - An [Entry] is immutable. A correction is a new entry, of the same kind, that names the
//     one it corrects and carries the difference, which may be negative.
//   - A [Stage] is a figure of a [Balance].
//   - Person minutes are a second measure of a delivery: the sum over those who attended.
//
// # Where every minute is
//
// Granted is uncontracted, free, scheduled or delivered, and each minute in one of them:
//
//	Granted = Uncontracted() + Free() + Scheduled + Delivered
//
// and none is ever negative. Of the delivered, some are invoiced: Delivered = Invoiced +
// ToInvoice(). What would break this is refused with a [*Refusal], and nothing changes.
//
// Scheduled minutes belong to what they were scheduled for, the Ref: a session cancelled twice
// cannot give back the minutes of another.
package ledger
