// Package calls holds the calls of a supra-municipal body and the applications
// that local bodies file.
//
// A call offers a resource of the catalogue during a window, under conditions
// and with priorities written as expressions, with a budget of hours. Nothing
// in it is fixed by the program: terms, limits, modalities and annexes are data
// of each call. The clock opens and closes it: a schedule does so, and so does
// any verb that comes first.
//
// An application belongs to the tenant that convenes; its body is the one that
// applies, and an officer sees those of the own body only. What breaks a hard
// limit is never stored: outside the window, to the minute, and more than the
// call allows a body, joint applications included, which the database itself
// refuses.
//
// The body's side of an application is in the module applications, the work of
// those who review and resolve in the module resolution. Both change it only
// through Fill, Move and Enrol, so that the life tables here hold for all.
package calls
