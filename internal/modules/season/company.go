package season

import (
	"cmp"
	"math"
	"slices"

	"bastida/internal/modules/supervision"
	"bastida/internal/modules/territory"
)

// Company is the bodies that would make a group large enough.
type Company struct {
	Bodies  []string
	Size    int // of the group with them; zero when nobody said how many people they have
	Minutes int // the longest way to where the group meets
}

// neighbour is a body that might join a group.
type neighbour struct {
	name   string
	people int // zero when not known
	way    float64
}

// mostCompany is how many bodies a need names.
const mostCompany = 3

// company finds who is near a group that lacks people: bodies that applied, may
// share a group and have none, when they are enough; else the municipalities of
// the terrain without a group.
func (f Facts) company(g supervision.Group, lacking int) Company {
	host, known := f.host(g)
	if !known || f.Travel == nil {
		return Company{}
	}
	c := Company{Size: g.Size()}
	for _, n := range f.applied(host) {
		c.add(n)
		if c.Size += n.people; c.Size >= g.Size()+lacking {
			return c
		}
	}
	c = Company{}
	for _, n := range f.without(host) {
		if len(c.Bodies) < min(lacking, mostCompany) {
			c.add(n)
		}
	}
	return c
}

func (c *Company) add(n neighbour) {
	c.Bodies = append(c.Bodies, n.name)
	c.Minutes = max(c.Minutes, int(math.Round(n.way)))
}

// host is the place where a group meets, or that of its first body.
func (f Facts) host(g supervision.Group) (territory.Place, bool) {
	codes := []string{g.PlaceCode}
	for _, b := range g.Bodies.V {
		codes = append(codes, b.Code)
	}
	for _, code := range codes {
		if i := slices.IndexFunc(f.Places, func(p territory.Place) bool { return p.Code == code }); i >= 0 {
			return f.Places[i], true
		}
	}
	return territory.Place{}, false
}

// applied are the bodies that applied, consent to share a group and have none,
// the nearest first.
func (f Facts) applied(host territory.Place) (found []neighbour) {
	grouped := f.grouped()
	for _, a := range f.Applicants {
		if grouped[a.BodyCode] || !a.Consent || a.Professionals == 0 {
			continue
		}
		for _, p := range f.Places {
			if p.Code == a.BodyCode {
				found = append(found, neighbour{a.BodyName, a.Professionals, f.Travel.Minutes(host, p)})
			}
		}
	}
	return nearest(found)
}

// without are the municipalities of the terrain in no group, the nearest first.
func (f Facts) without(host territory.Place) (found []neighbour) {
	grouped := f.grouped()
	for _, p := range f.Terrain() {
		if !grouped[p.Code] {
			found = append(found, neighbour{p.Name, 0, f.Travel.Minutes(host, p)})
		}
	}
	return nearest(found)
}

func nearest(all []neighbour) []neighbour {
	slices.SortStableFunc(all, func(a, b neighbour) int { return cmp.Compare(a.way, b.way) })
	return all
}

// grouped are the codes of the bodies that are in a group.
func (f Facts) grouped() map[string]bool {
	codes := map[string]bool{}
	for _, g := range f.Groups {
		for _, b := range g.Bodies.V {
			codes[b.Code] = true
		}
	}
	return codes
}

// Terrain is the places of the bodies of the programme and the other
// municipalities of their areas.
func (f Facts) Terrain() (found []territory.Place) {
	grouped, areas := f.grouped(), map[string]bool{}
	for _, p := range f.Places {
		if grouped[p.Code] && p.Kind == territory.Municipality {
			areas[p.AreaFold] = true
		}
	}
	for _, p := range f.Places {
		if grouped[p.Code] || p.Kind == territory.Municipality && p.AreaFold != "" && areas[p.AreaFold] {
			found = append(found, p)
		}
	}
	return found
}
