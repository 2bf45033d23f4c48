package formation

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
)

// Certificate lets anyone check the lower bound without trusting Solve.
//
// Prices prove a bound by arithmetic: the sum of what the bodies pay, less, for
// each meeting place, what the best group there would gain, less what the
// budget of groups pays. For the bodies of a proven part, the prices are only
// the start: what remains between them and Cost is closed by looking at every
// group that could still belong to something cheaper. The program
// cmd/checkcertificate does both.
type Certificate struct {
	Minimum    int     `json:"minimum"`
	Maximum    int     `json:"maximum"`
	MaxKM      float64 `json:"max_km"`
	Detour     float64 `json:"detour"`
	Penalty    float64 `json:"unserved_penalty"`
	Groups     *int    `json:"groups"` // budget, null if free
	LowerBound float64 `json:"lower_bound"`

	GroupPrice float64            `json:"group_price"`
	Prices     map[string]float64 `json:"prices"` // by code
	Locked     []CertifiedGroup   `json:"locked"`
	Proven     []ProvenPart       `json:"proven"`
}

// CertifiedGroup is a group that was locked, by code. A large body is named
// once, for all its shares.
type CertifiedGroup struct {
	Meeting string   `json:"meeting"`
	Members []string `json:"members"`
}

// ProvenPart is a set of bodies that can share no group with others, and the
// least cost of grouping them.
type ProvenPart struct {
	Codes []string `json:"codes"`
	Cost  float64  `json:"cost"`
}

// WriteTo writes the certificate as JSON.
func (c *Certificate) WriteTo(w io.Writer) (int64, error) {
	text, err := json.MarshalIndent(c, "", " ")
	if err != nil {
		return 0, fmt.Errorf("encode certificate: %w", err)
	}
	n, err := w.Write(append(text, '\n'))
	return int64(n), err
}

// certificate records the proof behind a result.
func (r *run) certificate(p *Problem, result *Result) Certificate {
	c := Certificate{
		Minimum: p.Limits.Min, Maximum: p.Limits.Max, MaxKM: p.Limits.MaxKM,
		Detour: p.Detour, Penalty: p.Penalty, LowerBound: result.LowerBound,
		GroupPrice: r.ascent.best.group, Prices: make(map[string]float64, len(r.m.body)),
		Locked: []CertifiedGroup{}, Proven: []ProvenPart{},
	}
	if groups, bounded := p.Limits.Budget(); bounded {
		c.Groups = &groups
	}
	for row, body := range r.m.body {
		c.Prices[p.Bodies[body].Code] = r.ascent.best.row[row]
	}
	for k := range result.Groups {
		g := &result.Groups[k]
		sameDraft := k > 0 && result.Groups[k-1].Draft == g.Draft
		if g.Locked && !sameDraft {
			c.Locked = append(c.Locked, certifiedGroup(p, g))
		}
	}
	for k := range r.parts {
		if part := &r.parts[k]; part.done {
			c.Proven = append(c.Proven, r.provenPart(p, part))
		}
	}
	return c
}

func certifiedGroup(p *Problem, g *Group) CertifiedGroup {
	locked := CertifiedGroup{Meeting: p.Bodies[g.Meeting].Code}
	for _, m := range g.Members {
		locked.Members = append(locked.Members, p.Bodies[m.Body].Code)
	}
	return locked
}

func (r *run) provenPart(p *Problem, part *part) ProvenPart {
	r.search.hold(part.rows)
	proven := ProvenPart{}
	proven.Cost, _ = r.search.worth()
	for _, i := range part.rows {
		proven.Codes = append(proven.Codes, p.Bodies[r.m.body[i]].Code)
	}
	slices.Sort(proven.Codes)
	return proven
}
