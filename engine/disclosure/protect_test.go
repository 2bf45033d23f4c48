package disclosure_test

import (
	"errors"
	"slices"
	"testing"

	"bastida/engine/disclosure"
)

// usual is what surveys commonly ask for.
func usual() disclosure.Policy {
	return disclosure.Policy{
		MinGroup: 5, MinAnswers: 5, MinAnswersDistribution: 8, MinAnswersSensitive: 20,
		MinDifference: 3, MinDifferenceSensitive: 10,
		OnUnanimity: disclosure.WithholdUnanimous,
	}
}

// means is a table of means, measured in May.
func means(cells ...disclosure.Cell) disclosure.Table {
	return disclosure.Table{Quantity: "climate", Measurement: "2026-05", Kind: disclosure.Means, Cells: cells}
}

// all is a cell in which everybody answered.
func all(id string, n int, parents ...string) disclosure.Cell {
	return disclosure.Cell{ID: id, Parents: parents, Size: n, Answers: n}
}

func TestSmallTeamIsProtectedByItsSibling(t *testing.T) {
	table := means(all("whole", 9), all("A", 3, "whole"), all("B", 6, "whole"))
	decision := protect(t, usual(), table)
	expect(t, decision, "whole")
	if why := decision.Why("A"); why.Code != disclosure.TooFewPeople || why.Minimum != 5 {
		t.Errorf("A is withheld as %+v", why)
	}
	if why := decision.Why("B"); why.Code != disclosure.Complementary || !slices.Equal(why.Protects, []string{"A"}) {
		t.Errorf("B is withheld as %+v", why)
	}
}

func TestSiblingIsShownWhenEnoughOthersAreHidden(t *testing.T) {
	for name, table := range map[string]disclosure.Table{
		"in a team": means(all("whole", 13), all("A", 3, "whole"), all("B", 6, "whole"), all("C", 4, "whole")),
		"in none":   means(all("whole", 13), all("A", 3, "whole"), all("B", 6, "whole")),
	} {
		t.Run(name, func(t *testing.T) {
			expect(t, protect(t, usual(), table), "B", "whole")
		})
	}
}

// protect decides and lets the auditor look at it.
func protect(t *testing.T, policy disclosure.Policy, table disclosure.Table, published ...disclosure.Publication) disclosure.Decision {
	t.Helper()
	decision, err := disclosure.Protect(policy, table, published)
	if err != nil {
		t.Fatal(err)
	}
	leaks, err := disclosure.Audit(policy, table, published, decision.IDs())
	if err != nil || len(leaks) > 0 {
		t.Errorf("the auditor found %+v, %v", leaks, err)
	}
	return decision
}

func expect(t *testing.T, decision disclosure.Decision, shown ...string) {
	t.Helper()
	if got := decision.IDs(); !slices.Equal(got, shown) {
		t.Errorf("shown are %v, not %v", got, shown)
	}
}

func TestPolicyWithoutARuleIsRefused(t *testing.T) {
	for name, spoil := range map[string]func(*disclosure.Policy){
		"all":                     func(p *disclosure.Policy) { *p = disclosure.Policy{} },
		"people":                  func(p *disclosure.Policy) { p.MinGroup = 0 },
		"answers":                 func(p *disclosure.Policy) { p.MinAnswers = 0 },
		"answers of distribution": func(p *disclosure.Policy) { p.MinAnswersDistribution = 0 },
		"answers if sensitive":    func(p *disclosure.Policy) { p.MinAnswersSensitive = -1 },
		"difference":              func(p *disclosure.Policy) { p.MinDifference = 0 },
		"difference if sensitive": func(p *disclosure.Policy) { p.MinDifferenceSensitive = 0 },
		"unanimity":               func(p *disclosure.Policy) { p.OnUnanimity = "" },
	} {
		t.Run(name, func(t *testing.T) {
			policy := usual()
			spoil(&policy)
			if _, err := disclosure.Protect(policy, means(all("A", 9)), nil); !errors.Is(err, disclosure.ErrPolicy) {
				t.Errorf("it answered %v", err)
			}
		})
	}
}
