package disclosure_test

import (
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"bastida/engine/disclosure"
)

// attacker knows which people each figure is about and what was published, and reckons with
// one unknown for each person who answered: the most that anybody could distinguish.
type attacker struct {
	people int
	rows   [][]*big.Rat
}

func newAttacker(people int, figures [][]int) *attacker {
	a := &attacker{people: people}
	for _, figure := range figures {
		row := zeros(people)
		for _, person := range figure {
			row[person].SetInt64(1)
		}
		a.rows = append(a.rows, row)
	}
	return a
}

func zeros(n int) []*big.Rat {
	row := make([]*big.Rat, n)
	for i := range row {
		row[i] = new(big.Rat)
	}
	return row
}

// rank eliminates a copy of the rows, in the columns that are wanted.
func rank(rows [][]*big.Rat, wanted func(int) bool) int {
	var work [][]*big.Rat
	for _, row := range rows {
		var short []*big.Rat
		for i, value := range row {
			if wanted(i) {
				short = append(short, new(big.Rat).Set(value))
			}
		}
		work = append(work, short)
	}
	if len(work) == 0 {
		return 0
	}
	done := 0
	for column := range work[0] {
		at := done
		for at < len(work) && work[at][column].Sign() == 0 {
			at++
		}
		if at == len(work) {
			continue
		}
		work[done], work[at] = work[at], work[done]
		for below := done + 1; below < len(work); below++ {
			if work[below][column].Sign() == 0 {
				continue
			}
			factor := new(big.Rat).Quo(work[below][column], work[done][column])
			for i := column; i < len(work[below]); i++ {
				work[below][i].Sub(work[below][i], new(big.Rat).Mul(factor, work[done][i]))
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
	row := zeros(a.people)
	for _, person := range group {
		row[person].SetInt64(1)
	}
	all := func(int) bool { return true }
	return rank(append(append([][]*big.Rat{}, a.rows...), row), all) == rank(a.rows, all)
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
	w.table.Quantity, w.table.Measurement = "climate", "2026-05"
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
		if decision.Why(id).Code != disclosure.BuildingBlock && !decision.Shown(id) && len(group) > 0 && all.finds(group) {
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
