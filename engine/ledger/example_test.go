package ledger_test

import (
	"fmt"

	"bastida/engine/ledger"
)

func Example() {
	l, err := ledger.Replay([]ledger.Entry{
		{ID: "1", Kind: ledger.Fund, Contract: "2026/14", Figures: ledger.Figures{Amount: 1200}},
		{ID: "2", Kind: ledger.Grant, Account: "north", Figures: ledger.Figures{Amount: 600}},
		{ID: "3", Kind: ledger.Assign, Account: "north", Contract: "2026/14", Figures: ledger.Figures{Amount: 600}},
		{ID: "4", Kind: ledger.Schedule, Account: "north", Ref: "session 1", Figures: ledger.Figures{Amount: 120}},
		{
			ID: "5", Kind: ledger.Deliver, Account: "north", Ref: "session 1",
			Figures: ledger.Figures{Amount: 90, Persons: 720, Released: 120},
		},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("free:", l.Balance("north").Free(), "to invoice:", l.Balance("north").ToInvoice())
	for _, line := range l.Explain("north", ledger.Scheduled) {
		fmt.Println(line.Entry.Kind, line.Change, "makes", line.Sum)
	}
	fmt.Println(l.Post(ledger.Entry{ID: "6", Kind: ledger.Revoke, Account: "north", Figures: ledger.Figures{Amount: 60}}))
	// Output:
	// free: 510 to invoice: 90
	// schedule 120 makes 120
	// deliver -120 makes 0
	// ledger: entry "6" refused (within-granted), account "north": 60 asked, 0 available, 60 short
}
