// Package attendance is the pages on which people sign sessions: that of the
// supervisor, with a large button for each person, and that of the address at
// which each person signs with their own code.
//
// The supervisor's page is made for a telephone in the hand: a tap gives a
// person the next mark, without scripts as a form and with them in place. Then
// one button closes the session. What is wrong afterwards is corrected with a
// reason, and the history of it is on the same page.
//
// No tables: every verb is that of package sessions.
package attendance
