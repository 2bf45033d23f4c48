// Package commitment keeps the word that a funder gave about supervision: that
// all its bodies rate the supervisors' competence well enough.
//
// The words:
//
//   - The commitment is three figures of the programme's profile: the threshold
//     (7), the scale that it is on (10), and the share of the ratings that must
//     reach it (100 %). A profile without a threshold promises nothing.
//   - The standing is the arithmetic of the ratings against them. It is kept
//     when every expected rating was given and enough of them reach the
//     threshold; broken when those below it are too many whatever the rest may
//     say; open until then. A missing rating, or one recorded as not answered,
//     is never counted as if it reached the threshold.
//   - Figures are never rounded up: 6.95 is shown as it is, and a mean of it as
//     6.9. A rating of 6.9 breaks a commitment of 7.
//   - A broken commitment has an analysis of its causes, which opens by itself
//     with the day by which it is due, and improvement actions with an owner and
//     a date. Its programme does not close without them.
//   - The report of a year says to the public how the commitment stood in the
//     programmes that ended in it, why, and what was done. It names neither
//     participants nor supervisors, and stays as it was published.
package commitment
