package hours_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"

	"bastida/engine/ledger"
	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/hours"
	"bastida/internal/modules/profiles"
	"bastida/internal/modules/supervision"
	"bastida/internal/platform/db"
)

// do runs a verb of sessions in a transaction of the technician.
func (w *world) do(t *testing.T, f func(tx *db.Tx) error) error {
	t.Helper()
	return w.db.Do(w.as(t, "technician"), f)
}

func (w *world) schedule(t *testing.T, g supervision.Group, session record.ID, minutes int) error {
	t.Helper()
	return w.do(t, func(tx *db.Tx) error { return w.Schedule(tx, g, session, minutes) })
}

func (w *world) balance(t *testing.T, g supervision.Group) ledger.Balance {
	t.Helper()
	b, err := w.Balance(w.as(t, "technician"), g.ID)
	must(t, err)
	return b
}

// refusal fails unless err is a conflict with the given key, and returns what
// it says there is.
func refusal(t *testing.T, err error, key string) (free any) {
	t.Helper()
	f := fault.Of(err)
	if f == nil || f.Key != key {
		t.Fatalf("got %v, want %s", err, key)
	}
	for i := 0; i+1 < len(f.Args); i += 2 {
		if f.Args[i] == "free" {
			free = f.Args[i+1]
		}
	}
	return free
}

func TestHoursGoFromTheGrantToTheInvoice(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p, g, _ := w.programme(t, supervision.FromContract)
		if got := w.balance(t, g); got != (ledger.Balance{Granted: 1080}) {
			t.Fatalf("granted: %+v", got)
		}
		if free := refusal(t, w.schedule(t, g, db.NewID(), 120), "hours.not_contracted"); free != 0.0 {
			t.Errorf("without a contract %v are free", free)
		}
		c := w.engage(t, p.ID, 30)
		session := db.NewID()
		must(t, w.schedule(t, g, session, 120))
		must(t, w.do(t, func(tx *db.Tx) error { return w.Deliver(tx, g, session, 120, 1100) }))
		if got, want := w.balance(t, g), (ledger.Balance{Granted: 1080, Contracted: 1080, Delivered: 120, PersonMinutes: 1100}); got != want {
			t.Errorf("delivered: %+v", got)
		}
		bill := hours.InvoiceInput{Contract: c.ID, Number: "F-1", Date: civil.MustParse("2020-01-15"), Items: []hours.ItemInput{{Group: g.ID, Hours: 2.5}}}
		if _, err := w.Bill(w.as(t, "technician"), p.ID, bill); refusal(t, err, "hours.beyond_delivered") != 2.0 {
			t.Errorf("more than delivered was billed: %v", err)
		}
		bill.Items[0].Hours = 2
		v, err := w.Bill(w.as(t, "technician"), p.ID, bill)
		if err != nil || v.Minutes != 120 || v.Cents != 12000 {
			t.Fatalf("invoice %+v, %v", v, err)
		}
		if _, err := w.Bill(w.as(t, "technician"), p.ID, bill); !errors.Is(err, fault.Invalid) {
			t.Errorf("the same invoice twice: %v", err)
		}
		if got := w.balance(t, g); got.Invoiced != 120 || got.ToInvoice() != 0 {
			t.Errorf("invoiced: %+v", got)
		}
	})
}

func TestAnInvoiceIsCorrectedByAnEntryWithItsReason(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p, g, _ := w.programme(t, supervision.FromContract)
		c, session := w.engage(t, p.ID, 36), db.NewID()
		must(t, w.do(t, func(tx *db.Tx) error { return w.Deliver(tx, g, session, 180, 900) }))
		_, err := w.Bill(w.as(t, "legal"), p.ID, hours.InvoiceInput{
			Contract: c.ID, Number: "F-2", Date: civil.MustParse("2020-01-15"), Items: []hours.ItemInput{{Group: g.ID, Hours: 3}},
		})
		must(t, err)
		lines, err := w.Explain(w.as(t, "legal"), g.ID, ledger.Invoiced)
		must(t, err)
		entry := lines[0].ID
		if _, err := w.Correct(w.as(t, "legal"), entry, hours.CorrectInput{Hours: 2}); !errors.Is(err, fault.Invalid) {
			t.Errorf("without a reason: %v", err)
		}
		if _, err := w.Correct(w.as(t, "auditor"), entry, hours.CorrectInput{Hours: 2, Reason: "No"}); !errors.Is(err, fault.Forbidden) {
			t.Errorf("an auditor: %v", err)
		}
		_, err = w.Correct(w.as(t, "legal"), entry, hours.CorrectInput{Hours: 2, Reason: "Billed twice"})
		must(t, err)
		_, err = w.Correct(w.as(t, "legal"), entry, hours.CorrectInput{Hours: 2.5, Reason: "Half of it after all"})
		must(t, err)
		lines, err = w.Explain(w.as(t, "legal"), g.ID, ledger.Invoiced)
		must(t, err)
		if len(lines) != 3 || lines[1].Change != -60 || lines[2].Change != 30 || lines[2].Sum != 150 || lines[1].Note != "Billed twice" || lines[1].Corrects != entry {
			t.Errorf("got %+v", lines)
		}
		if _, err := w.Correct(w.as(t, "legal"), entry, hours.CorrectInput{Hours: 4, Reason: "Too much"}); refusal(t, err, "hours.beyond_delivered") != 0.5 {
			t.Errorf("beyond delivered: %v", err)
		}
	})
}

func TestADeliveryIsCorrectedAndTakenBackByEntries(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		_, g, _ := w.programme(t, supervision.FromDecision)
		session := db.NewID()
		must(t, w.schedule(t, g, session, 120))
		must(t, w.do(t, func(tx *db.Tx) error { return w.Deliver(tx, g, session, 90, 800) }))
		fix := hours.Delivery{Minutes: 100, PersonMinutes: 950, Reason: "It ended later"}
		must(t, w.do(t, func(tx *db.Tx) error { return w.Redeliver(tx, g, session, fix) }))
		if got := w.balance(t, g); got.Delivered != 100 || got.PersonMinutes != 950 || got.Scheduled != 0 {
			t.Errorf("corrected: %+v", got)
		}
		must(t, w.do(t, func(tx *db.Tx) error { return w.Redeliver(tx, g, session, fix) })) // says so already
		must(t, w.do(t, func(tx *db.Tx) error { return w.Undeliver(tx, g, session, "It was another day") }))
		if got := w.balance(t, g); got.Delivered != 0 || got.PersonMinutes != 0 || got.Scheduled != 120 {
			t.Errorf("taken back: %+v", got)
		}
		must(t, w.do(t, func(tx *db.Tx) error { return w.Deliver(tx, g, session, 120, 1000) }))
		lines, err := w.Explain(w.as(t, "supervisorless"), g.ID, ledger.Delivered)
		if err == nil || lines != nil {
			t.Errorf("a stranger read %v", lines)
		}
		lines, err = w.Explain(w.as(t, "auditor"), g.ID, ledger.Delivered)
		if err != nil || len(lines) != 4 || lines[3].Sum != 120 {
			t.Errorf("got %+v, %v", lines, err)
		}
	})
}

func TestOwnMeansCoverAProgrammeThatTheBodyDecidedOn(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p, g, _ := w.programme(t, supervision.FromDecision)
		if got := w.balance(t, g); got.Contracted != 1080 {
			t.Errorf("got %+v", got)
		}
		total, byGroup, err := w.Balances(w.as(t, "valley"), p.ID)
		if err != nil || len(byGroup) != 1 || total.Granted != 1080 {
			t.Errorf("an officer saw %v of %v, %v", byGroup, total, err)
		}
	})
}

func TestAContractIsSharedByItsGroups(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p, valley, coast := w.programme(t, supervision.FromContract)
		c := w.engage(t, p.ID, 30)
		_, err := w.Cover(w.as(t, "technician"), p.ID)
		must(t, err)
		if a, b := w.balance(t, valley), w.balance(t, coast); a.Contracted != 1080 || b.Contracted != 720 {
			t.Fatalf("got %+v and %+v", a, b)
		}
		if free := refusal(t, w.schedule(t, coast, db.NewID(), 780), "hours.not_contracted"); free != 12.0 {
			t.Errorf("free %v", free)
		}
		move := hours.AssignInput{Contract: c.ID, Direction: hours.FromGroup, Hours: 4, Reason: "The coast needs them"}
		_, err = w.Assign(w.as(t, "technician"), valley.ID, move)
		must(t, err)
		move.Direction = hours.ToGroup
		_, err = w.Assign(w.as(t, "technician"), coast.ID, move)
		must(t, err)
		if _, err := w.Assign(w.as(t, "technician"), coast.ID, move); refusal(t, err, "hours.beyond_contract") != 0.0 {
			t.Errorf("more than the contract: %v", err)
		}
		must(t, w.schedule(t, coast, db.NewID(), 780))
		at, err := w.Contracts(w.as(t, "auditor"), p.ID)
		if err != nil || len(at) != 1 || at[0].Assigned != 1800 {
			t.Errorf("contracts %+v, %v", at, err)
		}
		if _, err := w.Contracts(w.as(t, "valley"), p.ID); !errors.Is(err, fault.Forbidden) {
			t.Errorf("an officer reads prices: %v", err)
		}
	})
}

func TestAGrantCannotShrinkBelowWhatIsPlannedOrHeld(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		_, g, _ := w.programme(t, supervision.FromDecision)
		must(t, w.schedule(t, g, db.NewID(), 600))
		in := supervision.GroupInput{Name: "valley", Kind: profiles.Teams, Language: "ca", Hours: 9, Bodies: g.Bodies.V}
		if _, err := w.supervision.CorrectGroup(w.as(t, "technician"), g.ID, db.AnyVersion, in); !errors.Is(err, fault.Conflict) {
			t.Fatalf("below what is planned: %v", err)
		}
		if again, err := w.supervision.Group(w.as(t, "technician"), g.ID); err != nil || again.Minutes != 1080 {
			t.Errorf("half written: %d, %v", again.Minutes, err)
		}
		in.Hours = 10
		_, err := w.supervision.CorrectGroup(w.as(t, "technician"), g.ID, db.AnyVersion, in)
		must(t, err)
		if got := w.balance(t, g); got.Granted != 600 || got.Contracted != 600 || got.Free() != 0 {
			t.Errorf("got %+v", got)
		}
	})
}

func TestEntriesAreNeverChanged(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.programme(t, supervision.FromDecision)
		for _, text := range []string{"UPDATE hours_entry SET minutes = 1 WHERE tenant_id = $1", "DELETE FROM hours_entry WHERE tenant_id = $1"} {
			err := w.do(t, func(tx *db.Tx) error {
				_, err := db.Bulk(tx, "test", text)
				return err
			})
			if err == nil || !strings.Contains(err.Error(), "append-only") {
				t.Errorf("%s: %v", text, err)
			}
		}
	})
}

// Eight people book at once what is enough for three.
func TestNobodyBooksBeyondTheGrantByBeingQuick(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p, g, other := w.programme(t, supervision.FromContract)
		w.engage(t, p.ID, 25)
		groups := []supervision.Group{g, other}
		const each = 360
		errs := make([]error, 16)
		var all sync.WaitGroup
		for i := range errs {
			all.Go(func() {
				errs[i] = w.db.Do(w.as(t, "technician"), func(tx *db.Tx) error { return w.Schedule(tx, groups[i%2], db.NewID(), each) })
			})
		}
		all.Wait()
		booked := 0
		for _, err := range errs {
			switch {
			case err == nil:
				booked++
			case !errors.Is(err, fault.Conflict):
				t.Errorf("not a refusal: %v", err)
			}
		}
		total, _, err := w.Balances(w.as(t, "technician"), p.ID)
		must(t, err)
		if booked != 4 || total.Scheduled != 4*each || total.Contracted != 1500 {
			t.Errorf("%d booked, %+v", booked, total)
		}
	})
}

// Whatever is done in whatever order, the stored entries replay to a ledger
// that keeps its identity, and what was refused left nothing behind.
func TestNoOrderOfVerbsLosesAMinute(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p, g, _ := w.programme(t, supervision.FromContract)
		c := w.engage(t, p.ID, 20)
		random := rand.New(rand.NewPCG(3, 14))
		sessions := []record.ID{db.NewID(), db.NewID(), db.NewID(), db.NewID()}
		for range 60 {
			before := w.balance(t, g)
			err := w.act(t, random, p, g, c, sessions[random.IntN(len(sessions))])
			b := w.balance(t, g)
			if err != nil && b != before {
				t.Fatalf("refused, and yet %+v became %+v", before, b)
			}
			if b.Uncontracted()+b.Free()+b.Scheduled+b.Delivered != b.Granted || min(b.Uncontracted(), b.Free(), b.Scheduled, b.Delivered, b.ToInvoice(), b.Invoiced) < 0 {
				t.Fatalf("the account does not add up: %+v", b)
			}
			if f := fault.Of(err); err != nil && f == nil {
				t.Fatal(err)
			}
		}
		if b := w.balance(t, g); b.Delivered == 0 && b.Scheduled == 0 {
			t.Errorf("nothing happened: %+v", b)
		}
	})
}

// act does one thing at random.
func (w *world) act(t *testing.T, random *rand.Rand, p supervision.Programme, g supervision.Group, c supervision.Contract, session record.ID) error {
	t.Helper()
	minutes := 30 + random.IntN(240)
	ctx := w.as(t, "technician")
	switch random.IntN(7) {
	case 0, 1:
		return w.schedule(t, g, session, minutes)
	case 2:
		return w.do(t, func(tx *db.Tx) error { return w.Unschedule(tx, g, session) })
	case 3:
		return w.do(t, func(tx *db.Tx) error { return w.Deliver(tx, g, session, minutes, minutes*8) })
	case 4:
		return w.do(t, func(tx *db.Tx) error {
			return w.Redeliver(tx, g, session, hours.Delivery{Minutes: minutes, PersonMinutes: 5, Reason: "Test"})
		})
	case 5:
		_, err := w.Assign(ctx, g.ID, hours.AssignInput{Contract: c.ID, Direction: hours.FromGroup, Hours: float64(minutes) / 60, Reason: "Test"})
		return err
	default:
		return w.bill(ctx, p, g, c, minutes)
	}
}

func (w *world) bill(ctx context.Context, p supervision.Programme, g supervision.Group, c supervision.Contract, minutes int) error {
	_, err := w.Bill(ctx, p.ID, hours.InvoiceInput{
		Contract: c.ID, Number: db.NewID().String(), Date: civil.MustParse("2020-01-02"), Items: []hours.ItemInput{{Group: g.ID, Hours: float64(minutes) / 60}},
	})
	return err
}
