package formation

// balance makes the sizes of teams more equal without changing the cost: it
// moves rows between teams as long as some move costs nothing. It is the
// second criterion, after the cost.
func (p *plan) balance() {
	for moved := true; moved; {
		moved = false
		for j, arcs := range p.m.places {
			t := p.teamOf[j]
			if t < 0 || int(p.teams[t].place) != j || p.m.alone[j] > 0 {
				continue
			}
			for _, a := range arcs[1:] {
				moved = p.levelOut(a, t) || moved
			}
		}
	}
}

// levelOut moves the row of an arc into team t if its present team is larger
// by more than the row, and the cost stays the same.
func (p *plan) levelOut(a arc, t int32) bool {
	from := p.teamOf[a.row]
	if from < 0 || from == t || p.teams[from].place == a.row {
		return false
	}
	giver, taker, weight := &p.teams[from], &p.teams[t], p.m.weight[a.row]
	if giver.size-weight < p.m.min || taker.size+weight > p.m.max || giver.size <= taker.size+weight {
		return false
	}
	present := p.m.costAt(giver.place, []int32{a.row})
	if a.cost > present+tiny {
		return false
	}
	kept := giver.rows[:0]
	for _, i := range giver.rows {
		if i != a.row {
			kept = append(kept, i)
		}
	}
	giver.rows, giver.size, giver.cost = kept, giver.size-weight, giver.cost-present
	taker.rows, taker.size, taker.cost = append(taker.rows, a.row), taker.size+weight, taker.cost+a.cost
	p.teamOf[a.row] = t
	p.cost += a.cost - present
	return true
}
