package ledger

import "time"

// Amount is a number of whole minutes, or of whole cents.
type Amount int64

// Limit is the largest figure of an entry. It keeps the sums of nine million entries exact.
const Limit Amount = 1_000_000_000_000

// Account is the name of a group.
type Account string

// Contract is the name of a source of contracted amounts.
type Contract string

// Kind says what an entry does.
type Kind string

// The kinds of entry.
const (
	Fund       Kind = "fund"       // a contract is worth so much; it has no account
	Grant      Kind = "grant"      // the account may use so much
	Revoke     Kind = "revoke"     // the account may use so much less
	Assign     Kind = "assign"     // so much of a contract is for the account
	Withdraw   Kind = "withdraw"   // so much goes back from the account to the contract
	Schedule   Kind = "schedule"   // so much is kept for Ref
	Unschedule Kind = "unschedule" // so much of what is kept for Ref is free again
	Deliver    Kind = "deliver"    // so much was done for Ref; Released says what it frees
	Invoice    Kind = "invoice"    // so much of the delivered was billed
	Credit     Kind = "credit"     // so much of the billed was credited back
)

// Figures are the measures of an entry. All but Amount are for deliveries alone.
type Figures struct {
	Amount   Amount
	Persons  Amount // the sum over those who attended
	Released Amount // what the delivery takes off the schedule of its Ref
}

func (f Figures) plus(other Figures) Figures {
	return Figures{f.Amount + other.Amount, f.Persons + other.Persons, f.Released + other.Released}
}

func (f Figures) minus(other Figures) Figures {
	return Figures{f.Amount - other.Amount, f.Persons - other.Persons, f.Released - other.Released}
}

// within tells whether every figure lies between low and [Limit].
func (f Figures) within(low Amount) bool {
	return min(f.Amount, f.Persons, f.Released) >= low && max(f.Amount, f.Persons, f.Released) <= Limit
}

// Entry is one immutable line of the ledger.
type Entry struct {
	ID       string
	Account  Account
	Contract Contract // for Fund, Assign and Withdraw
	Kind     Kind
	Figures         // positive; in a correction, the difference
	Ref      string // what caused it: a session, an invoice
	Corrects string // the ID of the first entry, never of another correction
	At       time.Time
	By       string
	Note     string
}

// effect is what the entry adds to the balance of its account.
func (e Entry) effect() Balance {
	switch e.Kind {
	case Grant:
		return Balance{Granted: e.Amount}
	case Revoke:
		return Balance{Granted: -e.Amount}
	case Assign:
		return Balance{Contracted: e.Amount}
	case Withdraw:
		return Balance{Contracted: -e.Amount}
	case Schedule:
		return Balance{Scheduled: e.Amount}
	case Unschedule:
		return Balance{Scheduled: -e.Amount}
	case Deliver:
		return Balance{Scheduled: -e.Released, Delivered: e.Amount, PersonMinutes: e.Persons}
	case Invoice:
		return Balance{Invoiced: e.Amount}
	case Credit:
		return Balance{Invoiced: -e.Amount}
	default: // Fund is the contract's, and no account's
		return Balance{}
	}
}

// contractEffect is what the entry adds to its contract.
func (e Entry) contractEffect() ContractBalance {
	if e.Kind == Fund {
		return ContractBalance{Funded: e.Amount}
	}
	return ContractBalance{Assigned: e.effect().Contracted}
}

func (k Kind) known() bool {
	return k == Fund || Entry{Kind: k, Figures: Figures{Amount: 1}}.effect() != Balance{}
}

func (k Kind) ofContract() bool { return k == Fund || k == Assign || k == Withdraw }
