package instruments

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/platform/rule"
)

// field returns the name that an item has in a form.
func field(code string) string { return "a_" + code }

// reading is what typed texts mean to an instrument.
type reading struct {
	applies map[string]bool // items that are asked, by code
	answers rule.Facts      // answers to them that were understood, by code
	wrong   fault.Fields    // what stands against completing
}

// read goes through the items in order, so that each condition sees the
// answers before it. Answers to items that do not apply are not looked at.
func (in Instrument) read(typed url.Values) reading {
	r := reading{applies: map[string]bool{}, answers: rule.Facts{}}
	for item := range in.items() {
		if !item.applies(r.answers) {
			continue
		}
		r.applies[item.Code] = true
		err := item.answer(typed[field(item.Code)], r.answers)
		if f := fault.Of(err); f != nil {
			r.wrong.Add(field(item.Code), f.Key, f.Args...)
		}
	}
	return r
}

func wrong(key string, args ...any) error { return fault.New(fault.Invalid, key, args...) }

// answer understands what was typed and puts it with the answers.
func (i Item) answer(typed []string, answers rule.Facts) error {
	typed = given(typed)
	if len(typed) == 0 {
		if i.Required {
			return wrong("form.required")
		}
		return nil
	}
	switch i.Kind {
	case Integer, Scale:
		return i.answerNumber(typed[0], answers)
	case Choice:
		return i.answerChoice(typed[0], answers)
	case Multi:
		return i.answerMulti(typed, answers)
	case YesNo:
		return i.answerYesNo(typed[0], answers)
	case Date:
		return i.answerDate(typed[0], answers)
	default:
		return i.answerText(typed[0], answers)
	}
}

// given leaves out what is empty, each text once.
func given(typed []string) (texts []string) {
	for _, s := range typed {
		s = strings.TrimSpace(strings.ReplaceAll(s, "\r\n", "\n"))
		if s != "" && !slices.Contains(texts, s) {
			texts = append(texts, s)
		}
	}
	return texts
}

func (i Item) answerNumber(typed string, answers rule.Facts) error {
	n, err := strconv.Atoi(typed)
	if err != nil {
		return wrong("form.not_a_number")
	}
	if least, most := i.limits(); n < least || n > most {
		return wrong("form.out_of_range", "min", least, "max", most)
	}
	answers[i.Code] = int64(n)
	return nil
}

func (i Item) answerChoice(typed string, answers rule.Facts) error {
	if _, ok := i.option(typed); !ok {
		return wrong("form.not_an_option")
	}
	answers[i.Code] = typed
	return nil
}

func (i Item) answerMulti(typed []string, answers rule.Facts) error {
	for _, value := range typed {
		if _, ok := i.option(value); !ok {
			return wrong("form.not_an_option")
		}
	}
	switch least, most := i.limits(); {
	case len(typed) < least:
		return wrong("instruments.too_few", "count", least)
	case len(typed) > most:
		return wrong("instruments.too_many", "count", most)
	}
	answers[i.Code] = typed
	return nil
}

func (i Item) answerYesNo(typed string, answers rule.Facts) error {
	if typed != "true" && typed != "false" {
		return wrong("form.not_an_option")
	}
	answers[i.Code] = typed == "true"
	return nil
}

func (i Item) answerDate(typed string, answers rule.Facts) error {
	day, err := civil.Parse(typed)
	if err != nil {
		return wrong("form.not_a_date")
	}
	answers[i.Code] = day.String()
	return nil
}

func (i Item) answerText(typed string, answers rule.Facts) error {
	least, most := i.limits()
	switch length := utf8.RuneCountInString(typed); {
	case length < least:
		return wrong("instruments.too_short", "count", least)
	case length > most:
		return wrong("form.too_long", "max", most)
	}
	answers[i.Code] = typed
	return nil
}

// Result is a score of a sheet, or why there is none.
type Result struct {
	Score
	Value   float64
	Known   bool
	Missing []string     // codes of the items it lacks
	Problem *fault.Fault // what went wrong while computing it
}

// results computes every score.
func (in Instrument) results(answers rule.Facts) []Result {
	results := make([]Result, len(in.Scores))
	for i, score := range in.Scores {
		results[i] = score.result(answers)
	}
	return results
}

func (s Score) result(answers rule.Facts) Result {
	computed := Result{Score: s}
	r, err := vocabulary.Compile(s.Expression, rule.Score)
	if err != nil {
		computed.Problem = fault.Of(err)
		return computed
	}
	found, err := r.Evaluate(rule.Facts{"answers": answers})
	computed.Problem = fault.Of(err)
	computed.Value, computed.Known = found.Number()
	for _, name := range found.Missing {
		computed.Missing = append(computed.Missing, answerCode(name))
	}
	return computed
}
