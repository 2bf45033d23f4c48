package disclosure

import "slices"

// edge joins two vertices.
type edge struct{ u, v, weight int }

// smallCut finds the vertices on one side of a cut that weighs less than least but more than
// nothing: the side without the vertex outside. It gives nil if there is no such cut.
//
// It is the algorithm of Stoer and Wagner, which merges vertices that no small cut parts:
// here as soon as it is known that they hang together by least.
func smallCut(edges []edge, outside, least int) []int {
	m := newMerger(edges, outside)
	for {
		m.mergeHeavy(least)
		if side := m.lightVertex(least); side >= 0 {
			return m.side(side)
		}
		start := m.anyWithEdges()
		if start < 0 {
			return nil
		}
		m.phase(start, least)
	}
}

// merger is a graph whose vertices are being merged; a vertex is named by its representative.
type merger struct {
	outside int
	into    []int
	near    []map[int]int // weights between representatives
}

func newMerger(edges []edge, outside int) *merger {
	m := &merger{outside: outside, into: make([]int, outside+1), near: make([]map[int]int, outside+1)}
	for v := range m.into {
		m.into[v] = v
		m.near[v] = map[int]int{}
	}
	for _, e := range edges {
		if e.u != e.v && e.weight > 0 {
			m.near[e.u][e.v] += e.weight
			m.near[e.v][e.u] += e.weight
		}
	}
	return m
}

// merge makes one vertex of two; the outside keeps its name.
func (m *merger) merge(a, b int) {
	keep, gone := min(a, b), max(a, b)
	if gone == m.outside {
		keep, gone = gone, keep
	}
	for v, weight := range m.near[gone] {
		delete(m.near[v], gone)
		if v != keep {
			m.near[keep][v] += weight
			m.near[v][keep] += weight
		}
	}
	m.near[gone] = nil
	for v, name := range m.into {
		if name == gone {
			m.into[v] = keep
		}
	}
}

// mergeHeavy merges along the edges that alone are too heavy for a small cut.
func (m *merger) mergeHeavy(least int) {
	for again := true; again; {
		again = false
		for v := range m.near {
			for other, weight := range m.near[v] {
				if weight >= least {
					m.merge(v, other)
					again = true
					break
				}
			}
		}
	}
}

// lightVertex is a vertex whose edges together are a small cut, or -1.
func (m *merger) lightVertex(least int) int {
	for v := range m.near {
		degree := 0
		for _, weight := range m.near[v] {
			degree += weight
		}
		if degree > 0 && degree < least {
			return v
		}
	}
	return -1
}

// anyWithEdges is the first vertex that hangs together with another, or -1.
func (m *merger) anyWithEdges() int {
	return slices.IndexFunc(m.near, func(near map[int]int) bool { return len(near) > 0 })
}

// phase takes in the vertices of a component one by one, the one that hangs most on those
// already taken first. Each hangs together with the one before it by at least what it hung on
// those taken, so the two are merged where that is enough. The last one hangs by all its
// edges: at least these two are always merged.
func (m *merger) phase(start, least int) {
	pull := map[int]int{start: 0}
	taken := map[int]bool{}
	var together [][2]int
	for before := -1; len(pull) > 0; {
		next := -1
		for v, weight := range pull {
			if next < 0 || weight > pull[next] || weight == pull[next] && v < next {
				next = v
			}
		}
		if before >= 0 && pull[next] >= least {
			together = append(together, [2]int{before, next})
		}
		delete(pull, next)
		taken[next] = true
		for v, weight := range m.near[next] {
			if !taken[v] {
				pull[v] += weight
			}
		}
		before = next
	}
	for _, two := range together {
		if a, b := m.into[two[0]], m.into[two[1]]; a != b {
			m.merge(a, b)
		}
	}
}

// side lists what was merged into a vertex or, of the outside, into all that hangs on it.
func (m *merger) side(v int) []int {
	names := map[int]bool{v: true}
	if v == m.outside {
		queue := []int{v}
		for len(queue) > 0 {
			for other := range m.near[queue[0]] {
				if !names[other] {
					names[other] = true
					queue = append(queue, other)
				}
			}
			queue = queue[1:]
		}
		delete(names, v)
	}
	var side []int
	for other, name := range m.into {
		if names[name] {
			side = append(side, other)
		}
	}
	return side
}
