package formation

// reasons finds out why bodies have no place.
type reasons struct {
	p        *Problem
	m        *model
	rowOf    map[int]int32
	spare    int    // groups of the budget not used
	admitted []bool // by row left out: some group within the limits could hold it
}

func newReasons(p *Problem, m *model, pl *plan) *reasons {
	r := &reasons{
		p: p, m: m, rowOf: make(map[int]int32, len(m.body)),
		spare: m.budget - pl.groups, admitted: make([]bool, len(m.body)),
	}
	for row, body := range m.body {
		r.rowOf[body] = int32(row)
		r.admitted[row] = m.alone[row] > 0 || len(m.places[row]) > 0
	}
	for j, arcs := range m.places {
		for _, a := range arcs {
			if pl.teamOf[a.row] < 0 && !r.admitted[a.row] {
				r.admitted[a.row] = m.admits(a.row, j)
			}
		}
	}
	return r
}

func (r *reasons) of(body int) Reason {
	row, decidable := r.rowOf[body]
	switch {
	case !decidable:
		return r.p.reasonWithoutSearch(body, ReasonNotPlaced)
	case !r.admitted[row] && len(r.m.near[row]) == 0:
		return ReasonTooFar
	case !r.admitted[row]:
		return ReasonNoGroup
	case r.m.bounded && r.spare < max(1, r.m.alone[row]):
		return ReasonBudget
	}
	return ReasonCost
}

// admits says whether a group that meets at j could hold the row, which is
// near enough.
func (m *model) admits(row int32, j int) bool {
	sizes := uint64(1) << (m.weight[j] + m.weight[row])
	for _, a := range m.places[j] {
		if int(a.row) != j && a.row != row {
			sizes |= sizes << m.weight[a.row]
		}
	}
	return sizes&m.allowedSizes() != 0
}
