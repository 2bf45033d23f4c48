package disclosure_test

import (
	"fmt"
	"testing"

	"bastida/engine/disclosure"
)

// FuzzProtect asks anything: the answer must come, and what is shown must stand the audit.
func FuzzProtect(f *testing.F) {
	f.Add([]byte{9, 9, 0, 0, 3, 3, 1, 0, 6, 6, 1, 0}, uint8(5), uint8(3), "2026-05")
	f.Add([]byte{30, 30, 0, 0, 14, 14, 1, 0, 16, 16, 1, 0, 12, 12, 2, 3, 2, 2, 2, 3}, uint8(4), uint8(2), "2025-11")
	f.Fuzz(func(t *testing.T, shape []byte, least, difference uint8, before string) {
		table := means()
		for i := 0; i+4 <= len(shape) && i < 48; i += 4 {
			cell := disclosure.Cell{ID: fmt.Sprint(i / 4), Size: int(shape[i]), Answers: int(shape[i+1])}
			for _, parent := range shape[i+2 : i+4] {
				if parent > 0 {
					cell.Parents = append(cell.Parents, fmt.Sprint(parent-1))
				}
			}
			table.Cells = append(table.Cells, cell)
		}
		n := int(least)
		policy := disclosure.Policy{
			MinGroup: n, MinAnswers: n, MinAnswersDistribution: n, MinAnswersSensitive: n,
			MinDifference: int(difference), MinDifferenceSensitive: int(difference),
			OnUnanimity: disclosure.WithholdUnanimous,
		}
		earlier := disclosure.Publication{
			Quantity: table.Quantity, Measurement: before,
			Cells: []disclosure.PublishedCell{{ID: "1", Size: 6, Answers: 6}},
		}
		published := []disclosure.Publication{earlier}
		decision, err := disclosure.Protect(policy, table, published)
		if err != nil {
			return
		}
		leaks, err := disclosure.Audit(policy, table, published, decision.IDs())
		if err != nil {
			t.Fatal(err)
		}
		for _, leak := range leaks {
			if leak.Kind != disclosure.Undecided {
				t.Errorf("shown are %v, and there is a leak: %+v", decision.IDs(), leak)
			}
		}
	})
}
