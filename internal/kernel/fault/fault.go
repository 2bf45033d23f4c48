// Package fault is the one vocabulary of failure shared by every layer.
//
// A domain rule returns a Fault; the web layer turns its Kind into a status
// code and its Key into a sentence in the reader's language:
//
//	return fault.New(fault.Conflict, "calls.closed", "closes", call.Closes)
//
// Anything that is not a Fault is a bug or an outage: it is logged in full and
// shown as nothing but a reference number.
package fault

import (
	"errors"
	"fmt"
	"strings"
)

// Kind says what went wrong in terms a caller can act on. A Kind is itself an
// error, so errors.Is(err, fault.NotFound) reads as a sentence.
type Kind string

// The kinds of failure.
const (
	Invalid     Kind = "invalid"     // the input breaks a rule; Fields say which
	NotFound    Kind = "not_found"   // absent, or hidden from this actor
	Unknown     Kind = "unknown"     // nobody is signed in, and somebody must be
	Forbidden   Kind = "forbidden"   // present and known to be, but not for this actor
	Conflict    Kind = "conflict"    // contradicts another record or the state of this one
	Stale       Kind = "stale"       // somebody saved first
	TooMany     Kind = "too_many"    // asked too often; try again later
	Unavailable Kind = "unavailable" // something outside is not answering
)

// Error makes a Kind an error.
func (k Kind) Error() string { return string(k) }

// Field is one complaint about one input, by its form name.
type Field struct {
	Name string
	Key  string
	Args []any // names and values in turn
}

// Fault is an expected failure.
type Fault struct {
	Kind   Kind
	Key    string // message key, such as "calls.closed"
	Args   []any  // names and values in turn
	Fields []Field
}

// Error says the failure for logs; people read the message behind Key.
func (f *Fault) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s", f.Kind, f.Key)
	for i := 0; i+1 < len(f.Args); i += 2 {
		fmt.Fprintf(&b, " %v=%v", f.Args[i], f.Args[i+1])
	}
	for _, c := range f.Fields {
		fmt.Fprintf(&b, " [%s: %s]", c.Name, c.Key)
	}
	return b.String()
}

// Is makes a Fault match its Kind.
func (f *Fault) Is(target error) bool {
	k, ok := target.(Kind)
	return ok && k == f.Kind
}

// New returns a Fault of the given kind. args are names and values in turn.
func New(k Kind, key string, args ...any) error {
	return &Fault{Kind: k, Key: key, Args: args}
}

// Of returns the Fault inside err, or nil when err holds none.
func Of(err error) *Fault {
	var f *Fault
	if errors.As(err, &f) {
		return f
	}
	return nil
}

// Fields collects complaints so that a person sees them all at once.
type Fields []Field

// Add records that the named input breaks the rule described by key.
func (fs *Fields) Add(name, key string, args ...any) {
	*fs = append(*fs, Field{name, key, args})
}

// Err returns an Invalid fault holding the complaints, or nil when there are none.
func (fs Fields) Err() error {
	if len(fs) == 0 {
		return nil
	}
	return &Fault{Kind: Invalid, Key: "form.invalid", Fields: fs}
}
