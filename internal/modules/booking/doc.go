// Package booking books, moves and cancels sessions, and shows them: the
// calendar, the list, the page of a session.
//
// A booking that collides with something is refused with what it collides with.
// Some of it may be overruled with a reason, which stays with the session: a
// holiday, the rhythm of the group, somebody else's calendar. Nobody is in two
// sessions as their supervisor, no group meets twice at once, and no minute is
// booked beyond those of the group.
//
// Cancelling gives the hours back. What the programme says of notice and of
// making up for a session is its data; where it says nothing there is no rule,
// and the page says so.
//
// The sessions themselves are those of package sessions. Whoever must hear of
// what happens to them, such as agenda with its invitations, asks with OnChange.
package booking
