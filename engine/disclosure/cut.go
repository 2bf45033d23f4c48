package disclosure

import "slices"

// hole is a set of people whose figure follows from what is shown, though it may not be known.
type hole struct {
	atoms set
	cells []int // the cells to be shown that it follows from
}

// Within a family any two cells are disjoint or one contains the other. What a family tells
// is the figure of each of its residuals: a shown cell without the shown cells inside it. An
// atom lies in one residual of each family, or outside. Two families are therefore a graph:
// residuals are vertices, an atom is an edge between its two, or to the outside. The
// combinations of figures that tell of the fewest atoms are the cuts of that graph, so that
// the fewest people anybody can isolate are a minimum cut.

// chain divides the cells into families and lists the cells around each atom.
func (p *protector) chain() {
	bySize := make([]int, len(p.cells))
	for i := range bySize {
		bySize[i] = i
	}
	slices.SortStableFunc(bySize, func(a, b int) int { return p.reach[b].size() - p.reach[a].size() })
	for _, i := range bySize {
		p.join(i)
	}
	for _, family := range p.families {
		chains := make([][]int, len(p.atoms))
		for _, i := range slices.Backward(family) {
			for a := range p.reach[i].all() {
				chains[a] = append(chains[a], i)
			}
		}
		p.chains = append(p.chains, chains)
	}
}

// join puts a cell into the first family that takes it.
func (p *protector) join(i int) {
	for f, family := range p.families {
		if !slices.ContainsFunc(family, func(other int) bool {
			shared := p.reach[i].shared(p.reach[other])
			return shared != 0 && shared != p.reach[i].size()
		}) {
			p.families[f] = append(family, i)
			return
		}
	}
	p.families = append(p.families, []int{i})
}

// view is what somebody reckons with: the cells whose figures are told, and how few they must
// not isolate.
type view struct {
	*protector
	told  []bool
	taken []bool // told whatever is decided
	least Minima
}

// views are the table alone, by its own minima, and the table together with what has been
// published of the same measurement, by the lowest: the mean of a group follows also from its
// distribution, the distribution not from means.
func (p *protector) views() []view {
	alone := view{p, make([]bool, len(p.cells)), make([]bool, len(p.cells)), p.asked}
	for i := range p.cells {
		alone.told[i] = p.why[i].Code == Published
	}
	if !slices.Contains(p.fixed, true) {
		return []view{alone}
	}
	joint := view{p, slices.Clone(p.fixed), p.fixed, p.lowest}
	for i, told := range alone.told {
		joint.told[i] = joint.told[i] || told
	}
	return []view{alone, joint}
}

// hole finds a set of people that can be isolated.
func (p *protector) hole() (hole, bool) {
	for _, v := range p.views() {
		if found, any := v.hole(); any {
			return found, true
		}
	}
	return hole{}, false
}

// innermost is the smallest shown cell of a chain, or the outside.
func (v view) innermost(chain []int) int {
	for _, i := range chain {
		if v.told[i] {
			return i
		}
	}
	return v.outside()
}

// outside is the vertex of the atoms that no shown cell of a family contains.
func (v view) outside() int { return len(v.cells) }

// around is the smallest shown cell of the same family that contains a cell, or the outside.
func (v view) around(family, i int) int {
	for a := range v.reach[i].all() {
		chain := v.chains[family][a]
		return v.innermost(chain[slices.Index(chain, i)+1:])
	}
	return v.outside()
}

// hole finds a set of people that can be isolated.
func (v view) hole() (hole, bool) {
	residuals := make([][]int, len(v.families))
	for f := range v.families {
		residuals[f] = make([]int, len(v.atoms))
		for a := range v.atoms {
			residuals[f][a] = v.innermost(v.chains[f][a])
		}
	}
	nowhere := slices.Repeat([]int{v.outside()}, len(v.atoms))
	for f := range v.families {
		if found, any := v.holeOf(pair{f, -1, residuals[f], nowhere}); any {
			return found, true
		}
		for g := range f {
			if found, any := v.holeOf(pair{f, g, residuals[f], residuals[g]}); any {
				return found, true
			}
		}
	}
	return hole{}, false
}

// pair is the graph of two families: the ends of each atom.
type pair struct {
	f, g   int
	us, vs []int
}

// holeOf finds a set of people that two families isolate.
func (v view) holeOf(graph pair) (hole, bool) {
	people := func(a atom) int { return a.size }
	answers := func(a atom) int { return a.answers }
	if side := v.cut(graph, people, v.least.People); side != nil {
		return v.isolated(graph, side), true
	}
	if side := v.cut(graph, answers, v.least.Answers); side != nil {
		return v.isolated(graph, side), true
	}
	if side := v.unanimousSide(graph); side != nil {
		return v.isolated(graph, side), true
	}
	for i, reason := range v.why {
		switch reason.Code {
		case Unanimity, OverTime, UnknownChange:
			if side := v.determined(graph, i); side != nil && !v.told[i] {
				return v.isolated(graph, side), true
			}
		default:
		}
	}
	return hole{}, false
}

// isolated is the hole that the vertices of one side of a cut open.
func (v view) isolated(graph pair, side []int) hole {
	in := newSet(v.outside() + 1)
	for _, vertex := range side {
		in.put(vertex)
	}
	found := hole{atoms: newSet(2 * len(v.cells))}
	for a := range v.atoms {
		if in.has(graph.us[a]) != in.has(graph.vs[a]) {
			found.atoms.put(a)
		}
	}
	for i := range v.cells {
		if !v.told[i] || v.taken[i] {
			continue
		}
		involved := in.has(i)
		for _, f := range []int{graph.f, graph.g} {
			if f >= 0 && slices.Contains(v.families[f], i) {
				involved = involved || in.has(v.around(f, i))
			}
		}
		if involved {
			found.cells = append(found.cells, i)
		}
	}
	return found
}

// cut finds one side of a cut that tells of fewer than a minimum, but not of nobody.
func (v view) cut(graph pair, weight func(atom) int, least int) []int {
	edges := make([]edge, 0, len(v.atoms))
	for a := range v.atoms {
		edges = append(edges, edge{graph.us[a], graph.vs[a], weight(v.atoms[a])})
	}
	return smallCut(edges, v.outside(), least)
}

// unanimousSide finds a residual in which all gave the same extreme answer.
func (v view) unanimousSide(graph pair) []int {
	if v.policy.OnUnanimity != WithholdUnanimous || graph.g >= 0 {
		return nil
	}
	residual := map[int]set{}
	for a, vertex := range graph.us {
		if residual[vertex] == nil {
			residual[vertex] = newSet(2 * len(v.cells))
		}
		residual[vertex].put(a)
	}
	for i := range v.cells {
		if residual[i] != nil && v.unanimous(residual[i]) {
			return []int{i}
		}
	}
	return nil
}

// determined finds the vertices whose figures add up to a withheld cell, if there are any: a
// number for each vertex, 0 outside, so that the difference of its ends is 1 on the atoms of
// the cell and 0 on all others.
func (v view) determined(graph pair, target int) []int {
	near := make([][]int, v.outside()+1)
	for a := range v.atoms {
		near[graph.us[a]] = append(near[graph.us[a]], a)
		if graph.us[a] != graph.vs[a] {
			near[graph.vs[a]] = append(near[graph.vs[a]], a)
		} else if v.reach[target].has(a) {
			return nil
		}
	}
	level := map[int]int{}
	starts := append([]int{v.outside()}, v.families[graph.f]...)
	if graph.g >= 0 {
		starts = append(starts, v.families[graph.g]...)
	}
	for _, start := range starts {
		if _, reached := level[start]; reached {
			continue
		}
		level[start] = 0
		if !v.spread(graph, target, near, level, start) {
			return nil
		}
	}
	var side []int
	for vertex := range v.outside() {
		if level[vertex] != 0 {
			side = append(side, vertex)
		}
	}
	return side
}

// spread gives a number to all vertices that hang together with one, or finds that none fits.
func (v view) spread(graph pair, target int, near [][]int, level map[int]int, start int) bool {
	queue := []int{start}
	for len(queue) > 0 {
		vertex := queue[0]
		queue = queue[1:]
		for _, a := range near[vertex] {
			step := 0
			if v.reach[target].has(a) {
				step = 1
			}
			other, want := graph.vs[a], level[vertex]-step
			if graph.vs[a] == vertex {
				other, want = graph.us[a], level[vertex]+step
			}
			got, reached := level[other]
			if reached && got != want {
				return false
			}
			if !reached {
				level[other] = want
				queue = append(queue, other)
			}
		}
	}
	return true
}
