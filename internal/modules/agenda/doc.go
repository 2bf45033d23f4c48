// Package agenda brings sessions into people's own calendars.
//
//   - An invitation is a message with the session as a file for the calendar. It
//     goes to the members of the group and to whoever leads it when a session is
//     booked, again when it moves, and is taken back when it is cancelled. It
//     says the person's code for signing the session.
//   - A feed is a secret address that a calendar program reads again and again.
//     It holds the sessions that its owner leads, and those of the groups that
//     they belong to now: whoever leaves a group sees its sessions no longer.
//
// Titles are neutral, because calendars are seen by others. The address is shown
// once and stored by its fingerprint; a new one puts an end to the old one.
package agenda
