package pack

import (
	"cmp"
	"fmt"
	"slices"
)

// Outlines is the drawn map of a pack, already projected.
type Outlines struct {
	Width       float64    `json:"width"`
	Height      float64    `json:"height"`
	Attribution string     `json:"attribution"`
	Projection  Projection `json:"projection"`
	Missing     []string   `json:"missing"` // codes without a shape
	Shapes      []Shape    `json:"shapes"`  // by code
}

// Projection places any point of the Earth on the drawing; packs/README.md
// has the formula.
type Projection struct {
	Lon0  float64 `json:"lon0"`
	Lat0  float64 `json:"lat0"`
	Scale float64 `json:"scale"`
	KX    float64 `json:"kx"`
}

// Shape is the outline of one member: D is an SVG path of M, L and Z, and CX
// and CY are a good point for its label.
type Shape struct {
	Code string  `json:"code"`
	D    string  `json:"d"`
	CX   float64 `json:"cx"`
	CY   float64 `json:"cy"`
}

// Outlines returns the map.
func (p *Pack) Outlines() (Outlines, error) { return p.outlines() }

func (p *Pack) readOutlines() (o Outlines, err error) {
	name := p.Code + "/outlines.json"
	if err := readJSON(p.files, name, &o); err != nil {
		return o, err
	}
	if o.Width <= 0 || o.Height <= 0 || o.Projection.Scale <= 0 || o.Projection.KX <= 0 || o.Attribution == "" {
		return o, fmt.Errorf("%s: a map needs a size, a projection and an attribution", name)
	}
	slices.SortFunc(o.Shapes, func(a, b Shape) int { return cmp.Compare(a.Code, b.Code) })
	return o, nil
}
