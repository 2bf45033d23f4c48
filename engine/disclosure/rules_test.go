package disclosure_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"bastida/engine/disclosure"
)

func TestMinimaOfKinds(t *testing.T) {
	policy := usual()
	policy.MinGroup = 6
	for name, c := range map[string]struct {
		table disclosure.Table
		want  disclosure.Minima
	}{
		"means":                   {disclosure.Table{Kind: disclosure.Means}, disclosure.Minima{People: 6, Answers: 5}},
		"distributions":           {disclosure.Table{Kind: disclosure.Distributions}, disclosure.Minima{People: 6, Answers: 8}},
		"participation":           {disclosure.Table{Kind: disclosure.Participation}, disclosure.Minima{People: 6}},
		"sensitive means":         {disclosure.Table{Kind: disclosure.Means, Sensitive: true}, disclosure.Minima{People: 6, Answers: 20}},
		"sensitive participation": {disclosure.Table{Kind: disclosure.Participation, Sensitive: true}, disclosure.Minima{People: 20}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := policy.Minima(c.table); got != c.want {
				t.Errorf("the minima are %+v", got)
			}
		})
	}
}

func TestReasonsOfOneCell(t *testing.T) {
	for name, c := range map[string]struct {
		cell disclosure.Cell
		want disclosure.Reason
	}{
		"enough":           {disclosure.Cell{Size: 5, Answers: 5}, disclosure.Reason{Code: disclosure.Published}},
		"too few people":   {disclosure.Cell{Size: 4, Answers: 4}, disclosure.Reason{Code: disclosure.TooFewPeople, Minimum: 5}},
		"too few answers":  {disclosure.Cell{Size: 9, Answers: 4}, disclosure.Reason{Code: disclosure.TooFewAnswers, Minimum: 5}},
		"all at the top":   {disclosure.Cell{Size: 9, Answers: 9, Unanimous: "100"}, disclosure.Reason{Code: disclosure.Unanimity}},
		"a building block": {disclosure.Cell{Size: 9, Answers: 9, BuildingBlock: true}, disclosure.Reason{Code: disclosure.BuildingBlock}},
		"nobody":           {disclosure.Cell{}, disclosure.Reason{Code: disclosure.TooFewPeople, Minimum: 5}},
	} {
		t.Run(name, func(t *testing.T) {
			c.cell.ID = "A"
			decision := protect(t, usual(), means(c.cell))
			if got := decision.Why("A"); !reflect.DeepEqual(got, c.want) {
				t.Errorf("A is %+v", got)
			}
			if decision.Shown("A") != (c.want.Code == disclosure.Published) {
				t.Errorf("A is shown: %t", decision.Shown("A"))
			}
		})
	}
	decision := protect(t, usual(), means())
	if decision.Shown("B") || decision.Why("B").Code != disclosure.UnknownCell {
		t.Errorf("a cell that is not there is %+v", decision.Why("B"))
	}
}

func TestParticipationCountsPeople(t *testing.T) {
	table := means(
		disclosure.Cell{ID: "whole", Size: 16, Answers: 3},
		disclosure.Cell{ID: "A", Parents: []string{"whole"}, Size: 6, Answers: 0},
		disclosure.Cell{ID: "B", Parents: []string{"whole"}, Size: 10, Answers: 3},
	)
	table.Kind = disclosure.Participation
	expect(t, protect(t, usual(), table), "A", "B", "whole")
}

func TestUnanimityIsNotFoundBySubtraction(t *testing.T) {
	burnt := all("A", 8, "whole")
	burnt.Unanimous = "100"
	table := means(all("whole", 40), burnt, all("B", 20, "whole"), all("C", 12, "whole"))
	decision := protect(t, usual(), table)
	expect(t, decision, "B", "whole")
	if why := decision.Why("C"); why.Code != disclosure.Complementary || !slices.Equal(why.Protects, []string{"A"}) {
		t.Errorf("C is withheld as %+v", why)
	}
	policy := usual()
	policy.OnUnanimity = disclosure.PublishUnanimous
	expect(t, protect(t, policy, table), "A", "B", "C", "whole")
}

func TestUnanimityOfPartsIsThatOfTheWhole(t *testing.T) {
	table := means(all("whole", 16), all("A", 8, "whole"), all("B", 8, "whole"))
	table.Cells[1].Unanimous, table.Cells[2].Unanimous = "100", "100"
	expect(t, protect(t, usual(), table))
	table.Cells[2].Unanimous = "0"
	expect(t, protect(t, usual(), table), "whole")
}

func TestUnanimousRemainderIsHidden(t *testing.T) {
	table := means(all("whole", 40), all("A", 3, "whole"), all("B", 30, "whole"), all("C", 7, "whole"))
	table.Cells[1].Unanimous, table.Cells[3].Unanimous = "0", "0"
	expect(t, protect(t, usual(), table), "whole")
}

func TestWhatNobodyAnsweredHidesNobody(t *testing.T) {
	table := means(
		disclosure.Cell{ID: "whole", Size: 16, Answers: 10},
		disclosure.Cell{ID: "A", Parents: []string{"whole"}, Size: 6},
		all("B", 10, "whole"),
	)
	expect(t, protect(t, usual(), table), "B", "whole")
}

func TestSiblingsAreHiddenBeforeTheirParent(t *testing.T) {
	table := means(
		all("whole", 39),
		all("north", 19, "whole"), all("A", 4, "north"), all("B", 6, "north"), all("C", 9, "north"),
		all("south", 20, "whole"), all("D", 20, "south"),
	)
	expect(t, protect(t, usual(), table), "C", "D", "north", "south", "whole")
}

func TestCrossingTotalsDoNotIsolateAnybody(t *testing.T) {
	cell := func(id string, n int, territory, profession string) disclosure.Cell {
		block := all(id, n, territory, profession)
		block.BuildingBlock = true
		return block
	}
	table := means(
		all("whole", 28),
		all("north", 14, "whole"), all("south", 14, "whole"),
		all("workers", 16, "whole"), all("educators", 12, "whole"),
		cell("nw", 12, "north", "workers"), cell("ne", 2, "north", "educators"),
		cell("sw", 4, "south", "workers"), cell("se", 10, "south", "educators"),
		all("unit", 8, "nw"), // of the 12, so that north without it are 6
	)
	table.Cells[5].BuildingBlock = false
	decision := protect(t, usual(), table)
	if decision.Shown("nw") && decision.Shown("north") {
		t.Errorf("north without nw are two people, and shown are %v", decision.IDs())
	}
}

func TestDistributionsAfterMeansOfTheSameAnswers(t *testing.T) {
	table := means(all("whole", 30), all("A", 6, "whole"), all("B", 24, "whole"))
	before := protect(t, usual(), table)
	expect(t, before, "A", "B", "whole")
	table.Kind = disclosure.Distributions
	expect(t, protect(t, usual(), table, before.Publish()), "whole")
}

func TestMeansAfterDistributionsOfTheSameAnswers(t *testing.T) {
	distributions := means(all("whole", 30), all("A", 9, "whole"), all("B", 21, "whole"))
	distributions.Kind = disclosure.Distributions
	before := protect(t, usual(), distributions)
	expect(t, before, "A", "B", "whole")

	parts := means(append(slices.Clone(distributions.Cells), all("A1", 5, "A"), all("A2", 4, "A"))...)
	decision := protect(t, usual(), parts, before.Publish())
	if decision.Shown("A1") {
		t.Error("A1 is shown, though A was and A2 are four")
	}
}

func TestTheSameAnswerWhateverTheOrder(t *testing.T) {
	table := crossing(6, 5)
	want := protect(t, usual(), table)
	random := rand.New(rand.NewPCG(3, 4))
	for range 10 {
		random.Shuffle(len(table.Cells), func(i, j int) {
			table.Cells[i], table.Cells[j] = table.Cells[j], table.Cells[i]
		})
		got := protect(t, usual(), table)
		for _, cell := range table.Cells {
			if !reflect.DeepEqual(got.Why(cell.ID), want.Why(cell.ID)) {
				t.Fatalf("%s is %+v and %+v", cell.ID, got.Why(cell.ID), want.Why(cell.ID))
			}
		}
	}
}

func TestImpossibleTablesAreRefused(t *testing.T) {
	named := all("A", 6)
	named.Members = []string{"p1", "p2"}
	twins := []disclosure.Cell{all("A", 1), all("B", 1)}
	twins[0].Members, twins[1].Members = []string{"p1"}, []string{"p1"}
	shrunk := all("A", 6)
	shrunk.Changes = []disclosure.Change{{Since: "2025", Joined: -1}}
	other := means(all("A", 9))
	other.Kind = "medians"
	for name, table := range map[string]disclosure.Table{
		"nothing said":            {},
		"unknown kind":            other,
		"no ID":                   means(all("", 9)),
		"twice":                   means(all("A", 9), all("A", 9)),
		"unknown parent":          means(all("A", 9, "B")),
		"circle":                  means(all("A", 9, "B"), all("B", 9, "A")),
		"parts exceed":            means(all("A", 9), all("B", 10, "A")),
		"answers exceed":          means(disclosure.Cell{ID: "A", Size: 5, Answers: 6}),
		"negative":                means(disclosure.Cell{ID: "A", Size: -5, Answers: -6}),
		"members of neither":      means(named),
		"member in two":           means(twins...),
		"negative change":         means(shrunk),
		"remainder answers more":  means(disclosure.Cell{ID: "A", Size: 9, Answers: 9}, disclosure.Cell{ID: "B", Parents: []string{"A"}, Size: 8, Answers: 4}),
		"remainder answers fewer": means(disclosure.Cell{ID: "A", Size: 9, Answers: 2}, disclosure.Cell{ID: "B", Parents: []string{"A"}, Size: 8, Answers: 4}),
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := disclosure.Protect(usual(), table, nil); !errors.Is(err, disclosure.ErrTable) {
				t.Errorf("it answered %v", err)
			}
			if _, err := disclosure.Audit(usual(), table, nil, nil); !errors.Is(err, disclosure.ErrTable) {
				t.Errorf("the auditor answered %v", err)
			}
		})
	}
}

func TestForeignPublicationsAreRefused(t *testing.T) {
	table := means(all("A", 9))
	for name, publication := range map[string]disclosure.Publication{
		"another quantity": {Quantity: "burnout", Measurement: "2025"},
		"other numbers": {
			Quantity: "climate", Measurement: "2026-05",
			Cells: []disclosure.PublishedCell{{ID: "A", Size: 10, Answers: 9}},
		},
		"another cell": {
			Quantity: "climate", Measurement: "2026-05",
			Cells: []disclosure.PublishedCell{{ID: "B", Size: 9, Answers: 9}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			published := []disclosure.Publication{publication}
			if _, err := disclosure.Protect(usual(), table, published); !errors.Is(err, disclosure.ErrPublished) {
				t.Errorf("it answered %v", err)
			}
			if _, err := disclosure.Audit(usual(), table, published, nil); !errors.Is(err, disclosure.ErrPublished) {
				t.Errorf("the auditor answered %v", err)
			}
		})
	}
}

func TestNothingIsAddedToWhatWasGivenAway(t *testing.T) {
	table := means(all("whole", 30), all("A", 3, "whole"), all("B", 12, "whole"), all("C", 15, "whole"))
	careless := disclosure.Publication{
		Quantity: "climate", Measurement: "2026-05", Minima: disclosure.Minima{People: 5, Answers: 5},
		Cells: []disclosure.PublishedCell{{ID: "A", Size: 3, Answers: 3}},
	}
	decision, err := disclosure.Protect(usual(), table, []disclosure.Publication{careless})
	if err != nil {
		t.Fatal(err)
	}
	expect(t, decision)
}

func TestFiguresAreRoundedForTheReader(t *testing.T) {
	whole, tenths := disclosure.Display{}, disclosure.Display{Decimals: 1}
	for name, c := range map[string]struct {
		got  float64
		want float64
	}{
		"mean":          {first(tenths.Mean(200, 3)), 66.7},
		"half":          {first(whole.Mean(5, 2)), 3},
		"negative half": {first(whole.Mean(-5, 2)), -3},
		"share":         {first(tenths.Share(1, 3)), 33.3},
	} {
		if c.got != c.want {
			t.Errorf("%s is %g", name, c.got)
		}
	}
	if _, ok := whole.Mean(5, 0); ok {
		t.Error("there is a mean of no answers")
	}
	if _, ok := whole.Share(0, 0); ok {
		t.Error("there is a share of nothing")
	}
}

// first drops whether there is a figure.
func first(value float64, _ bool) float64 { return value }

func TestWhatIsTooTangledToDecideIsWithheld(t *testing.T) {
	const side = 5
	random := rand.New(rand.NewPCG(3, 4))
	whole := disclosure.Cell{ID: "whole"}
	var totals [3][side]disclosure.Cell
	var cells []disclosure.Cell
	for i := range side * side * side {
		block := disclosure.Cell{ID: fmt.Sprint("block", i), Size: random.IntN(3), BuildingBlock: true}
		block.Answers = block.Size
		sums := []*disclosure.Cell{&whole}
		for grouping, at := range []int{i % side, i / side % side, i / side / side} {
			total := &totals[grouping][at]
			total.ID, total.Parents = fmt.Sprint("total", grouping, "-", at), []string{"whole"}
			block.Parents = append(block.Parents, total.ID)
			sums = append(sums, total)
		}
		for _, sum := range sums {
			sum.Size, sum.Answers = sum.Size+block.Size, sum.Answers+block.Answers
		}
		cells = append(cells, block)
	}
	cells = append(cells, whole)
	all := []string{"whole"}
	for _, grouping := range totals {
		for _, total := range grouping {
			cells, all = append(cells, total), append(all, total.ID)
		}
	}
	table := means(cells...)
	table.Sensitive = true
	leaks, err := disclosure.Audit(usual(), table, nil, all)
	if err != nil || !slices.ContainsFunc(leaks, func(leak disclosure.Leak) bool { return leak.Kind == disclosure.Undecided }) {
		t.Fatalf("this table is not tangled: %+v, %v", leaks, err)
	}
	decision := protect(t, usual(), table)
	if !decision.Shown("whole") || len(decision.IDs()) == len(all) {
		t.Errorf("shown are %v", decision.IDs())
	}
}
