package ledger

// Stage names a figure of a balance.
type Stage string

// The stages of an account.
const (
	Granted       Stage = "granted"
	Contracted    Stage = "contracted"
	Scheduled     Stage = "scheduled"
	Delivered     Stage = "delivered"
	Invoiced      Stage = "invoiced"
	PersonMinutes Stage = "person-minutes"
)

// Stages are all stages, in the order in which amounts pass through them.
func Stages() []Stage {
	return []Stage{Granted, Contracted, Scheduled, Delivered, Invoiced, PersonMinutes}
}

// Balance is where an account, or all of them, stands. Scheduled is what is still to be
// delivered; Contracted and Granted include what has gone further.
type Balance struct {
	Granted, Contracted, Scheduled, Delivered, Invoiced, PersonMinutes Amount
}

// Uncontracted is granted and not yet contracted.
func (b Balance) Uncontracted() Amount { return b.Granted - b.Contracted }

// Free is contracted and may still be scheduled.
func (b Balance) Free() Amount { return b.Contracted - b.Scheduled - b.Delivered }

// ToInvoice is delivered and not yet invoiced.
func (b Balance) ToInvoice() Amount { return b.Delivered - b.Invoiced }

// Of is the figure of a stage, and nothing for an unknown one.
func (b Balance) Of(stage Stage) Amount {
	switch stage {
	case Granted:
		return b.Granted
	case Contracted:
		return b.Contracted
	case Scheduled:
		return b.Scheduled
	case Delivered:
		return b.Delivered
	case Invoiced:
		return b.Invoiced
	case PersonMinutes:
		return b.PersonMinutes
	}
	return 0
}

func (b Balance) plus(o Balance) Balance {
	return Balance{
		Granted: b.Granted + o.Granted, Contracted: b.Contracted + o.Contracted,
		Scheduled: b.Scheduled + o.Scheduled, Delivered: b.Delivered + o.Delivered,
		Invoiced: b.Invoiced + o.Invoiced, PersonMinutes: b.PersonMinutes + o.PersonMinutes,
	}
}

// ContractBalance is where a contract stands.
type ContractBalance struct {
	Funded, Assigned Amount
}

// Unassigned is what may still be assigned to accounts.
func (c ContractBalance) Unassigned() Amount { return c.Funded - c.Assigned }
