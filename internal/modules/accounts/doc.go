// Package accounts is where administrators look after people and bodies: who
// has an account, what each may do and why, and how a body signs and looks. It
// also holds the pages about oneself: the account and the personal tokens.
//
// It has no tables and no rules of its own: every verb is identity's, and so is
// every check. What it adds is the pages, and the answer to "why may this
// person see that?", which it takes from the permissions themselves.
package accounts
