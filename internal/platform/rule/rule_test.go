package rule_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"reflect"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"bastida/internal/kernel/fault"
	"bastida/internal/platform/rule"
)

var names = rule.Names{
	"body.kind":                    rule.Text,
	"body.population":              rule.Int,
	"application.professionals":    rule.Int,
	"application.consent_to_group": rule.Bool,
	"application.modality":         rule.Text,
	"application.joint_bodies":     rule.Texts,
	"application.answers":          rule.Map,
	"call.modalities":              rule.Texts,
	"call.budget":                  rule.Number,
}

func facts() rule.Facts {
	return rule.Facts{
		"body.kind": "municipality", "body.population": 7200,
		"application.professionals": 5, "application.consent_to_group": false,
		"application.modality": "cases", "application.joint_bodies": []string{},
		"application.answers": rule.Facts{"had_supervision": false, "social_workers": 3, "needs": []string{"housing", "roles"}},
		"call.modalities":     []string{"cases", "teams"}, "call.budget": 18.5,
	}
}

func compile(t *testing.T, expression string, kind rule.Kind) *rule.Rule {
	t.Helper()
	r, err := rule.NewVocabulary(names).Compile(expression, kind)
	if err != nil {
		t.Fatalf("compile %q: %v", expression, err)
	}
	return r
}

func TestConditions(t *testing.T) {
	t.Parallel()
	for expression, want := range map[string]bool{
		"body.kind in ['municipality', 'county_council']":                                          true,
		"application.professionals >= 8 || application.consent_to_group":                           false,
		"application.professionals > 0":                                                            true,
		"application.modality in call.modalities":                                                  true,
		"size(application.answers) > 0":                                                            true,
		"body.kind == 'municipality' && body.population < 20000":                                   true,
		"size(application.joint_bodies) > 0":                                                       false,
		"'had_supervision' in application.answers && application.answers.had_supervision == false": true,
		"'manages_team' in application.answers && application.answers.manages_team == true":        false,
		"has(application.answers.manages_team) || has(application.answers.needs)":                  true,
		"application.answers['social_workers'] == 3":                                               true,
		"application.answers.needs.exists(n, n == 'housing')":                                      true,
		"application.professionals < call.budget":                                                  true,
		"application.professionals > 0 || 1 / (application.professionals - 5) > 0":                 true,
	} {
		found, err := compile(t, expression, rule.Condition).Evaluate(facts())
		if err != nil || found.Holds() != want || found.Missing != nil {
			t.Errorf("%s: holds %t, missing %v, error %v", expression, found.Holds(), found.Missing, err)
		}
	}
}

func TestARefusalIsExplainedByWhatItSaw(t *testing.T) {
	t.Parallel()
	r := compile(t, "application.professionals >= 8 || application.consent_to_group", rule.Condition)
	found, err := r.Evaluate(facts())
	want := rule.Facts{"application.professionals": 5, "application.consent_to_group": false}
	if err != nil || found.Holds() || !reflect.DeepEqual(found.Seen, want) {
		t.Errorf("seen %v, error %v", found.Seen, err)
	}
	r = compile(t, "size(application.answers) > 9 && application.answers.social_workers > 1 && 'x' in application.answers", rule.Condition)
	found, err = r.Evaluate(facts())
	want = rule.Facts{"application.answers": 3, "application.answers.social_workers": 3}
	if err != nil || found.Holds() || !reflect.DeepEqual(found.Seen, want) {
		t.Errorf("seen %v, error %v", found.Seen, err)
	}
	if got := fmt.Sprint(r.Names()); got != "[application.answers application.answers.social_workers application.answers.x]" {
		t.Errorf("names %s", got)
	}
}

func TestAMissingFactIsNamed(t *testing.T) {
	t.Parallel()
	for expression, want := range map[string]string{
		"application.answers.lawyers > 0":                                      "[application.answers.lawyers]",
		"application.answers.lawyers + application.answers.social_workers > 2": "[application.answers.lawyers]",
		"application.answers.a > 0 && application.answers.b > 0":               "[application.answers.a application.answers.b]",
		"!(application.answers.a == 1)":                                        "[application.answers.a]",
		"application.answers.a > 0 || application.professionals == 5":          "[]",
		"application.answers.a > 0 && application.professionals == 9":          "[]",
		"has(application.answers.a) && application.answers.a > 0":              "[]",
		"application.answers.social_workers.deeper == 1":                       "[application.answers.social_workers.deeper]",
	} {
		found, err := compile(t, expression, rule.Condition).Evaluate(facts())
		if err != nil || fmt.Sprint(found.Missing) != want {
			t.Errorf("%s: missing %v, error %v", expression, found.Missing, err)
		}
		if found.Missing != nil && found.Holds() {
			t.Errorf("%s holds without its facts", expression)
		}
	}
	found, err := compile(t, "body.population < 5000", rule.Condition).Evaluate(nil)
	if err != nil || fmt.Sprint(found.Missing) != "[body.population]" {
		t.Errorf("no facts at all: missing %v, error %v", found.Missing, err)
	}
}

func TestScores(t *testing.T) {
	t.Parallel()
	for expression, want := range map[string]float64{
		"application.professionals + 2":                             7,
		"call.budget * 2.0":                                         37,
		"1" + strings.Repeat(" + 1", 99):                            100,
		"[application.professionals, 0, 3].filter(n, n > 0).size()": 2,
		"application.answers.social_workers":                        3,
		"double(application.professionals) / 2.0":                   2.5,
	} {
		found, err := compile(t, expression, rule.Score).Evaluate(facts())
		if got, ok := found.Number(); err != nil || !ok || got != want {
			t.Errorf("%s: got %v, %t, error %v", expression, got, ok, err)
		}
	}
}

func TestWhatCannotBeEvaluatedIsAFaultAndNotTrue(t *testing.T) {
	t.Parallel()
	for _, expression := range []string{
		"application.professionals / 0 > 1",
		"1.0 / 0.0 > 1.0",
		"call.budget / double(application.professionals - 5) > 1.0",
		"application.answers.needs > 3",
		"application.answers.social_workers",
		"[0,1,2,3,4,5,6,7,8,9].all(a, [0,1,2,3,4,5,6,7,8,9].all(b, [0,1,2,3,4,5,6,7,8,9].all(c, [0,1,2,3,4,5,6,7,8,9].all(d, a + b + c + d >= 0))))",
	} {
		found, err := compile(t, expression, rule.Condition).Evaluate(facts())
		if !errors.Is(err, fault.Invalid) || fault.Of(err).Key != "rule.failed" || found.Holds() {
			t.Errorf("%s: holds %t, error %v", expression, found.Holds(), err)
		}
	}
}

func TestMistakesAreSaidWithTheirPlace(t *testing.T) {
	t.Parallel()
	for expression, want := range map[string]string{
		"":                                "rule.malformed",
		strings.Repeat("(", 1_999):        "rule.malformed line=1 column=1",
		"body.population <":               "rule.malformed",
		"body.population < 'many'":        "rule.malformed",
		"true &&\n  body.inhabitants > 3": "rule.unknown_name line=2 column=3 name=body.inhabitants",
		"mayor == 'x'":                    "rule.unknown_name line=1 column=1 name=mayor",
		"fetch('x') == 'x'":               "rule.unknown_name line=1 column=6 name=fetch",
		"body.population":                 "rule.not_a_condition",
		"'" + strings.Repeat("à", 2_000) + "' == ''": "rule.too_long",
	} {
		_, err := rule.NewVocabulary(names).Compile(expression, rule.Condition)
		if !errors.Is(err, fault.Invalid) || !strings.Contains(err.Error(), want) {
			t.Errorf("%.60s: %v", expression, err)
		}
	}
	if _, err := rule.NewVocabulary(names).Compile("body.kind", rule.Score); fault.Of(err) == nil || fault.Of(err).Key != "rule.not_a_score" {
		t.Errorf("a text as a score: %v", err)
	}
}

func TestFactsComeBackFromJSONAsTheyWere(t *testing.T) {
	t.Parallel()
	want := rule.Facts{"n": int64(3), "x": 2.5, "yes": true, "word": "a", "list": []string{"a", "b"}, "below": rule.Facts{"n": int64(1)}}
	raw, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	var got rule.Facts
	if err := json.Unmarshal(raw, &got); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %#v, error %v", got, err)
	}
}

func TestARuleServesManyAtOnce(t *testing.T) {
	t.Parallel()
	vocabulary := rule.NewVocabulary(names)
	var group sync.WaitGroup
	for i := range 50 {
		group.Go(func() {
			r, err := vocabulary.Compile("application.professionals >= 8", rule.Condition)
			if err != nil {
				t.Error(err)
				return
			}
			found, err := r.Evaluate(rule.Facts{"application.professionals": i})
			if err != nil || found.Holds() != (i >= 8) {
				t.Errorf("%d: holds %t, error %v", i, found.Holds(), err)
			}
		})
	}
	group.Wait()
}

// TestOrderOfOperandsDoesNotMatter: an unknown side never turns a decided
// condition, whichever side it stands on.
func TestOrderOfOperandsDoesNotMatter(t *testing.T) {
	t.Parallel()
	vocabulary := rule.NewVocabulary(names)
	part := rapid.SampledFrom([]string{
		"true", "false", "application.answers.absent == 1", "application.answers.social_workers == 3", "body.population > 9000",
		"1 / 0 > 0", "has(application.answers.absent)",
	})
	rapid.Check(t, func(t *rapid.T) {
		a, b, operator := part.Draw(t, "a"), part.Draw(t, "b"), rapid.SampledFrom([]string{"&&", "||"}).Draw(t, "operator")
		one, oneErr := evaluate(vocabulary, a+" "+operator+" "+b)
		two, twoErr := evaluate(vocabulary, b+" "+operator+" "+a)
		if one.Holds() != two.Holds() || (oneErr == nil) != (twoErr == nil) || len(one.Missing) != len(two.Missing) {
			t.Fatalf("%s %s %s: %v %v against %v %v", a, operator, b, one, oneErr, two, twoErr)
		}
	})
}

func evaluate(v *rule.Vocabulary, expression string) (rule.Finding, error) {
	r, err := v.Compile(expression, rule.Condition)
	if err != nil {
		return rule.Finding{}, err
	}
	return r.Evaluate(facts())
}

// FuzzExpressions: whatever is typed, the answer is a finding or a fault.
func FuzzExpressions(f *testing.F) {
	for _, seed := range []string{
		"body.population < 5000", "1/0", "application.answers.a.b.c", "[1].map(x, x)", "size('à' + body.kind) > 1.0 / 0.0",
		"{'a': 1}.a", "a.b(c)[0].d", "has(body.kind)", "body.kind.matches('(a+)+$')", "\x00", "((((((((", "timestamp('x')", "-9223372036854775808 / -1",
		"application.answers[''] == application.answers['a.b']", "body.kind['x']", "dyn(1)[2]", "'x' in body", "optional.of(1)", "b'\\xff'", "body?.kind",
	} {
		f.Add(seed)
	}
	vocabulary := rule.NewVocabulary(names)
	f.Fuzz(func(t *testing.T, expression string) {
		for _, kind := range []rule.Kind{rule.Condition, rule.Score} {
			r, err := vocabulary.Compile(expression, kind)
			if err != nil {
				mustBeInvalid(t, err)
				continue
			}
			found, err := r.Evaluate(facts())
			if err != nil {
				mustBeInvalid(t, err)
			}
			if n, _ := found.Number(); math.IsNaN(n) || math.IsInf(n, 0) {
				t.Errorf("%q gave %v", expression, n)
			}
		}
	})
}

func mustBeInvalid(t *testing.T, err error) {
	t.Helper()
	if !errors.Is(err, fault.Invalid) || strings.Contains(err.Error(), "internal error") {
		t.Error(err)
	}
}

func BenchmarkEvaluate(b *testing.B) {
	r, err := rule.NewVocabulary(names).Compile("application.professionals >= 8 || application.consent_to_group", rule.Condition)
	if err != nil {
		b.Fatal(err)
	}
	known := facts()
	for b.Loop() {
		if _, err := r.Evaluate(known); err != nil {
			b.Fatal(err)
		}
	}
}
