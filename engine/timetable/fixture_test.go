package timetable_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"bastida/engine/timetable"
)

var workdays = []timetable.Weekday{1, 2, 3, 4, 5}

// season60 is a season like a Diputació's: groups of nine monthly sessions in
// towns around, with people and towns that are invented.
func seasonOf(groups, supervisors, sessions int, seed uint64) timetable.Season {
	rng := rand.New(rand.NewPCG(seed, uint64(groups)))
	s := timetable.Season{From: timetable.DayOf(2020, time.February, 3), To: timetable.DayOf(2020, time.December, 18)}
	towns := groups*2/3 + 1
	for i := range towns {
		s.Places = append(s.Places, timetable.Place{
			Code: fmt.Sprintf("town%d", i), Lat: 41.2 + rng.Float64(), Lon: 1.5 + rng.Float64()*1.2, Rooms: 1 + rng.IntN(2),
			Closed: []timetable.Span{
				{From: timetable.DayOf(2020, time.April, 6), To: timetable.DayOf(2020, time.April, 13)},
				{From: timetable.DayOf(2020, time.August, 1), To: timetable.DayOf(2020, time.August, 31)},
				{From: timetable.DayOf(2020, time.May, 1).Week() + timetable.Day(rng.IntN(100))},
			},
		})
	}
	professions, languages := []string{"social_worker", "psychologist", "educator"}, []string{"ca", "es"}
	for i := range supervisors {
		sup := timetable.Supervisor{
			Code: fmt.Sprintf("sup%d", i), Home: fmt.Sprintf("town%d", rng.IntN(towns)), Professions: []string{professions[i%3]}, Languages: []string{"es"},
			WeekSessions: 4 + rng.IntN(4),
		}
		if rng.IntN(4) > 0 {
			sup.Languages = append(sup.Languages, "ca")
		}
		for range 4 {
			day := s.From + timetable.Day(rng.IntN(300))
			sup.Away = append(sup.Away, timetable.Span{From: day, To: day + timetable.Day(rng.IntN(10))})
		}
		s.Supervisors = append(s.Supervisors, sup)
	}
	for i := range groups {
		g := timetable.Group{
			Code: fmt.Sprintf("g%d", i), Places: []string{fmt.Sprintf("town%d", rng.IntN(towns))}, Bodies: []string{fmt.Sprintf("body%d", i)},
			Members: []string{fmt.Sprintf("p%d", i), fmt.Sprintf("q%d", i/7)}, Language: languages[rng.IntN(2)],
			Sessions: sessions, Minutes: 120, Granted: 120 * sessions, MinDays: 21, MaxDays: 35,
		}
		if rng.IntN(3) == 0 {
			g.Professions = []string{"social_worker"}
		}
		first := rng.IntN(5)
		g.Starts = []timetable.Starts{
			{Days: []timetable.Weekday{workdays[first], workdays[(first+2)%5], workdays[(first+3)%5]}, From: 9 * 60, Last: 12 * 60, Step: 30},
			{Days: []timetable.Weekday{workdays[first]}, From: 15*60 + 30},
		}
		g.Prefers = []timetable.Weekday{workdays[first]}
		s.Groups = append(s.Groups, g)
	}
	return s
}

func mustSolve(t testing.TB, s timetable.Season, o timetable.Options) timetable.Plan {
	t.Helper()
	plan, err := timetable.Solve(t.Context(), s, o)
	if err != nil {
		t.Fatal(err)
	}
	return plan
}

func mustPass(t testing.TB, s timetable.Season, p timetable.Plan) {
	t.Helper()
	for _, v := range timetable.Check(s, p) {
		t.Errorf("%s: %s: %v", v.Code, v.Message, v.Sessions)
	}
}

// uncoupled is a season of rigid groups: each meets every eight weeks, at the
// one hour of the day, so that a supervisor never has two sessions on a day.
// There are 40 days to begin on.
func uncoupled(groups, supervisors int, seed uint64) timetable.Season {
	s := seasonOf(groups, supervisors, 5, seed)
	for i := range s.Places {
		s.Places[i].Closed, s.Places[i].Rooms = nil, 0
	}
	for i := range s.Supervisors {
		s.Supervisors[i].WeekSessions, s.Supervisors[i].Share = 0, 1_000_000
	}
	for i := range s.Groups {
		g := &s.Groups[i]
		g.MinDays, g.MaxDays, g.Members = 56, 56, nil
		g.Starts = []timetable.Starts{{Days: workdays, From: 10 * 60}}
	}
	return s
}
