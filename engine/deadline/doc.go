// Package deadline reckons administrative time: on which day a term ends, and why.
//
// It is for anyone who must tell a citizen or an office "you have until this day" and be
// able to defend it. It holds no law of its own making and no length of any term. The caller
// brings the term ("five months"), the holidays of the places concerned and the periods in
// which the law stopped the clock; a [Policy] says how the jurisdiction counts. The answer
// is a [Result] that accounts for every single day between the start and the end.
//
// The words:
//
//   - Start is the day of the event: the notification, the publication, the filing. It never
//     counts; counting begins on the day after (dies a quo non computatur).
//   - A [Term] is a length: calendar days, working days, months or years.
//   - The nominal date is where the term would end if nothing had been suspended.
//   - The effective date is where it ends. It is the one to obey.
//   - A [Suspension] is a period in which terms do not run.
//   - A rest day is a day of the week that does not count; a holiday is a declared date.
//
// # Why a term in months ends on the day of the filing
//
// "Five months from the day after filing", filed on 10 January, ends on 10 June and not on
// 11 June. The count begins on the 11th, so the fifth month is complete when the 10th is
// over. Hence the rule of Ley 39/2015 art. 30.4: the term ends on the same ordinal day as
// the day of the event, in the month of expiry; when that month has no such day, on its last.
//
// # How suspensions count
//
// Suspended days are not days of the term. A term in days waits for as many days outside
// every suspension as it is long. A term in months or years is first laid out without
// suspensions and then behaves as a term of that many calendar days: it is extended by the
// suspended days that fall inside it, counted from the first day of the count, again and
// again while the extension meets further suspensions. That is [Resume]. Under [Restart] a
// term met by a suspension loses the days already run and begins anew when it is lifted.
//
// Overlapping suspensions count once. A term that has run out is not suspended any more, but
// it is never moved for being on a rest day into a suspended day.
//
// Warning: because months have different lengths, a term in months interrupted by a
// suspension can end up to three counted days before the same term started some days
// earlier. A month notified on 28 January has 31 days and one notified on the 31st has 28;
// if the clock stops on the 29th, the one has 31 days to go when it runs again and the other
// 28. This can happen only when suspended days lie between the two starts.
//
// # What it does not do
//
// Terms in hours are not reckoned: they need instants, not days. The package knows nothing
// of time zones except in [Window] and [DateOf].
package deadline
