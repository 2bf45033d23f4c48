package formation

import (
	"fmt"
	"math"
)

// Body is an organisation that applies for places: a municipality, a joint
// board, a county council.
type Body struct {
	Code          string
	Lat, Lon      float64 // degrees; ignored when Problem.Distance is set
	Professionals int
	Modality      string // bodies of different modalities never share a group
	Consent       bool   // whether it agrees to share a group with others
}

// Limits are the rules that every group obeys.
type Limits struct {
	Min, Max int     // professionals in a group
	MaxKM    float64 // from any member to the meeting place

	// Groups is the largest number of groups of all modalities together, the
	// shares of large bodies included; 0 leaves it free.
	Groups int

	// HoursPerGroup and TotalHours, both above zero, also limit the number of
	// groups, to the whole part of their quotient.
	HoursPerGroup, TotalHours float64
}

// DefaultLimits are those of the supervision programme for which the package
// was written: 8 to 15 professionals, 40 km, 18 hours.
func DefaultLimits() Limits {
	return Limits{Min: 8, Max: 15, MaxKM: 40, HoursPerGroup: 18}
}

// Budget is the largest number of groups, and whether there is one at all.
func (l Limits) Budget() (groups int, bounded bool) {
	groups, bounded = math.MaxInt, false
	if l.Groups > 0 {
		groups, bounded = l.Groups, true
	}
	if l.HoursPerGroup > 0 && l.TotalHours > 0 {
		byHours := math.Floor(l.TotalHours/l.HoursPerGroup + 1e-9)
		groups, bounded = int(min(float64(groups), byHours)), true
	}
	return groups, bounded
}

// DefaultPenalty is the cost of one professional left unserved, in
// professional-kilometres: more than any admissible journey, so that serving
// comes first.
const DefaultPenalty = 1000

// largestMax keeps the sizes of a group within the bits of one machine word.
const largestMax = 63

// Draft is a group as a person or a program proposes it, by positions in
// Problem.Bodies. A body above the maximum stands alone in its draft, which
// then means all the groups into which it is split.
type Draft struct {
	Meeting int // one of the members; AnyMember lets the package choose
	Members []int
}

// AnyMember, as the meeting place of a draft, asks for the member that costs
// least.
const AnyMember = -1

// Problem is what Solve and Evaluate are asked about.
type Problem struct {
	Bodies  []Body
	Limits  Limits
	Penalty float64 // cost of each professional left unserved
	Detour  float64 // see Kilometres

	// Distance, if set, replaces the great circle: the kilometres from a body
	// to a meeting place, by positions in Bodies. It must be pure, and is
	// asked for every pair of the same modality.
	Distance func(from, to int) float64

	// Locked groups are kept as they are; only the other bodies are grouped.
	Locked []Draft
}

// kilometres is the distance that the problem has chosen.
func (p *Problem) kilometres(from, to int) float64 {
	if from == to {
		return 0
	}
	if p.Distance != nil {
		return p.Distance(from, to)
	}
	a, b := &p.Bodies[from], &p.Bodies[to]
	return Kilometres(a.Lat, a.Lon, b.Lat, b.Lon, p.Detour)
}

// latitudesApart is a cheap way to see that two bodies are beyond the largest
// distance. It does not see all that are.
func (p *Problem) latitudesApart(i, j int) bool {
	const kmPerDegree = EarthRadiusKM * math.Pi / 180
	north := math.Abs(p.Bodies[i].Lat - p.Bodies[j].Lat)
	return p.Distance == nil && north*kmPerDegree*p.Detour > p.Limits.MaxKM*(1+1e-9)
}

// Validate says what is wrong with the data, before any grouping: the first
// complaint, or nil.
func (p *Problem) Validate() error {
	if err := p.Limits.validate(); err != nil {
		return err
	}
	if !finite(p.Penalty) || p.Penalty < 0 {
		return fmt.Errorf("formation: the penalty must be zero or more, not %v", p.Penalty)
	}
	if p.Distance == nil && (!finite(p.Detour) || p.Detour <= 0) {
		return fmt.Errorf("formation: the detour must be above zero, not %v", p.Detour)
	}
	seen := make(map[string]bool, len(p.Bodies))
	for i := range p.Bodies {
		b := &p.Bodies[i]
		if err := b.validate(p.Distance == nil); err != nil {
			return fmt.Errorf("formation: body %d (%q): %w", i, b.Code, err)
		}
		if seen[b.Code] {
			return fmt.Errorf("formation: body %d: the code %q applies twice", i, b.Code)
		}
		seen[b.Code] = true
	}
	return nil
}

func (l Limits) validate() error {
	switch {
	case l.Min < 1 || l.Max < l.Min:
		return fmt.Errorf("formation: sizes must satisfy 1 <= minimum <= maximum, not %d and %d", l.Min, l.Max)
	case l.Max > largestMax:
		return fmt.Errorf("formation: groups of more than %d professionals are not supported", largestMax)
	case !finite(l.MaxKM) || l.MaxKM < 0:
		return fmt.Errorf("formation: the largest distance must be zero or more, not %v", l.MaxKM)
	case l.Groups < 0:
		return fmt.Errorf("formation: the number of groups must be zero or more, not %d", l.Groups)
	case !finite(l.HoursPerGroup) || !finite(l.TotalHours) || l.HoursPerGroup < 0 || l.TotalHours < 0:
		return fmt.Errorf("formation: hours must be zero or more")
	}
	return nil
}

func (b *Body) validate(placed bool) error {
	switch {
	case b.Code == "":
		return fmt.Errorf("the code is empty")
	case b.Professionals < 1:
		return fmt.Errorf("professionals must be at least 1, not %d", b.Professionals)
	case !placed:
		return nil
	case !(b.Lat >= -90 && b.Lat <= 90):
		return fmt.Errorf("latitude %v is not between -90 and 90", b.Lat)
	case !(b.Lon >= -180 && b.Lon <= 180):
		return fmt.Errorf("longitude %v is not between -180 and 180", b.Lon)
	}
	return nil
}

func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }

// shares is into how many balanced groups a body of this size is split: as few
// as the maximum allows, or 0 if those would fall below the minimum.
func (l Limits) shares(professionals int) int {
	k := (professionals + l.Max - 1) / l.Max
	if professionals/k < l.Min {
		return 0
	}
	return k
}
