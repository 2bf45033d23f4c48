package timetable_test

import (
	"testing"

	"bastida/engine/timetable"
)

// one is a season of one group that fits, until a case spoils it.
func one() timetable.Season {
	day, _ := timetable.ParseDay("2020-03-02") // a Monday
	return timetable.Season{
		From: day, To: day + 27,
		Places:      []timetable.Place{{Code: "vic", Rooms: 1}},
		Supervisors: []timetable.Supervisor{{Code: "anna", Home: "vic", Professions: []string{"social_worker"}, Languages: []string{"ca"}}},
		Groups: []timetable.Group{{
			Code: "a", Bodies: []string{"vic"}, Places: []string{"vic"}, Members: []string{"laia"}, Sessions: 2, Minutes: 60, MinDays: 14, MaxDays: 21,
			Starts: []timetable.Starts{{Days: []timetable.Weekday{1}, From: 600}},
		}},
	}
}

func TestAReasonAndARemedyForEachRule(t *testing.T) {
	t.Parallel()
	monday := one().From
	cases := map[string]struct {
		spoil  func(*timetable.Season)
		reason timetable.ReasonCode
		remedy timetable.RemedyCode
	}{
		"away": {func(s *timetable.Season) {
			s.Supervisors[0].Away = []timetable.Span{{From: monday + 7, To: monday + 26}}
		}, timetable.ReasonAway, timetable.RemedyAvailable},
		"closed":     {func(s *timetable.Season) { s.Places[0].Closed = []timetable.Span{{From: monday + 7, To: monday + 26}} }, timetable.ReasonClosed, timetable.RemedyOpen},
		"group away": {func(s *timetable.Season) { s.Groups[0].Away = []timetable.Span{{From: monday + 7, To: monday + 26}} }, timetable.ReasonGroupAway, timetable.RemedyGroupAvailable},
		"spacing":    {func(s *timetable.Season) { s.Groups[0].MinDays, s.Groups[0].MaxDays = 22, 27 }, timetable.ReasonSpacing, timetable.RemedyMinDays},
		"language":   {func(s *timetable.Season) { s.Groups[0].Language = "it" }, timetable.ReasonLanguage, timetable.RemedyLanguage},
		"profession": {func(s *timetable.Season) { s.Groups[0].Professions = []string{"educator"} }, timetable.ReasonProfession, timetable.RemedyProfession},
		"body":       {func(s *timetable.Season) { s.Supervisors[0].RefusesBodies = []string{"vic"} }, timetable.ReasonBody, timetable.RemedyNewSupervisor},
		"group":      {func(s *timetable.Season) { s.Supervisors[0].RefusesGroups = []string{"a"} }, timetable.ReasonGroup, timetable.RemedyNewSupervisor},
		"granted":    {func(s *timetable.Season) { s.Groups[0].Granted = 90 }, timetable.ReasonGranted, timetable.RemedyGranted},
		"season":     {func(s *timetable.Season) { s.To = s.From + 5 }, timetable.ReasonSpacing, timetable.RemedySeason},
		"limit":      {func(s *timetable.Season) { s.Supervisors[0].SeasonSessions = 1 }, timetable.ReasonSeasonLimit, timetable.RemedySeasonSessions},
		"minutes":    {func(s *timetable.Season) { s.Supervisors[0].SeasonMinutes = 100 }, timetable.ReasonSeasonLimit, timetable.RemedySeasonMinutes},
		"week": {func(s *timetable.Season) {
			s.Supervisors[0].WeekSessions = 1
			s.Groups[0].MinDays, s.Groups[0].MaxDays, s.To = 1, 2, s.From+4
			s.Groups[0].Starts[0].Days = workdays
		}, timetable.ReasonWeekLimit, timetable.RemedyWeekSessions},
		"hours": {func(s *timetable.Season) {
			s.Supervisors[0].Works = []timetable.Window{{Days: workdays, From: 900, To: 1000}}
		}, timetable.ReasonHours, timetable.RemedyNewSupervisor},
		"decided": {func(s *timetable.Season) {
			s.Supervisors = append(s.Supervisors, timetable.Supervisor{Code: "biel", Home: "vic", Works: []timetable.Window{{Days: workdays, From: 900, To: 1000}}})
			s.Groups[0].Supervisor = "biel"
		}, timetable.ReasonSupervisor, timetable.RemedyOther},
		"room": {func(s *timetable.Season) { other(s, "b", "biel", "quim") }, timetable.ReasonRoom, timetable.RemedyRoom},
		"member": {func(s *timetable.Season) {
			s.Places[0].Rooms = 0
			other(s, "b", "biel", "laia")
		}, timetable.ReasonMember, timetable.RemedyMember},
	}
	for name, test := range cases {
		t.Run(name, func(t *testing.T) {
			s := one()
			test.spoil(&s)
			p := mustSolve(t, s, timetable.Options{Rounds: 3})
			mustPass(t, s, p)
			if len(p.Unplaced) == 0 {
				t.Fatal("everything is placed")
			}
			u := p.Unplaced[len(p.Unplaced)-1]
			found := false
			for _, r := range u.Reasons {
				found = found || r.Code == test.reason
			}
			if !found || u.Remedy == nil || u.Remedy.Code != test.remedy || u.Remedy.Gains < 1 {
				t.Errorf("%+v, remedy %+v", u, u.Remedy)
			}
		})
	}
}

// other adds a group that has what the first one needs, fixed on every Monday.
func other(s *timetable.Season, code, supervisor, member string) {
	s.Supervisors = append(s.Supervisors, timetable.Supervisor{Code: supervisor, Home: "vic", RefusesGroups: []string{"a"}})
	g := s.Groups[0]
	g.Code, g.Members, g.Sessions, g.MinDays = code, []string{member}, 4, 7
	for k := range 4 {
		g.Fixed = append(g.Fixed, timetable.Fixed{Index: k + 1, Supervisor: supervisor, Day: s.From + timetable.Day(7*k), Start: 600, Place: "vic"})
	}
	s.Groups = append(s.Groups, g)
}
