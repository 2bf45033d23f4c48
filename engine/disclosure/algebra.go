package disclosure

import (
	"maps"
	"math/big"
	"slices"
)

// vector is a list of exact numbers, those that are not 0, by position.
type vector map[int]*big.Rat

// plus adds a multiple of another vector.
func (v vector) plus(factor *big.Rat, other vector) {
	for i, value := range other {
		term := new(big.Rat).Mul(factor, value)
		if old, ok := v[i]; ok {
			term.Add(term, old)
		}
		if term.Sign() == 0 {
			delete(v, i)
		} else {
			v[i] = term
		}
	}
}

// times multiplies by a number other than 0.
func (v vector) times(factor *big.Rat) {
	for i, value := range v {
		v[i] = new(big.Rat).Mul(factor, value)
	}
}

// clear takes a position out by subtracting a multiple of a vector that has 1 there.
func (v vector) clear(at int, pivot vector) {
	if value, ok := v[at]; ok {
		v.plus(new(big.Rat).Neg(value), pivot)
	}
}

// span is all that follows from some figures by addition, subtraction and multiplication: rows
// in reduced echelon form. Each row says also how it is made of the figures: it goes on, after
// the columns, with one position for each figure.
type span struct {
	columns int
	pivots  []int // per row, the column in which it alone has a 1
	rows    []vector
	byPivot map[int]int
}

// newSpan eliminates. Figures of few columns come first: it keeps rows short.
func newSpan(columns int, figures []vector) *span {
	s := &span{columns: columns, byPivot: map[int]int{}}
	order := make([]int, len(figures))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return len(figures[a]) - len(figures[b]) })
	for _, i := range order {
		row := maps.Clone(figures[i])
		row[columns+i] = big.NewRat(1, 1)
		s.take(row)
	}
	return s
}

// take adds a row, unless it follows from the others.
func (s *span) take(row vector) {
	s.reduce(row)
	pivot := s.columns
	for i := range row {
		pivot = min(pivot, i)
	}
	if pivot == s.columns {
		return
	}
	row.times(new(big.Rat).Inv(row[pivot]))
	for _, other := range s.rows {
		other.clear(pivot, row)
	}
	s.byPivot[pivot] = len(s.rows)
	s.pivots = append(s.pivots, pivot)
	s.rows = append(s.rows, row)
}

// reduce subtracts from a vector all that follows from the figures. What is left in the
// columns does not follow; the positions after them say, negated, how the rest is made.
func (s *span) reduce(v vector) {
	var at []int
	for i := range v {
		if _, ok := s.byPivot[i]; ok && i < s.columns {
			at = append(at, i)
		}
	}
	for _, i := range at { // in reduced form no row has another's pivot
		v.clear(i, s.rows[s.byPivot[i]])
	}
}

// combination tells whether a vector follows from the figures, and from which of them.
func (s *span) combination(v vector) ([]int, bool) {
	rest := maps.Clone(v)
	s.reduce(rest)
	var figures []int
	for i := range rest {
		if i < s.columns {
			return nil, false
		}
		figures = append(figures, i-s.columns)
	}
	slices.Sort(figures)
	return figures, true
}

// freedom gives for each column how it moves when the free columns do: the values that figures
// leave open. Columns whose vectors are dependent are those of which something is known.
func (s *span) freedom() []vector {
	moves := make([]vector, s.columns)
	for c := range moves {
		moves[c] = vector{}
		if _, bound := s.byPivot[c]; !bound {
			moves[c][c] = big.NewRat(1, 1)
		}
	}
	for r, row := range s.rows {
		for c, value := range row {
			if c < s.columns && c != s.pivots[r] {
				moves[s.pivots[r]][c] = new(big.Rat).Neg(value)
			}
		}
	}
	return moves
}
