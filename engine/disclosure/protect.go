package disclosure

import (
	"cmp"
	"fmt"
	"slices"
)

// Protect decides which cells of a table may be published, given all that has been published
// of the same quantity. The same question has the same answer.
func Protect(policy Policy, table Table, published []Publication) (Decision, error) {
	p, err := newProtector(policy, table, published)
	if err != nil {
		return Decision{}, err
	}
	if err := p.decide(published); err != nil {
		return Decision{}, err
	}
	return p.decision(), nil
}

// decide finds the reason of every cell.
func (p *protector) decide(published []Publication) error {
	for i := range p.cells {
		p.why[i] = p.primary(i)
	}
	if p.onlyPrimary {
		return nil
	}
	p.complete()
	return p.verify(published)
}

// protector is a decision in the making.
type protector struct {
	*layout
	policy   Policy
	table    Table
	asked    Minima // of this table
	lowest   Minima // of this table and all that has been published of the same measurement
	earlier  []Publication
	fixed    []bool // cells already published of the same measurement
	why      []Reason
	families [][]int   // the cells of each family, largest first
	chains   [][][]int // per family and atom, the cells around it, smallest first

	// onlyPrimary leaves out complementary suppression and its verification. Only a test sets
	// it, to see that its attacker succeeds.
	onlyPrimary bool
}

// newProtector checks the question.
func newProtector(policy Policy, table Table, published []Publication) (*protector, error) {
	if err := policy.check(); err != nil {
		return nil, err
	}
	l, err := lay(table)
	if err != nil {
		return nil, err
	}
	asked := policy.Minima(table)
	p := &protector{
		layout: l, policy: policy, table: table, asked: asked, lowest: asked,
		fixed: make([]bool, len(l.cells)), why: make([]Reason, len(l.cells)),
	}
	if err := checkPublished(table, published); err != nil {
		return nil, err
	}
	for _, publication := range published {
		p.remember(publication)
	}
	p.chain()
	return p, nil
}

// remember takes in an earlier publication.
func (p *protector) remember(publication Publication) {
	if publication.Measurement != p.table.Measurement {
		p.earlier = append(p.earlier, publication)
		return
	}
	for _, cell := range publication.Cells {
		p.fixed[p.index[cell.ID]] = true
	}
	p.lowest.People = min(p.lowest.People, publication.Minima.People)
	p.lowest.Answers = min(p.lowest.Answers, publication.Minima.Answers)
}

// primary is the reason of a cell that may not be shown on its own account.
func (p *protector) primary(i int) Reason {
	cell := p.cells[i]
	switch {
	case cell.BuildingBlock:
		return Reason{Code: BuildingBlock}
	case cell.Size < p.asked.People:
		return Reason{Code: TooFewPeople, Minimum: p.asked.People}
	case cell.Answers < p.asked.Answers:
		return Reason{Code: TooFewAnswers, Minimum: p.asked.Answers}
	case p.policy.OnUnanimity == WithholdUnanimous && (cell.Unanimous != "" || p.unanimous(p.reach[i])):
		return Reason{Code: Unanimity}
	}
	for _, publication := range p.earlier {
		if reason, few := p.compare(i, publication); few {
			return reason
		}
	}
	return Reason{Code: Published}
}

// compare tells whether a cell and a cell published earlier differ by too few people.
func (p *protector) compare(i int, publication Publication) (Reason, bool) {
	least := p.policy.difference(p.table)
	if least == 1 {
		return Reason{}, false
	}
	now, known := p.members(i)
	for _, before := range publication.Cells {
		reason := Reason{Code: OverTime, Minimum: least, Since: publication.Measurement, Against: before.ID}
		var joined, left int
		switch {
		case known && len(before.Members) > 0:
			stayed := 0
			for _, key := range before.Members {
				if now[key] {
					stayed++
				}
			}
			if stayed == 0 {
				continue
			}
			joined, left = len(now)-stayed, len(before.Members)-stayed
		case before.ID == p.cells[i].ID:
			change, told := p.change(i, publication.Measurement)
			if !told {
				reason.Code, reason.Minimum = UnknownChange, 0
				return reason, true
			}
			joined, left = change.Joined, change.Left
		default:
			continue
		}
		if 0 < joined && joined < least || 0 < left && left < least {
			return reason, true
		}
	}
	return Reason{}, false
}

// change is what the caller told of a cell since a measurement.
func (p *protector) change(i int, since string) (Change, bool) {
	for _, change := range p.cells[i].Changes {
		if change.Since == since {
			return change, true
		}
	}
	return Change{}, false
}

// complete withholds further cells until nothing can be found by subtraction, and then gives
// back what turned out not to be needed.
func (p *protector) complete() {
	for {
		found, any := p.hole()
		if !any {
			break
		}
		if !p.close(found) {
			return
		}
	}
	p.giveBack()
}

// close withholds the cell of least loss among those that open a hole. Where what has been
// published already gives it away, it withholds everything and reports false.
func (p *protector) close(found hole) bool {
	var open []int
	for _, i := range found.cells {
		if p.why[i].Code == Published {
			open = append(open, i)
		}
	}
	reason := Reason{Code: Complementary, Protects: p.protects(found.atoms)}
	if len(open) > 0 {
		p.why[slices.MinFunc(open, p.loss)] = reason
		return true
	}
	for i := range p.cells {
		if p.why[i].Code == Published {
			p.why[i] = reason
		}
	}
	return false
}

// loss orders cells by what would be lost without them: fewest answers, then fewest people,
// then the part before the whole.
func (p *protector) loss(a, b int) int {
	return cmp.Or(
		cmp.Compare(p.cells[a].Answers, p.cells[b].Answers),
		cmp.Compare(p.cells[a].Size, p.cells[b].Size),
		cmp.Compare(p.depth[b], p.depth[a]),
		cmp.Compare(a, b),
	)
}

// protects names the withheld cells that lie among some atoms, or else those that meet them.
func (p *protector) protects(atoms set) []string {
	var inside, meeting []string
	for i, cell := range p.cells {
		shared := p.reach[i].shared(atoms)
		if shared == 0 || cell.BuildingBlock || p.why[i].Code == Published {
			continue
		}
		if shared == p.reach[i].size() {
			inside = append(inside, cell.ID)
		} else if p.why[i].Code != Complementary {
			meeting = append(meeting, cell.ID)
		}
	}
	if len(inside) > 0 {
		return inside
	}
	return meeting
}

// giveBack shows again each cell that, as it turns out, gives nothing away, largest first.
func (p *protector) giveBack() {
	var withheld []int
	for i := range p.cells {
		if p.why[i].Code == Complementary {
			withheld = append(withheld, i)
		}
	}
	slices.SortFunc(withheld, p.loss)
	for _, i := range slices.Backward(withheld) {
		reason := p.why[i]
		p.why[i] = Reason{Code: Published}
		if _, any := p.hole(); any {
			p.why[i] = reason
		}
	}
}

// verify asks the auditor, who reckons in another way and sees also combinations of more than
// two groupings and of several measurements, and withholds until there is no leak.
func (p *protector) verify(published []Publication) error {
	for {
		shown := p.decision().IDs()
		leaks, err := Audit(p.policy, p.table, published, shown)
		if err != nil {
			return fmt.Errorf("verify the decision: %w", err)
		}
		leaks = slices.DeleteFunc(leaks, p.settled)
		if len(leaks) == 0 {
			return nil
		}
		for _, leak := range leaks {
			p.answer(leak)
		}
	}
}

// settled tells whether the auditor gave up on what minimum cuts have decided.
func (p *protector) settled(leak Leak) bool {
	return leak.Kind == Undecided && !leak.Earlier && len(p.families) <= 2
}

// answer withholds what opens a leak, unless another leak's answer has done so already. Where
// the auditor gave up it withholds half of what is shown, which soon leaves enough to see.
func (p *protector) answer(leak Leak) {
	found := hole{atoms: newSet(2 * len(p.cells))}
	for _, id := range leak.Cells {
		i := p.index[id]
		if p.why[i].Code != Published {
			return
		}
		found.cells = append(found.cells, i)
	}
	for _, id := range leak.Withheld {
		found.atoms.add(p.reach[p.index[id]])
	}
	if leak.Kind != Undecided {
		p.close(found)
		return
	}
	for range (len(found.cells) + 1) / 2 {
		p.close(found)
	}
}

// decision is the outcome.
func (p *protector) decision() Decision {
	d := Decision{table: p.table, minima: p.asked, reasons: map[string]Reason{}, members: map[string][]string{}}
	for i, cell := range p.cells {
		d.reasons[cell.ID] = p.why[i]
		if people, known := p.members(i); known {
			for key := range people {
				d.members[cell.ID] = append(d.members[cell.ID], key)
			}
			slices.Sort(d.members[cell.ID])
		}
	}
	return d
}
