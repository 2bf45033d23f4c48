package calls

import (
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/text"
	"bastida/internal/platform/rule"
)

// Condition is a requirement written as an expression.
type Condition struct {
	Code       string         `json:"code"`
	Expression string         `json:"expression"`
	OnFailure  OnFailure      `json:"on_failure"`
	Message    text.Localized `json:"message"`
	Status     string         `json:"status"`
	Source     string         `json:"source"`
}

// OnFailure is what a condition that is not fulfilled leads to.
type OnFailure string

// The consequences of a condition.
const (
	Refuse OnFailure = "refuse" // the application cannot be filed
	Amend  OnFailure = "amend"  // it can be filed, and must be corrected
)

// Priority gives points to the applications that fulfil it.
type Priority struct {
	Code       string         `json:"code"`
	Points     int            `json:"points"`
	Expression string         `json:"expression"`
	Message    text.Localized `json:"message"`
	Status     string         `json:"status"`
	Source     string         `json:"source"`
}

// names are what conditions and priorities may speak of.
var names = rule.Names{
	"body.code": rule.Text, "body.kind": rule.Text, "body.population": rule.Int, "body.area": rule.Text,
	"application.professionals": rule.Int, "application.consent_to_group": rule.Bool, "application.modality": rule.Text,
	"application.joint_bodies": rule.Texts, "application.answers": rule.Map,
	"call.code": rule.Text, "call.min_group": rule.Int, "call.max_group": rule.Int, "call.max_km": rule.Number,
	"call.hours_per_group": rule.Int, "call.hours_budget": rule.Int, "call.max_per_body": rule.Int, "call.modalities": rule.Texts,
}

var vocabulary = rule.NewVocabulary(names)

// Finding is what came of one condition for one application.
type Finding struct {
	Condition
	Passed  bool
	Values  []Value  // those that decided it
	Missing []string // names without which it could not be decided
	Problem error    // the expression could not be evaluated
}

// Value is one value that a condition looked at.
type Value struct {
	Name  string
	Value any // as the rule saw it
}

// Find evaluates the condition. What cannot be told is not fulfilled.
func (c Condition) Find(facts rule.Facts) Finding {
	f := Finding{Condition: c}
	compiled, err := vocabulary.Compile(c.Expression, rule.Condition)
	if err != nil {
		f.Problem = err
		return f
	}
	found, err := compiled.Evaluate(facts)
	f.Passed, f.Missing, f.Problem = err == nil && found.Holds(), found.Missing, err
	for _, name := range compiled.Names() {
		if v, ok := found.Seen[name]; ok {
			f.Values = append(f.Values, Value{name, v})
		}
	}
	return f
}

// Points adds up the priorities that facts fulfil.
func (c Call) Points(facts rule.Facts) (points int) {
	for _, p := range c.Priorities.V {
		if (Condition{Expression: p.Expression}).Find(facts).Passed {
			points += p.Points
		}
	}
	return points
}

// Refuses reports whether the condition keeps the application from being filed.
func (f Finding) Refuses() bool { return !f.Passed && f.OnFailure == Refuse }

// check says what stands against storing the condition.
func (c Condition) check(wrong *fault.Fields, at string) {
	if _, err := vocabulary.Compile(c.Expression, rule.Condition); err != nil {
		wrong.Add(at+"expression", fault.Of(err).Key, fault.Of(err).Args...)
	}
	if c.OnFailure != Refuse && c.OnFailure != Amend {
		wrong.Add(at+"on_failure", "form.not_an_option")
	}
}
