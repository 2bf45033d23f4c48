package disclosure

import (
	"fmt"
	"slices"
	"strings"
)

// Table is everything that could be published of one quantity of one measurement.
type Table struct {
	// Quantity is what was measured: an item, a scale, a count.
	Quantity string

	// Measurement says when: all figures of one measurement are of the same answers.
	Measurement string

	Kind      Kind
	Sensitive bool
	Cells     []Cell
}

// Kind is what is told of each cell.
type Kind string

// The kinds of figures. All of them tell also the number of people and of answers.
const (
	Means         Kind = "means"         // means, sums, or a share of the answers
	Distributions Kind = "distributions" // how many gave each answer
	Participation Kind = "participation" // how many of the people answered, attended, did something
)

// Cell is a group of people about whom a figure could be published.
//
// A cell without children is a leaf. Leaves share nobody. Any other cell is the union of the
// leaves below it and, if its numbers are larger than theirs, of a remainder: people of the
// cell who are in none of its children.
type Cell struct {
	ID string

	// Parents are the cells that contain this one, of one hierarchy or of several: a leaf of
	// a team and a profession has both as parents.
	Parents []string

	// BuildingBlock cells exist only to say what others consist of; they are never published.
	BuildingBlock bool

	// Size counts the people, Answers those who answered.
	Size    int
	Answers int

	// Unanimous is set where everybody who answered gave the same extreme answer (all 0, all
	// 100, all yes): it names that answer. It is needed on leaves; others follow from them.
	Unanimous string

	// Members are opaque keys of the people of the cell, the same key for the same person in
	// every measurement. They are needed only to compare measurements, on leaves and on cells
	// with a remainder. Where the same answers are published again with later ones added,
	// give keys of the answers instead.
	Members []string

	// Changes take the place of Members where these are not kept.
	Changes []Change
}

// Change says by how many people a cell differs from itself in an earlier measurement.
type Change struct {
	Since  string // the earlier measurement
	Joined int
	Left   int
}

// Publication is what has been published of a table, to be remembered.
type Publication struct {
	Quantity    string
	Measurement string
	Minima      Minima
	Cells       []PublishedCell
}

// PublishedCell is a cell that has been shown.
type PublishedCell struct {
	ID      string
	Size    int
	Answers int
	Members []string
}

// checkPublished refuses publications that are not of the table.
func checkPublished(table Table, published []Publication) error {
	now := map[string]Cell{}
	for _, cell := range table.Cells {
		now[cell.ID] = cell
	}
	for _, publication := range published {
		if publication.Quantity != table.Quantity {
			return fmt.Errorf("%w: it is of %q, not of %q", ErrPublished, publication.Quantity, table.Quantity)
		}
		if publication.Measurement != table.Measurement {
			continue
		}
		for _, before := range publication.Cells {
			cell, ok := now[before.ID]
			if !ok || cell.Size != before.Size || cell.Answers != before.Answers {
				return fmt.Errorf("%w: cell %q was published with other numbers", ErrPublished, before.ID)
			}
		}
	}
	return nil
}

// layout is a table taken apart into atoms: leaves and remainders, which share nobody.
type layout struct {
	kind  Kind
	cells []Cell
	index map[string]int
	atoms []atom
	reach []set // the atoms of each cell
	depth []int
}

// atom is a leaf, or the remainder of a cell.
type atom struct {
	size, answers int
	unanimous     string
	members       []string
	known         bool // whether members are all, or all who answered
}

// lay takes a table apart, or refuses it.
func lay(table Table) (*layout, error) {
	if table.Quantity == "" || table.Measurement == "" {
		return nil, fmt.Errorf("%w: it needs a quantity and a measurement", ErrTable)
	}
	switch table.Kind {
	case Means, Distributions, Participation:
	default:
		return nil, fmt.Errorf("%w: kind %q", ErrTable, table.Kind)
	}
	l := &layout{kind: table.Kind, cells: slices.Clone(table.Cells), index: map[string]int{}}
	slices.SortFunc(l.cells, func(a, b Cell) int { return strings.Compare(a.ID, b.ID) })
	for i, cell := range l.cells {
		if err := checkCell(cell); err != nil {
			return nil, err
		}
		if _, twice := l.index[cell.ID]; twice {
			return nil, fmt.Errorf("%w: cell %q is there twice", ErrTable, cell.ID)
		}
		l.index[cell.ID] = i
	}
	order, children, err := l.order()
	if err != nil {
		return nil, err
	}
	if err := l.fill(order, children); err != nil {
		return nil, err
	}
	return l, l.checkMembers()
}

// checkCell refuses a cell that cannot be.
func checkCell(cell Cell) error {
	switch {
	case cell.ID == "":
		return fmt.Errorf("%w: a cell without ID", ErrTable)
	case cell.Size < 0 || cell.Answers < 0 || cell.Answers > cell.Size:
		return fmt.Errorf("%w: cell %q has %d answers of %d people", ErrTable, cell.ID, cell.Answers, cell.Size)
	}
	for _, change := range cell.Changes {
		if change.Joined < 0 || change.Left < 0 {
			return fmt.Errorf("%w: cell %q changes by a negative number", ErrTable, cell.ID)
		}
	}
	return nil
}

// order lists the cells children first, with the children of each.
func (l *layout) order() ([]int, [][]int, error) {
	children := make([][]int, len(l.cells))
	waiting := make([]int, len(l.cells))
	for i, cell := range l.cells {
		for _, id := range cell.Parents {
			parent, ok := l.index[id]
			if !ok {
				return nil, nil, fmt.Errorf("%w: cell %q has the unknown parent %q", ErrTable, cell.ID, id)
			}
			children[parent] = append(children[parent], i)
			waiting[parent]++
		}
	}
	var order []int
	for i := range l.cells {
		if waiting[i] == 0 {
			order = append(order, i)
		}
	}
	for next := 0; next < len(order); next++ {
		for _, id := range l.cells[order[next]].Parents {
			parent := l.index[id]
			if waiting[parent]--; waiting[parent] == 0 {
				order = append(order, parent)
			}
		}
	}
	if len(order) < len(l.cells) {
		return nil, nil, fmt.Errorf("%w: a cell is above itself", ErrTable)
	}
	return order, children, nil
}

// fill makes the atoms, from the leaves upwards.
func (l *layout) fill(order []int, children [][]int) error {
	most := 2 * len(l.cells)
	l.reach = make([]set, len(l.cells))
	for _, i := range order {
		below := newSet(most)
		for _, child := range children[i] {
			below.add(l.reach[child])
		}
		rest := l.remainder(i, below)
		if rest.size < 0 || rest.answers < 0 || rest.answers > rest.size {
			return fmt.Errorf("%w: the parts of cell %q exceed it", ErrTable, l.cells[i].ID)
		}
		if n := len(rest.members); n > 0 && n != rest.size && n != rest.answers {
			return fmt.Errorf("%w: the members of cell %q are neither its people nor its answers", ErrTable, l.cells[i].ID)
		}
		if rest.size > 0 || len(children[i]) == 0 {
			below.put(len(l.atoms))
			l.atoms = append(l.atoms, rest)
		}
		l.reach[i] = below
	}
	l.depth = make([]int, len(l.cells))
	for _, i := range slices.Backward(order) {
		for _, id := range l.cells[i].Parents {
			l.depth[i] = max(l.depth[i], l.depth[l.index[id]]+1)
		}
	}
	return nil
}

// remainder is what a cell has beyond the atoms below it; of a leaf, everything.
func (l *layout) remainder(i int, below set) atom {
	cell := l.cells[i]
	rest := atom{size: cell.Size, answers: cell.Answers, unanimous: cell.Unanimous}
	taken := map[string]bool{}
	for a := range below.all() {
		rest.size -= l.atoms[a].size
		rest.answers -= l.atoms[a].answers
		for _, key := range l.atoms[a].members {
			taken[key] = true
		}
	}
	for _, key := range cell.Members {
		if !taken[key] {
			rest.members = append(rest.members, key)
		}
	}
	silent := rest.answers == 0 && l.kind != Participation
	rest.known = len(rest.members) > 0 || rest.size == 0 || silent
	return rest
}

// checkMembers refuses a key that stands for two people.
func (l *layout) checkMembers() error {
	seen := map[string]bool{}
	for _, a := range l.atoms {
		for _, key := range a.members {
			if seen[key] {
				return fmt.Errorf("%w: member %q is in two disjoint cells", ErrTable, key)
			}
			seen[key] = true
		}
	}
	return nil
}

// members are the people of a cell, and whether they are all known.
func (l *layout) members(i int) (map[string]bool, bool) {
	people := map[string]bool{}
	for a := range l.reach[i].all() {
		if !l.atoms[a].known {
			return nil, false
		}
		for _, key := range l.atoms[a].members {
			people[key] = true
		}
	}
	return people, true
}

// unanimous tells whether all who answered among some atoms gave the same extreme answer.
func (l *layout) unanimous(atoms set) bool {
	said := ""
	for a := range atoms.all() {
		switch {
		case l.atoms[a].answers == 0:
		case l.atoms[a].unanimous == "", said != "" && said != l.atoms[a].unanimous:
			return false
		default:
			said = l.atoms[a].unanimous
		}
	}
	return said != ""
}
