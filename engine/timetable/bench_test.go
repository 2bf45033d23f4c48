package timetable_test

import (
	"testing"
	"time"

	"bastida/engine/timetable"
)

// BenchmarkSolve reports what the time bought.
func BenchmarkSolve(b *testing.B) {
	for _, c := range []struct {
		name    string
		season  timetable.Season
		options timetable.Options
	}{
		{"60groups/1round", seasonOf(60, 14, 9, 2), timetable.Options{Rounds: 1}},
		{"60groups/10s", seasonOf(60, 14, 9, 2), timetable.Options{Time: 10 * time.Second}},
		{"150groups/uncoupled", uncoupled(150, 40, 1), timetable.Options{Time: 30 * time.Second}},
		{"150groups/30s", seasonOf(150, 40, 9, 2), timetable.Options{Time: 30 * time.Second}},
	} {
		b.Run(c.name, func(b *testing.B) {
			var p timetable.Plan
			for b.Loop() {
				p = mustSolve(b, c.season, c.options)
			}
			b.ReportMetric(float64(len(p.Unplaced)), "unplaced")
			b.ReportMetric(p.Cost, "cost")
			b.ReportMetric(100*p.Gap(), "gap%")
		})
	}
}

// BenchmarkReplan lets somebody be away for two weeks in a season of 1,350
// sessions.
func BenchmarkReplan(b *testing.B) {
	s := seasonOf(150, 40, 9, 2)
	p := mustSolve(b, s, timetable.Options{Rounds: 1})
	x := p.Sessions[len(p.Sessions)/2]
	ill := timetable.Change{Supervisor: x.Supervisor, Span: timetable.Span{From: x.Day, To: x.Day + 13}}
	var r timetable.Replanned
	for b.Loop() {
		var err error
		if r, err = timetable.Replan(b.Context(), s, p, []timetable.Change{ill}, timetable.ReplanOptions{Today: x.Day - 7}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(r.Changed()), "changed")
	proven := 0.0
	if r.Proven() {
		proven = 1
	}
	b.ReportMetric(proven, "proven")
}
