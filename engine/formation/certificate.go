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
// budget of groups pays. A proven part has better prices of its own, divided
// into cases: in each, some bodies are taken to meet somewhere, or not to, and
// a group that holds two bodies of a triple, of which there can be only one,
// pays for that. The program cmd/checkcertificate recomputes all of it.
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

// ProvenPart is a set of bodies that can share no group with others, and a
// lower bound of the cost of grouping them: the lowest of its cases.
type ProvenPart struct {
	Codes []string `json:"codes"`
	Cost  float64  `json:"cost"`
	Cases []Case   `json:"cases"`
}

// Case is a case of a proof. Its choices and those of the other cases divide
// all groupings among them, like the leaves of a tree: two cases agree on the
// first choices and then differ in the answer to the same question.
type Case struct {
	Choices    []Choice  `json:"choices"`
	Prices     []float64 `json:"prices"` // in the order of ProvenPart.Codes
	GroupPrice float64   `json:"group_price"`
	Triples    []Triple  `json:"triples"`
}

// Choice says whether a body meets at a place.
type Choice struct {
	Body  string `json:"body"`
	Place string `json:"place"`
	Meets bool   `json:"meets"`
}

// Triple is what a group pays that holds at least two of three bodies.
type Triple struct {
	Codes [3]string `json:"codes"`
	Price float64   `json:"price"`
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
		if part := &r.parts[k]; part.bound() > part.priced {
			c.Proven = append(c.Proven, r.m.proven(p, part))
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

// proven writes down the cases of a part.
func (m *model) proven(p *Problem, part *part) ProvenPart {
	code := func(row int32) string { return p.Bodies[m.body[row]].Code }
	proven := ProvenPart{Cost: part.bound()}
	for _, i := range part.rows {
		proven.Codes = append(proven.Codes, code(i))
	}
	for _, b := range part.cases() {
		c := Case{Choices: []Choice{}, Prices: b.price, GroupPrice: b.group, Triples: []Triple{}}
		for _, x := range b.choices {
			c.Choices = append(c.Choices, Choice{code(x.row), code(x.place), x.meets})
		}
		for _, x := range b.cuts {
			c.Triples = append(c.Triples, Triple{[3]string{code(x.rows[0]), code(x.rows[1]), code(x.rows[2])}, x.price})
		}
		proven.Cases = append(proven.Cases, c)
	}
	return proven
}

func (p *part) cases() []*branch {
	if p.polish != nil {
		return []*branch{p.polish.proof()}
	}
	return slices.Concat(p.tree.open, p.tree.closed)
}
