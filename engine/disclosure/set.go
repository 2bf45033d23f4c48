package disclosure

import (
	"iter"
	"math/bits"
)

// set is a set of small numbers.
type set []uint64

func newSet(size int) set { return make(set, (size+63)/64) }

func (s set) put(i int)      { s[i/64] |= 1 << (i % 64) }
func (s set) has(i int) bool { return s[i/64]&(1<<(i%64)) != 0 }

// add puts in all that another set of the same size has.
func (s set) add(other set) {
	for i := range s {
		s[i] |= other[i]
	}
}

func (s set) size() int {
	n := 0
	for _, word := range s {
		n += bits.OnesCount64(word)
	}
	return n
}

// shared counts what two sets have in common.
func (s set) shared(other set) int {
	n := 0
	for i := range s {
		n += bits.OnesCount64(s[i] & other[i])
	}
	return n
}

// all goes through the set from the smallest number.
func (s set) all() iter.Seq[int] {
	return func(yield func(int) bool) {
		for i, word := range s {
			for ; word != 0; word &= word - 1 {
				if !yield(i*64 + bits.TrailingZeros64(word)) {
					return
				}
			}
		}
	}
}
