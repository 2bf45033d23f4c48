package formation

import (
	"cmp"
	"math"
	"slices"
)

// model is the problem stripped to what the algorithms need. A row is a body
// that still has to be decided about; an arc lets a row meet at a place.
type model struct {
	min, max int
	budget   int  // groups left for the rows
	bounded  bool // whether budget binds at all

	body    []int     // by row: position in Problem.Bodies
	weight  []int     // by row: professionals
	penalty []float64 // by row: cost of leaving it out
	alone   []int     // by row: groups it takes standing alone; 0 for a row that joins others
	places  [][]arc   // by row: who may meet there, itself first, then nearest first
	near    [][]int32 // by row: the nearest rows, whether or not they fit together
}

// arc is the possibility that row meets at the place that owns the arc.
type arc struct {
	row  int32
	cost float64 // professionals × km
}

// newModel leaves out the bodies that have no choice: those in locked groups
// and those that no rule lets in.
func newModel(p *Problem, taken []bool, lockedGroups int) *model {
	groups, bounded := p.Limits.Budget()
	m := &model{min: p.Limits.Min, max: p.Limits.Max, budget: groups, bounded: bounded}
	if bounded {
		m.budget -= lockedGroups
	}
	rowOf := make([]int32, len(p.Bodies))
	for i := range p.Bodies {
		rowOf[i] = -1
		kind, groups := p.kind(i)
		if taken[i] || kind == kindImpossible {
			continue
		}
		rowOf[i] = int32(len(m.body))
		m.body = append(m.body, i)
		m.weight = append(m.weight, p.Bodies[i].Professionals)
		m.penalty = append(m.penalty, p.Penalty*float64(p.Bodies[i].Professionals))
		m.alone = append(m.alone, groups)
	}
	m.addArcs(p, rowOf)
	return m
}

// kind says what a body may do by its own size and consent.
type kind int

const (
	kindImpossible kind = iota // no group may ever hold it
	kindAlone                  // groups of its own, not to be mixed
	kindJoins                  // a member of a group, perhaps the only one
)

func (p *Problem) kind(i int) (k kind, groups int) {
	b := &p.Bodies[i]
	switch {
	case b.Professionals > p.Limits.Max:
		if groups = p.Limits.shares(b.Professionals); groups == 0 {
			return kindImpossible, 0
		}
		return kindAlone, groups
	case b.Consent:
		return kindJoins, 0
	case b.Professionals >= p.Limits.Min:
		return kindAlone, 1
	}
	return kindImpossible, 0
}

// nearest is how many neighbours a row remembers.
const nearest = 96

func (m *model) addArcs(p *Problem, rowOf []int32) {
	type neighbour struct {
		row int32
		km  float64
	}
	around := make([][]neighbour, len(m.body))
	p.eachPairWithin(func(from, to int, km float64) {
		i, j := rowOf[from], rowOf[to]
		if i >= 0 && j >= 0 && m.alone[i] == 0 && m.alone[j] == 0 {
			around[j] = append(around[j], neighbour{i, km})
		}
	})
	m.places = make([][]arc, len(m.body))
	m.near = make([][]int32, len(m.body))
	for j, rows := range around {
		slices.SortFunc(rows, func(a, b neighbour) int {
			return cmp.Or(cmp.Compare(a.km, b.km), cmp.Compare(a.row, b.row))
		})
		arcs := []arc{{row: int32(j)}}
		for _, n := range rows {
			if len(m.near[j]) < nearest {
				m.near[j] = append(m.near[j], n.row)
			}
			if m.weight[n.row]+m.weight[j] <= m.max {
				arcs = append(arcs, arc{n.row, float64(m.weight[n.row]) * n.km})
			}
		}
		m.places[j] = arcs
		if m.alone[j] == 0 && !m.hosts(j) {
			m.places[j] = nil
		}
	}
}

// hosts says whether some set of the rows around j has an allowed size.
func (m *model) hosts(j int) bool {
	var sizes uint64 = 1 << m.weight[j]
	for _, a := range m.places[j][1:] {
		sizes |= sizes << m.weight[a.row]
	}
	return sizes&m.allowedSizes() != 0
}

// allowedSizes has the bits min to max set.
func (m *model) allowedSizes() uint64 {
	return (2<<m.max - 1) &^ (1<<m.min - 1)
}

// eachPairWithin calls yield for each ordered pair of different bodies of one
// modality whose distance is allowed. It never holds all pairs at once.
func (p *Problem) eachPairWithin(yield func(from, to int, km float64)) {
	byModality := map[string][]int{}
	for i := range p.Bodies {
		byModality[p.Bodies[i].Modality] = append(byModality[p.Bodies[i].Modality], i)
	}
	for _, bodies := range byModality {
		if p.Distance != nil {
			p.pairsAsked(bodies, yield)
		} else {
			p.pairsOnSphere(bodies, yield)
		}
	}
}

func (p *Problem) pairsAsked(bodies []int, yield func(from, to int, km float64)) {
	for _, from := range bodies {
		for _, to := range bodies {
			if from == to {
				continue
			}
			if km := p.Distance(from, to); km >= 0 && km <= p.Limits.MaxKM {
				yield(from, to, km)
			}
		}
	}
}

// pairsOnSphere walks the bodies from south to north and looks only at those
// within the latitude that the largest distance spans; squared chords then
// spare most of the trigonometry.
func (p *Problem) pairsOnSphere(bodies []int, yield func(from, to int, km float64)) {
	const slack = 1 + 1e-9
	bodies = slices.Clone(bodies)
	slices.SortFunc(bodies, func(a, b int) int {
		return cmp.Or(cmp.Compare(p.Bodies[a].Lat, p.Bodies[b].Lat), cmp.Compare(a, b))
	})
	points := make([][3]float64, len(bodies))
	for k, i := range bodies {
		points[k] = unitVector(p.Bodies[i].Lat, p.Bodies[i].Lon)
	}
	angle := min(math.Pi, p.Limits.MaxKM/p.Detour/EarthRadiusKM*slack+1e-9)
	window := angle * 180 / math.Pi
	chord := 2 * math.Sin(angle/2)
	for k, from := range bodies {
		for l := k + 1; l < len(bodies); l++ {
			to := bodies[l]
			if p.Bodies[to].Lat-p.Bodies[from].Lat > window {
				break
			}
			if squaredChord(points[k], points[l]) > chord*chord {
				continue
			}
			if km := p.kilometres(from, to); km <= p.Limits.MaxKM {
				yield(from, to, km)
				yield(to, from, km)
			}
		}
	}
}

func unitVector(lat, lon float64) [3]float64 {
	sinLat, cosLat := math.Sincos(lat * math.Pi / 180)
	sinLon, cosLon := math.Sincos(lon * math.Pi / 180)
	return [3]float64{cosLat * cosLon, cosLat * sinLon, sinLat}
}

func squaredChord(a, b [3]float64) float64 {
	x, y, z := a[0]-b[0], a[1]-b[1], a[2]-b[2]
	return x*x + y*y + z*z
}
