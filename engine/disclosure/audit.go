package disclosure

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
)

// Leak is something that could be found out if some cells were published.
type Leak struct {
	Kind LeakKind

	// Cells are the cells to be published that it follows from.
	Cells []string

	// Earlier tells that it follows only together with what had been published before.
	Earlier bool

	// Withheld are the cells that are found out, or whose people are among those isolated.
	Withheld []string

	// Size is how many people, or answers, are isolated.
	Size int
}

// LeakKind is what is found out.
type LeakKind string

// The kinds of leaks.
const (
	FewPeople      LeakKind = "few-people"      // a figure about fewer people than the minimum
	FewAnswers     LeakKind = "few-answers"     // a figure from fewer answers than the minimum
	WithheldFigure LeakKind = "withheld-figure" // the figure of a cell that is withheld
	Unanimous      LeakKind = "unanimous"       // a figure that tells the answer of each
	FewChanged     LeakKind = "few-changed"     // a figure about few people, by comparing measurements
	Undecided      LeakKind = "undecided"       // too much to look at: it may leak or not
)

// Audit finds what could be found out, by exact linear algebra, if some cells of a table were
// published after what has been published before. It shares no reckoning with [Protect].
func Audit(policy Policy, table Table, published []Publication, shown []string) ([]Leak, error) {
	if err := policy.check(); err != nil {
		return nil, err
	}
	if _, err := lay(table); err != nil {
		return nil, err
	}
	if err := checkPublished(table, published); err != nil {
		return nil, err
	}
	a := newAuditor(policy, table)
	for _, id := range shown {
		if _, ok := a.cells[id]; !ok {
			return nil, fmt.Errorf("%w: no cell %q", ErrTable, id)
		}
		a.shown[id] = true
	}
	least := policy.Minima(table)
	for _, publication := range published {
		if publication.Measurement != table.Measurement {
			continue
		}
		for _, cell := range publication.Cells {
			a.before[cell.ID] = true
		}
		least.People = min(least.People, publication.Minima.People)
		least.Answers = min(least.Answers, publication.Minima.Answers)
	}
	joint := a.before
	a.before = map[string]bool{}
	leaks := a.within(policy.Minima(table))
	if a.before = joint; len(joint) > 0 {
		leaks = append(leaks, a.within(least)...)
	}
	return append(leaks, a.overTime(published)...), nil
}

// auditor knows a table as parts, which share nobody, and which parts a cell has.
type auditor struct {
	policy Policy
	table  Table
	cells  map[string]Cell
	ids    []string
	parts  map[string]map[string]bool // per cell, the names of its parts
	people map[string]part
	shown  map[string]bool
	before map[string]bool // already published of this measurement
}

// part is a leaf, or the people of a cell who are in none of its children.
type part struct {
	size, answers int
	unanimous     string
	members       []string
}

func newAuditor(policy Policy, table Table) *auditor {
	a := &auditor{
		policy: policy, table: table, cells: map[string]Cell{}, parts: map[string]map[string]bool{},
		people: map[string]part{}, shown: map[string]bool{}, before: map[string]bool{},
	}
	children := map[string][]string{}
	for _, cell := range table.Cells {
		a.cells[cell.ID] = cell
		a.ids = append(a.ids, cell.ID)
		for _, parent := range cell.Parents {
			children[parent] = append(children[parent], cell.ID)
		}
	}
	slices.Sort(a.ids)
	for _, id := range a.ids {
		a.divide(id, children)
	}
	return a
}

// divide finds the parts of a cell, after those of its children.
func (a *auditor) divide(id string, children map[string][]string) map[string]bool {
	if known, ok := a.parts[id]; ok {
		return known
	}
	parts := map[string]bool{}
	for _, child := range children[id] {
		for name := range a.divide(child, children) {
			parts[name] = true
		}
	}
	cell := a.cells[id]
	own := part{size: cell.Size, answers: cell.Answers, unanimous: cell.Unanimous}
	elsewhere := map[string]bool{}
	for name := range parts {
		own.size -= a.people[name].size
		own.answers -= a.people[name].answers
		for _, key := range a.people[name].members {
			elsewhere[key] = true
		}
	}
	for _, key := range cell.Members {
		if !elsewhere[key] {
			own.members = append(own.members, key)
		}
	}
	if own.size > 0 {
		parts[id] = true
		a.people[id] = own
	}
	a.parts[id] = parts
	return parts
}

// columns are parts that the same figures tell of, and that nobody can tell apart.
type columns struct {
	of    map[string]int // the column of each part
	parts [][]string
}

// gather makes columns of the parts that count, by the figures that tell of them.
func gather(names []string, figures []map[string]bool) columns {
	c := columns{of: map[string]int{}}
	byPattern := map[string]int{}
	for _, name := range names {
		var pattern strings.Builder
		for i, figure := range figures {
			if figure[name] {
				fmt.Fprint(&pattern, i, " ")
			}
		}
		if pattern.Len() == 0 {
			continue
		}
		at, ok := byPattern[pattern.String()]
		if !ok {
			at = len(c.parts)
			byPattern[pattern.String()] = at
			c.parts = append(c.parts, nil)
		}
		c.of[name] = at
		c.parts[at] = append(c.parts[at], name)
	}
	return c
}

// vector writes a set of parts in columns. It reports false if the set parts a column or goes
// beyond all of them: no figure tells of such a set.
func (c columns) vector(set map[string]bool) (vector, bool) {
	v := vector{}
	count := map[int]int{}
	for name := range set {
		at, ok := c.of[name]
		if !ok {
			return nil, false
		}
		count[at]++
		v[at] = big.NewRat(1, 1)
	}
	for at, n := range count {
		if n < len(c.parts[at]) {
			return nil, false
		}
	}
	return v, true
}

// weigh adds up what each column weighs.
func (c columns) weigh(weight func(name string) int) []int {
	weights := make([]int, len(c.parts))
	for at, names := range c.parts {
		for _, name := range names {
			weights[at] += weight(name)
		}
	}
	return weights
}

// system is what can be reckoned from some figures about some parts.
type system struct {
	columns columns
	span    *span
	names   []string // of the figures
}

func newSystem(parts []string, names []string, figures []map[string]bool) system {
	s := system{columns: gather(parts, figures), names: names}
	s.span = newSpan(len(s.columns.parts), s.columns.rowsOf(figures))
	return s
}

// rowsOf writes figures in columns.
func (c columns) rowsOf(figures []map[string]bool) []vector {
	rows := make([]vector, len(figures))
	for i, figure := range figures {
		rows[i] = vector{}
		for name := range figure {
			if at, ok := c.of[name]; ok {
				rows[i][at] = big.NewRat(1, 1)
			}
		}
	}
	return rows
}

// within looks at one measurement: at people, and at those parts where anybody answered.
func (a *auditor) within(least Minima) []Leak {
	var names []string
	var figures []map[string]bool
	for _, id := range a.ids {
		if a.shown[id] || a.before[id] {
			names = append(names, id)
			figures = append(figures, a.parts[id])
		}
	}
	all := a.partNames(func(part) bool { return true })
	answered := a.partNames(func(p part) bool { return p.answers > 0 })
	bySize := newSystem(all, names, figures)
	leaks := a.isolated(bySize, FewPeople, bySize.columns.weigh(func(name string) int { return a.people[name].size }), least.People)
	byAnswers := newSystem(answered, names, figures)
	leaks = append(leaks, a.isolated(byAnswers, FewAnswers, byAnswers.columns.weigh(func(name string) int { return a.people[name].answers }), least.Answers)...)
	leaks = append(leaks, a.determined(bySize)...)
	return append(leaks, a.unanimous(byAnswers)...)
}

// partNames lists the parts that count.
func (a *auditor) partNames(counts func(part) bool) []string {
	var names []string
	for _, id := range a.ids {
		if own, ok := a.people[id]; ok && counts(own) {
			names = append(names, id)
		}
	}
	return names
}

// isolated finds combinations of figures about few.
func (a *auditor) isolated(s system, kind LeakKind, weights []int, least int) []Leak {
	found, finished := s.span.isolate(weights, least, func(isolation) bool { return false })
	var leaks []Leak
	for _, known := range found {
		leak, ok := a.leak(s, vector(known), kind)
		for at := range known {
			leak.Size += weights[at]
		}
		if ok {
			leaks = append(leaks, leak)
		}
	}
	if !finished {
		leaks = append(leaks, a.undecided(s)...)
	}
	return leaks
}

// undecided names all that could be withheld instead of looking further.
func (a *auditor) undecided(s system) []Leak {
	leak := Leak{Kind: Undecided, Earlier: slices.Contains(s.names, "")}
	for _, id := range s.names {
		if a.shown[id] && !a.before[id] {
			leak.Cells = append(leak.Cells, id)
		}
	}
	if len(leak.Cells) == 0 {
		return nil
	}
	return []Leak{leak}
}

// determined finds withheld cells whose figure follows from others.
func (a *auditor) determined(s system) []Leak {
	var leaks []Leak
	for _, id := range a.ids {
		cell := a.cells[id]
		empty := cell.Size == 0 || cell.Answers == 0 && a.table.Kind != Participation
		if a.shown[id] || a.before[id] || cell.BuildingBlock || empty {
			continue
		}
		v, ok := s.columns.vector(a.parts[id])
		if !ok {
			continue
		}
		if leak, ok := a.leak(s, v, WithheldFigure); ok {
			leak.Size, leak.Withheld = cell.Size, []string{id}
			leaks = append(leaks, leak)
		}
	}
	return leaks
}

// unanimous finds known figures of people who all gave the same extreme answer.
func (a *auditor) unanimous(s system) []Leak {
	if a.policy.OnUnanimity != WithholdUnanimous {
		return nil
	}
	var leaks []Leak
	for at, names := range s.columns.parts {
		said := map[string]bool{}
		answers := 0
		for _, name := range names {
			said[a.people[name].unanimous] = true
			answers += a.people[name].answers
		}
		if len(said) != 1 || said[""] {
			continue
		}
		if leak, ok := a.leak(s, vector{at: big.NewRat(1, 1)}, Unanimous); ok {
			leak.Size = answers
			leaks = append(leaks, leak)
		}
	}
	return leaks
}

// leak tells from which cells a combination follows. It reports false if it does not follow,
// or not because of any cell that is only now to be published.
func (a *auditor) leak(s system, v vector, kind LeakKind) (Leak, bool) {
	from, follows := s.span.combination(v)
	if !follows {
		return Leak{}, false
	}
	leak := Leak{Kind: kind}
	for _, i := range from {
		if id := s.names[i]; id != "" && a.shown[id] && !a.before[id] {
			leak.Cells = append(leak.Cells, id)
		}
	}
	isolated := map[string]bool{}
	for at := range v {
		for _, name := range s.columns.parts[at] {
			isolated[name] = true
		}
	}
	for _, id := range a.ids {
		if !a.shown[id] && !a.before[id] && meets(a.parts[id], isolated) {
			leak.Withheld = append(leak.Withheld, id)
		}
	}
	return leak, len(leak.Cells) > 0
}

// meets tells whether two sets share anything.
func meets(a, b map[string]bool) bool {
	for name := range a {
		if b[name] {
			return true
		}
	}
	return false
}
