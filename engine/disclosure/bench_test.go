package disclosure_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"bastida/engine/disclosure"
)

// tree has 1,000 teams and more, in areas of a whole.
func tree(perArea, areas int) disclosure.Table {
	random := rand.New(rand.NewPCG(1, 2))
	whole := disclosure.Cell{ID: "whole"}
	var cells []disclosure.Cell
	for a := range areas {
		area := disclosure.Cell{ID: fmt.Sprint("area", a), Parents: []string{"whole"}}
		for i := range perArea {
			team := disclosure.Cell{ID: fmt.Sprint("team", a, "-", i), Parents: []string{area.ID}, Size: 3 + random.IntN(15)}
			team.Answers = random.IntN(team.Size + 1)
			cells = append(cells, team)
			area.Size, area.Answers = area.Size+team.Size, area.Answers+team.Answers
		}
		cells = append(cells, area)
		whole.Size, whole.Answers = whole.Size+area.Size, whole.Answers+area.Answers
	}
	return means(append(cells, whole)...)
}

// crossing has a cell for each territory and profession, besides the totals of both.
func crossing(territories, professions int) disclosure.Table {
	random := rand.New(rand.NewPCG(1, 2))
	rows, columns := make([]disclosure.Cell, territories), make([]disclosure.Cell, professions)
	whole := disclosure.Cell{ID: "whole"}
	var cells []disclosure.Cell
	for r := range rows {
		rows[r].ID, rows[r].Parents = fmt.Sprint("territory", r), []string{"whole"}
		for c := range columns {
			columns[c].ID, columns[c].Parents = fmt.Sprint("profession", c), []string{"whole"}
			size := random.IntN(16)
			cells = append(cells, disclosure.Cell{
				ID: fmt.Sprint("cell", r, "-", c), Size: size, Answers: size, Parents: []string{rows[r].ID, columns[c].ID},
			})
			for _, sum := range []*disclosure.Cell{&rows[r], &columns[c], &whole} {
				sum.Size, sum.Answers = sum.Size+size, sum.Answers+size
			}
		}
	}
	return means(append(append(append(cells, rows...), columns...), whole)...)
}

func BenchmarkProtect(b *testing.B) {
	for name, table := range map[string]disclosure.Table{
		"tree":     tree(30, 32),
		"crossing": crossing(32, 30),
	} {
		b.Run(fmt.Sprint(name, "/", len(table.Cells)), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := disclosure.Protect(usual(), table, nil); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkAudit(b *testing.B) {
	table := crossing(32, 30)
	decision, err := disclosure.Protect(usual(), table, nil)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := disclosure.Audit(usual(), table, nil, decision.IDs()); err != nil {
			b.Fatal(err)
		}
	}
}
