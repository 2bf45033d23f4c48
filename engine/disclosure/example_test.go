package disclosure_test

import (
	"fmt"

	"bastida/engine/disclosure"
)

func Example() {
	policy := disclosure.Policy{
		MinGroup: 5, MinAnswers: 5, MinAnswersDistribution: 8, MinAnswersSensitive: 20,
		MinDifference: 3, MinDifferenceSensitive: 10,
		OnUnanimity: disclosure.WithholdUnanimous,
	}
	table := disclosure.Table{
		Quantity: "exhaustion", Measurement: "2026-05", Kind: disclosure.Means,
		Cells: []disclosure.Cell{
			{ID: "centre", Size: 9, Answers: 9},
			{ID: "team A", Parents: []string{"centre"}, Size: 3, Answers: 3},
			{ID: "team B", Parents: []string{"centre"}, Size: 6, Answers: 6},
		},
	}
	decision, err := disclosure.Protect(policy, table, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, cell := range table.Cells {
		why := decision.Why(cell.ID)
		fmt.Println(cell.ID, why.Code, why.Minimum, why.Protects)
	}
	// Output:
	// centre published 0 []
	// team A too-few-people 5 []
	// team B complementary 0 [team A]
}

func ExampleDecision_Publish() {
	policy := usual()
	may := means(all("team", 9))
	first, err := disclosure.Protect(policy, may, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	remembered := []disclosure.Publication{first.Publish()}

	november := means(all("team", 10))
	november.Measurement = "2026-11"
	november.Cells[0].Changes = []disclosure.Change{{Since: "2026-05", Joined: 1}}
	second, err := disclosure.Protect(policy, november, remembered)
	if err != nil {
		fmt.Println(err)
		return
	}
	why := second.Why("team")
	fmt.Println(why.Code, why.Minimum, why.Since)
	// Output: over-time 3 2026-05
}

func ExampleAudit() {
	table := means(all("centre", 9), all("team A", 3, "centre"), all("team B", 6, "centre"))
	leaks, err := disclosure.Audit(usual(), table, nil, []string{"centre", "team B"})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, leak := range leaks {
		fmt.Println(leak.Kind, leak.Size, leak.Withheld, "from", leak.Cells)
	}
	// Output:
	// few-people 3 [team A] from [centre team B]
	// few-answers 3 [team A] from [centre team B]
	// withheld-figure 3 [team A] from [centre team B]
}
