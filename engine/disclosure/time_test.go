package disclosure_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"bastida/engine/disclosure"
)

// staff says in which team everybody is, by number; -1 is not there.
type staff []int

const (
	teams = 6
	areas = 3
)

// table is the hierarchy team, area, whole, in which everybody answered.
func (s staff) table(measurement string) disclosure.Table {
	table := disclosure.Table{
		Quantity: "climate", Measurement: measurement, Kind: disclosure.Means,
		Cells: []disclosure.Cell{{ID: "whole"}},
	}
	for area := range areas {
		table.Cells = append(table.Cells, disclosure.Cell{ID: fmt.Sprint("area", area), Parents: []string{"whole"}})
	}
	for team := range teams {
		table.Cells = append(table.Cells, disclosure.Cell{
			ID: fmt.Sprint("team", team), Parents: []string{fmt.Sprint("area", team%areas)},
		})
	}
	for i := range table.Cells {
		for _, person := range s.in(table.Cells[i].ID) {
			table.Cells[i].Size++
			table.Cells[i].Answers++
			table.Cells[i].Members = append(table.Cells[i].Members, fmt.Sprint("p", person))
		}
	}
	return table
}

// in lists the people of a cell.
func (s staff) in(id string) []int {
	var people []int
	for person, team := range s {
		if team >= 0 && (id == "whole" || id == fmt.Sprint("team", team) || id == fmt.Sprint("area", team%areas)) {
			people = append(people, person)
		}
	}
	return people
}

// drawStaff draws who is where at first.
func drawStaff(t *rapid.T) staff {
	s := staff{}
	for team := range teams {
		for range rapid.IntRange(0, 12).Draw(t, "people") {
			s = append(s, team)
		}
	}
	return s
}

// later draws who left, moved and came.
func (s staff) later(t *rapid.T) staff {
	next := slices.Clone(s)
	for range rapid.IntRange(0, 6).Draw(t, "changes") {
		if len(next) > 0 && rapid.Bool().Draw(t, "of somebody there") {
			next[rapid.IntRange(0, len(next)-1).Draw(t, "who")] = rapid.IntRange(-1, teams-1).Draw(t, "whither")
			continue
		}
		team := rapid.IntRange(0, teams-1).Draw(t, "team")
		for range rapid.IntRange(1, 5).Draw(t, "joiners") {
			next = append(next, team)
		}
	}
	return next
}

// figures are the people behind what was shown.
func (s staff) figures(decision disclosure.Decision) [][]int {
	var figures [][]int
	for _, id := range decision.IDs() {
		figures = append(figures, s.in(id))
	}
	return figures
}

// compares tells whether somebody who had the first figures, and takes answers as unchanged,
// learns something of few people that the first did not tell.
func compares(people int, first, second [][]int, least int) bool {
	before, after := newAttacker(people, first), newAttacker(people, append(slices.Clone(first), second...))
	crowds := map[string][]int{}
	for person := range people {
		seen := ""
		for _, row := range after.rows {
			seen += fmt.Sprint(row[person])
		}
		crowds[seen] = append(crowds[seen], person)
	}
	var all [][]int
	for seen, crowd := range crowds {
		if len(crowd) < least && slices.Contains([]byte(seen), '1') {
			all = append(all, crowd)
		}
	}
	return after.more(before, all, nil, least)
}

// more tells whether an attacker learns of a small union of crowds what another does not.
func (a *attacker) more(other *attacker, crowds [][]int, union []int, least int) bool {
	for i, crowd := range crowds {
		if len(union)+len(crowd) >= least {
			continue
		}
		larger := append(slices.Clone(union), crowd...)
		about := map[int]bool{}
		for _, person := range larger {
			about[person] = true
		}
		if a.known(about) > other.known(about) || a.more(other, crowds[i+1:], larger, least) {
			return true
		}
	}
	return false
}

// known counts what follows about some people alone.
func (a *attacker) known(about map[int]bool) int {
	return rank(a.rows, func(int) bool { return true }) - rank(a.rows, func(i int) bool { return !about[i] })
}

func TestNobodyFindsWhoCameOrWent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		then := drawStaff(t)
		now := then.later(t)
		policy := usual()
		if rapid.Bool().Draw(t, "four") {
			policy.MinDifference = 4
		}
		before, err := disclosure.Protect(policy, then.table("2026-05"), nil)
		if err != nil {
			t.Fatal(err)
		}
		published := []disclosure.Publication{before.Publish()}
		after, err := disclosure.Protect(policy, now.table("2026-11"), published)
		if err != nil {
			t.Fatal(err)
		}
		if compares(len(now), then.figures(before), now.figures(after), policy.MinDifference) {
			t.Errorf("the attacker compared %v with %v", before.IDs(), after.IDs())
		}
		leaks, err := disclosure.Audit(policy, now.table("2026-11"), published, after.IDs())
		if err != nil || len(leaks) > 0 {
			t.Errorf("the auditor found %+v, %v", leaks, err)
		}
	})
}

func TestAttackerSucceedsWithoutHeedOfTime(t *testing.T) {
	succeeded := 0
	for seed := range 100 {
		then := rapid.Custom(drawStaff).Example(seed)
		now := rapid.Custom(then.later).Example(seed)
		before, err := disclosure.Protect(usual(), then.table("2026-05"), nil)
		if err != nil {
			t.Fatal(err)
		}
		after, err := disclosure.Protect(usual(), now.table("2026-11"), nil)
		if err != nil {
			t.Fatal(err)
		}
		if compares(len(now), then.figures(before), now.figures(after), 3) {
			succeeded++
		}
	}
	if succeeded < 20 {
		t.Errorf("the attacker succeeded %d times in 100: this attacker proves nothing", succeeded)
	}
}

func TestTimeWithoutMembers(t *testing.T) {
	before := protect(t, usual(), means(all("A", 10)))
	later := func(size int, changes ...disclosure.Change) disclosure.Table {
		cell := all("A", size)
		cell.Changes = changes
		table := means(cell)
		table.Measurement = "2026-11"
		return table
	}
	for name, c := range map[string]struct {
		table disclosure.Table
		want  disclosure.Code
	}{
		"nobody knows":         {later(11), disclosure.UnknownChange},
		"one joined":           {later(11, disclosure.Change{Since: "2026-05", Joined: 1}), disclosure.OverTime},
		"two left":             {later(8, disclosure.Change{Since: "2026-05", Left: 2}), disclosure.OverTime},
		"three came and went":  {later(10, disclosure.Change{Since: "2026-05", Joined: 3, Left: 3}), disclosure.Published},
		"told of another time": {later(10, disclosure.Change{Since: "2025-05"}), disclosure.UnknownChange},
		"nobody changed":       {later(10, disclosure.Change{Since: "2026-05"}), disclosure.Published},
	} {
		t.Run(name, func(t *testing.T) {
			decision := protect(t, usual(), c.table, before.Publish())
			why := decision.Why("A")
			if why.Code != c.want {
				t.Errorf("A is %+v", why)
			}
			if why.Code == disclosure.OverTime && (why.Since != "2026-05" || why.Against != "A" || why.Minimum != 3) {
				t.Errorf("A is withheld as %+v", why)
			}
		})
	}
}

func TestLateAnswersArePublishedTogether(t *testing.T) {
	// at is the table when so many have answered in team A, and nobody yet in team B
	at := func(measurement string, answers int) disclosure.Table {
		table := means(
			disclosure.Cell{ID: "whole", Size: 35, Answers: answers},
			disclosure.Cell{ID: "A", Parents: []string{"whole"}, Size: 30, Answers: answers},
			disclosure.Cell{ID: "B", Parents: []string{"whole"}, Size: 5},
		)
		for i := range answers {
			table.Cells[1].Members = append(table.Cells[1].Members, fmt.Sprint("answer", i))
		}
		table.Measurement = measurement
		return table
	}
	before := protect(t, usual(), at("first", 9)).Publish()
	expect(t, protect(t, usual(), at("one late", 10), before))
	expect(t, protect(t, usual(), at("three late", 12), before), "A", "whole")
	expect(t, protect(t, usual(), at("nobody late", 9), before), "A", "whole")
}

func TestDifferencesOnSensitiveMattersAreLarger(t *testing.T) {
	then, now := staff{}, staff{}
	for i := range 60 {
		now = append(now, 0)
		if i < 55 {
			then = append(then, 0)
		}
	}
	first, second := then.table("2026-05"), now.table("2026-11")
	expect(t, protect(t, usual(), second, protect(t, usual(), first).Publish()), "area0", "team0", "whole")
	first.Sensitive, second.Sensitive = true, true
	expect(t, protect(t, usual(), second, protect(t, usual(), first).Publish()))
}
