package deadline_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"bastida/engine/deadline"
)

// dated is a case of which only the two dates matter.
type dated struct {
	name               string
	rules              deadline.Rules
	start              string
	term               deadline.Term
	nominal, effective string
}

func checkDated(t *testing.T, tests []dated) {
	t.Helper()
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			result := reckon(t, test.rules, on(test.start), test.term)
			if result.Nominal != on(test.nominal) || result.Effective != on(test.effective) {
				t.Errorf("want nominal %s, effective %s\n%s", test.nominal, test.effective, result)
			}
		})
	}
}

// TestSuspensions has the term to resolve the call for applications of 2020 at its head.
func TestSuspensions(t *testing.T) {
	t.Parallel()
	restart := spainIn2020(catalonia)
	restart.Policy.OnSuspension = deadline.Restart
	january := spain()
	january.Suspensions = []deadline.Suspension{{From: on("2019-01-29"), To: on("2019-03-15")}}
	checkDated(t, []dated{
		{"five months end on the ordinal day of the filing", spain(catalonia), "2020-01-10", deadline.Months(5), "2020-06-10", "2020-06-10"},
		{"five months end on a Monday as they fall", spain(catalonia), "2020-02-13", deadline.Months(5), "2020-07-13", "2020-07-13"},
		{"the state of alarm extends five months by its 79 days", spainIn2020(catalonia), "2020-01-10", deadline.Months(5), "2020-06-10", "2020-08-28"},
		{"the state of alarm extends the last day of the window too", spainIn2020(catalonia), "2020-02-13", deadline.Months(5), "2020-07-13", "2020-09-30"},
		{"a term over before the state of alarm is untouched", spainIn2020(catalonia), "2020-02-12", deadline.Months(1), "2020-03-12", "2020-03-12"},
		{"a term notified during the alarm keeps its whole length", spainIn2020(catalonia), "2020-04-20", deadline.Months(1), "2020-05-20", "2020-06-30"},
		{"a term that must begin anew loses what had run", restart, "2020-03-03", deadline.WorkingDays(10), "2020-03-17", "2020-06-12"},
		{"a term that ends on the eve of the alarm is untouched", spainIn2020(), "2020-02-13", deadline.Days(29), "2020-03-13", "2020-03-13"},
		{"of two terms begun about a suspension the later may end first", january, "2019-01-28", deadline.Months(1), "2019-02-28", "2019-04-15"},
		{"as the package warns", january, "2019-01-31", deadline.Months(1), "2019-02-28", "2019-04-12"},
	})
}

// TestTermsInMonthsAndYears is Ley 39/2015 art. 30.4.
func TestTermsInMonthsAndYears(t *testing.T) {
	t.Parallel()
	spill := spain()
	spill.Policy.MonthEnd = deadline.FirstDayOfNextMonth
	checkDated(t, []dated{
		{"31 January and a month is 28 February", spain(), "2019-01-31", deadline.Months(1), "2019-02-28", "2019-02-28"},
		{"31 January and a month is 29 February in a leap year", spain(), "2024-01-31", deadline.Months(1), "2024-02-29", "2024-02-29"},
		{"the last day of February is no reason to end on the last of March", spain(), "2019-02-28", deadline.Months(1), "2019-03-28", "2019-03-28"},
		{"29 February and a year is 28 February", spain(), "2024-02-29", deadline.Years(1), "2025-02-28", "2025-02-28"},
		{"29 February and four years is 29 February", spain(), "2024-02-29", deadline.Years(4), "2028-02-29", "2028-02-29"},
		{"31 January and a month is 1 March where short months spill over", spill, "2019-01-31", deadline.Months(1), "2019-03-01", "2019-03-01"},
		{"a month over the turn of the year", spain(), "2019-12-10", deadline.Months(1), "2020-01-10", "2020-01-10"},
		{"a month of acceptance", spain(catalonia), "2020-07-15", deadline.Months(1), "2020-08-17", "2020-08-17"},
	})
}

// TestTermsInDays is Ley 39/2015 arts. 30.2 and 30.3, with what a suspension does to them.
func TestTermsInDays(t *testing.T) {
	t.Parallel()
	checkDated(t, []dated{
		{"ten working days over Easter", spain(catalonia), "2020-04-02", deadline.WorkingDays(10), "2020-04-20", "2020-04-20"},
		{"ten working days wait for the alarm to end", spainIn2020(catalonia), "2020-04-02", deadline.WorkingDays(10), "2020-04-20", "2020-06-12"},
		{"ten working days wait for the alarm and the local holiday", spainIn2020(catalonia, barcelona), "2020-04-02", deadline.WorkingDays(10), "2020-04-20", "2020-06-15"},
		{"working days notified on a Saturday count from Monday", spain(), "2020-02-15", deadline.WorkingDays(1), "2020-02-17", "2020-02-17"},
		{"calendar days count the weekend", spain(), "2020-02-13", deadline.Days(4), "2020-02-17", "2020-02-17"},
	})
}

// TestLastDayNotWorked is Ley 39/2015 arts. 30.5 and 30.6, and the other rolls.
func TestLastDayNotWorked(t *testing.T) {
	t.Parallel()
	back, keep := spain(catalonia), spain(catalonia)
	back.Policy.Roll = deadline.PreviousWorkingDay
	keep.Policy.Roll = deadline.Keep
	checkDated(t, []dated{
		{"a Saturday is postponed to Monday", spain(), "2020-02-13", deadline.Days(2), "2020-02-17", "2020-02-17"},
		{"a Saturday is brought forward to Friday", back, "2020-02-13", deadline.Days(2), "2020-02-14", "2020-02-14"},
		{"a Saturday is kept", keep, "2020-02-13", deadline.Days(2), "2020-02-15", "2020-02-15"},
		{"nothing is brought forward to its own start", back, "2020-02-14", deadline.Days(1), "2020-02-17", "2020-02-17"},
		{"Good Friday is postponed beyond Easter Monday", spain(catalonia), "2020-03-10", deadline.Months(1), "2020-04-14", "2020-04-14"},
		{"a day is worked in both places", spain(catalonia), "2020-08-24", deadline.Months(1), "2020-09-24", "2020-09-24"},
		{"a day is a holiday where the person lives", spain(catalonia, barcelona), "2020-08-24", deadline.Months(1), "2020-09-25", "2020-09-25"},
		{"a day is a holiday where the office sits", spain(barcelona, catalonia), "2020-08-24", deadline.Months(1), "2020-09-25", "2020-09-25"},
	})
}

func TestItaly(t *testing.T) {
	t.Parallel()
	code := deadline.Rules{Policy: deadline.ItalianCivilCode(), Calendar: deadline.Calendar{italy}}
	procedure := deadline.Rules{Policy: deadline.ItalianCivilProcedure(), Calendar: deadline.Calendar{italy}}
	checkDated(t, []dated{
		{"the civil code lets a term end on Saturday", code, "2024-05-02", deadline.Days(30), "2024-06-01", "2024-06-01"},
		{"civil procedure postpones Saturday", procedure, "2024-05-02", deadline.Days(30), "2024-06-03", "2024-06-03"},
		{"the civil code postpones a holiday", code, "2024-05-02", deadline.Months(1), "2024-06-03", "2024-06-03"},
	})
}

func TestStepsTellTheWholeStory(t *testing.T) {
	t.Parallel()
	restart := spainIn2020()
	restart.Policy.OnSuspension = deadline.Restart
	strike, back := spain(), spain()
	strike.Suspensions = []deadline.Suspension{{From: on("2020-02-17"), To: on("2020-02-20"), Name: "strike"}}
	back.Policy.Roll = deadline.PreviousWorkingDay
	rest := deadline.Reason{Kind: deadline.WeeklyRest}
	stopped := deadline.Reason{Kind: deadline.TermsSuspended, Name: alarm.Name}

	for _, test := range []struct {
		name  string
		rules deadline.Rules
		start string
		term  deadline.Term
		want  []deadline.Step
	}{
		{"a suspended month with a short end", spainIn2020(), "2020-01-31", deadline.Months(3), []deadline.Step{
			{Kind: deadline.ShortMonth, From: on("2020-04-30"), To: on("2020-04-30")},
			{Kind: deadline.Counted, From: on("2020-02-01"), To: on("2020-03-13"), Days: 42},
			{Kind: deadline.Suspended, From: on("2020-03-14"), To: on("2020-05-31"), Days: 79, Why: stopped},
			{Kind: deadline.Counted, From: on("2020-06-01"), To: on("2020-07-18"), Days: 48},
			{Kind: deadline.Postponed, From: on("2020-07-19"), To: on("2020-07-20"), Days: 2, Why: rest},
		}},
		{"a Saturday postponed beyond a suspension", strike, "2020-02-13", deadline.Days(2), []deadline.Step{
			{Kind: deadline.Counted, From: on("2020-02-14"), To: on("2020-02-15"), Days: 2},
			{Kind: deadline.Postponed, From: on("2020-02-16"), To: on("2020-02-16"), Days: 1, Why: rest},
			{Kind: deadline.Suspended, From: on("2020-02-17"), To: on("2020-02-20"), Days: 4, Why: deadline.Reason{
				Kind: deadline.TermsSuspended, Name: "strike",
			}},
			{Kind: deadline.Postponed, From: on("2020-02-21"), To: on("2020-02-21"), Days: 1, Why: rest},
		}},
		{"working days around a holiday", spain(barcelona), "2020-09-22", deadline.WorkingDays(3), []deadline.Step{
			{Kind: deadline.Counted, From: on("2020-09-23"), To: on("2020-09-23"), Days: 1},
			{Kind: deadline.Skipped, From: on("2020-09-24"), To: on("2020-09-24"), Days: 1, Why: deadline.Reason{
				Kind: deadline.PublicHoliday, Name: "la Mercè", Place: "Barcelona",
			}},
			{Kind: deadline.Counted, From: on("2020-09-25"), To: on("2020-09-25"), Days: 1},
			{Kind: deadline.Skipped, From: on("2020-09-26"), To: on("2020-09-27"), Days: 2, Why: rest},
			{Kind: deadline.Counted, From: on("2020-09-28"), To: on("2020-09-28"), Days: 1},
		}},
		{"a term that begins anew", restart, "2020-03-09", deadline.Days(10), []deadline.Step{
			{Kind: deadline.Lapsed, From: on("2020-03-10"), To: on("2020-03-13"), Days: 4},
			{Kind: deadline.Suspended, From: on("2020-03-14"), To: on("2020-05-31"), Days: 79, Why: stopped},
			{Kind: deadline.Counted, From: on("2020-06-01"), To: on("2020-06-10"), Days: 10},
		}},
		{"a Sunday brought forward", back, "2020-02-13", deadline.Days(3), []deadline.Step{
			{Kind: deadline.Counted, From: on("2020-02-14"), To: on("2020-02-16"), Days: 3},
			{Kind: deadline.BroughtForward, From: on("2020-02-16"), To: on("2020-02-14"), Days: -2, Why: rest},
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			result := reckon(t, test.rules, on(test.start), test.term)
			if !slices.Equal(result.Steps, test.want) {
				t.Errorf("unexpected steps\n%s", result)
			}
		})
	}
}

func TestAbsurdQuestionsAreRefused(t *testing.T) {
	t.Parallel()
	everyDay := []time.Weekday{0, 1, 2, 3, 4, 5, 6}
	idle, neverEnds := spain(), spain()
	idle.Policy.RestDays = everyDay
	neverEnds.Policy.RestDaysAtExpiry = everyDay
	open := spain()
	open.Suspensions = []deadline.Suspension{{From: on("2020-03-14"), Name: "RD 463/2020"}}
	openRestart := open
	openRestart.Policy.OnSuspension = deadline.Restart
	reversed := spain()
	reversed.Suspensions = []deadline.Suspension{{From: on("2020-03-14"), To: on("2020-03-13")}}
	unknownRoll, unknownMonthEnd, unknownSuspension := spain(), spain(), spain()
	unknownRoll.Policy.Roll = "sideways"
	unknownMonthEnd.Policy.MonthEnd = ""
	unknownSuspension.Policy.OnSuspension = ""

	for _, test := range []struct {
		name  string
		rules deadline.Rules
		start deadline.Date
		term  deadline.Term
		want  error
	}{
		{"no start", spain(), deadline.Date{}, deadline.Days(1), deadline.ErrDate},
		{"a start that does not exist", spain(), deadline.Date{Year: 2019, Month: 2, Day: 29}, deadline.Days(1), deadline.ErrDate},
		{"no days", spain(), on("2020-01-01"), deadline.Days(0), deadline.ErrTerm},
		{"a negative term", spain(), on("2020-01-01"), deadline.Months(-1), deadline.ErrTerm},
		{"an unknown unit", spain(), on("2020-01-01"), deadline.Term{Amount: 1, Unit: "moon"}, deadline.ErrTerm},
		{"more days than a century", spain(), on("2020-01-01"), deadline.Days(100_000), deadline.ErrTooLong},
		{"more years than a century", spain(), on("2020-01-01"), deadline.Years(101), deadline.ErrTooLong},
		{"the end of the calendar", spain(), on("9999-12-31"), deadline.Days(1), deadline.ErrTooLong},
		{"no working day to count", idle, on("2020-01-01"), deadline.WorkingDays(1), deadline.ErrNoWorkingDay},
		{"no working day to end on", neverEnds, on("2020-01-01"), deadline.Days(1), deadline.ErrNoWorkingDay},
		{"an open suspension within the term", open, on("2020-03-01"), deadline.Months(1), deadline.ErrOpenSuspension},
		{"an open suspension within a term to begin anew", openRestart, on("2020-03-01"), deadline.Months(1), deadline.ErrOpenSuspension},
		{"an open suspension after the term is no matter", open, on("2020-03-08"), deadline.Days(5), nil},
		{"a suspension that ends before it begins", reversed, on("2020-01-01"), deadline.Days(1), deadline.ErrSuspension},
		{"an unknown roll", unknownRoll, on("2020-01-01"), deadline.Days(1), deadline.ErrPolicy},
		{"no rule for short months", unknownMonthEnd, on("2020-01-01"), deadline.Days(1), deadline.ErrPolicy},
		{"no rule for suspensions", unknownSuspension, on("2020-01-01"), deadline.Days(1), deadline.ErrPolicy},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if _, err := test.rules.Deadline(test.start, test.term); !errors.Is(err, test.want) {
				t.Errorf("got %v, want %v", err, test.want)
			}
		})
	}
}

func TestAnOpenSuspensionBarsThePostponedDay(t *testing.T) {
	t.Parallel()
	rules := spain()
	rules.Suspensions = []deadline.Suspension{{From: on("2020-03-15")}}
	_, err := rules.Deadline(on("2020-03-09"), deadline.Days(5)) // a Saturday, the 14th
	if !errors.Is(err, deadline.ErrOpenSuspension) {
		t.Errorf("got %v", err)
	}
}

func TestYearsWithoutHolidaysMakeAResultProvisional(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name  string
		rules deadline.Rules
		start string
		want  []int
	}{
		{"within the declared year", spain(catalonia, barcelona), "2020-06-01", nil},
		{"into a year not declared", spain(catalonia, barcelona), "2020-11-20", []int{2021}},
		{"without any calendar there is nothing to declare", spain(), "2020-11-20", nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			result := reckon(t, test.rules, on(test.start), deadline.Months(2))
			if !slices.Equal(result.Provisional, test.want) {
				t.Errorf("got %v, want %v", result.Provisional, test.want)
			}
		})
	}
}
