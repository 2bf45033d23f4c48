package disclosure

import "errors"

// The ways a question can be refused. Errors wrap one of these with the particulars, in
// English, for developers. Nothing may be published of a table that was refused.
var (
	// ErrPolicy is a policy with a missing or unknown rule. There are no defaults.
	ErrPolicy = errors.New("disclosure: not a policy")

	// ErrTable is a table that cannot be true: a cell twice, a part larger than its whole, a
	// circle of parents, more answers than people.
	ErrTable = errors.New("disclosure: not a table")

	// ErrPublished is an earlier publication that does not belong to the table: of another
	// quantity, or of the same measurement with other numbers.
	ErrPublished = errors.New("disclosure: not an earlier publication of this table")
)
