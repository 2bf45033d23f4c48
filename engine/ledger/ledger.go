package ledger

import "fmt"

// Ledger is the state that entries add up to. It is not safe for concurrent use.
type Ledger struct {
	entries   []Entry
	position  map[string]int     // of an entry, by its ID
	remaining map[string]Figures // of a first entry after its corrections
	of        map[Account][]int  // positions
	ofFunds   map[Contract][]int // positions
	balances  map[Account]Balance
	contracts map[Contract]ContractBalance
	scheduled map[matter]Amount
	assigned  map[matter]Amount
	total     Balance
}

// matter is a Ref or a contract, within an account.
type matter struct {
	account Account
	name    string
}

// New is a ledger without entries.
func New() *Ledger {
	return &Ledger{
		position: map[string]int{}, remaining: map[string]Figures{},
		of: map[Account][]int{}, ofFunds: map[Contract][]int{},
		balances: map[Account]Balance{}, contracts: map[Contract]ContractBalance{},
		scheduled: map[matter]Amount{}, assigned: map[matter]Amount{},
	}
}

// Replay posts the entries in order. It fails at the first one refused, and wraps the
// [*Refusal].
func Replay(entries []Entry) (*Ledger, error) {
	l := New()
	for i, entry := range entries {
		if err := l.Post(entry); err != nil {
			return nil, fmt.Errorf("entry %d of %d: %w", i+1, len(entries), err)
		}
	}
	return l, nil
}

// Post adds an entry, or returns a [*Refusal] and changes nothing.
func (l *Ledger) Post(e Entry) error {
	if err := l.Check(e); err != nil {
		return err
	}
	at := len(l.entries)
	l.entries = append(l.entries, e)
	l.position[e.ID] = at
	first := e.first()
	l.remaining[first] = l.remaining[first].plus(e.Figures)
	if e.Kind.ofContract() {
		l.ofFunds[e.Contract] = append(l.ofFunds[e.Contract], at)
		l.contracts[e.Contract] = l.contracts[e.Contract].plus(e.contractEffect())
	}
	if e.Kind == Fund {
		return nil
	}
	effect := e.effect()
	l.of[e.Account] = append(l.of[e.Account], at)
	l.balances[e.Account] = l.balances[e.Account].plus(effect)
	l.total = l.total.plus(effect)
	if effect.Scheduled != 0 {
		l.scheduled[matter{e.Account, e.Ref}] += effect.Scheduled
	}
	if effect.Contracted != 0 {
		l.assigned[matter{e.Account, string(e.Contract)}] += effect.Contracted
	}
	return nil
}

// Correct prepares the entry that makes an earlier one, or one already corrected, say these
// figures: the zero [Figures] undo it. The caller gives it ID, At, By and Note, and posts it;
// where nothing differs, Post refuses it.
func (l *Ledger) Correct(id string, figures Figures) (Entry, error) {
	at, known := l.position[id]
	if !known {
		return Entry{}, &Refusal{Rule: KnownEntry, Entry: id}
	}
	e := l.entries[at]
	return Entry{
		Account: e.Account, Contract: e.Contract, Kind: e.Kind, Ref: e.Ref,
		Corrects: e.first(), Figures: figures.minus(l.remaining[e.first()]),
	}, nil
}

// Balance is where an account stands; an unknown one stands at nothing.
func (l *Ledger) Balance(account Account) Balance { return l.balances[account] }

// Contract is where a contract stands.
func (l *Ledger) Contract(contract Contract) ContractBalance { return l.contracts[contract] }

// Scheduled is what is still kept for ref in an account.
func (l *Ledger) Scheduled(account Account, ref string) Amount {
	return l.scheduled[matter{account, ref}]
}

// Total is the sum of all accounts.
func (l *Ledger) Total() Balance { return l.total }

// Entries are all entries as posted, in a slice of the caller's own.
func (l *Ledger) Entries() []Entry { return append([]Entry(nil), l.entries...) }

func (e Entry) first() string {
	if e.Corrects != "" {
		return e.Corrects
	}
	return e.ID
}

func (c ContractBalance) plus(o ContractBalance) ContractBalance {
	return ContractBalance{Funded: c.Funded + o.Funded, Assigned: c.Assigned + o.Assigned}
}
