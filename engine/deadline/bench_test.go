package deadline_test

import (
	"testing"

	"bastida/engine/deadline"
)

func BenchmarkDeadline(b *testing.B) {
	rules := spainIn2020(catalonia, barcelona)
	start := on("2020-01-10")
	for _, term := range []deadline.Term{
		deadline.WorkingDays(10), deadline.Months(5), deadline.Years(4),
	} {
		b.Run(term.String(), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := rules.Deadline(start, term); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
