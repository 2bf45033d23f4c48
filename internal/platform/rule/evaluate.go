package rule

import (
	"math"
	"slices"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/interpreter"

	"bastida/internal/kernel/fault"
)

// Rule is an expression ready to be evaluated, by as many as like at once.
type Rule struct {
	Expression string
	Kind       Kind

	program  cel.Program
	mentions []mention
}

// Names returns the names that the rule mentions, in the order of the text.
func (r *Rule) Names() []string {
	names := make([]string, len(r.mentions))
	for i, m := range r.mentions {
		names[i] = m.path
	}
	return names
}

// Finding is what a rule found, and why.
type Finding struct {
	// Seen holds the value of every name that the rule mentions and the facts
	// have. Of a Map as a whole it holds how many entries there are.
	Seen Facts

	// Missing names the facts without which there is no answer. It is empty
	// when there is one.
	Missing []string

	value ref.Val
}

// Holds reports whether a condition is known to be true.
func (f Finding) Holds() bool { return f.value == types.True }

// Number returns a score, and whether there is one.
func (f Finding) Number() (float64, bool) {
	switch n := f.value.(type) {
	case types.Int:
		return float64(n), true
	case types.Uint:
		return float64(n), true
	case types.Double:
		return float64(n), true
	default:
		return 0, false
	}
}

// Evaluate applies the rule to facts. A fact that is missing is a finding; a
// division by zero, a text added to a number or an expression that costs too
// much is a fault.
func (r *Rule) Evaluate(facts Facts) (Finding, error) {
	found := r.look(facts)
	value, _, err := r.program.Eval(map[string]any(facts))
	if err != nil {
		if found.Missing != nil {
			return found, nil
		}
		return found, r.failed(err.Error())
	}
	if problem := r.unfit(value); problem != "" {
		return found, r.failed(problem)
	}
	found.Missing, found.value = nil, value
	return found, nil
}

func (r *Rule) failed(problem string) error {
	return fault.New(fault.Invalid, "rule.failed", "expression", r.Expression, "problem", problem)
}

// look sorts the names mentioned into those that have a value and those that
// have none.
func (r *Rule) look(facts Facts) Finding {
	found := Finding{Seen: Facts{}}
	for _, m := range r.mentions {
		value, ok := facts.at(m)
		switch {
		case ok:
			found.Seen[m.path] = value
		case !m.tested:
			found.Missing = append(found.Missing, m.path)
		}
	}
	return found
}

// unfit says why a value is not what the kind of the rule promises.
func (r *Rule) unfit(value ref.Val) string {
	fits := []ref.Type{types.BoolType}
	if r.Kind == Score {
		fits = []ref.Type{types.IntType, types.UintType, types.DoubleType}
	}
	switch {
	case !slices.Contains(fits, value.Type()):
		return "the result is a " + value.Type().TypeName()
	case !finite(value):
		return "the result is not a number"
	default:
		return ""
	}
}

func finite(value ref.Val) bool {
	n, ok := value.(types.Double)
	return !ok || !math.IsInf(float64(n), 0) && !math.IsNaN(float64(n))
}

// finiteDivision makes 1.0 / 0 as much an error as 1 / 0: an infinite share
// would satisfy every minimum.
func finiteDivision(step interpreter.InterpretableV2) (interpreter.InterpretableV2, error) {
	if call, ok := step.(interpreter.InterpretableCall); ok && call.Function() == operators.Divide {
		return division{call}, nil
	}
	return step, nil
}

type division struct{ interpreter.InterpretableCall }

// Exec implements interpreter.InterpretableV2.
func (d division) Exec(frame *interpreter.ExecutionFrame) ref.Val {
	value := d.InterpretableCall.Exec(frame)
	if !finite(value) {
		return types.NewErr("division by zero")
	}
	return value
}
