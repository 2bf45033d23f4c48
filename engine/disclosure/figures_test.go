package disclosure_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"

	"bastida/engine/disclosure"
)

// figure is what is published of a group: how many answered, and the sum of what they said.
type figure struct{ answers, sum int }

// quantities are what a person may be asked, as a number.
var quantities = map[string]func(*rand.Rand) int{
	"mean of a scale": func(r *rand.Rand) int { return 25 * r.IntN(5) },
	"share that says": func(r *rand.Rand) int { return r.IntN(2) },
	"count of events": func(r *rand.Rand) int { return r.IntN(40) },
}

// subtracts is the attacker with a pocket calculator: from the figures of two groups, one
// inside the other, it reckons that of the others, over and over. It gives the figures that it
// has for groups of fewer than a minimum, by their people.
func (w world) subtracts(decision disclosure.Decision, said []int, least int) map[string]figure {
	type known struct {
		people map[int]bool
		figure figure
	}
	var all []known
	seen := map[string]bool{}
	learn := func(k known) {
		if name := nameOf(k.people); len(k.people) > 0 && !seen[name] {
			seen[name] = true
			all = append(all, k)
		}
	}
	for _, id := range decision.IDs() {
		k := known{people: map[int]bool{}}
		for _, person := range w.answered(w.groups[id]) {
			k.people[person] = true
			k.figure.answers++
			k.figure.sum += said[person]
		}
		learn(k)
	}
	small := map[string]figure{}
	for i := 0; i < len(all) && len(all) < 200; i++ {
		for j := range i {
			for _, two := range [][2]known{{all[i], all[j]}, {all[j], all[i]}} {
				rest := known{people: map[int]bool{}}
				inside := 0
				for person := range two[0].people {
					if two[1].people[person] {
						inside++
					} else {
						rest.people[person] = true
					}
				}
				if inside < len(two[1].people) {
					continue
				}
				rest.figure = figure{two[0].figure.answers - two[1].figure.answers, two[0].figure.sum - two[1].figure.sum}
				learn(rest)
			}
		}
	}
	for _, k := range all {
		if k.figure.answers < least {
			small[nameOf(k.people)] = k.figure
		}
	}
	return small
}

// nameOf is the same for the same people.
func nameOf(people map[int]bool) string { return fmt.Sprint(people) }

func TestSubtractionGivesNoFigureOfFewPeople(t *testing.T) {
	for name, draw := range quantities {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				w := drawWorld(t)
				decision, err := disclosure.Protect(usual(), w.table, nil)
				if err != nil {
					t.Fatal(err)
				}
				if found := w.subtracts(decision, w.say(draw), 5); len(found) > 0 {
					t.Errorf("the attacker found %v", found)
				}
			})
		})
	}
}

func TestSubtractionGivesFiguresWithoutComplementarySuppression(t *testing.T) {
	w := world{groups: map[string][]int{}, people: 9}
	w.cell("whole", nil, []int{0, 1, 2, 3, 4, 5, 6, 7, 8})
	w.cell("A", []string{"whole"}, []int{0, 1, 2})
	w.cell("B", []string{"whole"}, []int{3, 4, 5, 6, 7, 8})
	decision, err := disclosure.PrimaryOnly(usual(), w.table, nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, draw := range quantities {
		said := w.say(draw)
		want := figure{3, said[0] + said[1] + said[2]}
		if got := w.subtracts(decision, said, 5)[nameOf(map[int]bool{0: true, 1: true, 2: true})]; got != want {
			t.Errorf("%s: the attacker found %v, and it is %v: this attacker proves nothing", name, got, want)
		}
	}
}

// say gives everybody an answer.
func (w world) say(draw func(*rand.Rand) int) []int {
	random := rand.New(rand.NewPCG(1, 2))
	said := make([]int, w.people)
	for person := range said {
		said[person] = draw(random)
	}
	return said
}
