package ledger_test

import "testing"

// FuzzLedger tries any operations: every promise must hold after each of them.
func FuzzLedger(f *testing.F) {
	f.Add([]byte{0, 0, 50, 0, 0, 1, 0, 50, 0, 0, 3, 0, 60, 0, 0, 5, 0, 30, 0, 0, 7, 0, 20, 30, 99, 8, 0, 20, 0, 0, 200, 4, 5, 20, 9})
	f.Fuzz(func(t *testing.T, data []byte) {
		list := operations(data)
		if len(list) > 200 {
			return
		}
		if problem, _ := broken(list); problem != "" {
			report(t, list)
		}
	})
}
