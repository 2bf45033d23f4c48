package formation

import (
	"fmt"
	"math"
)

// Breach is a broken limit in a draft.
type Breach struct {
	Rule  Rule
	Draft int // position among the drafts; -1 if it concerns all of them
	Body  int // position in Problem.Bodies; -1 if it concerns the whole group
}

// Rule is a stable code for what a draft breaks.
type Rule string

const (
	RuleBelowMinimum  Rule = "below_minimum"
	RuleAboveMaximum  Rule = "above_maximum"
	RuleTooFar        Rule = "too_far"
	RuleMixedModality Rule = "mixed_modality"
	RuleNoConsent     Rule = "no_consent"
	RuleTwice         Rule = "placed_twice"
	RuleLargeMixed    Rule = "large_body_mixed" // a body above the maximum shares no group
	RuleCannotSplit   Rule = "cannot_be_split"
	RuleMeeting       Rule = "meeting_not_a_member"
	RuleBudget        Rule = "budget_of_groups"
)

// Evaluate prices drafts made by hand and names every limit that they break.
// Broken limits are no error: a person may pass through them on the way to a
// better grouping. Bodies that no draft mentions count as left out. The error
// is for data that has no meaning, such as a position out of range.
func Evaluate(p Problem, drafts []Draft) (Result, []Breach, error) {
	if err := p.Validate(); err != nil {
		return Result{}, nil, err
	}
	for d := range drafts {
		if err := drafts[d].validate(len(p.Bodies)); err != nil {
			return Result{}, nil, fmt.Errorf("formation: draft %d: %w", d, err)
		}
	}
	result, placed := p.assemble(drafts)
	for i, times := range placed {
		if times == 0 {
			result.leaveOut(&p, i, p.reasonWithoutSearch(i, ReasonNotPlaced))
		}
	}
	return result, p.breaches(drafts, &result, placed), nil
}

func (d *Draft) validate(bodies int) error {
	if len(d.Members) == 0 {
		return fmt.Errorf("it has no members")
	}
	for _, i := range d.Members {
		if i < 0 || i >= bodies {
			return fmt.Errorf("there is no body %d", i)
		}
	}
	if d.Meeting != AnyMember && (d.Meeting < 0 || d.Meeting >= bodies) {
		return fmt.Errorf("there is no body %d to meet at", d.Meeting)
	}
	return nil
}

// assemble turns drafts into groups with their costs, and counts how often
// each body is placed. It adds no left-out bodies.
func (p *Problem) assemble(drafts []Draft) (result Result, placed []int) {
	placed = make([]int, len(p.Bodies))
	for d := range drafts {
		for _, i := range drafts[d].Members {
			if placed[i]++; placed[i] == 1 {
				result.Served += p.Bodies[i].Professionals
			}
		}
		for _, g := range p.groupsOf(&drafts[d]) {
			g.Draft = d
			result.Cost += g.Cost
			result.Groups = append(result.Groups, g)
		}
	}
	return result, placed
}

// groupsOf is the group that a draft means, or the balanced shares of a body
// above the maximum.
func (p *Problem) groupsOf(d *Draft) []Group {
	meeting := d.Meeting
	if meeting == AnyMember {
		meeting = p.bestMeeting(d.Members)
	}
	only := &p.Bodies[d.Members[0]]
	if len(d.Members) == 1 && only.Professionals > p.Limits.Max {
		if k := p.Limits.shares(only.Professionals); k > 0 {
			return sharesOf(only, d.Members[0], k)
		}
	}
	g := Group{Modality: only.Modality, Meeting: meeting, Shares: 1}
	for _, i := range d.Members {
		b := &p.Bodies[i]
		km := p.kilometres(i, meeting)
		g.Members = append(g.Members, Member{i, b.Professionals, km})
		g.Size += b.Professionals
		g.Cost += float64(b.Professionals) * km
	}
	return []Group{g}
}

func sharesOf(b *Body, i, k int) []Group {
	groups := make([]Group, k)
	for n := range groups {
		size := b.Professionals / k
		if n < b.Professionals%k {
			size++
		}
		groups[n] = Group{
			Modality: b.Modality, Meeting: i, Shares: k, Size: size,
			Members: []Member{{Body: i, Professionals: size}},
		}
	}
	return groups
}

// bestMeeting is the member at which all can meet at the least cost; if there
// is none, the one with the least cost regardless of distance.
func (p *Problem) bestMeeting(members []int) int {
	best, bestCost, bestFar := members[0], math.Inf(1), true
	for _, j := range members {
		cost, far := 0.0, false
		for _, i := range members {
			km := p.kilometres(i, j)
			cost += float64(p.Bodies[i].Professionals) * km
			far = far || km > p.Limits.MaxKM
		}
		if (bestFar && !far) || (bestFar == far && cost < bestCost) {
			best, bestCost, bestFar = j, cost, far
		}
	}
	return best
}

func (r *Result) leaveOut(p *Problem, i int, reason Reason) {
	r.LeftOut = append(r.LeftOut, LeftOut{i, reason})
	r.Cost += p.Penalty * float64(p.Bodies[i].Professionals)
}

// reasonWithoutSearch is the reason that a body's own size and consent give,
// or otherwise.
func (p *Problem) reasonWithoutSearch(i int, otherwise Reason) Reason {
	if k, _ := p.kind(i); k != kindImpossible {
		return otherwise
	}
	if p.Bodies[i].Professionals > p.Limits.Max {
		return ReasonCannotSplit
	}
	return ReasonNoConsent
}

func (p *Problem) breaches(drafts []Draft, result *Result, placed []int) (all []Breach) {
	for _, g := range result.Groups {
		all = append(all, p.groupBreaches(&g)...)
	}
	for d := range drafts {
		for _, i := range drafts[d].Members {
			if placed[i] > 1 {
				all = append(all, Breach{RuleTwice, d, i})
			}
		}
	}
	if budget, bounded := p.Limits.Budget(); bounded && len(result.Groups) > budget {
		all = append(all, Breach{RuleBudget, -1, -1})
	}
	return all
}

// groupBreaches names what a group breaks by itself.
func (p *Problem) groupBreaches(g *Group) (all []Breach) {
	add := func(rule Rule, body int) { all = append(all, Breach{rule, g.Draft, body}) }
	if g.Size < p.Limits.Min {
		add(RuleBelowMinimum, -1)
	}
	if g.Size > p.Limits.Max && len(g.Members) > 1 {
		add(RuleAboveMaximum, -1)
	}
	meets := false
	for _, m := range g.Members {
		b := &p.Bodies[m.Body]
		meets = meets || m.Body == g.Meeting
		if !(m.KM <= p.Limits.MaxKM) {
			add(RuleTooFar, m.Body)
		}
		if b.Modality != g.Modality {
			add(RuleMixedModality, m.Body)
		}
		if len(g.Members) > 1 && !b.Consent {
			add(RuleNoConsent, m.Body)
		}
		if m.Professionals > p.Limits.Max {
			if len(g.Members) > 1 {
				add(RuleLargeMixed, m.Body)
			} else {
				add(RuleCannotSplit, m.Body)
			}
		}
	}
	if !meets {
		add(RuleMeeting, g.Meeting)
	}
	return all
}

// StillFeasible separates drafts, such as last year's groups, into those that
// can be locked as they are and what the others break. A body placed twice
// stays in the first draft that names it.
func StillFeasible(p Problem, drafts []Draft) (kept []Draft, broken []Breach, err error) {
	free := p
	free.Limits.Groups, free.Limits.TotalHours = 0, 0
	_, all, err := Evaluate(free, drafts)
	if err != nil {
		return nil, nil, err
	}
	bad := make([]bool, len(drafts))
	for _, b := range all {
		if b.Rule != RuleTwice {
			bad[b.Draft] = true
			broken = append(broken, b)
		}
	}
	taken := make([]bool, len(p.Bodies))
	for d, draft := range drafts {
		if bad[d] {
			continue
		}
		if i := firstTaken(draft.Members, taken); i >= 0 {
			broken = append(broken, Breach{RuleTwice, d, i})
			continue
		}
		for _, i := range draft.Members {
			taken[i] = true
		}
		kept = append(kept, draft)
	}
	return kept, broken, nil
}

func firstTaken(members []int, taken []bool) int {
	seen := map[int]bool{}
	for _, i := range members {
		if taken[i] || seen[i] {
			return i
		}
		seen[i] = true
	}
	return -1
}
