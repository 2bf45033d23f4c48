package coverage

import (
	"slices"
	"testing"

	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/profession"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/profiles"
	"bastida/internal/modules/supervision"
)

func figure(key profiles.FigureKey, kind profiles.Kind, value float64) profiles.Figure {
	return profiles.Figure{Key: key, Kind: kind, Value: &value, Source: "test"}
}

func unstated(key profiles.FigureKey, kind profiles.Kind) profiles.Figure {
	return profiles.Figure{Key: key, Kind: kind}
}

// why is the message key of a refusal; empty when there is none.
func why(err error) string {
	if err == nil {
		return ""
	}
	return fault.Of(err).Key
}

func TestTheThresholdIsComparedInWholeNumbers(t *testing.T) {
	t.Parallel()
	const eighteen = 18 * 60
	atLeast := []profiles.Figure{figure(profiles.AttendanceThreshold, "", 80), figure(profiles.AttendanceStrict, "", 0)}
	moreThan := []profiles.Figure{figure(profiles.AttendanceThreshold, "", 80), figure(profiles.AttendanceStrict, "", 1)}
	third := []profiles.Figure{figure(profiles.AttendanceThreshold, "", 66.67), figure(profiles.AttendanceStrict, "", 0)}
	for _, test := range []struct {
		name    string
		figures []profiles.Figure
		a       Attendance
		want    string
	}{
		{"80 % of 18 h is at least 80 %", atLeast, Attendance{864, eighteen}, ""},
		{"a minute less is not", atLeast, Attendance{863, eighteen}, "coverage.reason.below"},
		{"80 % of 18 h is not more than 80 %", moreThan, Attendance{864, eighteen}, "coverage.reason.below"},
		{"a minute more is", moreThan, Attendance{865, eighteen}, ""},
		{"everything is more than 80 %", moreThan, Attendance{eighteen, eighteen}, ""},
		{"two thirds are less than 66.67 %", third, Attendance{60, 90}, "coverage.reason.below"},
		{"nothing held proves nothing", atLeast, Attendance{}, "coverage.reason.nothing_held"},
		{"a rule without a value is not zero", []profiles.Figure{unstated(profiles.AttendanceThreshold, "")}, Attendance{eighteen, eighteen}, "coverage.reason.threshold_not_stated"},
		{"at the boundary one has to know how to compare", atLeast[:1], Attendance{864, eighteen}, "coverage.reason.comparator_not_stated"},
		{"above the boundary one need not", atLeast[:1], Attendance{865, eighteen}, ""},
		{"where there is no rule there is nothing to meet", nil, Attendance{1, eighteen}, ""},
	} {
		got := ThresholdOf(profiles.Profile{Figures: test.figures}, profiles.Cases).Judge(test.a)
		if why(got) != test.want {
			t.Errorf("%s: got %q, want %q", test.name, why(got), test.want)
		}
	}
}

func TestAShareIsRoundedDown(t *testing.T) {
	t.Parallel()
	if share, known := (Attendance{863, 1080}).Share(); share != 79 || !known {
		t.Error("79.9 % is read as", share)
	}
	if _, known := (Attendance{}).Share(); known {
		t.Error("a share of nothing is known")
	}
}

var (
	january  = civil.MustParse("2020-01-01")
	february = civil.MustParse("2020-02-01")
	march    = civil.MustParse("2020-03-01")
	december = civil.MustParse("2020-12-31")
)

func TestOnlyMeetingsOfTheDaysOfBelongingCount(t *testing.T) {
	t.Parallel()
	p := supervision.Participant{GroupID: "g", Joined: february, Left: march}
	p.ID = "p"
	meetings := []Meeting{
		{Group: "g", Day: january, Minutes: 90, Attended: map[record.ID]int{"p": 90}}, // before they joined
		{Group: "g", Day: february, Minutes: 90, Attended: map[record.ID]int{"p": 60}},
		{Group: "g", Day: february, Minutes: 90},
		{Group: "g", Day: march, Minutes: 90}, // on the day they belong no longer
		{Group: "other", Day: february, Minutes: 90},
	}
	got, visits := attendanceOf(p, meetings)
	if got != (Attendance{60, 180}) || len(visits) != 2 {
		t.Errorf("got %v, %v", got, visits)
	}
}

func person(id, user, email string) supervision.Participant {
	p := supervision.Participant{UserID: record.ID(user), Email: email, Name: "Person " + id, Joined: january, Profession: profession.SocialWorker}
	p.ID = record.ID(id)
	return p
}

func TestSomebodyInTwoGroupsIsOnePerson(t *testing.T) {
	t.Parallel()
	found := Persons([]supervision.Participant{
		person("1", "u1", "a@vila.example"), person("2", "", "A@vila.example "), person("3", "u1", "new@vila.example"),
		person("4", "u2", "b@vila.example"), person("5", "", ""), person("6", "", ""),
	})
	var ids []string
	for _, p := range found {
		ids = append(ids, p.ID.String())
	}
	if !slices.Equal(ids, []string{"1", "4", "5", "6"}) || len(found[0].Parts) != 3 {
		t.Errorf("got %v, of which the first has %d participations", ids, len(found[0].Parts))
	}
}

// season is a programme of the whole of 2020 with two groups of cases and
// somebody in both.
func season(figures ...profiles.Figure) Facts {
	f := Facts{
		Programme: supervision.Programme{Starts: january, Ends: december, State: supervision.Open},
		Today:     civil.MustParse("2020-07-01"), ToCome: map[record.ID]int{},
	}
	f.Programme.Profile.V = profiles.Profile{Figures: figures, Actions: map[profiles.Kind]string{profiles.Cases: "A1"}}
	for _, id := range []record.ID{"g1", "g2"} {
		g := supervision.Group{Name: "Group " + id.String(), Kind: profiles.Cases, Area: "Area " + id.String()}
		g.ID = id
		f.Groups = append(f.Groups, g)
	}
	f.People = []supervision.Participant{person("p1", "u1", "a@vila.example"), person("p2", "u1", "a@vila.example"), person("p3", "u3", "c@vila.example")}
	f.People[0].GroupID, f.People[1].GroupID, f.People[2].GroupID = "g1", "g2", "g1"
	f.Meetings = []Meeting{
		{Group: "g1", Day: february, Minutes: 120, Attended: map[record.ID]int{"p1": 120, "p3": 30}},
		{Group: "g2", Day: march, Minutes: 120, Attended: map[record.ID]int{"p2": 120}},
	}
	return f
}

func TestGapsComeFirstWithTheirReason(t *testing.T) {
	t.Parallel()
	f := season(figure(profiles.MinHoursPerson, profiles.Cases, 4))
	lines := f.Lines()
	if len(lines) != 2 || lines[0].Person.ID != "p3" || lines[0].State != Behind || why(lines[0].Why) != "coverage.reason.absent" {
		t.Fatalf("got %+v", lines)
	}
	if lines[1].State != Reached || lines[1].Minutes != 240 || lines[1].Why != nil {
		t.Errorf("four hours in two groups: %+v", lines[1])
	}
	f.Today = december
	if got := f.Lines()[0].State; got != Missed {
		t.Error("at the end of the programme a gap is", got)
	}
}

func TestStatesOfALine(t *testing.T) {
	t.Parallel()
	minimum := figure(profiles.MinHoursPerson, profiles.Cases, 4)
	for _, test := range []struct {
		name   string
		change func(*Facts)
		state  State
		why    string
	}{
		{"in line with the calendar", func(f *Facts) { f.Today = february }, OnCourse, ""},
		{"their group has not met enough", func(f *Facts) { f.Today = december; f.Meetings[0].Attended["p3"] = 120 }, Missed, "coverage.reason.group_short"},
		{"nothing was held", func(f *Facts) { f.Meetings = nil }, Behind, "coverage.reason.nothing_held"},
		{"they left", func(f *Facts) { f.People[2].Left = march }, Behind, "coverage.reason.left"},
		{"nobody stated the minimum", func(f *Facts) {
			f.Programme.Profile.V.Figures = []profiles.Figure{unstated(profiles.MinHoursPerson, profiles.Cases)}
		}, NotStated, ""},
		{"the rules have none", func(f *Facts) { f.Programme.Profile.V.Figures = nil }, NoMinimum, ""},
		{"less than the threshold", func(f *Facts) {
			f.Programme.Profile.V.Figures = []profiles.Figure{figure(profiles.AttendanceThreshold, "", 80), figure(profiles.AttendanceStrict, "", 0)}
		}, Low, "coverage.reason.below"},
		{"a closed programme is over whatever the day", func(f *Facts) { f.Programme.State = supervision.Closed }, Missed, "coverage.reason.group_short"},
	} {
		f := season(minimum)
		test.change(&f)
		lines := f.Lines()
		i := slices.IndexFunc(lines, func(l Line) bool { return l.Person.ID == "p3" })
		if got := lines[i]; got.State != test.state || why(got.Why) != test.why {
			t.Errorf("%s: got %s %q, want %s %q", test.name, got.State, why(got.Why), test.state, test.why)
		}
	}
}

func TestTotalsCountPeopleOnce(t *testing.T) {
	t.Parallel()
	f := season(figure(profiles.MinHoursPerson, profiles.Cases, 4), figure(profiles.MaxHoursGroup, "", 1.5))
	lines := f.Lines()
	totals, all := f.Totals(lines, ByTerritory)
	if all.People != 2 || all.Minutes != 270 || all.Gaps != 1 {
		t.Errorf("in all: %+v", all)
	}
	if len(totals) != 2 || totals[0].People+totals[1].People != 3 {
		t.Errorf("the person in two areas is in each: %+v", totals)
	}
	for _, d := range Dimensions {
		byAny, same := f.Totals(lines, d)
		if same.People != 2 || same.Minutes != 270 || len(byAny) == 0 {
			t.Errorf("by %s in all: %+v", d, same)
		}
	}
	if groups, _ := f.Totals(lines, ByGroup); groups[0].Held != 120 || !groups[0].Over() {
		t.Errorf("two hours are more than an hour and a half: %+v", groups[0])
	}
}

func TestStandingsCountGroups(t *testing.T) {
	t.Parallel()
	f := season(figure(profiles.MinHoursPerson, profiles.Cases, 4))
	f.Groups[0].SupervisorID = "s1"
	if got := external(f.Groups, map[record.ID]bool{"s1": true}); got.Met != 1 || got.Of != 2 || !slices.Equal(got.Lacking, []record.ID{"g2"}) {
		t.Errorf("external: %+v", got)
	}
	if got := registers(f.Groups, map[record.ID]bool{"g1": true}, nil); got.Met != 1 || got.Of != 1 {
		t.Errorf("a group that has not met has no register: %+v", got)
	}
	if got := registers(f.Groups, map[record.ID]bool{"g1": true}, map[record.ID]bool{"g1": true}); got.Met != 0 || got.Of != 1 {
		t.Errorf("one open register is enough: %+v", got)
	}
	if got := minimums(f.Groups, f.Lines()); got.Met != 1 || got.Of != 2 || !got.Known {
		t.Errorf("minimum: %+v", got)
	}
	f.Programme.Profile.V.Figures = []profiles.Figure{unstated(profiles.MinHoursPerson, "")}
	if got := minimums(f.Groups, f.Lines()); got.Known {
		t.Errorf("a minimum that is not stated is not known: %+v", got)
	}
	if got := final(f.Groups, nil); got.Known {
		t.Errorf("nobody keeps it: %+v", got)
	}
	if got := final(f.Groups, map[record.ID]bool{"g1": true}); !got.Known || got.Met != 1 || got.Of != 2 {
		t.Errorf("final: %+v", got)
	}
}
