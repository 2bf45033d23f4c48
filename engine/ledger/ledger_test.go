package ledger_test

import (
	"errors"
	"fmt"
	"testing"

	"bastida/engine/ledger"
)

func of(amount ledger.Amount) ledger.Figures { return ledger.Figures{Amount: amount} }

// season is 600 granted, 500 of them contracted, s1 delivered (60 of 90 scheduled, 20
// invoiced), s2 scheduled with 120: 320 are free.
func season(t *testing.T) *ledger.Ledger {
	t.Helper()
	l, err := ledger.Replay([]ledger.Entry{
		{ID: "fund", Kind: ledger.Fund, Contract: "c", Figures: of(550)},
		{ID: "grant", Kind: ledger.Grant, Account: "north", Figures: of(600)},
		{ID: "other", Kind: ledger.Grant, Account: "south", Figures: of(600)},
		{ID: "assign", Kind: ledger.Assign, Account: "north", Contract: "c", Figures: of(500)},
		{ID: "s1", Kind: ledger.Schedule, Account: "north", Ref: "s1", Figures: of(90)},
		{ID: "s2", Kind: ledger.Schedule, Account: "north", Ref: "s2", Figures: of(120)},
		{ID: "done", Kind: ledger.Deliver, Account: "north", Ref: "s1", Figures: ledger.Figures{Amount: 60, Persons: 480, Released: 90}},
		{ID: "bill", Kind: ledger.Invoice, Account: "north", Figures: of(20)},
	})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestARefusalTellsTheRuleAndByHowMuch(t *testing.T) {
	cases := []struct {
		entry            ledger.Entry
		rule             ledger.Rule
		asked, available ledger.Amount
	}{
		{ledger.Entry{Kind: ledger.Assign, Account: "south", Contract: "c", Figures: of(70)}, ledger.WithinFunded, 70, 50},
		{ledger.Entry{Kind: ledger.Withdraw, Account: "south", Contract: "c", Figures: of(1)}, ledger.WithinAssigned, 1, 0},
		{ledger.Entry{Kind: ledger.Withdraw, Account: "north", Contract: "c", Figures: of(400)}, ledger.WithinFree, 400, 320},
		{ledger.Entry{Kind: ledger.Revoke, Account: "north", Figures: of(130)}, ledger.WithinGranted, 130, 100},
		{ledger.Entry{Kind: ledger.Grant, Account: "north", Corrects: "grant", Figures: of(-130)}, ledger.WithinGranted, 130, 100},
		{ledger.Entry{Kind: ledger.Fund, Contract: "c", Corrects: "fund", Figures: of(-60)}, ledger.WithinFunded, 60, 50},
		{ledger.Entry{Kind: ledger.Schedule, Account: "north", Ref: "s3", Figures: of(321)}, ledger.WithinFree, 321, 320},
		{ledger.Entry{Kind: ledger.Unschedule, Account: "north", Ref: "s1", Figures: of(90)}, ledger.WithinScheduled, 90, 0},
		{ledger.Entry{Kind: ledger.Deliver, Account: "north", Ref: "s2", Figures: ledger.Figures{Amount: 441, Released: 120}}, ledger.WithinFree, 321, 320},
		{ledger.Entry{Kind: ledger.Deliver, Account: "north", Ref: "s1", Corrects: "done", Figures: of(-50)}, ledger.WithinDelivered, 50, 40},
		{ledger.Entry{Kind: ledger.Invoice, Account: "north", Figures: of(41)}, ledger.WithinDelivered, 41, 40},
		{ledger.Entry{Kind: ledger.Credit, Account: "north", Figures: of(21)}, ledger.WithinInvoiced, 21, 20},
		{ledger.Entry{ID: "grant", Kind: ledger.Grant, Account: "north", Figures: of(1)}, ledger.NewID, 0, 0},
		{ledger.Entry{Kind: "gift", Account: "north", Figures: of(1)}, ledger.KnownKind, 0, 0},
		{ledger.Entry{Kind: ledger.Grant, Figures: of(1)}, ledger.RightAddress, 0, 0},
		{ledger.Entry{Kind: ledger.Assign, Account: "north", Figures: of(1)}, ledger.RightAddress, 0, 0},
		{ledger.Entry{Kind: ledger.Grant, Account: "north", Figures: of(ledger.Limit + 1)}, ledger.RightFigures, 0, 0},
		{ledger.Entry{Kind: ledger.Grant, Account: "north"}, ledger.RightFigures, 0, 0},
		{ledger.Entry{Kind: ledger.Grant, Account: "north", Figures: ledger.Figures{Amount: 1, Persons: 1}}, ledger.RightFigures, 0, 0},
		{ledger.Entry{Kind: ledger.Grant, Account: "north", Corrects: "none", Figures: of(1)}, ledger.KnownEntry, 0, 0},
		{ledger.Entry{Kind: ledger.Grant, Account: "south", Corrects: "grant", Figures: of(1)}, ledger.SameMatter, 0, 0},
		{ledger.Entry{Kind: ledger.Schedule, Account: "north", Ref: "s2", Corrects: "s2", Figures: of(-121)}, ledger.CorrectedRight, 0, 0},
	}
	for i, c := range cases {
		t.Run(fmt.Sprint(i, " ", c.rule), func(t *testing.T) {
			l := season(t)
			if c.entry.ID == "" {
				c.entry.ID = "new"
			}
			err := l.Post(c.entry)
			var refusal *ledger.Refusal
			if !errors.As(err, &refusal) {
				t.Fatalf("not refused: %v", err)
			}
			if refusal.Rule != c.rule || refusal.Asked != c.asked || refusal.Available != c.available {
				t.Errorf("%v; want %s, %d asked, %d available", err, c.rule, c.asked, c.available)
			}
		})
	}
}

func TestADeliveryUndoneIsScheduledAgain(t *testing.T) {
	l := season(t)
	credit := ledger.Entry{ID: "credit", Kind: ledger.Credit, Account: "north", Figures: of(20)}
	undo, err := l.Correct("done", ledger.Figures{})
	if err != nil {
		t.Fatal(err)
	}
	undo.ID = "undo"
	if l.Post(undo) == nil {
		t.Error("what was invoiced must be credited first")
	}
	for _, e := range []ledger.Entry{credit, undo} {
		if err := l.Post(e); err != nil {
			t.Fatal(err)
		}
	}
	want := ledger.Balance{Granted: 600, Contracted: 500, Scheduled: 210}
	if got := l.Balance("north"); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	redo, err := l.Correct("undo", ledger.Figures{Amount: 75, Persons: 300, Released: 90})
	if err != nil || redo.Corrects != "done" {
		t.Fatalf("a correction is corrected at its first entry: %+v, %v", redo, err)
	}
	redo.ID = "redo"
	if err := l.Post(redo); err != nil || l.Balance("north").Delivered != 75 {
		t.Errorf("%+v, %v", l.Balance("north"), err)
	}
}

func BenchmarkReplay100000(b *testing.B) {
	entries := []ledger.Entry{{ID: "f", Kind: ledger.Fund, Contract: "c", Figures: of(ledger.Limit)}}
	for i := range 100 {
		account := ledger.Account(fmt.Sprint("g", i))
		entries = append(entries,
			ledger.Entry{ID: fmt.Sprint("g", i), Kind: ledger.Grant, Account: account, Figures: of(1_000_000)},
			ledger.Entry{ID: fmt.Sprint("a", i), Kind: ledger.Assign, Account: account, Contract: "c", Figures: of(1_000_000)})
	}
	for i := 0; len(entries) < 100_000; i++ {
		account, ref := ledger.Account(fmt.Sprint("g", i%100)), fmt.Sprint("s", i)
		entries = append(entries,
			ledger.Entry{ID: fmt.Sprint("s", i), Kind: ledger.Schedule, Account: account, Ref: ref, Figures: of(90)},
			ledger.Entry{ID: fmt.Sprint("d", i), Kind: ledger.Deliver, Account: account, Ref: ref, Figures: ledger.Figures{Amount: 90, Persons: 700, Released: 90}})
	}
	for b.Loop() {
		if _, err := ledger.Replay(entries); err != nil {
			b.Fatal(err)
		}
	}
}
