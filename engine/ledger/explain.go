package ledger

// Line is an entry as part of a figure.
type Line struct {
	Entry  Entry
	Change Amount // what the entry adds to the figure
	Sum    Amount // the figure after it
}

// Explain opens a figure of an account to its entries. The last Sum is the figure.
func (l *Ledger) Explain(account Account, stage Stage) []Line {
	var lines []Line
	for _, at := range l.of[account] {
		lines = extend(lines, l.entries[at], l.entries[at].effect().Of(stage))
	}
	return lines
}

// ExplainTotal opens a figure of the total to the entries of all accounts.
func (l *Ledger) ExplainTotal(stage Stage) []Line {
	var lines []Line
	for _, e := range l.entries {
		lines = extend(lines, e, e.effect().Of(stage))
	}
	return lines
}

// ExplainFunded opens what a contract is worth.
func (l *Ledger) ExplainFunded(contract Contract) []Line {
	var lines []Line
	for _, at := range l.ofFunds[contract] {
		lines = extend(lines, l.entries[at], l.entries[at].contractEffect().Funded)
	}
	return lines
}

// ExplainAssigned opens what of a contract is assigned, over all accounts.
func (l *Ledger) ExplainAssigned(contract Contract) []Line {
	var lines []Line
	for _, at := range l.ofFunds[contract] {
		lines = extend(lines, l.entries[at], l.entries[at].contractEffect().Assigned)
	}
	return lines
}

func extend(lines []Line, e Entry, change Amount) []Line {
	if change == 0 {
		return lines
	}
	sum := change
	if len(lines) > 0 {
		sum += lines[len(lines)-1].Sum
	}
	return append(lines, Line{Entry: e, Change: change, Sum: sum})
}
