package deadline_test

import (
	"fmt"

	"bastida/engine/deadline"
)

func Example() {
	rules := deadline.Rules{
		Policy:   deadline.SpanishCommonProcedure(),
		Calendar: deadline.Calendar{catalonia, barcelona},
		Suspensions: []deadline.Suspension{
			{From: on("2020-03-14"), To: on("2020-05-31"), Name: "RD 463/2020"},
		},
	}
	result, err := rules.Deadline(on("2020-01-10"), deadline.Months(5))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(result)
	fmt.Println("days left on 1 August:", result.DaysLeft(on("2020-08-01")))
	// Output:
	// 5 months from 2020-01-10 ends on 2020-08-28, nominally on 2020-06-10
	//   2020-01-11 to 2020-03-13 counted (63)
	//   2020-03-14 to 2020-05-31 suspended (79): RD 463/2020
	//   2020-06-01 to 2020-08-28 counted (89)
	// days left on 1 August: 27
}

func ExampleRules_Deadline_workingDays() {
	rules := deadline.Rules{
		Policy:   deadline.SpanishCommonProcedure(),
		Calendar: deadline.Calendar{catalonia},
	}
	result, err := rules.Deadline(on("2020-04-02"), deadline.WorkingDays(10))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(result)
	// Output:
	// 10 working days from 2020-04-02 ends on 2020-04-20
	//   2020-04-03 to 2020-04-03 counted (1)
	//   2020-04-04 to 2020-04-05 skipped (2): weekly rest
	//   2020-04-06 to 2020-04-09 counted (4)
	//   2020-04-10 to 2020-04-10 skipped (1): Divendres Sant (Catalunya)
	//   2020-04-11 to 2020-04-12 skipped (2): weekly rest
	//   2020-04-13 to 2020-04-13 skipped (1): Dilluns de Pasqua Florida (Catalunya)
	//   2020-04-14 to 2020-04-17 counted (4)
	//   2020-04-18 to 2020-04-19 skipped (2): weekly rest
	//   2020-04-20 to 2020-04-20 counted (1)
}

func ExampleResult_String() {
	rules := deadline.Rules{
		Policy:   deadline.SpanishCommonProcedure(),
		Calendar: deadline.Calendar{catalonia, barcelona},
	}
	result, err := rules.Deadline(on("2020-10-31"), deadline.Months(4))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(result)
	// Output:
	// 4 months from 2020-10-31 ends on 2021-03-01
	//   2021-02-28 taken: the month has no such day
	//   2020-11-01 to 2021-02-28 counted (120)
	//   2021-03-01 to 2021-03-01 postponed (1): weekly rest
	//   provisional: holidays of [2021] are not all declared
}

func ExampleRules_FilingDate() {
	office := deadline.Rules{
		Policy:   deadline.SpanishCommonProcedure(),
		Calendar: deadline.Calendar{catalonia},
	}
	filed, why, err := office.FilingDate(on("2020-04-10"))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("filed on %s: %s\n", filed, why)
	// Output: filed on 2020-04-14: Divendres Sant (Catalunya)
}

func ExampleRules_WorkingDaysBetween() {
	rules := deadline.Rules{
		Policy:   deadline.SpanishCommonProcedure(),
		Calendar: deadline.Calendar{catalonia},
	}
	fmt.Println(rules.WorkingDaysBetween(on("2020-04-02"), on("2020-04-20")))
	// Output: 10
}
