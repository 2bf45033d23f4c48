package disclosure

import "slices"

// hole is a set of people whose figure follows from what is shown, though it may not be known.
type hole struct {
	atoms set
	cells []int // the shown cells that it follows from
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

// told reports whether a cell's figure is known to everybody.
func (p *protector) told(i int) bool { return p.fixed[i] || p.why[i].Code == Published }

// innermost is the smallest shown cell of a chain, or the outside.
func (p *protector) innermost(chain []int) int {
	for _, i := range chain {
		if p.told(i) {
			return i
		}
	}
	return p.outside()
}

// outside is the vertex of the atoms that no shown cell of a family contains.
func (p *protector) outside() int { return len(p.cells) }

// around is the smallest shown cell of the same family that contains a cell, or the outside.
func (p *protector) around(family, i int) int {
	for a := range p.reach[i].all() {
		chain := p.chains[family][a]
		return p.innermost(chain[slices.Index(chain, i)+1:])
	}
	return p.outside()
}

// hole finds a set of people that can be isolated.
func (p *protector) hole() (hole, bool) {
	residuals := make([][]int, len(p.families))
	for f := range p.families {
		residuals[f] = make([]int, len(p.atoms))
		for a := range p.atoms {
			residuals[f][a] = p.innermost(p.chains[f][a])
		}
	}
	nowhere := slices.Repeat([]int{p.outside()}, len(p.atoms))
	for f := range p.families {
		if found, any := p.holeOf(pair{f, -1, residuals[f], nowhere}); any {
			return found, true
		}
		for g := range f {
			if found, any := p.holeOf(pair{f, g, residuals[f], residuals[g]}); any {
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
func (p *protector) holeOf(graph pair) (hole, bool) {
	people := func(a atom) int { return a.size }
	answers := func(a atom) int { return a.answers }
	if side := p.cut(graph, people, p.minima.People); side != nil {
		return p.isolated(graph, side), true
	}
	if side := p.cut(graph, answers, p.minima.Answers); side != nil {
		return p.isolated(graph, side), true
	}
	if side := p.unanimousSide(graph); side != nil {
		return p.isolated(graph, side), true
	}
	for i, reason := range p.why {
		switch reason.Code {
		case Unanimity, OverTime, UnknownChange:
			if side := p.determined(graph, i); side != nil {
				return p.isolated(graph, side), true
			}
		default:
		}
	}
	return hole{}, false
}

// isolated is the hole that the vertices of one side of a cut open.
func (p *protector) isolated(graph pair, side []int) hole {
	in := newSet(p.outside() + 1)
	for _, v := range side {
		in.put(v)
	}
	found := hole{atoms: newSet(2 * len(p.cells))}
	for a := range p.atoms {
		if in.has(graph.us[a]) != in.has(graph.vs[a]) {
			found.atoms.put(a)
		}
	}
	for i := range p.cells {
		if !p.told(i) {
			continue
		}
		involved := in.has(i)
		for _, f := range []int{graph.f, graph.g} {
			if f >= 0 && slices.Contains(p.families[f], i) {
				involved = involved || in.has(p.around(f, i))
			}
		}
		if involved {
			found.cells = append(found.cells, i)
		}
	}
	return found
}

// cut finds one side of a cut that tells of fewer than a minimum, but not of nobody.
func (p *protector) cut(graph pair, weight func(atom) int, least int) []int {
	edges := make([]edge, 0, len(p.atoms))
	for a := range p.atoms {
		edges = append(edges, edge{graph.us[a], graph.vs[a], weight(p.atoms[a])})
	}
	return smallCut(edges, p.outside(), least)
}

// unanimousSide finds a residual in which all gave the same extreme answer.
func (p *protector) unanimousSide(graph pair) []int {
	if p.policy.OnUnanimity != WithholdUnanimous || graph.g >= 0 {
		return nil
	}
	residual := map[int]set{}
	for a, v := range graph.us {
		if residual[v] == nil {
			residual[v] = newSet(2 * len(p.cells))
		}
		residual[v].put(a)
	}
	for i := range p.cells {
		if residual[i] != nil && p.unanimous(residual[i]) {
			return []int{i}
		}
	}
	return nil
}

// determined finds the vertices whose figures add up to a withheld cell, if there are any: a
// number for each vertex, 0 outside, so that the difference of its ends is 1 on the atoms of
// the cell and 0 on all others.
func (p *protector) determined(graph pair, target int) []int {
	near := make([][]int, p.outside()+1)
	for a := range p.atoms {
		near[graph.us[a]] = append(near[graph.us[a]], a)
		if graph.us[a] != graph.vs[a] {
			near[graph.vs[a]] = append(near[graph.vs[a]], a)
		} else if p.reach[target].has(a) {
			return nil
		}
	}
	level := map[int]int{}
	starts := append([]int{p.outside()}, p.families[graph.f]...)
	if graph.g >= 0 {
		starts = append(starts, p.families[graph.g]...)
	}
	for _, start := range starts {
		if _, reached := level[start]; reached {
			continue
		}
		level[start] = 0
		if !p.spread(graph, target, near, level, start) {
			return nil
		}
	}
	var side []int
	for v := range p.outside() {
		if level[v] != 0 {
			side = append(side, v)
		}
	}
	return side
}

// spread gives a number to all vertices that hang together with one, or finds that none fits.
func (p *protector) spread(graph pair, target int, near [][]int, level map[int]int, start int) bool {
	queue := []int{start}
	for len(queue) > 0 {
		v := queue[0]
		queue = queue[1:]
		for _, a := range near[v] {
			step := 0
			if p.reach[target].has(a) {
				step = 1
			}
			other, want := graph.vs[a], level[v]-step
			if graph.vs[a] == v {
				other, want = graph.us[a], level[v]+step
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
