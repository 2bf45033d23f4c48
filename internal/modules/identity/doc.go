// Package identity knows the bodies of the installation, the people who work
// in them, and in whose name a request acts.
//
// A body is a tenant, that is, a data controller: a municipality, a joint body
// or a supra-municipal body. A user is one account, kept in the body where the
// person works. A membership lets a user act in a tenant with one role, limited
// to a body (a municipality's officer in the Diputació's tenant) or to a unit.
// A person has any number of memberships and acts in one at a time; the page
// shows in which.
//
// Signing in is by password (argon2id) with a lock-out per account and a rate
// limit per address; demo users of a demo installation sign in with one click.
// Programs sign in with personal tokens, which reach no further than the
// membership they were made in and the permissions they name.
package identity
