package ledger_test

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"bastida/engine/ledger"
)

// operation is five bytes that say what to try: a small world, so that operations meet.
type operation [5]byte

var kinds = []ledger.Kind{
	ledger.Fund, ledger.Grant, ledger.Revoke, ledger.Assign, ledger.Withdraw, ledger.Schedule,
	ledger.Unschedule, ledger.Deliver, ledger.Invoice, ledger.Credit, "unheard-of",
}

func operations(data []byte) []operation {
	var list []operation
	for ; len(data) >= 5; data = data[5:] {
		list = append(list, operation(data[:5]))
	}
	return list
}

// entry is what an operation asks of the ledger as it stands.
func (o operation) entry(l *ledger.Ledger, serial int) ledger.Entry {
	id := fmt.Sprintf("e%d", serial)
	posted := l.Entries()
	if o[0] >= 200 && len(posted) > 0 {
		e, err := l.Correct(posted[int(o[1])%len(posted)].ID, ledger.Figures{
			Amount: ledger.Amount(o[2] % 60),
		})
		if err != nil {
			panic(err)
		}
		if e.Kind == ledger.Deliver && o[2]%60 > 0 {
			e.Released += ledger.Amount(o[3] % 60)
			e.Persons += ledger.Amount(o[4])
		}
		e.ID = id
		return e
	}
	e := ledger.Entry{ID: id, Kind: kinds[int(o[0])%len(kinds)]}
	e.Amount = ledger.Amount(o[2]%64) - 1
	if e.Kind == ledger.Fund || e.Kind == ledger.Grant {
		e.Amount *= 4
	}
	if e.Kind != ledger.Fund {
		e.Account = ledger.Account([]string{"north", "south"}[o[1]&1])
	}
	switch e.Kind {
	case ledger.Fund, ledger.Assign, ledger.Withdraw:
		e.Contract = ledger.Contract([]string{"c1", "c2"}[o[1]>>1&1])
	case ledger.Schedule, ledger.Unschedule, ledger.Deliver:
		e.Ref = []string{"s1", "s2"}[o[1]>>2&1]
	default: // neither a contract nor a session
	}
	if e.Kind == ledger.Deliver {
		e.Released, e.Persons = ledger.Amount(o[3]%64), ledger.Amount(o[4])
	}
	return e
}

// broken runs the operations and tells the first promise broken, or nothing.
func broken(list []operation) (problem string, accepted int) {
	l := ledger.New()
	for i, o := range list {
		e := o.entry(l, i)
		before := snapshot(l)
		lawful := oracleNonNegative(append(l.Entries(), e))
		err := l.Post(e)
		var refusal *ledger.Refusal
		switch {
		case err != nil && !errors.As(err, &refusal):
			return "refused without a Refusal", accepted
		case err != nil && snapshot(l) != before:
			return fmt.Sprintf("refused %+v and changed", e), accepted
		case err == nil && !lawful:
			return fmt.Sprintf("accepted %+v", e), accepted
		case err != nil && lawful && strings.HasPrefix(string(refusal.Rule), "within-"):
			return fmt.Sprintf("refused without need: %v", err), accepted
		case err != nil && strings.HasPrefix(string(refusal.Rule), "within-") && (refusal.Available < 0 || refusal.Short() <= 0):
			return fmt.Sprintf("a refusal that explains nothing: %v", err), accepted
		}
		if err != nil {
			continue
		}
		accepted++
		if p := unexplained(l); p != "" {
			return p, accepted
		}
	}
	again, err := ledger.Replay(l.Entries())
	if err != nil || !reflect.DeepEqual(again, l) && len(l.Entries()) > 0 {
		return fmt.Sprintf("replay differs: %v", err), accepted
	}
	return "", accepted
}

func snapshot(l *ledger.Ledger) string {
	return fmt.Sprint(l.Entries(), l.Total(), l.Balance("north"), l.Balance("south"), l.Contract("c1"), l.Contract("c2"),
		l.Scheduled("north", "s1"), l.Scheduled("north", "s2"), l.Scheduled("south", "s1"), l.Scheduled("south", "s2"))
}

// oracleNonNegative adds up pots instead of stages: a minute leaves one pot as it enters
// another, so none is lost by construction; then no pot may be negative.
func oracleNonNegative(entries []ledger.Entry) bool {
	for _, amount := range pots(entries) {
		if amount < 0 {
			return false
		}
	}
	return true
}

func pots(entries []ledger.Entry) map[string]ledger.Amount {
	pot := map[string]ledger.Amount{}
	for _, e := range entries {
		a, c, n := string(e.Account)+"/", string(e.Contract), e.Amount
		move := func(from, to string, n ledger.Amount) { pot[from] -= n; pot[to] += n }
		switch e.Kind {
		case ledger.Fund:
			pot["unassigned "+c] += n
		case ledger.Grant:
			pot[a+"uncontracted"] += n
		case ledger.Revoke:
			pot[a+"uncontracted"] -= n
		case ledger.Assign:
			move(a+"uncontracted", a+"free", n)
			move("unassigned "+c, a+"of "+c, n)
		case ledger.Withdraw:
			move(a+"free", a+"uncontracted", n)
			move(a+"of "+c, "unassigned "+c, n)
		case ledger.Schedule:
			move(a+"free", a+"for "+e.Ref, n)
		case ledger.Unschedule:
			move(a+"for "+e.Ref, a+"free", n)
		case ledger.Deliver:
			move(a+"for "+e.Ref, a+"free", e.Released)
			move(a+"free", a+"to invoice", n)
		case ledger.Invoice:
			move(a+"to invoice", a+"invoiced", n)
		case ledger.Credit:
			move(a+"invoiced", a+"to invoice", n)
		}
	}
	return pot
}

// unexplained tells a figure that its entries or the pots do not add up to.
func unexplained(l *ledger.Ledger) string {
	pot := pots(l.Entries())
	for _, account := range []ledger.Account{"north", "south"} {
		b, a := l.Balance(account), string(account)+"/"
		scheduled := pot[a+"for s1"] + pot[a+"for s2"]
		if b.Uncontracted() != pot[a+"uncontracted"] || b.Free() != pot[a+"free"] || b.Scheduled != scheduled ||
			b.ToInvoice() != pot[a+"to invoice"] || b.Invoiced != pot[a+"invoiced"] || b.PersonMinutes < 0 ||
			l.Scheduled(account, "s1") != pot[a+"for s1"] ||
			b.Granted != b.Uncontracted()+b.Free()+b.Scheduled+b.Delivered {
			return fmt.Sprintf("a minute is lost in %s: %+v, pots %v", account, b, pot)
		}
	}
	for _, stage := range ledger.Stages() {
		for _, account := range []ledger.Account{"north", "south"} {
			if sum(l.Explain(account, stage)) != l.Balance(account).Of(stage) {
				return fmt.Sprintf("%s of %s is not explained", stage, account)
			}
		}
		both := l.Balance("north").Of(stage) + l.Balance("south").Of(stage)
		if sum(l.ExplainTotal(stage)) != l.Total().Of(stage) || l.Total().Of(stage) != both {
			return fmt.Sprintf("%s of the total is not explained", stage)
		}
	}
	for _, c := range []ledger.Contract{"c1", "c2"} {
		b := l.Contract(c)
		if sum(l.ExplainFunded(c)) != b.Funded || sum(l.ExplainAssigned(c)) != b.Assigned || b.Unassigned() != pot["unassigned "+string(c)] {
			return fmt.Sprintf("contract %s is not explained", c)
		}
	}
	return ""
}

func sum(lines []ledger.Line) ledger.Amount {
	var s ledger.Amount
	for _, line := range lines {
		s += line.Change
		if line.Sum != s {
			return -1
		}
	}
	return s
}

// report shrinks what broke a promise to the fewest operations and writes them as entries.
func report(t *testing.T, list []operation) {
	t.Helper()
	for i := 0; i < len(list); {
		shorter := append(append([]operation(nil), list[:i]...), list[i+1:]...)
		if p, _ := broken(shorter); p != "" {
			list, i = shorter, 0
			continue
		}
		i++
	}
	problem, _ := broken(list)
	l := ledger.New()
	for i, o := range list {
		e := o.entry(l, i)
		t.Logf("%+v: %v", e, l.Post(e))
	}
	t.Error(problem)
}
