package formation_test

import (
	"context"
	"fmt"

	"bastida/engine/formation"
)

func exampleProblem() formation.Problem {
	body := func(name string, lat, lon float64, professionals int) formation.Body {
		return formation.Body{
			Code: name, Lat: lat, Lon: lon, Professionals: professionals, Modality: "team", Consent: true,
		}
	}
	return formation.Problem{
		Limits: formation.DefaultLimits(), Penalty: formation.DefaultPenalty, Detour: formation.DefaultDetour,
		Bodies: []formation.Body{
			body("Vic", 41.930, 2.254, 6), body("Gurb", 41.955, 2.234, 2), body("Taradell", 41.874, 2.286, 3),
			body("Manresa", 41.728, 1.823, 17), body("Berga", 42.101, 1.845, 4),
		},
	}
}

func ExampleSolve() {
	p := exampleProblem()
	result, err := formation.Solve(context.Background(), p, formation.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, g := range result.Groups {
		fmt.Printf("%d professionals at %s\n", g.Size, p.Bodies[g.Meeting].Code)
	}
	for _, left := range result.LeftOut {
		fmt.Printf("%s left out: %s\n", p.Bodies[left.Body].Code, left.Reason)
	}
	fmt.Printf("cost %.1f, proven best: %v\n", result.Cost, result.Optimal)
	// Output:
	// 11 professionals at Vic
	// 9 professionals at Manresa
	// 8 professionals at Manresa
	// Berga left out: too_far
	// cost 4034.8, proven best: true
}

func ExampleEvaluate() {
	p := exampleProblem()
	result, broken, err := formation.Evaluate(p, []formation.Draft{
		{Meeting: 0, Members: []int{0, 1, 4}},
		{Meeting: formation.AnyMember, Members: []int{3}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("cost %.1f\n", result.Cost)
	for _, b := range broken {
		fmt.Printf("%s: %s\n", p.Bodies[b.Body].Code, b.Rule)
	}
	// Output:
	// cost 3210.0
	// Berga: too_far
}
