// Package calls holds the calls of a supra-municipal body and the applications
// that local bodies file.
//
// Nothing in a call is fixed by the program: window, terms, limits, modalities,
// annexes, conditions and priorities are its data. The clock opens and closes
// it: a schedule does so, and so does any verb that comes first.
//
// An application lies in the tenant that convenes; an officer sees those of the
// own body. What breaks a hard limit is never stored: outside the window, to the
// minute, or one too many of a body, which the database itself refuses.
//
// The body's side is in the module applications, the convener's in resolution.
// Both change an application only through Fill, Move and Enrol.
package calls
