package board

import (
	"cmp"
	"maps"
	"slices"

	"bastida/internal/modules/grouping"
)

// Comparison is two runs side by side.
type Comparison struct {
	A, B    *grouping.Board
	Changed []Change // by code
}

// Change is an applicant that is in other company in the second run.
type Change struct {
	grouping.Body

	A, B int // numbers of the groups, Nowhere for none
}

// compare finds out who changes company: the groups of the two runs that share
// most professionals are taken for the same.
func compare(a, b *grouping.Board) Comparison {
	same := matched(a, b)
	c := Comparison{A: a, B: b}
	for _, body := range a.Bodies {
		_, from, _ := a.Where(body.Application)
		_, to, err := b.Where(body.Application)
		if err == nil && same[from] != to {
			c.Changed = append(c.Changed, Change{body, from, to})
		}
	}
	return c
}

// matched pairs the groups of two boards, the largest overlap first. Nowhere
// pairs with itself; a group that has no partner is paired with none.
func matched(a, b *grouping.Board) map[int]int {
	type pair struct{ from, to int }
	shared := map[pair]int{}
	for _, body := range a.Bodies {
		_, from, _ := a.Where(body.Application)
		_, to, err := b.Where(body.Application)
		if err == nil && from != grouping.Nowhere && to != grouping.Nowhere {
			shared[pair{from, to}] += body.Professionals
		}
	}
	pairs := slices.SortedFunc(maps.Keys(shared), func(x, y pair) int {
		return cmp.Or(cmp.Compare(shared[y], shared[x]), cmp.Compare(x.from, y.from), cmp.Compare(x.to, y.to))
	})
	same, taken := map[int]int{grouping.Nowhere: grouping.Nowhere}, map[int]bool{}
	for _, t := range a.Teams {
		same[t.Number] = -1
	}
	for _, p := range pairs {
		if same[p.from] < 0 && !taken[p.to] {
			same[p.from], taken[p.to] = p.to, true
		}
	}
	return same
}
