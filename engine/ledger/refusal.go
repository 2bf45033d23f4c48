package ledger

import "fmt"

// Rule is a stable name of what an entry would break, for the product to translate.
type Rule string

// The rules of amounts: a [Refusal] of these tells what was asked and what is available.
const (
	WithinFunded    Rule = "within-funded"    // assigned is at most what the contract is worth
	WithinAssigned  Rule = "within-assigned"  // an account gives back at most what it has of the contract
	WithinGranted   Rule = "within-granted"   // contracted is at most granted
	WithinFree      Rule = "within-free"      // scheduled and delivered are at most contracted
	WithinScheduled Rule = "within-scheduled" // at most what is scheduled for the Ref is freed
	WithinDelivered Rule = "within-delivered" // invoiced is at most delivered
	WithinInvoiced  Rule = "within-invoiced"  // credited is at most invoiced
)

// The rules of form.
const (
	NewID          Rule = "new-id"          // an entry has an ID of its own
	KnownKind      Rule = "known-kind"      // the kind is one of the constants
	RightAddress   Rule = "right-address"   // account and contract are there exactly where the kind needs them
	RightFigures   Rule = "right-figures"   // positive, up to Limit; persons and released for deliveries alone
	KnownEntry     Rule = "known-entry"     // a correction names a first entry of the ledger
	SameMatter     Rule = "same-matter"     // a correction keeps kind, account, contract and Ref
	CorrectedRight Rule = "corrected-right" // what remains after a correction is not negative
)

// Refusal is why an entry was not posted. Under a rule of form, Asked and Available are zero.
type Refusal struct {
	Rule      Rule
	Entry     string
	Account   Account
	Contract  Contract
	Asked     Amount // what the entry would take
	Available Amount // what there is to take
}

// Short is by how much the entry went too far.
func (r *Refusal) Short() Amount { return r.Asked - r.Available }

// Error is English for developers; show people a text of your own by Rule.
func (r *Refusal) Error() string {
	text := fmt.Sprintf("ledger: entry %q refused (%s), account %q", r.Entry, r.Rule, r.Account)
	if r.Contract != "" {
		text += fmt.Sprintf(", contract %q", r.Contract)
	}
	if r.Short() > 0 {
		text += fmt.Sprintf(": %d asked, %d available, %d short", r.Asked, r.Available, r.Short())
	}
	return text
}
