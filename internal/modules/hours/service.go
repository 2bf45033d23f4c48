package hours

import (
	"cmp"
	"context"
	"slices"

	"bastida/engine/ledger"
	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/supervision"
	"bastida/internal/platform/access"
	"bastida/internal/platform/db"
	"bastida/internal/platform/i18n"
)

// Deps are the services that this module calls.
type Deps struct {
	DB          *db.DB
	Supervision *supervision.Service
}

// Service is the verbs of this module.
type Service struct{ Deps }

// New returns the service. From then on it takes down what is granted.
func New(d Deps) *Service {
	s := &Service{d}
	if d.Supervision != nil {
		d.Supervision.OnGrant(s.grant)
		d.Supervision.OfferTabs(s.tab)
		d.Supervision.OfferGroupTabs(s.groupTab)
	}
	return s
}

// keep writes for whoever keeps the hours.
func (s *Service) keep(ctx context.Context, f func(*db.Tx) error) error {
	if err := Keep.Check(ctx, access.Place{}); err != nil {
		return err
	}
	return s.DB.Do(ctx, f)
}

// Balance is where a group within reach stands.
func (s *Service) Balance(ctx context.Context, group record.ID) (b ledger.Balance, err error) {
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		g, err := s.Supervision.Group(tx.Context, group)
		if err != nil {
			return err
		}
		l, err := s.account(tx, g)
		if err != nil {
			return err
		}
		b = l.Balance(ledger.Account(group))
		return nil
	})
	return b, err
}

// account replays the entries of a group.
func (s *Service) account(tx *db.Tx, g supervision.Group) (*ledger.Ledger, error) {
	found, err := entriesOfGroup(tx, g.ProgrammeID, g.ID)
	if err != nil {
		return nil, err
	}
	return replay(found)
}

// Balances is where the groups of a programme that are within reach stand, and
// what they add up to.
func (s *Service) Balances(ctx context.Context, programme record.ID) (total ledger.Balance, byGroup map[record.ID]ledger.Balance, err error) {
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		groups, err := s.Supervision.Groups(tx.Context, programme)
		if err != nil {
			return err
		}
		found, err := entriesOf(tx, programme)
		if err != nil {
			return err
		}
		l, err := replay(found)
		if err != nil {
			return err
		}
		byGroup = make(map[record.ID]ledger.Balance, len(groups))
		for _, g := range groups {
			b := l.Balance(ledger.Account(g.ID))
			byGroup[g.ID], total = b, sum(total, b)
		}
		return nil
	})
	return total, byGroup, err
}

func sum(a, b ledger.Balance) ledger.Balance {
	return ledger.Balance{
		Granted: a.Granted + b.Granted, Contracted: a.Contracted + b.Contracted, Scheduled: a.Scheduled + b.Scheduled,
		Delivered: a.Delivered + b.Delivered, Invoiced: a.Invoiced + b.Invoiced, PersonMinutes: a.PersonMinutes + b.PersonMinutes,
	}
}

// Explain opens a figure of a group to its entries, oldest first.
func (s *Service) Explain(ctx context.Context, group record.ID, stage ledger.Stage) (lines []Line, err error) {
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		g, err := s.Supervision.Group(tx.Context, group)
		if err != nil {
			return err
		}
		found, err := entriesOfGroup(tx, g.ProgrammeID, g.ID)
		if err != nil {
			return err
		}
		l, err := replay(found)
		if err != nil {
			return err
		}
		lines = opened(found, l.Explain(ledger.Account(group), stage))
		return nil
	})
	return lines, err
}

// ExplainAll opens a figure of the groups of a programme that are within reach.
func (s *Service) ExplainAll(ctx context.Context, programme record.ID, stage ledger.Stage) (lines []Line, err error) {
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		groups, err := s.Supervision.Groups(tx.Context, programme)
		if err != nil {
			return err
		}
		found, err := entriesOf(tx, programme)
		if err != nil {
			return err
		}
		found = slices.DeleteFunc(found, func(e Entry) bool {
			return e.GroupID != "" && !slices.ContainsFunc(groups, func(g supervision.Group) bool { return g.ID == e.GroupID })
		})
		l, err := replay(found)
		if err != nil {
			return err
		}
		lines = opened(found, l.ExplainTotal(stage))
		return nil
	})
	return lines, err
}

// opened joins the lines of an explanation with the entries behind them.
func opened(found []Entry, explained []ledger.Line) (lines []Line) {
	byID := make(map[string]Entry, len(found))
	for _, e := range found {
		byID[e.ID.String()] = e
	}
	for _, l := range explained {
		lines = append(lines, Line{Entry: byID[l.Entry.ID], Change: int(l.Change), Sum: int(l.Sum)})
	}
	return lines
}

// grant takes down the minutes of a group as supervision says them. Fewer than
// before give contracted minutes back first; what is planned or held already
// cannot be taken.
func (s *Service) grant(tx *db.Tx, g supervision.Group) error {
	b, err := whole(tx, g.ProgrammeID)
	if err != nil {
		return err
	}
	account, wanted := ledger.Account(g.ID), ledger.Amount(g.Minutes)
	now := b.Balance(account)
	switch {
	case wanted > now.Granted:
		if err := b.post(ledger.Entry{Kind: ledger.Grant, Account: account, Figures: ledger.Figures{Amount: wanted - now.Granted}}); err != nil {
			return err
		}
		return s.cover(tx, g)
	case wanted < now.Granted:
		if now.Scheduled+now.Delivered > wanted {
			return fault.New(fault.Conflict, "hours.granted_in_use", "used", Hours(int(now.Scheduled+now.Delivered)))
		}
		if err := b.giveBack(account, now.Contracted-wanted); err != nil {
			return err
		}
		return b.post(ledger.Entry{Kind: ledger.Revoke, Account: account, Figures: ledger.Figures{Amount: now.Granted - wanted}})
	}
	return nil
}

// giveBack returns contracted minutes of an account to the contracts that they
// are of; none when there are not more than wanted.
func (b *book) giveBack(account ledger.Account, amount ledger.Amount) error {
	for _, contract := range b.sourcesOf(account) {
		if amount <= 0 {
			return nil
		}
		part := min(amount, b.assigned(account, contract))
		if part <= 0 {
			continue
		}
		err := b.post(ledger.Entry{Kind: ledger.Withdraw, Account: account, Contract: contract, Figures: ledger.Figures{Amount: part}})
		if err != nil {
			return err
		}
		amount -= part
	}
	return nil
}

// sourcesOf are the contracts that an account ever drew on.
func (b *book) sourcesOf(account ledger.Account) (found []ledger.Contract) {
	for _, e := range b.Entries() {
		if e.Account == account && e.Kind == ledger.Assign && !slices.Contains(found, e.Contract) {
			found = append(found, e.Contract)
		}
	}
	return found
}

// assigned is what an account has of a contract now.
func (b *book) assigned(account ledger.Account, contract ledger.Contract) (amount ledger.Amount) {
	for _, e := range b.Entries() {
		if e.Account != account || e.Contract != contract {
			continue
		}
		if e.Kind == ledger.Assign {
			amount += e.Amount
		}
		if e.Kind == ledger.Withdraw {
			amount -= e.Amount
		}
	}
	return amount
}

// cover assigns to a group as much of what was granted to it as its contract
// still has.
func (s *Service) cover(tx *db.Tx, g supervision.Group) error {
	b, err := whole(tx, g.ProgrammeID)
	if err != nil {
		return err
	}
	contract, worth, known, err := s.source(tx, b, g)
	if err != nil || !known {
		return err
	}
	if err := b.fund(contract, worth); err != nil {
		return err
	}
	amount := min(b.Balance(ledger.Account(g.ID)).Uncontracted(), b.Contract(contract).Unassigned())
	if amount <= 0 {
		return nil
	}
	return b.post(ledger.Entry{Kind: ledger.Assign, Account: ledger.Account(g.ID), Contract: contract, Figures: ledger.Figures{Amount: amount}})
}

// fund takes down what a contract is worth, when that is more than was known.
func (b *book) fund(contract ledger.Contract, worth ledger.Amount) error {
	more := worth - b.Contract(contract).Funded
	if more <= 0 {
		return nil
	}
	return b.post(ledger.Entry{Kind: ledger.Fund, Contract: contract, Figures: ledger.Figures{Amount: more}})
}

// source is the contract that pays for a group, and what it is worth: the
// group's own, the only one of the programme, or own means.
func (s *Service) source(tx *db.Tx, b *book, g supervision.Group) (contract ledger.Contract, worth ledger.Amount, known bool, err error) {
	inside := actor.AsSystem(tx.Context, tx.Tenant, "hours")
	all, err := s.Supervision.Contracts(inside, g.ProgrammeID)
	if err != nil {
		return "", 0, false, err
	}
	for _, c := range all {
		if c.ID == g.ContractID || g.ContractID == "" && len(all) == 1 {
			return ledger.Contract(c.ID), ledger.Amount(c.Minutes), true, nil
		}
	}
	p, err := s.Supervision.Programme(inside, g.ProgrammeID)
	own := p.Origin == supervision.FromDecision && len(all) == 0
	return ledger.Contract(p.ID), b.Total().Granted, own, err
}

// Cover assigns the contracted hours of a programme to its groups, each as much
// as was granted to it, in the order of their numbers.
func (s *Service) Cover(ctx context.Context, programme record.ID) (p supervision.Programme, err error) {
	err = s.keep(ctx, func(tx *db.Tx) error {
		if p, err = s.Supervision.Programme(tx.Context, programme); err != nil {
			return err
		}
		groups, err := s.Supervision.Groups(tx.Context, programme)
		for _, g := range groups {
			if err := s.cover(tx, g); err != nil {
				return err
			}
		}
		return err
	})
	return p, err
}

// today is the day of a transaction, where the bodies are.
func today(tx *db.Tx) civil.Date { return civil.Of(tx.Now.In(i18n.Zone)) }

// ended refuses what would change the hours of a programme that is over.
func ended(p supervision.Programme) error {
	if p.State == supervision.Closed || p.State == supervision.Cancelled {
		return fault.New(fault.Conflict, "hours.programme_ended")
	}
	return nil
}

// editable returns a programme whose hours may still change.
func (s *Service) editable(tx *db.Tx, programme record.ID) (supervision.Programme, error) {
	p, err := s.Supervision.Programme(tx.Context, programme)
	return p, cmp.Or(err, ended(p))
}
