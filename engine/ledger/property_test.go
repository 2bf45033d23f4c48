package ledger_test

import (
	"math/rand/v2"
	"reflect"
	"testing"

	"bastida/engine/ledger"
)

func TestNoOrderOfOperationsLosesAMinute(t *testing.T) {
	random := rand.New(rand.NewPCG(15, 22))
	all := 0
	for range 2000 {
		list := make([]operation, 24)
		for i := range list {
			for j := range list[i] {
				list[i][j] = byte(random.UintN(256))
			}
		}
		// The first operations fill the pots, or most of the rest would be refused.
		copy(list, []operation{{0, 0, 50}, {1, 0, 50}, {1, 1, 50}, {3, 0, 60}, {3, 1, 60}})
		problem, accepted := broken(list)
		if problem != "" {
			report(t, list)
			return
		}
		all += accepted
	}
	if all < 2000*8 {
		t.Errorf("only %d operations were accepted: the test has lost its teeth", all)
	}
}

func TestIndependentAccountsMayComeInAnyOrder(t *testing.T) {
	random := rand.New(rand.NewPCG(4, 2))
	for range 500 {
		north, south := lifeOf("north", "c1", random), lifeOf("south", "c2", random)
		straight, err := ledger.Replay(append(append([]ledger.Entry(nil), north...), south...))
		if err != nil {
			t.Fatal(err)
		}
		mixed := ledger.New()
		for len(north)+len(south) > 0 {
			from := &north
			if len(north) == 0 || len(south) > 0 && random.IntN(2) == 0 {
				from = &south
			}
			if err := mixed.Post((*from)[0]); err != nil {
				t.Fatal(err)
			}
			*from = (*from)[1:]
		}
		for _, a := range []ledger.Account{"north", "south"} {
			if mixed.Balance(a) != straight.Balance(a) ||
				!reflect.DeepEqual(mixed.Explain(a, ledger.Scheduled), straight.Explain(a, ledger.Scheduled)) {
				t.Fatalf("%s: %+v and %+v", a, mixed.Balance(a), straight.Balance(a))
			}
		}
		if mixed.Total() != straight.Total() {
			t.Fatal("the totals differ")
		}
	}
}

func lifeOf(account ledger.Account, contract ledger.Contract, random *rand.Rand) []ledger.Entry {
	list := []ledger.Entry{
		{Kind: ledger.Fund, Contract: contract, Figures: ledger.Figures{Amount: 900}},
		{Kind: ledger.Grant, Account: account, Figures: ledger.Figures{Amount: 900}},
		{Kind: ledger.Assign, Account: account, Contract: contract, Figures: ledger.Figures{Amount: 800}},
	}
	for range random.IntN(6) {
		planned := ledger.Amount(60 + random.IntN(60))
		list = append(list,
			ledger.Entry{Kind: ledger.Schedule, Account: account, Figures: ledger.Figures{Amount: planned}},
			ledger.Entry{Kind: ledger.Deliver, Account: account, Figures: ledger.Figures{
				Amount: ledger.Amount(30 + random.IntN(90)), Persons: 300, Released: planned,
			}})
	}
	for i := range list {
		list[i].ID = string(account) + string(rune('a'+i))
	}
	return list
}
