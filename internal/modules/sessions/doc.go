// Package sessions holds the sessions of supervision: when and where each group
// meets, who came, and what became of the sessions that did not take place.
//
// The words:
//
//   - A session is planned, and then held or cancelled. It keeps minutes of its
//     group (package hours), which come back when it is cancelled.
//   - An attendance is what became of one participant: expected, present, late,
//     absent or excused. It is written by the supervisor, or by the person with
//     the code of the session and their own. Nobody's excuse cancels a session.
//   - Closing a session makes it held: it takes down the minutes for the group
//     and for each person. After that only corrections change it, each an entry
//     with its reason.
//
// What is said in a session is not here, nor is there a field for it.
//
// This package keeps sessions and what became of people in them. Booking, moving
// and cancelling are in package booking, with the calendar and the page of a
// session; the pages of signing in are in attendance; invitations and the
// calendars that people subscribe to in agenda. Higher modules are told of
// sessions that were held (OnHeld) and add links to the page of a session
// (OfferTabs).
package sessions
