package formation

import (
	"math"
	"math/rand/v2"
	"sync/atomic"
)

// polish raises the bound of a part that is too large for a tree: region after
// region, it finds the best prices and cuts while the prices outside stay.
type polish struct {
	m    *model
	rows []int32
	list *lister // with the prices and the cuts of the whole part

	bound   float64
	visited []int // by row: regions that held it
	idle    int   // regions in a row that gained next to nothing
	rng     *rand.Rand
	stop    *atomic.Bool
	work    int
	host    [][]int32 // by row: the places where it may meet
}

const (
	regionRows   = 220
	regionRounds = 8 // of cuts
)

// newPolish starts from prices at which no group gains: what the best group
// at a place would gain is taken from the price of the place.
func newPolish(m *model, rows []int32, pr *prices, seed uint64, stop *atomic.Bool) *polish {
	p := &polish{
		m: m, rows: rows, list: newLister(m), visited: make([]int, len(m.body)),
		rng: rand.New(rand.NewPCG(seed, 0x706f6c)), stop: stop, host: m.hostsOf(),
	}
	p.list.pr.copyFrom(pr)
	k := newPricer(m)
	for _, j := range rows {
		p.list.pr.row[j] += min(0, k.best(int(j), pr))
	}
	for _, j := range rows {
		p.bound += p.list.pr.row[j]
	}
	if m.bounded {
		p.bound -= pr.group * float64(m.budget)
	}
	return p
}

// hostsOf lists, for each row, the places where it may meet.
func (m *model) hostsOf() [][]int32 {
	hosts := make([][]int32, len(m.body))
	for j, arcs := range m.places {
		for _, a := range arcs {
			hosts[a.row] = append(hosts[a.row], int32(j))
		}
	}
	return hosts
}

// proof writes the present prices as a single case.
func (p *polish) proof() *branch {
	b := &branch{bound: p.bound, group: p.list.pr.group, cuts: p.list.cuts}
	for _, i := range p.rows {
		b.price = append(b.price, p.list.pr.row[i])
	}
	return b
}

// until polishes regions until so much work is done.
func (p *polish) until(work int) {
	for p.work < work && !p.stop.Load() {
		p.region(p.center())
	}
}

// settled reports whether there is little left to gain.
func (p *polish) settled() bool { return p.idle > 10+2*len(p.rows)/regionRows }

// center is one of the rows that were in the fewest regions, at random.
func (p *polish) center() int32 {
	best := p.rows[p.rng.IntN(len(p.rows))]
	for range 200 {
		if i := p.rows[p.rng.IntN(len(p.rows))]; p.visited[i] < p.visited[best] {
			best = i
		}
	}
	return best
}

// region improves the prices of the rows around one.
func (p *polish) region(center int32) {
	rows, places := p.around(center)
	best := snapshot(p.list, rows)
	x := newRelaxation(p.list, rows, places, p.stop)
	start := x.paid()
	reached := start
	for range regionRounds {
		bound := math.Inf(-1)
		converged := x.converge(func(b float64) bool { bound = b; return false })
		if !converged {
			break
		}
		if bound > reached {
			reached = bound
			best = snapshot(p.list, rows)
		}
		if x.cut() == 0 {
			break
		}
	}
	best.restore(p.list, rows)
	p.list.forgetFreeCuts()
	p.bound += reached - start
	if p.idle++; reached-start > 1e-6*max(1, p.bound) {
		p.idle = 0
	}
	p.work += x.work
}

// kept is a copy of the prices of some rows and of all cuts.
type kept struct {
	price []float64
	cuts  []float64
}

func snapshot(l *lister, rows []int32) *kept {
	c := &kept{}
	for _, i := range rows {
		c.price = append(c.price, l.pr.row[i])
	}
	for k := range l.cuts {
		c.cuts = append(c.cuts, l.cuts[k].price)
	}
	return c
}

func (c *kept) restore(l *lister, rows []int32) {
	for s, i := range rows {
		l.pr.row[i] = c.price[s]
	}
	for k := range l.cuts {
		l.cuts[k].price = 0
		if k < len(c.cuts) {
			l.cuts[k].price = c.cuts[k]
		}
	}
}

// around gathers the rows of a region, and the places where they may meet.
func (p *polish) around(center int32) (rows, places []int32) {
	wanted := regionRows * min(3, 1+p.visited[center])
	seen := map[int32]bool{center: true}
	rows = append(rows, center)
	for k := 0; k < len(rows) && len(rows) < wanted; k++ {
		for _, i := range p.m.near[rows[k]] {
			if !seen[i] && len(rows) < wanted {
				seen[i] = true
				rows = append(rows, i)
			}
		}
	}
	at := map[int32]bool{}
	for _, i := range rows {
		p.visited[i]++
		for _, j := range p.host[i] {
			if !at[j] {
				at[j] = true
				places = append(places, j)
			}
		}
	}
	return rows, places
}
