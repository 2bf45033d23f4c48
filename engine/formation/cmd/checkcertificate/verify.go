package main

import (
	"fmt"
	"math"
	"slices"
)

// verifier holds the bodies about which there is something to decide.
type verifier struct {
	c        *certificate
	bodies   []body
	free     []int // joins groups or stands alone; not locked
	constant float64
	budget   float64
}

func newVerifier(c *certificate, bodies []body) *verifier {
	return &verifier{c: c, bodies: bodies, budget: math.Inf(1)}
}

// bound recomputes the lower bound from the prices and lifts it by the parts
// whose cases prove more.
func (v *verifier) bound() (float64, error) {
	locked, err := v.lock()
	if err != nil {
		return 0, err
	}
	for i := range v.bodies {
		switch {
		case locked[i]:
		case v.impossible(i):
			v.constant += v.c.Penalty * float64(v.bodies[i].size)
		default:
			v.free = append(v.free, i)
		}
	}
	total := v.constant
	reduced := make([]float64, len(v.bodies))
	for _, j := range v.free {
		reduced[j] = min(0, v.leastReduced(j))
		total += v.price(j) + reduced[j]
	}
	if v.c.Groups != nil {
		total -= v.c.GroupPrice * v.budget
	} else if v.c.GroupPrice != 0 {
		return 0, fmt.Errorf("groups have a price but no budget")
	}
	gain, err := v.proven(reduced)
	return total + gain, err
}

// price is what a body pays: as certified, but never above what it costs to
// leave it out, or the bound would not hold.
func (v *verifier) price(i int) float64 {
	return min(v.c.Prices[v.bodies[i].code], v.penalty(i))
}

func (v *verifier) penalty(i int) float64 { return v.c.Penalty * float64(v.bodies[i].size) }

// alone is how many groups a body takes that shares none, 0 for one that does.
func (v *verifier) alone(i int) int {
	b := &v.bodies[i]
	if b.size > v.c.Maximum {
		return (b.size + v.c.Maximum - 1) / v.c.Maximum
	}
	if !b.consent {
		return 1
	}
	return 0
}

func (v *verifier) impossible(i int) bool {
	k := v.alone(i)
	return k > 0 && v.bodies[i].size/k < v.c.Minimum
}

// lock takes the locked groups out, at their cost.
func (v *verifier) lock() ([]bool, error) {
	groups := 0
	locked := make([]bool, len(v.bodies))
	position := map[string]int{}
	for i, b := range v.bodies {
		position[b.code] = i
	}
	for _, g := range v.c.Locked {
		for _, code := range g.Members {
			i, known := position[code]
			if !known || locked[i] {
				return nil, fmt.Errorf("locked body %q is unknown or locked twice", code)
			}
			locked[i] = true
			v.constant += float64(v.bodies[i].size) * v.c.kilometres(&v.bodies[i], &v.bodies[position[g.Meeting]])
			groups += v.sharesOfLocked(i, len(g.Members))
		}
		groups++
	}
	if v.c.Groups != nil {
		v.budget = float64(*v.c.Groups - groups)
	}
	return locked, nil
}

// sharesOfLocked is how many groups beyond one a locked body means: a large
// body is named once for all its shares.
func (v *verifier) sharesOfLocked(i, members int) int {
	if members == 1 {
		return max(1, v.alone(i)) - 1
	}
	return 0
}

// near says whether i may meet at j.
func (v *verifier) near(i, j int) (cost float64, ok bool) {
	a, b := &v.bodies[i], &v.bodies[j]
	if i == j {
		return 0, true
	}
	if a.modality != b.modality || v.alone(i) > 0 || v.alone(j) > 0 || a.size+b.size > v.c.Maximum {
		return 0, false
	}
	km := v.c.kilometres(a, b)
	return float64(a.size) * km, km <= v.c.MaxKM
}

// leastReduced is the least cost, less prices, of a group that meets at j: a
// knapsack over sizes, with j in it.
func (v *verifier) leastReduced(j int) float64 {
	if k := v.alone(j); k > 0 {
		return v.c.GroupPrice*float64(k) - v.price(j)
	}
	gain := make([]float64, v.c.Maximum+1)
	for s := range gain {
		gain[s] = math.Inf(-1)
	}
	gain[v.bodies[j].size] = v.price(j)
	for _, i := range v.free {
		cost, ok := v.near(i, j)
		if i == j || !ok {
			continue
		}
		for s := v.c.Maximum; s >= v.bodies[i].size; s-- {
			gain[s] = max(gain[s], gain[s-v.bodies[i].size]+v.price(i)-cost)
		}
	}
	return v.c.GroupPrice - slices.Max(gain[v.c.Minimum:])
}
