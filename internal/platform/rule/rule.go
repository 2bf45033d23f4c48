// Package rule evaluates conditions and scores that are written as data.
//
//	var words = rule.NewVocabulary(rule.Names{
//		"body.population":     rule.Int,
//		"application.answers": rule.Map,
//	})
//
//	small, err := words.Compile("body.population < 5000", rule.Condition)
//	found, err := small.Evaluate(rule.Facts{"body.population": 7200})
//	found.Holds() // false
//	found.Seen    // {"body.population": 7200}: the values that refused it
//
// Expressions are CEL: they have no side effects, no clock and no way out, and
// each evaluation may cost only so much. A fact that the caller does not have
// makes the finding unknown, by name, unless the rest of the expression
// decides without it: unknown is neither true nor an error.
package rule

import (
	"embed"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"cel.dev/cel-go/cel"

	"bastida/internal/kernel/fault"
)

// Locales holds the texts of the faults.
//
//go:embed locales/*.json
var Locales embed.FS

// Type is what values a name takes.
type Type int

// The types of names. A Map holds what is not known in advance, such as the
// answers of a questionnaire: names below it are typed only when evaluated, and
// only of them may an expression ask has(answers.code) or "code" in answers.
const (
	Bool Type = iota
	Int
	Number
	Text
	Texts
	Map
)

var celTypes = map[Type]*cel.Type{
	Bool: cel.BoolType, Int: cel.IntType, Number: cel.DoubleType, Text: cel.StringType,
	Texts: cel.ListType(cel.StringType), Map: cel.MapType(cel.StringType, cel.DynType),
}

// Names declares the names that expressions may use, such as body.population.
type Names map[string]Type

// Kind is what an expression is expected to give.
type Kind string

// The kinds of rule.
const (
	Condition Kind = "condition" // true or false
	Score     Kind = "score"     // a number
)

// Limits of an expression. They are far above what a person writes, and far
// below what would make anybody wait.
const (
	longest = 2_000  // characters
	dearest = 20_000 // units of cost that CEL counts while evaluating
	kept    = 2_000  // compiled rules a vocabulary remembers
)

// Vocabulary compiles expressions over a fixed set of names and remembers them.
type Vocabulary struct {
	names Names
	env   *cel.Env

	mu       sync.Mutex
	compiled map[source]*Rule
}

type source struct {
	expression string
	kind       Kind
}

// NewVocabulary declares a vocabulary at start-up. It panics on a name that is
// none, which is an error of the program.
func NewVocabulary(names Names) *Vocabulary {
	settings := []cel.EnvOption{
		cel.CrossTypeNumericComparisons(true),
		cel.ParserExpressionSizeLimit(longest),
		cel.RegexProgramSizeLimit(500),
	}
	variables := make([]cel.EnvOption, 0, len(names))
	for _, name := range slices.Sorted(maps.Keys(names)) {
		variables = append(variables, cel.Variable(name, celTypes[names[name]]))
	}
	env, err := cel.NewEnv(slices.Concat(settings, variables)...)
	if err != nil {
		panic(fmt.Sprintf("rule: vocabulary: %v", err))
	}
	return &Vocabulary{names: names, env: env, compiled: map[source]*Rule{}}
}

// Compile checks an expression and makes it ready. Its faults say where the
// expression is wrong, for the person who wrote it.
func (v *Vocabulary) Compile(expression string, kind Kind) (*Rule, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	from := source{expression, kind}
	if r, ok := v.compiled[from]; ok {
		return r, nil
	}
	r, err := v.compile(from)
	if err != nil {
		return nil, err
	}
	if len(v.compiled) >= kept {
		clear(v.compiled)
	}
	v.compiled[from] = r
	return r, nil
}

func (v *Vocabulary) compile(from source) (*Rule, error) {
	if len([]rune(from.expression)) > longest {
		return nil, fault.New(fault.Invalid, "rule.too_long", "max", longest)
	}
	parsed, issues := v.env.Parse(from.expression)
	if issues.Err() != nil {
		return nil, malformed(issues)
	}
	mentions := mentioned(parsed.NativeRep().Expr(), v.names)
	checked, issues := v.env.Check(parsed)
	if issues.Err() != nil {
		return nil, misused(issues, parsed.NativeRep().Expr())
	}
	if !gives(checked.OutputType(), from.kind) {
		return nil, fault.New(fault.Invalid, "rule.not_a_"+string(from.kind))
	}
	program, err := v.env.Program(checked, cel.CostLimit(dearest), cel.CustomDecoratorV2(finiteDivision))
	if err != nil {
		return nil, fault.New(fault.Invalid, "rule.malformed", "line", 1, "column", 1, "problem", err.Error())
	}
	return &Rule{Expression: from.expression, Kind: from.kind, program: program, mentions: mentions}, nil
}

// gives reports whether an expression of a type can give what a kind expects.
// What depends on a Map is known only when evaluated.
func gives(t *cel.Type, kind Kind) bool {
	if t.IsExactType(cel.DynType) {
		return true
	}
	if kind == Condition {
		return t.IsExactType(cel.BoolType)
	}
	return t.IsExactType(cel.IntType) || t.IsExactType(cel.UintType) || t.IsExactType(cel.DoubleType)
}

// malformed says what the grammar did not understand first.
func malformed(issues *cel.Issues) error {
	first := issues.Errors()[0]
	problem := strings.TrimPrefix(first.Message, "Syntax error: ")
	return fault.New(fault.Invalid, "rule.malformed", append(place(first), "problem", problem)...)
}

// place says where in the text an error is, counting from 1. What concerns the
// text as a whole is said of its beginning.
func place(e *cel.Error) []any {
	return []any{"line", max(e.Location.Line(), 1), "column", max(e.Location.Column()+1, 1)}
}
