// Package evaluation asks the bodies of a season of supervision how it goes:
// half-way, while something can still be changed, and at its end.
//
// The words:
//
//   - A round is one of those two moments in a programme. A technician opens
//     it, and closes it when everybody has answered or the wait is over.
//   - A rating is what one body says of the competence of the supervisor of one
//     of its groups: a number on the scale of the programme, signed by its local
//     officer, who may correct it until the round closes. One that nobody gave
//     is missing. It can be recorded as not answered, with the reason, once the
//     body was reminded; it never counts as if it had been given.
//
// The scale is the figure of the programme's profile. Nothing here says which
// rating is good enough: that is package commitment's, which is told of each.
// Package ballots asks the participants of the same rounds, without names.
package evaluation
