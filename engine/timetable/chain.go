package timetable

// chain finds the best days for the sessions of a group, one after the other
// at the distances that the group asks for, by dynamic programming: whatever
// the days before, only the last of them matters.
type chain struct {
	days int
	best []int64 // best[j*days+d]: least cost when session j is on day d
	from []int32 // the state before it; -1: none
	deck []int32
}

func newChain(days int) *chain { return &chain{days: days} }

// solve returns the day of each session (-1: left out), given the price of each
// day for each session; nil for one that is left out in any case. The cost
// includes lost for each session left out.
func (c *chain) solve(t *team, prices [][]int64) (days []int32, cost int64) {
	n := len(t.fixed)
	if len(c.best) < n*c.days {
		c.best, c.from = make([]int64, n*c.days), make([]int32, n*c.days)
	}
	for j := range n {
		c.row(t, j, prices)
	}
	return c.trace(t, prices)
}

// row computes the states of session j.
func (c *chain) row(t *team, j int, prices [][]int64) {
	row, from := c.best[j*c.days:(j+1)*c.days], c.from[j*c.days:(j+1)*c.days]
	for d := range row {
		row[d], from[d] = never, -1
	}
	price := prices[j]
	if price == nil {
		return
	}
	if f := t.fixed[j]; f != nil {
		c.arrive(t, j, int(f.day), price[f.day], row, from)
		return
	}
	mayBegin := true // no fixed session before it
	for i := j - 1; i >= 0; i-- {
		mayBegin = mayBegin && t.fixed[i] == nil
	}
	if mayBegin {
		for d := range row {
			if price[d] < never {
				row[d] = price[d] + int64(j)*lost
			}
		}
	}
	for i := j - 1; i >= 0; i-- {
		if prices[i] != nil {
			c.slide(t, i, j, price, row, from)
		}
		if t.fixed[i] != nil {
			break
		}
	}
}

// arrive computes the one state of a fixed session.
func (c *chain) arrive(t *team, j, d int, price int64, row []int64, from []int32) {
	row[d] = price + int64(j)*lost
	for i := j - 1; i >= 0; i-- {
		if t.fixed[i] != nil {
			row[d] = never
		}
	}
	for i := j - 1; i >= 0; i-- {
		for e := range c.days {
			if b := c.best[i*c.days+e]; b < never && t.apart(i, j, int32(e), int32(d)) {
				if cost := b + price + int64(j-i-1)*lost; cost < row[d] {
					row[d], from[d] = cost, int32(i*c.days+e)
				}
			}
		}
		if t.fixed[i] != nil {
			break
		}
	}
}

// slide continues from session i to session j by a sliding minimum over the
// days of i that are within the distance.
func (c *chain) slide(t *team, i, j int, price, row []int64, from []int32) {
	prev := c.best[i*c.days : (i+1)*c.days]
	least, most := t.group.MinDays, c.days
	if t.group.MaxDays > 0 {
		most = t.group.MaxDays * (j - i)
	}
	skipped := int64(j-i-1) * lost
	c.deck = c.deck[:0]
	head := 0
	for d := least; d < c.days; d++ {
		e := d - least
		for len(c.deck) > head && prev[c.deck[len(c.deck)-1]] >= prev[e] {
			c.deck = c.deck[:len(c.deck)-1]
		}
		c.deck = append(c.deck, int32(e))
		for int(c.deck[head]) < d-most {
			head++
		}
		b := prev[c.deck[head]]
		if b >= never || price[d] >= never {
			continue
		}
		if cost := b + price[d] + skipped; cost < row[d] {
			row[d], from[d] = cost, int32(i*c.days)+c.deck[head]
		}
	}
}

// trace reads the best chain back.
func (c *chain) trace(t *team, prices [][]int64) (days []int32, cost int64) {
	n := len(prices)
	days = make([]int32, n)
	for j := range days {
		days[j] = -1
	}
	cost, at := int64(n)*lost, int32(-1)
	lastFixed := -1
	for j := range n {
		if t.fixed[j] != nil {
			cost, lastFixed = never, j
		}
	}
	for j := max(0, lastFixed); j < n; j++ {
		if prices[j] == nil {
			continue
		}
		for d, b := range c.best[j*c.days : (j+1)*c.days] {
			if b < never && b+int64(n-1-j)*lost < cost {
				cost, at = b+int64(n-1-j)*lost, int32(j*c.days+d)
			}
		}
	}
	for at >= 0 {
		days[int(at)/c.days] = at % int32(c.days)
		at = c.from[at]
	}
	return days, cost
}
