// Package wellbeing measures how the teams of a service are, so that nobody can
// find out how one person is.
//
// An instrument is a questionnaire as data of packs/shared/wellbeing, with its
// edition, the status of its licence and its scales. One whose wording we may
// not give away has none: a body puts its own in, says where it comes from, and
// answers for licence and translation. A round asks an instrument of teams for
// some days. Every person of a team has one code, on paper or by e-mail; a code
// is good for one answer, on a page without signing in.
//
// What is promised to whoever answers:
//
//   - A code is not tied to an answer. The answers of a team lie in one row, its
//     box, as a list that is sorted anew each time, so that neither order, nor
//     identifier, nor instant of an answer exists. Of a code it is only written
//     that it was used, and not when: code and box are written as if at the
//     opening of the round. Neither enters the audit trail.
//   - Nobody sees anything before a round is published, not even how many have
//     answered. Publishing is one step, taken once the round has closed: it keeps
//     the figures that engine/disclosure lets through, and destroys answers and
//     codes. What was withheld is never stored.
//   - There is no free text, and nothing follows a person from round to round.
//
// What is not promised: whoever owns the machine could keep copies of the
// database or of its journal from before and after one answer and compare them,
// and could read a code in the e-mail that carried it. That takes part of the
// secret away: whether somebody answered, and in the first case what. Codes on
// paper leave no trace of whose they are.
//
// Teams keep no names, only as many opaque keys as they have people, so that two
// measurements can tell how many came and went. Keys are of nobody in particular.
//
// The figures below which nothing is shown are parameters of the territory.
package wellbeing
