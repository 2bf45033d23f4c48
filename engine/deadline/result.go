package deadline

import (
	"fmt"
	"strings"
)

// Result is the end of a term and its whole account.
type Result struct {
	Start     Date // the day of the event, which does not count
	Term      Term
	CountFrom Date // the day after the start
	Nominal   Date // where the term would end had nothing been suspended
	Effective Date // where it ends

	// Steps account for every day after the start up to the effective date, in order: the
	// days of the steps add up to the days from the one to the other.
	Steps []Step

	// Provisional are the years the term reaches for which some set of the calendar declares
	// no holiday at all, as before the calendar of next year is published. While there are
	// any, the date may still move.
	Provisional []int
}

// Step is what became of some consecutive days.
type Step struct {
	Kind     StepKind
	From, To Date   // both included
	Days     int    // how far the step takes the count, in calendar days
	Why      Reason // zero unless the kind has one
}

// StepKind classifies steps.
type StepKind string

// The kinds of step. The text is stable and may be stored or used as a translation key.
const (
	// Counted days are days of the term.
	Counted StepKind = "counted"

	// Skipped days are rest days or holidays, which a term in working days leaves out.
	Skipped StepKind = "skipped"

	// Suspended days are left out because terms did not run.
	Suspended StepKind = "suspended"

	// Lapsed days had run, but the term began anew after the suspension that follows.
	Lapsed StepKind = "lapsed"

	// ShortMonth remarks that the month of expiry has no day with the ordinal of the start,
	// and that the day given was taken in its stead. It has no days.
	ShortMonth StepKind = "short-month"

	// Postponed days were added because the term could not end on the day before them, for
	// the reason given.
	Postponed StepKind = "postponed"

	// BroughtForward goes back from From to To, so that its Days are negative, because the
	// term could not end on From.
	BroughtForward StepKind = "brought-forward"
)

// DaysLeft is how many days remain after today: 0 on the last day, negative once it is over.
func (r Result) DaysLeft(today Date) int { return today.Until(r.Effective) }

// String tells the result and its steps in English, a line each.
func (r Result) String() string {
	var text strings.Builder
	fmt.Fprintf(&text, "%s from %s ends on %s", r.Term, r.Start, r.Effective)
	if r.Nominal != r.Effective {
		fmt.Fprintf(&text, ", nominally on %s", r.Nominal)
	}
	for _, step := range r.Steps {
		text.WriteString("\n  " + step.String())
	}
	if len(r.Provisional) > 0 {
		fmt.Fprintf(&text, "\n  provisional: holidays of %v are not all declared", r.Provisional)
	}
	return text.String()
}

// String is the step in English.
func (s Step) String() string {
	switch s.Kind {
	case ShortMonth:
		return fmt.Sprintf("%s taken: the month has no such day", s.From)
	case BroughtForward:
		return fmt.Sprintf("%s brought forward to %s: %s", s.From, s.To, s.Why)
	case Counted, Skipped, Suspended, Lapsed, Postponed:
	}
	text := fmt.Sprintf("%s to %s %s (%d)", s.From, s.To, s.Kind, s.Days)
	if s.Why != (Reason{}) {
		text += ": " + s.Why.String()
	}
	return text
}
