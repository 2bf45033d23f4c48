package timetable_test

import (
	"context"
	"fmt"
	"os"

	"bastida/engine/timetable"
)

func ExampleSolve() {
	file, err := os.Open("testdata/season.json")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer file.Close()
	season, err := timetable.ReadSeason(file)
	if err != nil {
		fmt.Println(err)
		return
	}
	plan, err := timetable.Solve(context.Background(), season, timetable.Options{Seed: 1, Rounds: 3})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, u := range plan.Unplaced {
		fmt.Printf("%s %d: %s; %s %s %s\n", u.Group, u.Index, u.Reasons[0].Code, u.Remedy.Code, u.Remedy.Supervisor, u.Remedy.Language)
	}
	fmt.Println(len(plan.Sessions), "sessions placed,", len(timetable.Check(season, plan)), "rules broken")
	// Output:
	// bages 1: language; language biel it
	// bages 2: language; language biel it
	// 8 sessions placed, 0 rules broken
}

func ExampleReplan() {
	monday := timetable.DayOf(2020, 3, 2)
	season := timetable.Season{
		From: monday, To: monday + 40,
		Places:      []timetable.Place{{Code: "vic"}},
		Supervisors: []timetable.Supervisor{{Code: "anna", Home: "vic"}},
		Groups: []timetable.Group{{
			Code: "A1", Places: []string{"vic"}, Sessions: 2, Minutes: 120, MinDays: 14, MaxDays: 28,
			Starts: []timetable.Starts{{Days: []timetable.Weekday{1}, From: 10 * 60}},
		}},
	}
	published := timetable.Plan{Sessions: []timetable.Session{
		{Group: "A1", Index: 1, Supervisor: "anna", Day: monday, Start: 600, Minutes: 120, Place: "vic"},
		{Group: "A1", Index: 2, Supervisor: "anna", Day: monday + 14, Start: 600, Minutes: 120, Place: "vic"},
	}}
	ill := timetable.Change{Supervisor: "anna", Span: timetable.Span{From: monday + 14, To: monday + 18}}
	mended, err := timetable.Replan(context.Background(), season, published, []timetable.Change{ill}, timetable.ReplanOptions{Today: monday + 10})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, m := range mended.Moved {
		fmt.Println(m.Before.Group, m.Before.Index, "from", m.Before.Day, "to", m.After.Day)
	}
	fmt.Println("fewest changes proven:", mended.Proven())
	// Output:
	// A1 2 from 2020-03-16 to 2020-03-23
	// fewest changes proven: true
}
