package deadline_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"bastida/engine/deadline"
)

// genDate draws days over some four years, a leap year among them.
func genDate() *rapid.Generator[deadline.Date] {
	return rapid.Custom(func(t *rapid.T) deadline.Date {
		return on("2019-01-01").AddDays(rapid.IntRange(0, 1500).Draw(t, "day"))
	})
}

func genTerm() *rapid.Generator[deadline.Term] {
	return rapid.OneOf(
		rapid.Map(rapid.IntRange(1, 120), deadline.Days),
		rapid.Map(rapid.IntRange(1, 60), deadline.WorkingDays),
		rapid.Map(rapid.IntRange(1, 24), deadline.Months),
		rapid.Map(rapid.IntRange(1, 3), deadline.Years),
	)
}

func genSuspension() *rapid.Generator[deadline.Suspension] {
	return rapid.Custom(func(t *rapid.T) deadline.Suspension {
		from := genDate().Draw(t, "from")
		return deadline.Suspension{From: from, To: from.AddDays(rapid.IntRange(0, 90).Draw(t, "length"))}
	})
}

func genHolidays() *rapid.Generator[deadline.HolidaySet] {
	return rapid.Custom(func(t *rapid.T) deadline.HolidaySet {
		days := rapid.MapOfN(genDate(), rapid.Just("holiday"), 0, 40).Draw(t, "days")
		return deadline.HolidaySet{Place: "somewhere", Days: days}
	})
}

func genRules(rolls ...deadline.Roll) *rapid.Generator[deadline.Rules] {
	return rapid.Custom(func(t *rapid.T) deadline.Rules {
		rest := rapid.SampledFrom([][]time.Weekday{nil, {time.Sunday}, {time.Saturday, time.Sunday}})
		return deadline.Rules{
			Policy: deadline.Policy{
				RestDays:         rest.Draw(t, "rest"),
				RestDaysAtExpiry: rest.Draw(t, "rest at expiry"),
				Roll:             rapid.SampledFrom(rolls).Draw(t, "roll"),
				MonthEnd:         rapid.SampledFrom([]deadline.MonthEnd{deadline.LastDayOfMonth, deadline.FirstDayOfNextMonth}).Draw(t, "month end"),
				OnSuspension:     rapid.SampledFrom([]deadline.OnSuspension{deadline.Resume, deadline.Restart}).Draw(t, "on suspension"),
			},
			Calendar:    rapid.SliceOfN(genHolidays(), 0, 2).Draw(t, "calendar"),
			Suspensions: rapid.SliceOfN(genSuspension(), 0, 3).Draw(t, "suspensions"),
		}
	})
}

// anyRules draws every policy there is.
func anyRules() *rapid.Generator[deadline.Rules] {
	return genRules(deadline.NextWorkingDay, deadline.PreviousWorkingDay, deadline.Keep)
}

func mustReckon(t *rapid.T, rules deadline.Rules, start deadline.Date, term deadline.Term) deadline.Result {
	t.Helper()
	result, err := rules.Deadline(start, term)
	if err != nil {
		t.Fatalf("deadline of %s from %s: %v", term, start, err)
	}
	return result
}

func TestAgreesWithAPaperCalendar(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		rules := genRules(deadline.NextWorkingDay, deadline.Keep).Draw(t, "rules")
		rules.Policy.OnSuspension = deadline.Resume
		start, term := genDate().Draw(t, "start"), genTerm().Draw(t, "term")

		result := mustReckon(t, rules, start, term)
		if want := (oracle{rules}).effective(start, term); result.Effective != want {
			t.Fatalf("the paper calendar says %s\n%s", want, result)
		}
		rules.Suspensions = nil
		if want := (oracle{rules}).effective(start, term); result.Nominal != want {
			t.Fatalf("the paper calendar says nominally %s\n%s", want, result)
		}
	})
}

func TestAnEarlierStartNeverEndsLater(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		rules := anyRules().Draw(t, "rules")
		term := genTerm().Draw(t, "term")
		early := genDate().Draw(t, "early")
		late := early.AddDays(rapid.IntRange(1, 40).Draw(t, "later"))
		if uneven(rules, term) && suspendedBetween(rules, early, late) {
			t.Skip("the exception that the package documents")
		}
		first, second := mustReckon(t, rules, early, term), mustReckon(t, rules, late, term)
		if second.Effective.Before(first.Effective) {
			t.Fatalf("%s\n%s", first, second)
		}
	})
}

// uneven says whether the length of the term in days depends on its start.
func uneven(rules deadline.Rules, term deadline.Term) bool {
	months := term.Unit == deadline.Month || term.Unit == deadline.Year
	return months && rules.Policy.OnSuspension == deadline.Resume
}

func suspendedBetween(rules deadline.Rules, after, to deadline.Date) bool {
	return slices.ContainsFunc(rules.Suspensions, func(s deadline.Suspension) bool {
		return s.From.Compare(to) <= 0 && s.To.After(after)
	})
}

func TestALongerTermNeverEndsEarlier(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		rules := anyRules().Draw(t, "rules")
		start, term := genDate().Draw(t, "start"), genTerm().Draw(t, "term")
		longer := term
		longer.Amount++
		first, second := mustReckon(t, rules, start, term), mustReckon(t, rules, start, longer)
		if second.Effective.Before(first.Effective) {
			t.Fatalf("%s\n%s", first, second)
		}
	})
}

func TestOneMoreSuspensionNeverEndsATermEarlier(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		rules := anyRules().Draw(t, "rules")
		start, term := genDate().Draw(t, "start"), genTerm().Draw(t, "term")
		before := mustReckon(t, rules, start, term)
		rules.Suspensions = append(slices.Clone(rules.Suspensions), genSuspension().Draw(t, "one more"))
		after := mustReckon(t, rules, start, term)
		if after.Effective.Before(before.Effective) || after.Nominal != before.Nominal {
			t.Fatalf("%s\n%s", before, after)
		}
	})
}

// TestOneMoreHolidayNeverEndsATermEarlier leaves out the policy that brings dates forward,
// which is meant to do just that.
func TestOneMoreHolidayNeverEndsATermEarlier(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		rules := genRules(deadline.NextWorkingDay, deadline.Keep).Draw(t, "rules")
		start, term := genDate().Draw(t, "start"), genTerm().Draw(t, "term")
		before := mustReckon(t, rules, start, term)
		holiday := map[deadline.Date]string{genDate().Draw(t, "one more"): "holiday"}
		rules.Calendar = append(slices.Clone(rules.Calendar), deadline.HolidaySet{Days: holiday})
		after := mustReckon(t, rules, start, term)
		if after.Effective.Before(before.Effective) || after.Nominal.Before(before.Nominal) {
			t.Fatalf("%s\n%s", before, after)
		}
	})
}

func TestTheEffectiveDateIsLawful(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		rules := anyRules().Draw(t, "rules")
		start, term := genDate().Draw(t, "start"), genTerm().Draw(t, "term")
		result := mustReckon(t, rules, start, term)
		paper := oracle{rules}
		switch end := result.Effective; {
		case !end.After(start):
			t.Fatalf("it ends before it begins\n%s", result)
		case end.Before(result.Nominal):
			t.Fatalf("it ends before its nominal date\n%s", result)
		case paper.suspended(end):
			t.Fatalf("it ends on a suspended day\n%s", result)
		case rules.Policy.Roll != deadline.Keep && paper.closed(end, rules.Policy.RestDaysAtExpiry):
			t.Fatalf("it does not end on a working day\n%s", result)
		}
	})
}

func TestStepsAccountForEveryDay(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		rules := anyRules().Draw(t, "rules")
		start, term := genDate().Draw(t, "start"), genTerm().Draw(t, "term")
		result := mustReckon(t, rules, start, term)
		total, reached := 0, start
		for _, step := range result.Steps {
			total += step.Days
			switch step.Kind {
			case deadline.ShortMonth:
				continue
			case deadline.BroughtForward:
				if step.From != reached || step.From.Until(step.To) != step.Days {
					t.Fatalf("a leap at %s\n%s", step, result)
				}
			default:
				if step.From != reached.AddDays(1) || step.From.Until(step.To)+1 != step.Days {
					t.Fatalf("a gap before %s\n%s", step, result)
				}
			}
			reached = step.To
		}
		if total != start.Until(result.Effective) || reached != result.Effective {
			t.Fatalf("%d days accounted for, up to %s\n%s", total, reached, result)
		}
	})
}

func TestInversesAgreeWithTheTerm(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		rules := genRules(deadline.Keep).Draw(t, "rules")
		rules.Suspensions = nil
		start := genDate().Draw(t, "start")
		n := rapid.IntRange(1, 200).Draw(t, "n")
		end := mustReckon(t, rules, start, deadline.WorkingDays(n)).Effective
		if got := rules.WorkingDaysBetween(start, end); got != n {
			t.Fatalf("%d working days from %s to %s, want %d", got, start, end, n)
		}
		if got := rules.WorkingDaysBetween(end, start); got != -n {
			t.Fatalf("%d working days back from %s to %s, want %d", got, end, start, -n)
		}
		calendar := mustReckon(t, rules, start, deadline.Days(n))
		if got := calendar.DaysLeft(start); got != n {
			t.Fatalf("%d days left at the start of %d", got, n)
		}
	})
}

func TestDatesBehave(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		date := on("0001-01-01").AddDays(rapid.IntRange(0, 3_652_058).Draw(t, "day"))
		n := rapid.IntRange(-1000, 1000).Draw(t, "n")
		other := date.AddDays(n)
		parsed, err := deadline.ParseDate(date.String())
		switch {
		case err != nil || parsed != date || !date.Valid():
			t.Fatalf("%s does not survive its text: %s, %v", date, parsed, err)
		case date.Until(other) != n || other.AddDays(-n) != date:
			t.Fatalf("%s and %d days do not add up", date, n)
		case date.Before(other) != (n > 0) || date.After(other) != (n < 0):
			t.Fatalf("%s and %s are out of order", date, other)
		case date.Compare(other) != -other.Compare(date) || (date.Compare(other) == 0) != (n == 0):
			t.Fatalf("%s and %s do not compare", date, other)
		case int(other.Weekday()) != ((int(date.Weekday())+n)%7+7)%7:
			t.Fatalf("%s and %s are on odd weekdays", date, other)
		}
	})
}
