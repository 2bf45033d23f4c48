package deadline

import "errors"

// The ways a question can be absurd. Errors wrap one of these with the particulars, in
// English, for developers; show the citizen a text of your own.
var (
	// ErrDate is a day that does not exist or lies outside the years 1 to 9999.
	ErrDate = errors.New("deadline: not a date")

	// ErrTerm is a term that is not positive, or of no known unit.
	ErrTerm = errors.New("deadline: not a term")

	// ErrPolicy is a policy with an unknown or missing rule. There are no defaults: a rule
	// of law is never guessed.
	ErrPolicy = errors.New("deadline: not a policy")

	// ErrSuspension is a suspension that ends before it begins.
	ErrSuspension = errors.New("deadline: not a suspension")

	// ErrOpenSuspension means that the term meets a suspension not yet lifted: its end is
	// unknown. Ask again without suspensions for the nominal date.
	ErrOpenSuspension = errors.New("deadline: suspended with no end in sight")

	// ErrNoWorkingDay means that the rest days and holidays left no working day for over a
	// year: the calendar is wrong.
	ErrNoWorkingDay = errors.New("deadline: no working day within reach")

	// ErrTooLong is a term of over a century, or one that leaves the year 9999.
	ErrTooLong = errors.New("deadline: term too long")
)
