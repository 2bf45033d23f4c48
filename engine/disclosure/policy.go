package disclosure

import "fmt"

// Policy is who may not be seen. Every field is a decision of the body that publishes.
type Policy struct {
	// Source is where these figures come from, for the record.
	Source string

	// MinGroup is the fewest people that a figure may be about.
	MinGroup int

	// MinAnswers, MinAnswersDistribution and MinAnswersSensitive are the fewest answers behind
	// a mean, behind a distribution, and behind any figure on a sensitive matter.
	MinAnswers             int
	MinAnswersDistribution int
	MinAnswersSensitive    int

	// MinDifference and MinDifferenceSensitive are the fewest people by whom two measurements
	// of overlapping groups may differ, unless they do not differ at all. With 1 differences
	// over time are not protected.
	MinDifference          int
	MinDifferenceSensitive int

	// OnUnanimity is what becomes of a group in which everybody gave the same extreme answer.
	OnUnanimity OnUnanimity
}

// OnUnanimity settles a group whose figure tells the answer of each of its members.
type OnUnanimity string

// The ways to settle unanimity.
const (
	WithholdUnanimous OnUnanimity = "withhold" // the figure, and whatever gives it by subtraction
	PublishUnanimous  OnUnanimity = "publish"  // as any other
)

// check refuses a policy with a rule missing.
func (p Policy) check() error {
	for _, rule := range []struct {
		name  string
		value int
	}{
		{"MinGroup", p.MinGroup},
		{"MinAnswers", p.MinAnswers},
		{"MinAnswersDistribution", p.MinAnswersDistribution},
		{"MinAnswersSensitive", p.MinAnswersSensitive},
		{"MinDifference", p.MinDifference},
		{"MinDifferenceSensitive", p.MinDifferenceSensitive},
	} {
		if rule.value < 1 {
			return fmt.Errorf("%w: %s is %d", ErrPolicy, rule.name, rule.value)
		}
	}
	switch p.OnUnanimity {
	case WithholdUnanimous, PublishUnanimous:
		return nil
	default:
		return fmt.Errorf("%w: OnUnanimity is %q", ErrPolicy, p.OnUnanimity)
	}
}

// Minima are the fewest people and the fewest answers behind a figure of a table.
type Minima struct {
	People  int
	Answers int
}

// Minima are what the policy asks of a table. Where no answers are counted, they are 0.
func (p Policy) Minima(table Table) Minima {
	least := 1
	if table.Sensitive {
		least = p.MinAnswersSensitive
	}
	switch table.Kind {
	case Participation:
		return Minima{People: max(p.MinGroup, least)}
	case Distributions:
		return Minima{People: p.MinGroup, Answers: max(p.MinAnswersDistribution, least)}
	default:
		return Minima{People: p.MinGroup, Answers: max(p.MinAnswers, least)}
	}
}

// difference is the fewest people by whom two measurements may differ.
func (p Policy) difference(table Table) int {
	if table.Sensitive {
		return p.MinDifferenceSensitive
	}
	return p.MinDifference
}
