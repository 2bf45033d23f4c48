package timetable_test

import (
	"testing"

	"bastida/engine/timetable"
)

func TestASeasonOfSixtyGroupsIsPlacedInFull(t *testing.T) {
	t.Parallel()
	s := seasonOf(60, 14, 9, 1)
	p := mustSolve(t, s, timetable.Options{Rounds: 3})
	mustPass(t, s, p)
	if len(p.Unplaced) > 0 || len(p.Sessions) != 540 {
		t.Errorf("%d sessions, %d unplaced", len(p.Sessions), len(p.Unplaced))
	}
	t.Logf("cost %.0f %+v bound %.0f", p.Cost, p.Costs, p.LowerBound)
}
