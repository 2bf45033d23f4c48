package formation

import (
	"cmp"
	"slices"
)

// cut limits the groups that hold at least two of three rows: there can be
// only one of them, while fractions of three groups, one for each pair, could
// otherwise get by (Jepsen and others, 2008).
type cut struct {
	rows  [3]int32
	price float64 // of each such group; never below zero
}

// binds says whether a group counts against the cut.
func (c *cut) binds(rows []int32) bool {
	n := 0
	for _, i := range rows {
		if i == c.rows[0] || i == c.rows[1] || i == c.rows[2] {
			n++
		}
	}
	return n >= 2
}

// violation is a cut that the present fractions break.
type violation struct {
	cut cut
	by  float64
}

const (
	cutsAtOnce  = 30
	cutsPerRow  = 4
	cutsAtMost  = 300
	leastBreach = 0.03
	cutExcess   = 500 // cost of a group too many under a cut
)

// cut adds the cuts that the present fractions break most.
func (x *relaxation) cut() (added int) {
	all := x.violations()
	slices.SortFunc(all, func(a, b violation) int {
		return cmp.Or(cmp.Compare(b.by, a.by), slices.Compare(a.cut.rows[:], b.cut.rows[:]))
	})
	uses := map[int32]int{}
	for _, v := range all {
		r := v.cut.rows
		if uses[r[0]] >= cutsPerRow || uses[r[1]] >= cutsPerRow || uses[r[2]] >= cutsPerRow {
			continue
		}
		if added == cutsAtOnce || len(x.lp.head)-len(x.rows) >= cutsAtMost {
			break
		}
		added++
		for _, i := range r {
			uses[i]++
		}
		row := x.lp.limit(func(c int32) bool { return v.cut.binds(x.groups[c].rows) }, cutExcess)
		x.cuts = append(x.cuts, row)
		x.list.name(v.cut)
	}
	x.charge(20*len(x.groups)*added + 1000*len(all))
	return added
}

// violations looks at all triples in which each row shares a fraction of a
// group with the first one.
func (x *relaxation) violations() (all []violation) {
	holds := map[int32][]int32{} // by row: positions of fractions
	for p, c := range x.lp.head {
		if level := x.lp.level[p]; c >= 0 && level > 1e-4 && level < 1-1e-4 {
			for _, i := range x.groups[c].rows {
				holds[i] = append(holds[i], int32(p))
			}
		}
	}
	for _, a := range x.rows {
		near := x.companions(a, holds[a])
		for n, b := range near {
			for _, d := range near[n+1:] {
				if by := x.breach(cut{rows: [3]int32{a, b, d}}, holds); by > leastBreach {
					all = append(all, violation{cut{rows: sorted(a, b, d)}, by})
				}
			}
		}
	}
	slices.SortFunc(all, func(a, b violation) int { return slices.Compare(a.cut.rows[:], b.cut.rows[:]) })
	return slices.CompactFunc(all, func(a, b violation) bool { return a.cut.rows == b.cut.rows })
}

// companions are the rows that share one of these fractions with a row.
func (x *relaxation) companions(a int32, positions []int32) (near []int32) {
	for _, p := range positions {
		for _, i := range x.groups[x.lp.head[p]].rows {
			if i != a {
				near = append(near, i)
			}
		}
	}
	slices.Sort(near)
	return slices.Compact(near)
}

// breach is by how much the fractions exceed the cut.
func (x *relaxation) breach(c cut, holds map[int32][]int32) float64 {
	sum := -1.0
	for _, p := range holds[c.rows[0]] {
		if c.binds(x.groups[x.lp.head[p]].rows) {
			sum += x.lp.level[p]
		}
	}
	rest := cut{rows: [3]int32{c.rows[1], c.rows[2], -1}}
	for _, p := range holds[c.rows[1]] {
		if rows := x.groups[x.lp.head[p]].rows; rest.binds(rows) && !slices.Contains(rows, c.rows[0]) {
			sum += x.lp.level[p]
		}
	}
	return sum
}

func sorted(a, b, c int32) [3]int32 {
	rows := [3]int32{a, b, c}
	slices.Sort(rows[:])
	return rows
}
