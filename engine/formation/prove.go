package formation

// part is a set of rows that no group can share with rows outside it. With a
// budget of groups, which everybody shares, there is only one part.
type part struct {
	rows  []int32
	nodes int  // states allowed to the next exhaustive search
	done  bool // its rows are grouped at the least cost

	// tooWide is a cost at which its groups were too many to list; a search
	// makes sense only below. 0 if that never happened.
	tooWide float64
}

const (
	firstNodes   = 1 << 18
	largestNodes = 1 << 28
	proofColumns = 1 << 14 // for each meeting place
	proofMemory  = 1 << 19
	warmUp       = 3 // rounds of search before the first proof: a good plan makes it short
)

// split finds the parts.
func (m *model) split() []part {
	if m.bounded {
		all := part{nodes: firstNodes}
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
		parts = append(parts, part{rows: rows, nodes: firstNodes})
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

// prove searches the small parts exhaustively once prices and plan are good.
// What it finds is adopted, and its proof closes the part's gap.
func (r *run) prove() {
	if r.searched < warmUp {
		return
	}
	for k := range r.parts {
		p := &r.parts[k]
		if !p.done && len(p.rows) <= poolRows && p.nodes <= largestNodes && !r.stop.Load() {
			r.provePart(p)
		}
	}
	r.lift()
}

// provePart searches one part for anything cheaper than what is known.
func (r *run) provePart(p *part) {
	s := r.search
	s.hold(p.rows)
	now, groups := s.worth()
	if p.tooWide > 0 && now > p.tooWide-tiny {
		return
	}
	constant := s.aim(&r.ascent.best, groups)
	clear(s.enum.roomAt)
	if !s.enum.list(now-constant, proofColumns) {
		p.tooWide = now
		return
	}
	if r.proof == nil {
		r.proof = newCover(proofMemory, &r.stop)
	}
	r.proof.file(s.enum.columns)
	complete := r.proof.run(1<<len(s.pool)-1, constant, now-tiny, groups, p.nodes)
	if len(r.proof.best) > 0 {
		s.adopt(r.proof, 0)
		s.plan.recost()
	}
	p.nodes *= 4
	p.done = complete
}

// lift recomputes what the finished parts add to the bound at the best prices.
func (r *run) lift() {
	r.lifted = 0
	for k := range r.parts {
		if p := &r.parts[k]; p.done {
			r.search.hold(p.rows)
			now, groups := r.search.worth()
			r.lifted += now - r.search.aim(&r.ascent.best, groups)
		}
	}
}
