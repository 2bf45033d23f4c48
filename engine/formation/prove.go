package formation

import (
	"iter"
	"math"
)

// part is a set of rows that no group can share with rows outside it. With a
// budget of groups, which everybody shares, there is only one part.
type part struct {
	rows   []int32
	tree   *tree   // the proof, once it has begun
	polish *polish // the same for a part too large for a tree
	resume func() (struct{}, bool)
	halt   func()
	done   bool    // the proof has got as far as it can
	priced float64 // bound of the best prices
	upper  float64 // cost in the best plan
}

// bound is what the part's own proof has reached.
func (p *part) bound() float64 {
	switch {
	case p.tree != nil:
		return p.tree.bound
	case p.polish != nil:
		return p.polish.bound
	}
	return math.Inf(-1)
}

// provable is the largest number of rows whose linear program is small enough
// to be solved many times.
const provable = 1200

// split finds the parts.
func (m *model) split() []part {
	if m.bounded {
		all := part{}
		for i := range m.body {
			all.rows = append(all.rows, int32(i))
		}
		return []part{all}
	}
	linked := m.linked()
	var parts []part
	seen := make([]bool, len(m.body))
	for i := range m.body {
		if seen[i] {
			continue
		}
		seen[i] = true
		rows := []int32{int32(i)}
		for k := 0; k < len(rows); k++ {
			for _, next := range linked[rows[k]] {
				if !seen[next] {
					seen[next] = true
					rows = append(rows, next)
				}
			}
		}
		parts = append(parts, part{rows: rows})
	}
	return parts
}

// linked lists, for each row, those with which it can meet at one of the two.
func (m *model) linked() [][]int32 {
	linked := make([][]int32, len(m.body))
	for j, arcs := range m.places {
		for _, a := range arcs {
			if int(a.row) != j {
				linked[j] = append(linked[j], a.row)
				linked[a.row] = append(linked[a.row], int32(j))
			}
		}
	}
	return linked
}

// atOnce is how many proofs advance side by side.
const atOnce = 4

// growing are the first parts that still need a proof. They learn what the
// best plan costs, for the search goes on while they grow.
func (r *run) growing() (parts []*part) {
	for k := range r.parts {
		if p := &r.parts[k]; !p.done && len(p.rows) > 1 && len(parts) < atOnce {
			p.upper = r.plan().worth(p.rows)
			parts = append(parts, p)
		}
	}
	return parts
}

// prove continues the proofs of some parts.
func (r *run) prove(parts []*part, work int) {
	for _, p := range parts {
		share := work / len(parts)
		switch {
		case len(p.rows) > provable && p.polish == nil:
			p.polish = newPolish(r.m, p.rows, &r.ascent.best, r.seed, &r.stop)
		case len(p.rows) > provable:
			p.polish.until(p.polish.work + share)
			p.done = p.polish.settled()
		default:
			r.grow(p, share)
		}
	}
}

// grow lets the tree of a part grow for a while.
func (r *run) grow(p *part, work int) {
	if p.tree == nil {
		p.tree = newTree(r.m, p.rows, &r.ascent.best, &r.stop)
		p.resume, p.halt = iter.Pull(func(yield func(struct{}) bool) {
			t := p.tree
			t.pause = func() {
				if t.work >= t.allowed && !r.stop.Load() {
					yield(struct{}{})
				}
			}
			t.grow()
		})
	}
	p.tree.upper = min(p.tree.upper, p.upper)
	p.tree.allowed = p.tree.work + work
	_, more := p.resume()
	p.done = !more && !r.stop.Load()
}

// harvest takes over the groupings and the bounds that the proofs have found.
func (r *run) harvest() {
	r.lifted = 0
	for k := range r.parts {
		p := &r.parts[k]
		if p.tree == nil && p.polish == nil {
			continue
		}
		if p.tree != nil && p.tree.best != nil {
			if p.tree.upper < r.plan().worth(p.rows)-tiny {
				r.search.plan = r.plan().regrouped(p.rows, p.tree.best)
			}
			p.tree.best = nil
		}
		if p.tree != nil && p.tree.plain != nil {
			r.ascent.learn(p.rows, p.tree.plain)
			p.tree.plain = nil
		}
		p.priced = r.ascent.boundOf(p.rows)
		r.lifted += max(0, p.bound()-p.priced)
	}
}

// reap ends the proofs, wherever they are.
func (r *run) reap() {
	r.stop.Store(true)
	for k := range r.parts {
		if r.parts[k].halt != nil {
			r.parts[k].halt()
		}
	}
}
