package formation

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestTheLinearProgramIsSolvedToItsDual compares both sides: no column gains at
// the dual values, and these are worth what the basis costs.
func TestTheLinearProgramIsSolvedToItsDual(t *testing.T) {
	t.Parallel()
	for seed := range uint64(40) {
		rng := rand.New(rand.NewPCG(seed, 9))
		rows := 5 + rng.IntN(40)
		under, right := make([]float64, rows), make([]float64, rows)
		for i := range under {
			under[i], right[i] = 100, 1
		}
		l := newMaster(under, right)
		for range 20 * rows {
			var entries []int32
			for _, i := range rng.Perm(rows)[:1+rng.IntN(4)] {
				entries = append(entries, int32(i))
			}
			l.add(rng.Float64()*50, entries)
		}
		mustBeOptimal(t, l)
		free := objective(l)
		some := func(c int32) bool { return c%3 == 0 }
		l.limit(some, 1000)
		mustBeOptimal(t, l)
		if limited := objective(l); limited < free-1e-6 {
			t.Errorf("seed %d: a constraint more lowers the cost from %v to %v", seed, free, limited)
		}
		l.refresh()
		mustBeOptimal(t, l)
	}
}

func mustBeOptimal(t *testing.T, l *master) {
	t.Helper()
	if !l.solve(100000) {
		t.Fatal("not solved")
	}
	primal := 0.0
	for p, c := range l.head {
		primal += l.level[p] * l.costOf(c)
		if l.level[p] < -1e-9 {
			t.Errorf("a column has the value %v", l.level[p])
		}
	}
	for c := range l.cost {
		if d := l.reduced(int32(c)); d < -1e-7 {
			t.Errorf("column %d would gain %v", c, -d)
		}
	}
	if math.Abs(primal-objective(l)) > 1e-6 {
		t.Errorf("the columns cost %v, the dual values are worth %v", primal, objective(l))
	}
}

func objective(l *master) (sum float64) {
	for i, v := range l.dual {
		sum += v * l.right[i]
	}
	return sum
}

// TestListerFindsWhatTryingAllFinds compares the least reduced cost under cuts
// with that of all groups.
func TestListerFindsWhatTryingAllFinds(t *testing.T) {
	t.Parallel()
	for seed := range uint64(30) {
		rng := rand.New(rand.NewPCG(seed, 10))
		p := Problem{Limits: DefaultLimits(), Penalty: 1000, Detour: 1.3}
		for i := range 12 {
			p.Bodies = append(p.Bodies, Body{
				Code: string(rune('a' + i)), Lat: 41 + 0.2*rng.Float64(), Lon: 2 + 0.2*rng.Float64(),
				Professionals: 1 + rng.IntN(7), Modality: "m", Consent: true,
			})
		}
		m := newModel(&p, make([]bool, len(p.Bodies)), 0)
		l := newLister(m)
		for range m.body {
			l.pr.row = append(l.pr.row, 30*rng.Float64())
		}
		for range 6 {
			r := rng.Perm(len(m.body))
			l.name(cut{rows: sorted(int32(r[0]), int32(r[1]), int32(r[2])), price: 10 * rng.Float64()})
		}
		for j := range m.body {
			l.found = nil
			least, complete := l.at(int32(j), 1e6, 0, math.MaxInt, math.MaxInt/2)
			if want, groups := tryAll(l, int32(j)); !complete || math.Abs(least-want) > 1e-9 || len(l.found) != groups {
				t.Errorf("seed %d: least %v of %d groups, want %v of %d", seed, least, len(l.found), want, groups)
			}
		}
	}
}

// tryAll goes through all sets of rows that hold j.
func tryAll(l *lister, j int32) (least float64, groups int) {
	least = math.Inf(1)
	for set := range 1 << len(l.m.body) {
		size, reduced := 0, 0.0
		var rows []int32
		for _, a := range l.m.places[j] {
			if set>>a.row&1 == 1 {
				rows = append(rows, a.row)
				size += l.m.weight[a.row]
				reduced += a.cost - l.pr.row[a.row]
			}
		}
		if !slices.Contains(rows, j) || len(rows) != ones(set) || size < l.m.min || size > l.m.max {
			continue
		}
		for k := range l.cuts {
			if l.cuts[k].binds(rows) {
				reduced += l.cuts[k].price
			}
		}
		groups++
		least = min(least, reduced)
	}
	return least, groups
}

func ones(set int) (n int) {
	for ; set > 0; set &= set - 1 {
		n++
	}
	return n
}
