package formation

import "math"

// prices are Lagrangian multipliers: what each row pays to be in exactly one
// group, and what each group pays out of the budget. Any prices give a valid
// lower bound; good prices give a good one.
type prices struct {
	row   []float64 // never above the row's penalty
	group float64   // never below zero; zero when the budget is free
}

func (pr *prices) copyFrom(other *prices) {
	pr.row = append(pr.row[:0], other.row...)
	pr.group = other.group
}

// pricer finds the group that gains most at given prices. It owns its working
// memory: one pricer for each goroutine.
type pricer struct {
	m     *model
	value []float64 // by size: the best total
	took  []uint64  // by arc: the sizes for which it was taken
	items []item
	size  int // of the best group
	set   []int32
}

type item struct {
	row    int32
	weight int32
	value  float64 // price − cost
}

func newPricer(m *model) *pricer {
	return &pricer{m: m, value: make([]float64, m.max+1)}
}

// best returns the least reduced cost (cost − prices of its rows + price of
// the group) of a group that meets at j, by an exact knapsack over sizes. It
// is +Inf if no group may meet there. Otherwise rows tells which group it is.
func (k *pricer) best(j int, pr *prices) (reduced float64) {
	m := k.m
	k.size = 0
	if m.alone[j] > 0 {
		k.items = append(k.items[:0], item{row: int32(j)})
		return pr.group*float64(m.alone[j]) - pr.row[j]
	}
	arcs := m.places[j]
	if len(arcs) == 0 {
		return math.Inf(1)
	}
	k.load(arcs, pr.row)
	if k.size = k.fill(); k.size < 0 {
		return math.Inf(1)
	}
	return pr.group - k.value[k.size]
}

// load turns arcs into items, the meeting place first.
func (k *pricer) load(arcs []arc, price []float64) {
	k.items = k.items[:0]
	for _, a := range arcs {
		k.items = append(k.items, item{a.row, int32(k.m.weight[a.row]), price[a.row] - a.cost})
	}
	if cap(k.took) < len(k.items) {
		k.took = make([]uint64, 2*len(k.items))
	}
	k.took = k.took[:len(k.items)]
}

// fill runs the knapsack and returns the best allowed size, -1 if none.
func (k *pricer) fill() int {
	maxSize, value := k.m.max, k.value
	for w := range value {
		value[w] = math.Inf(-1)
	}
	first := k.items[0]
	value[first.weight] = first.value
	top := int(first.weight) // largest size reached so far
	for n := 1; n < len(k.items); n++ {
		it := &k.items[n]
		w, v := int(it.weight), it.value
		var took uint64
		top = min(top+w, maxSize)
		for s := top; s >= w; s-- {
			if with := value[s-w] + v; with > value[s] {
				value[s] = with
				took |= 1 << s
			}
		}
		k.took[n] = took
	}
	best := -1
	for s := k.m.min; s <= maxSize; s++ {
		if value[s] > math.Inf(-1) && (best < 0 || value[s] > value[best]) {
			best = s
		}
	}
	return best
}

// rows walks the knapsack back to the group that best has just found. The
// answer is valid until the next call.
func (k *pricer) rows() []int32 {
	k.set = append(k.set[:0], k.items[0].row)
	size := k.size
	for n := len(k.items) - 1; n > 0; n-- {
		if k.took[n]>>size&1 == 1 {
			k.set = append(k.set, k.items[n].row)
			size -= int(k.items[n].weight)
		}
	}
	return k.set
}
