package grouping

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"bastida/engine/formation"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
)

// Board is a run with its groups as they stand, priced and checked. Everything
// on it is computed from what the run was asked and who is in which group.
type Board struct {
	Run    Run
	Bodies []Body // by code
	Groups []Group
	Teams  []Team // the groups that have members
	Left   []Left // by name

	// What package formation was asked and what it says of these groups: its
	// bodies are at the positions of Bodies, its drafts at those of Teams.
	Problem formation.Problem
	Result  formation.Result
	Broken  []formation.Breach

	at     map[record.ID]int // position of an application in Bodies
	drafts []formation.Draft // the groups that have members, as formation reads them
}

// Team is a group that has members, as it stands.
type Team struct {
	Group
	Host     Body // where it meets
	Modality string
	Places   []Place // the host first, then by kilometres
	Size     int     // professionals
	Shares   int     // how many groups it stands for
	Area     string  // of all its members, when no other group lies there; else empty
	KM       float64 // of all professionals together, one way
	MaxKM    float64
	Broken   []formation.Breach
}

// Place is a body in a group.
type Place struct {
	Body
	KM float64
}

// Left is a body without a place.
type Left struct {
	Body
	Reason formation.Reason
}

// problemOf is what formation is asked.
func problemOf(p Params, bodies []Body) formation.Problem {
	problem := formation.Problem{Limits: p.limits(), Penalty: float64(p.Penalty), Detour: p.Detour}
	for _, b := range bodies {
		problem.Bodies = append(problem.Bodies, formation.Body{
			Code: b.Application.String(), Lat: b.Lat, Lon: b.Lon,
			Professionals: b.Professionals, Modality: b.Modality, Consent: b.Consent,
		})
	}
	return problem
}

// newBoard prices and checks groups. It fills in the meeting places that are
// to be chosen.
func newBoard(run Run, bodies []Body, groups []Group) (*Board, error) {
	b := &Board{Run: run, Bodies: bodies, Groups: slices.Clone(groups), at: map[record.ID]int{}}
	b.Problem = problemOf(run.Params.V, bodies)
	for i, body := range bodies {
		b.at[body.Application] = i
	}
	var order []int
	for k := range b.Groups {
		if len(b.Groups[k].Members.V) > 0 {
			b.drafts = append(b.drafts, b.draft(&b.Groups[k]))
			order = append(order, k)
		}
	}
	var err error
	if b.Result, b.Broken, err = formation.Evaluate(b.Problem, b.drafts); err != nil {
		return nil, fmt.Errorf("price groups of run %s: %w", run.ID, err)
	}
	b.assemble(order)
	return b, nil
}

func (b *Board) draft(g *Group) formation.Draft {
	d := formation.Draft{Meeting: formation.AnyMember}
	if at, known := b.at[g.Meeting]; known && g.Meeting != "" {
		d.Meeting = at
	}
	for _, m := range g.Members.V {
		d.Members = append(d.Members, b.at[m])
	}
	return d
}

// assemble reads the teams out of the result; order has the group of each draft.
func (b *Board) assemble(order []int) {
	b.Teams = make([]Team, len(order))
	for _, g := range b.Result.Groups {
		t := &b.Teams[g.Draft]
		t.Host, t.Modality, t.Shares = b.Bodies[g.Meeting], g.Modality, g.Shares
		t.Size += g.Size
		t.KM += g.Cost
		if len(t.Places) > 0 {
			continue // another share of the same body
		}
		for _, m := range g.Members {
			t.Places = append(t.Places, Place{b.Bodies[m.Body], m.KM})
			t.MaxKM = max(t.MaxKM, m.KM)
		}
		slices.SortStableFunc(t.Places, func(x, y Place) int { return cmp.Compare(x.KM, y.KM) })
	}
	for d := range b.Teams {
		group := &b.Groups[order[d]]
		group.Meeting = b.Teams[d].Host.Application
		b.Teams[d].Group = *group
	}
	b.nameAreas()
	for _, broken := range b.Broken {
		if broken.Draft >= 0 {
			b.Teams[broken.Draft].Broken = append(b.Teams[broken.Draft].Broken, broken)
		}
	}
	for _, left := range b.Result.LeftOut {
		body := b.Bodies[left.Body]
		b.Left = append(b.Left, Left{body, cmp.Or(b.Run.Reasons.V[body.Application], left.Reason)})
	}
}

// nameAreas finds the areas that have one group and no more.
func (b *Board) nameAreas() {
	first := map[string]int{}
	for d, t := range b.Teams {
		area := t.Host.Area
		if slices.ContainsFunc(t.Places, func(p Place) bool { return p.Area != area }) {
			continue
		}
		if other, taken := first[area]; taken {
			b.Teams[other].Area = ""
			continue
		}
		first[area] = d
		b.Teams[d].Area = area
	}
}

// figures are what the groups achieve. What the search proved stays as it was.
func (b *Board) figures() Figures {
	f := b.Run.Figures
	f.Bodies, f.BodiesServed = len(b.Bodies), len(b.Bodies)-len(b.Left)
	f.Professionals, f.Served = 0, b.Result.Served
	for _, body := range b.Bodies {
		f.Professionals += body.Professionals
	}
	f.Groups, f.Broken, f.Cost = len(b.Result.Groups), len(b.Broken), b.Result.Cost
	return f
}

// Team returns the team with a number.
func (b *Board) Team(number int) (Team, error) {
	for _, t := range b.Teams {
		if t.Number == number {
			return t, nil
		}
	}
	return Team{}, fault.New(fault.NotFound, "record.not_found")
}

// Where returns an applicant and the number of its group, Nowhere for none.
func (b *Board) Where(application record.ID) (Body, int, error) {
	at, known := b.at[application]
	if !known {
		return Body{}, Nowhere, fault.New(fault.NotFound, "record.not_found")
	}
	for k := range b.Groups {
		if b.Groups[k].holds(application) {
			return b.Bodies[at], b.Groups[k].Number, nil
		}
	}
	return b.Bodies[at], Nowhere, nil
}

// next is the number of a group to be made.
func (b *Board) next() int {
	last := 0
	for _, g := range b.Groups {
		last = max(last, g.Number)
	}
	return last + 1
}

// After is the board once an applicant has gone to a group, Nowhere or to its
// Own. Nothing is stored.
func (b *Board) After(application record.ID, to int) (*Board, error) {
	_, from, err := b.Where(application)
	if err != nil {
		return nil, err
	}
	groups := slices.Clone(b.Groups)
	if to == Own {
		to = b.next()
		groups = append(groups, Group{RunID: b.Run.ID, Number: to})
	}
	if err := cmp.Or(
		alter(groups, from, func(g *Group) { g.leave(application) }),
		alter(groups, to, func(g *Group) { g.join(application) }),
	); err != nil {
		return nil, err
	}
	run := b.Run
	run.Reasons.V = maps.Clone(run.Reasons.V)
	delete(run.Reasons.V, application)
	if to == Nowhere {
		run.Reasons.V[application] = formation.ReasonNotPlaced
	}
	return newBoard(run, b.Bodies, groups)
}

// meeting is the board once a group meets at the place of one of its members.
func (b *Board) meeting(number int, at record.ID) (*Board, error) {
	if _, in, err := b.Where(at); err != nil || in != number {
		return nil, fault.New(fault.NotFound, "record.not_found")
	}
	groups := slices.Clone(b.Groups)
	if err := alter(groups, number, func(g *Group) { g.Meeting = at }); err != nil {
		return nil, err
	}
	return newBoard(b.Run, b.Bodies, groups)
}

// without is the board before its last move.
func (b *Board) without(last Move) (after *Board, err error) {
	if last.Meets() {
		after, err = b.meeting(last.From, last.Meeting)
	} else if after, err = b.After(last.Application, last.From); err == nil && last.From != Nowhere {
		after, err = after.meeting(last.From, last.Meeting)
	}
	if err != nil {
		return nil, err
	}
	if last.From == Nowhere {
		after.Run.Reasons.V[last.Application] = last.Reason
	}
	after.Run.Bound = last.BoundBefore
	return after, nil
}

// touchesGiven reports whether a group that was given to the search is another
// one after a change: what was proved with it holds no more.
func (b *Board) touchesGiven(after *Board) bool {
	for k := range b.Groups {
		if b.Groups[k].Given && !b.Groups[k].same(&after.Groups[k]) {
			return true
		}
	}
	return false
}
