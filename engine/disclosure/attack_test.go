package disclosure_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"bastida/engine/disclosure"
)

// attacker knows which people each figure is about and what was published, and reckons with
// one unknown for each person: the most that anybody could distinguish. It reckons with the
// remainders of a large prime, by which nothing that follows is missed.
type attacker struct {
	people int
	rows   [][]uint64
}

// prime is below 2^32, so that products fit.
const prime = 4294967291

func newAttacker(people int, figures [][]int) *attacker {
	a := &attacker{people: people}
	for _, figure := range figures {
		a.rows = append(a.rows, indicator(people, figure))
	}
	return a
}

// indicator has 1 for everybody in a group.
func indicator(people int, group []int) []uint64 {
	row := make([]uint64, people)
	for _, person := range group {
		row[person] = 1
	}
	return row
}

// inverse is the number whose product with x leaves 1.
func inverse(x uint64) uint64 {
	result := uint64(1)
	for power := uint64(prime - 2); power > 0; power /= 2 {
		if power%2 == 1 {
			result = result * x % prime
		}
		x = x * x % prime
	}
	return result
}

// rank eliminates a copy of the rows, in the columns that are wanted.
func rank(rows [][]uint64, wanted func(int) bool) int {
	var work [][]uint64
	for _, row := range rows {
		var short []uint64
		for i, value := range row {
			if wanted(i) {
				short = append(short, value)
			}
		}
		work = append(work, short)
	}
	done := 0
	for column := 0; len(work) > 0 && column < len(work[0]); column++ {
		at := done
		for at < len(work) && work[at][column] == 0 {
			at++
		}
		if at == len(work) {
			continue
		}
		work[done], work[at] = work[at], work[done]
		for _, row := range work[done+1:] {
			if row[column] == 0 {
				continue
			}
			factor := (prime - row[column]) * inverse(work[done][column]) % prime
			for i := column; i < len(row); i++ {
				row[i] = (row[i] + factor*work[done][i]) % prime
			}
		}
		done++
	}
	return done
}

// learns tells whether anything follows about some people alone: if so, the figures on all
// others are of lower rank.
func (a *attacker) learns(about map[int]bool) bool {
	everything := rank(a.rows, func(int) bool { return true })
	return rank(a.rows, func(i int) bool { return !about[i] }) < everything
}

// finds tells whether the figure of a group follows.
func (a *attacker) finds(group []int) bool {
	all := func(int) bool { return true }
	return rank(append(slices.Clone(a.rows), indicator(a.people, group)), all) == rank(a.rows, all)
}

// world is a table of which it is known who is in which cell.
type world struct {
	table  disclosure.Table
	groups map[string][]int // per cell, the people
	silent map[int]bool     // who did not answer
	people int
	crowds [][]int // those whom no cell distinguishes
}

// drawTree draws a hierarchy of two to four levels, with and without remainders.
func drawTree(t *rapid.T) world {
	w := world{groups: map[string][]int{}, silent: map[int]bool{}}
	var grow func(id string, parents []string, levels int) []int
	grow = func(id string, parents []string, levels int) []int {
		children := 0
		if levels > 0 {
			children = rapid.IntRange(0, 3).Draw(t, "children")
		}
		var group []int
		if children == 0 || rapid.Bool().Draw(t, "remainder") {
			group = w.crowd(t)
		}
		for i := range children {
			group = append(group, grow(id+string(rune('a'+i)), []string{id}, levels-1)...)
		}
		w.cell(id, parents, group)
		return group
	}
	grow("r", nil, rapid.IntRange(1, 3).Draw(t, "levels"))
	return w
}

// cell puts a cell with its people into the table.
func (w *world) cell(id string, parents []string, group []int) {
	w.groups[id] = group
	w.table.Quantity, w.table.Measurement, w.table.Kind = "climate", "2026-05", disclosure.Means
	w.table.Cells = append(w.table.Cells, disclosure.Cell{
		ID: id, Parents: parents, Size: len(group), Answers: len(w.answered(group)),
		BuildingBlock: strings.HasPrefix(id, "block"),
	})
}

// answered are those of a group who answered.
func (w *world) answered(group []int) []int {
	var answered []int
	for _, person := range group {
		if !w.silent[person] {
			answered = append(answered, person)
		}
	}
	return answered
}

// crowd draws people, some of whom did not answer.
func (w *world) crowd(t *rapid.T) []int {
	var crowd []int
	answers := rapid.IntRange(0, 9).Draw(t, "answers")
	for i := range answers + rapid.IntRange(0, 3).Draw(t, "silent") {
		w.silent[w.people] = i >= answers
		crowd = append(crowd, w.people)
		w.people++
	}
	w.crowds = append(w.crowds, crowd)
	return crowd
}

// drawCrossing draws a territory and a profession for everybody, sometimes a third grouping.
func drawCrossing(t *rapid.T) world {
	w := world{groups: map[string][]int{}, silent: map[int]bool{}}
	territories := rapid.IntRange(1, 4).Draw(t, "territories")
	professions := rapid.IntRange(1, 3).Draw(t, "professions")
	shifts := rapid.IntRange(1, 2).Draw(t, "shifts")
	leaf := rapid.SampledFrom([]string{"leaf", "block"}).Draw(t, "leaves")
	groups := map[string][]int{}
	for i := range territories * professions * shifts {
		names := []string{
			fmt.Sprint("territory", i%territories),
			fmt.Sprint("profession", i/territories%professions),
			fmt.Sprint("shift", i/territories/professions),
		}
		if shifts == 1 {
			names = names[:2]
		}
		crowd := w.crowd(t)
		for _, name := range append(names, "all") {
			groups[name] = append(groups[name], crowd...)
		}
		w.cell(fmt.Sprint(leaf, i), names, crowd)
	}
	for _, name := range slices.Sorted(maps.Keys(groups)) {
		var parents []string
		if name != "all" {
			parents = []string{"all"}
		}
		w.cell(name, parents, groups[name])
	}
	return w
}

func drawWorld(t *rapid.T) world {
	if rapid.Bool().Draw(t, "crossing") {
		return drawCrossing(t)
	}
	return drawTree(t)
}

// attack tries every group that is withheld and every small union of crowds, and tells what
// was found out.
func (w world) attack(decision disclosure.Decision, least disclosure.Minima) string {
	var people, answers [][]int
	for _, id := range decision.IDs() {
		people = append(people, w.groups[id])
		answers = append(answers, w.answered(w.groups[id]))
	}
	all := newAttacker(w.people, people)
	for id, group := range w.groups {
		withheld := decision.Why(id).Code != disclosure.BuildingBlock && !decision.Shown(id)
		if withheld && len(w.answered(group)) > 0 && all.finds(group) {
			return "the figure of " + id
		}
	}
	if found := all.smallUnion(w.crowds, nil, least.People); found != "" {
		return found
	}
	var crowds [][]int
	for _, crowd := range w.crowds {
		crowds = append(crowds, w.answered(crowd))
	}
	return newAttacker(w.people, answers).smallUnion(crowds, nil, least.Answers)
}

// smallUnion tries all unions of crowds with fewer people than the minimum.
func (a *attacker) smallUnion(crowds [][]int, union []int, least int) string {
	for i, crowd := range crowds {
		if len(crowd) == 0 || len(union)+len(crowd) >= least {
			continue
		}
		larger := append(append([]int{}, union...), crowd...)
		about := map[int]bool{}
		for _, person := range larger {
			about[person] = true
		}
		if a.learns(about) {
			return "something about few people"
		}
		if found := a.smallUnion(crowds[i+1:], larger, least); found != "" {
			return found
		}
	}
	return ""
}

func TestNobodyFindsWhatIsWithheld(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		w.table.Kind = rapid.SampledFrom([]disclosure.Kind{disclosure.Means, disclosure.Distributions}).Draw(t, "kind")
		decision, err := disclosure.Protect(usual(), w.table, nil)
		if err != nil {
			t.Fatal(err)
		}
		if found := w.attack(decision, usual().Minima(w.table)); found != "" {
			t.Errorf("the attacker found %s from %v", found, decision.IDs())
		}
		leaks, err := disclosure.Audit(usual(), w.table, nil, decision.IDs())
		if err != nil || len(leaks) > 0 {
			t.Errorf("the auditor found %+v, %v", leaks, err)
		}
	})
}

func TestAttackerSucceedsWithoutComplementarySuppression(t *testing.T) {
	succeeded := 0
	for seed := range 100 {
		w := rapid.Custom(drawWorld).Example(seed)
		decision, err := disclosure.PrimaryOnly(usual(), w.table, nil)
		if err != nil {
			t.Fatal(err)
		}
		if w.attack(decision, usual().Minima(w.table)) != "" {
			succeeded++
			leaks, err := disclosure.Audit(usual(), w.table, nil, decision.IDs())
			if err != nil || len(leaks) == 0 {
				t.Errorf("the auditor does not see what the attacker found, %v", err)
			}
		}
	}
	if succeeded < 20 {
		t.Errorf("the attacker succeeded %d times in 100: this attacker proves nothing", succeeded)
	}
}
