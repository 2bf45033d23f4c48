package ledger

// Check tells whether Post would accept the entry: nil, or the [*Refusal].
func (l *Ledger) Check(e Entry) error {
	if rule := l.malformed(e); rule != "" {
		return &Refusal{Rule: rule, Entry: e.ID, Account: e.Account, Contract: e.Contract}
	}
	for _, room := range l.rooms(e) {
		if room.after < 0 {
			return &Refusal{
				Rule: room.rule, Entry: e.ID, Account: e.Account, Contract: e.Contract,
				Asked: room.before - room.after, Available: room.before,
			}
		}
	}
	return nil
}

func (l *Ledger) malformed(e Entry) Rule {
	if _, used := l.position[e.ID]; used || e.ID == "" {
		return NewID
	}
	if !e.Kind.known() {
		return KnownKind
	}
	if (e.Account == "") != (e.Kind == Fund) || (e.Contract != "") != e.Kind.ofContract() {
		return RightAddress
	}
	if e.Kind != Deliver && (e.Persons != 0 || e.Released != 0) {
		return RightFigures
	}
	if e.Corrects != "" {
		return l.miscorrected(e)
	}
	if e.Amount <= 0 || !e.within(0) {
		return RightFigures
	}
	return ""
}

func (l *Ledger) miscorrected(e Entry) Rule {
	at, known := l.position[e.Corrects]
	if !known || l.entries[at].Corrects != "" {
		return KnownEntry
	}
	first := l.entries[at]
	if e.Kind != first.Kind || e.Account != first.Account || e.Contract != first.Contract || e.Ref != first.Ref {
		return SameMatter
	}
	if e.Figures == (Figures{}) || !e.within(-Limit) {
		return RightFigures
	}
	left := l.remaining[e.Corrects].plus(e.Figures)
	if !left.within(0) || left.Amount == 0 && left != (Figures{}) {
		return CorrectedRight
	}
	return ""
}

// room is what a rule leaves to take, before and after an entry.
type room struct {
	rule          Rule
	before, after Amount
}

// rooms are in the order in which a person would want to hear of them: the narrowest matter
// first, the contract before the grant.
func (l *Ledger) rooms(e Entry) []room {
	var rooms []room
	if e.Kind.ofContract() {
		before := l.contracts[e.Contract]
		after := before.plus(e.contractEffect())
		rooms = append(rooms, room{WithinFunded, before.Unassigned(), after.Unassigned()})
	}
	if e.Kind == Fund {
		return rooms
	}
	effect := e.effect()
	before := l.balances[e.Account]
	after := before.plus(effect)
	kept := l.scheduled[matter{e.Account, e.Ref}]
	held := l.assigned[matter{e.Account, string(e.Contract)}]
	return append(rooms,
		room{WithinScheduled, kept, kept + effect.Scheduled},
		room{WithinAssigned, held, held + effect.Contracted},
		room{WithinGranted, before.Uncontracted(), after.Uncontracted()},
		room{WithinFree, before.Free(), after.Free()},
		room{WithinInvoiced, before.Invoiced, after.Invoiced},
		room{WithinDelivered, before.ToInvoice(), after.ToInvoice()},
	)
}
