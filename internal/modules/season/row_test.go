package season

import (
	"slices"
	"testing"

	"bastida/engine/ledger"
	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/calls"
	"bastida/internal/modules/profiles"
	"bastida/internal/modules/sessions"
	"bastida/internal/modules/supervision"
	"bastida/internal/modules/supervisors"
	"bastida/internal/modules/territory"
)

// spring is a programme until the middle of March, today the 3rd of February,
// with a group that met on a Thursday and has twelve hours left.
func spring() Facts {
	g := supervision.Group{Row: record.Row{ID: "g"}, Name: "Moianès", SupervisorID: "s", Minutes: 1080, Expected: 8, Present: 8, PlaceCode: "host"}
	g.Bodies.V = []supervision.GroupBody{{Code: "host", Name: "Moià"}}
	f := Facts{
		Programme: supervision.Programme{State: supervision.Open, Starts: civil.MustParse("2019-09-09"), Ends: civil.MustParse("2020-03-13")},
		Today:     civil.MustParse("2020-02-03"), Groups: []supervision.Group{g},
		Sessions: []sessions.Session{{GroupID: "g", Day: civil.MustParse("2019-12-05"), Start: 600, Minutes: 90, State: sessions.Held}},
		Balances: map[record.ID]ledger.Balance{"g": {Granted: 1080, Delivered: 360}},
		Travel:   &territory.Travel{Detour: territory.Parameter{Value: 1}, SpeedKMH: territory.Parameter{Value: 60}},
	}
	for i, name := range []string{"host", "near", "far", "farther"} {
		f.Places = append(f.Places, territory.Place{Code: name, Name: name, Kind: territory.Municipality, AreaFold: "area", Lat: 41 + 0.1*float64(i), Lon: 2})
	}
	return f
}

func TestUnspentHoursNameTheFreeDays(t *testing.T) {
	t.Parallel()
	f := spring()
	f.Away = map[record.ID][]supervisors.Unavailability{"s": {{From: civil.MustParse("2020-02-06"), To: civil.MustParse("2020-02-06"), End: 1440}}}
	f.Busy = map[record.ID][]sessions.Session{"s": {{Day: civil.MustParse("2020-02-13"), Start: 660, Minutes: 60}}}
	f.Holidays = map[civil.Date]bool{civil.MustParse("2020-02-27"): true}
	row := f.Rows()[0]
	want := []civil.Date{civil.MustParse("2020-02-20"), civil.MustParse("2020-03-05"), civil.MustParse("2020-03-12")}
	if n := row.Needs[0]; n.Kind != Unspent || n.Minutes != 720 || n.Weeks != 6 || !slices.Equal(n.Days, want) {
		t.Errorf("%+v", n)
	}
	if row.Stage != Running || row.Next != nil {
		t.Errorf("%s", row.Stage)
	}
}

func TestWhatWouldMakeAGroupLargeEnough(t *testing.T) {
	t.Parallel()
	f := spring()
	c := f.company(f.Groups[0], 2)
	if !slices.Equal(c.Bodies, []string{"near", "far"}) || c.Size != 0 || c.Minutes != 22 {
		t.Errorf("%+v", c)
	}
	f.Applicants = []calls.Application{{BodyCode: "far", BodyName: "far", Professionals: 3}, {BodyCode: "near", BodyName: "near", Professionals: 1}}
	if c := f.company(f.Groups[0], 2); c.Size != 0 {
		t.Errorf("bodies that do not consent are counted: %+v", c)
	}
	f.Applicants[0].Consent, f.Applicants[1].Consent = true, true
	if c := f.company(f.Groups[0], 2); !slices.Equal(c.Bodies, []string{"near", "far"}) || c.Size != 12 || c.Minutes != 22 {
		t.Errorf("%+v", c)
	}
	f.Travel = nil
	if c := f.company(f.Groups[0], 2); len(c.Bodies) != 0 {
		t.Errorf("distances are made up: %+v", c)
	}
}

func TestAClosedProgrammeNeedsNothing(t *testing.T) {
	t.Parallel()
	f := spring()
	f.Programme.State = supervision.Closed
	if row := f.Rows()[0]; len(row.Needs) != 0 || row.Stage != Finished {
		t.Errorf("%+v", row)
	}
}

func TestHoursThatFitNeedNobody(t *testing.T) {
	t.Parallel()
	f := spring()
	f.Balances["g"] = ledger.Balance{Granted: 1080, Delivered: 900, Scheduled: 90}
	f.Sessions = append(f.Sessions, sessions.Session{GroupID: "g", Day: civil.MustParse("2020-02-20"), Start: 600, Minutes: 90, State: sessions.Planned})
	if row := f.Rows()[0]; len(row.Needs) != 0 {
		t.Errorf("%+v", row.Needs)
	}
	spacing := 60.0
	f.Programme.Profile.V.Figures = []profiles.Figure{{Key: profiles.SpacingMinDays, Value: &spacing}}
	if row := f.Rows()[0]; len(row.Needs) != 1 || row.Needs[0].Kind != Unspent {
		t.Errorf("the spacing of the rules does not count: %+v", row.Needs)
	}
}

func TestACartogramHasATileForEachPlaceAndNoneTwice(t *testing.T) {
	t.Parallel()
	f := spring()
	for range 30 {
		f.Places = append(f.Places, f.Places[0])
	}
	seen := map[cell]bool{}
	for _, tile := range Cartogram(f.Places) {
		at := cell{tile.Column, tile.Row}
		if seen[at] || at.column < 0 || at.row < 0 {
			t.Errorf("two places at %v", at)
		}
		seen[at] = true
	}
	if len(seen) != 34 || !slices.Equal(Cartogram(f.Places), Cartogram(f.Places)) {
		t.Errorf("%d tiles", len(seen))
	}
}
