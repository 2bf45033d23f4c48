package disclosure

import (
	"maps"
	"math/big"
	"slices"
)

// patience is how many sets of columns a search may look at before it gives up. It is not a
// promise about privacy: who gives up says so, and more is withheld.
const patience = 4_000

// isolation is a combination of figures that tells of few people: the columns it tells of,
// with their factors.
type isolation vector

// isolator looks for combinations of figures that tell of columns which together weigh less
// than least.
type isolator struct {
	weights []int
	least   int
	columns int
	visits  int
	ignore  func(isolation) bool
	found   []isolation
}

// isolate finds such combinations: at least one for every column that any of them begins with.
// It reports false if it gave up.
//
// A set of columns contains such a combination if and only if their moves are dependent. The
// search begins with one column. As long as the moves of the set are independent there is a
// change of the hidden values that keeps all figures and moves, of the set, only the last
// column. So whatever combination tells of the set tells of another column that this change
// moves: these are the branches. Light columns are few, and their sum is bounded.
func (s *span) isolate(weights []int, least int, ignore func(isolation) bool) ([]isolation, bool) {
	search := &isolator{weights: weights, least: least, columns: s.columns, ignore: ignore}
	var light []int
	for c, weight := range weights {
		if weight > 0 && weight < least {
			light = append(light, c)
		}
	}
	moves := s.freedom()
	for _, c := range light {
		moves[c][s.columns+c] = big.NewRat(1, 1)
	}
	for at, c := range light {
		state := map[int]vector{c: moves[c]}
		for _, other := range light[at+1:] {
			if weights[c]+weights[other] < least {
				state[other] = moves[other]
			}
		}
		if !search.extend(state, c, weights[c]) {
			return search.found, false
		}
	}
	return search.found, true
}

// extend puts a column into the set and goes through the branches.
func (s *isolator) extend(state map[int]vector, column, weight int) bool {
	if s.visits++; s.visits > patience {
		return false
	}
	last := state[column]
	at, others := s.branch(state, column, weight)
	if at < 0 {
		known := isolation{}
		for i, value := range last {
			known[i-s.columns] = value
		}
		if !s.ignore(known) {
			s.found = append(s.found, known)
		}
		return true
	}
	if len(others) == 0 {
		return true
	}
	pivot := maps.Clone(last)
	pivot.times(new(big.Rat).Inv(last[at]))
	rest := map[int]vector{}
	for c, v := range state {
		if _, moves := v[at]; moves {
			v = maps.Clone(v)
			v.clear(at, pivot)
		}
		if c != column {
			rest[c] = v
		}
	}
	for _, other := range others {
		next := map[int]vector{}
		for c, v := range rest {
			if c == other || weight+s.weights[other]+s.weights[c] < s.least {
				next[c] = v
			}
		}
		before := len(s.found)
		if !s.extend(next, other, weight+s.weights[other]) {
			return false
		}
		if len(s.found) > before {
			return true
		}
	}
	return true
}

// branch chooses the change that moves the fewest other columns, and lists these. It gives -1
// if nothing moves the column: then something is known.
func (s *isolator) branch(state map[int]vector, column, weight int) (int, []int) {
	var places []int
	for i := range state[column] {
		if i < s.columns {
			places = append(places, i)
		}
	}
	slices.Sort(places)
	best, branches := -1, []int(nil)
	for _, place := range places {
		var others []int
		for c, v := range state {
			if _, moves := v[place]; moves && c != column && weight+s.weights[c] < s.least {
				others = append(others, c)
			}
		}
		if best < 0 || len(others) < len(branches) {
			best, branches = place, others
		}
	}
	slices.Sort(branches)
	return best, branches
}
