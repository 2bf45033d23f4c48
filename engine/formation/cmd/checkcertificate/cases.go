package main

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
)

// The parts of a certificate whose bound is proved case by case.
type provenPart struct {
	Codes []string     `json:"codes"`
	Cost  float64      `json:"cost"`
	Cases []provenCase `json:"cases"`
}

type provenCase struct {
	Choices    []choice  `json:"choices"`
	Prices     []float64 `json:"prices"`
	GroupPrice float64   `json:"group_price"`
	Triples    []triple  `json:"triples"`
}

type choice struct {
	Body  string `json:"body"`
	Place string `json:"place"`
	Meets bool   `json:"meets"`
}

type triple struct {
	Codes [3]string `json:"codes"`
	Price float64   `json:"price"`
}

// checked is a part under examination. Its rows count from zero in the order of
// the part's codes.
type checked struct {
	v      *verifier
	rows   []int // positions in the bodies
	number map[string]int
	arcs   [][]arc // by place
}

// arc lets a row meet at a place.
type arc struct {
	row, size int
	cost      float64
}

// proven confirms the cost of each part and returns what it adds to the bound
// of the prices.
func (v *verifier) proven(reduced []float64) (gain float64, err error) {
	used := make([]bool, len(v.bodies))
	for _, part := range v.c.Proven {
		p := checked{v: v, number: map[string]int{}}
		start := 0.0
		for n, code := range part.Codes {
			i := slices.IndexFunc(v.free, func(i int) bool { return v.bodies[i].code == code })
			if i < 0 || used[v.free[i]] {
				return 0, fmt.Errorf("body %q of a part is unknown, locked or in two parts", code)
			}
			i = v.free[i]
			used[i] = true
			p.rows = append(p.rows, i)
			p.number[code] = n
			start += v.price(i) + reduced[i]
		}
		if v.c.Groups != nil {
			start -= v.c.GroupPrice * v.budget
		}
		if err := p.closed(); err != nil {
			return 0, err
		}
		bound, err := p.bound(part.Cases)
		if err != nil {
			return 0, err
		}
		if bound < part.Cost-1e-7*max(1, math.Abs(part.Cost)) {
			return 0, fmt.Errorf("a part is said to cost %v, its cases prove %v", part.Cost, bound)
		}
		gain += max(0, min(bound, part.Cost)-start)
	}
	return gain, nil
}

// closed makes sure that no group can cross the part's border, and lists who
// may meet where.
func (p *checked) closed() error {
	if p.v.c.Groups != nil && len(p.rows) != len(p.v.free) {
		return errors.New("with a budget of groups a part must hold all bodies")
	}
	inside := make(map[int]int, len(p.rows))
	for n, i := range p.rows {
		inside[i] = n
	}
	p.arcs = make([][]arc, len(p.rows))
	for _, i := range p.v.free {
		from, within := inside[i]
		for place, j := range p.rows {
			if i == j {
				continue
			}
			cost, there := p.v.near(i, j)
			if _, back := p.v.near(j, i); !within && (there || back) {
				return errors.New("a part can share groups with bodies outside it")
			}
			if there {
				p.arcs[place] = append(p.arcs[place], arc{from, p.v.bodies[i].size, cost})
			}
		}
	}
	return nil
}

// bound is the lowest bound of any case, if the cases leave none out.
func (p *checked) bound(cases []provenCase) (float64, error) {
	all := make([]*provenCase, len(cases))
	for k := range cases {
		if len(cases[k].Prices) != len(p.rows) {
			return 0, errors.New("a case does not price each body")
		}
		all[k] = &cases[k]
	}
	if !complete(all, 0) {
		return 0, errors.New("the cases of a part leave something out")
	}
	least := math.Inf(1)
	for _, c := range all {
		b, err := p.boundOf(c)
		if err != nil {
			return 0, err
		}
		least = min(least, b)
	}
	return least, nil
}

// complete says whether cases that agree on their first choices cover all that
// these leave open: there is one that asks no more, or all ask the same
// question next and each answer is covered.
func complete(cases []*provenCase, depth int) bool {
	if len(cases) == 0 {
		return false
	}
	var answers [2][]*provenCase
	for _, c := range cases {
		if len(c.Choices) == depth {
			return true
		}
		next, first := c.Choices[depth], cases[0].Choices[depth]
		if next.Body != first.Body || next.Place != first.Place {
			return false
		}
		if next.Meets {
			answers[1] = append(answers[1], c)
		} else {
			answers[0] = append(answers[0], c)
		}
	}
	return complete(answers[0], depth+1) && complete(answers[1], depth+1)
}

// boundOf recomputes the bound of one case: what the bodies pay, less what the
// best group at each place gains, less what the budget and the triples pay. A
// body that must meet somewhere may pay more than its penalty.
func (p *checked) boundOf(c *provenCase) (float64, error) {
	s := seeker{p: p, c: c, host: map[int]int{}, banned: map[[2]int]bool{}, named: make([][]int, len(p.rows)), count: make([]int, len(c.Triples))}
	for _, x := range c.Choices {
		body, known := p.number[x.Body]
		place, there := p.number[x.Place]
		switch {
		case !known || !there:
			return 0, errors.New("a case names a body outside its part")
		case x.Meets:
			s.host[body] = place
		default:
			s.banned[[2]int{body, place}] = true
		}
	}
	bound := 0.0
	for k, t := range c.Triples {
		if !(t.Price >= 0) || t.Codes[0] == t.Codes[1] || t.Codes[1] == t.Codes[2] || t.Codes[0] == t.Codes[2] {
			return 0, errors.New("a triple has a price below zero or a body twice")
		}
		bound -= t.Price
		for _, code := range t.Codes {
			n, known := p.number[code]
			if !known {
				return 0, errors.New("a triple names a body outside its part")
			}
			s.named[n] = append(s.named[n], k)
		}
	}
	if !(c.GroupPrice >= 0) || c.GroupPrice > 0 && p.v.c.Groups == nil {
		return 0, errors.New("groups have a price below zero or no budget")
	}
	if p.v.c.Groups != nil {
		bound -= c.GroupPrice * p.v.budget
	}
	for n, i := range p.rows {
		if _, must := s.host[n]; !must && c.Prices[n] > p.v.penalty(i) {
			return 0, errors.New("a body pays more than it costs to leave it out")
		}
		bound += c.Prices[n] + min(0, s.leastAt(n))
	}
	return bound, nil
}

// seeker looks for the group of least cost, less prices, in one case.
type seeker struct {
	p      *checked
	c      *provenCase
	host   map[int]int
	banned map[[2]int]bool
	named  [][]int // by row: the triples that name it
	count  []int   // by triple: rows in the present group
	least  float64
	rest   []candidate
}

type candidate struct {
	row, size int
	value     float64
	best      []float64 // by size so far: the most that this and later ones gain
}

func (s *seeker) allowed(row, place int) bool {
	host, must := s.host[row]
	return (!must || host == place) && !s.banned[[2]int{row, place}]
}

func (s *seeker) leastAt(j int) float64 {
	i := s.p.rows[j]
	if !s.allowed(j, j) {
		return 0
	}
	if k := s.p.v.alone(i); k > 0 {
		return s.c.GroupPrice*float64(k) - s.c.Prices[j]
	}
	s.gather(j)
	s.least = 0
	for _, k := range s.named[j] {
		s.count[k]++
	}
	s.branch(0, s.p.v.bodies[i].size, s.c.GroupPrice-s.c.Prices[j])
	for _, k := range s.named[j] {
		s.count[k]--
	}
	return s.least
}

// gather lists who may join at j, with the most that they could gain if no
// triple paid.
func (s *seeker) gather(j int) {
	s.rest = s.rest[:0]
	for _, a := range s.p.arcs[j] {
		if s.allowed(a.row, j) {
			s.rest = append(s.rest, candidate{row: a.row, size: a.size, value: s.c.Prices[a.row] - a.cost})
		}
	}
	slices.SortFunc(s.rest, func(a, b candidate) int { return cmp.Compare(b.size, a.size) })
	largest := s.p.v.c.Maximum
	next := make([]float64, largest+1)
	for size := range next {
		if size < s.p.v.c.Minimum {
			next[size] = math.Inf(-1)
		}
	}
	for n := len(s.rest) - 1; n >= 0; n-- {
		r := &s.rest[n]
		r.best = slices.Clone(next)
		for size := 0; size+r.size <= largest; size++ {
			r.best[size] = max(r.best[size], next[size+r.size]+r.value)
		}
		next = r.best
	}
}

// branch tries to add each of those from position n on.
func (s *seeker) branch(n, size int, reduced float64) {
	if size >= s.p.v.c.Minimum {
		s.least = min(s.least, reduced)
	}
	for ; n < len(s.rest) && reduced-s.rest[n].best[size] < s.least; n++ {
		r := &s.rest[n]
		if size+r.size > s.p.v.c.Maximum {
			continue
		}
		after := reduced - r.value
		for _, k := range s.named[r.row] {
			if s.count[k]++; s.count[k] == 2 {
				after += s.c.Triples[k].Price
			}
		}
		s.branch(n+1, size+r.size, after)
		for _, k := range s.named[r.row] {
			s.count[k]--
		}
	}
}
