package grouping

import (
	"slices"

	"bastida/engine/formation"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
)

// Group is some applicants of a run who meet at the place of one of them.
type Group struct {
	record.Row
	RunID   record.ID                `db:"run_id"`
	Number  int                      `db:"number"`  // within the run, from 1
	Name    string                   `db:"name"`    // given by hand; empty to be named after where it meets
	Meeting record.ID                `db:"meeting"` // the application of whoever receives the others
	Members record.JSON[[]record.ID] `db:"members"` // applications; none when all were moved away
	Locked  bool                     `db:"locked"`  // kept as it is when the rest is searched again
	Given   bool                     `db:"given"`   // was locked when the run began
}

// holds reports whether an application is in the group.
func (g *Group) holds(application record.ID) bool { return slices.Contains(g.Members.V, application) }

// same reports whether the group has the same members and meets where it did.
func (g *Group) same(was *Group) bool {
	return g.Meeting == was.Meeting && slices.Equal(g.Members.V, was.Members.V)
}

// leave takes a member out. When the others met at its place, another place is
// to be chosen.
func (g *Group) leave(application record.ID) {
	g.Members.V = slices.DeleteFunc(slices.Clone(g.Members.V), func(m record.ID) bool { return m == application })
	if g.Meeting == application {
		g.Meeting = ""
	}
}

// join takes a member in.
func (g *Group) join(application record.ID) {
	g.Members.V = append(slices.Clone(g.Members.V), application)
	if len(g.Members.V) == 1 {
		g.Meeting = application
	}
}

// Where a body can go besides the groups there are.
const (
	Nowhere = 0  // no group: where a body without a place is
	Own     = -1 // a new group of its own
)

// Move is a change made by hand: a body that goes from a group to another, or,
// when both are the same, a group that will meet at its place. Moves are undone
// from the last one back.
type Move struct {
	record.Row
	RunID       record.ID        `db:"run_id"`
	Number      int              `db:"number"` // within the run, from 1
	Application record.ID        `db:"application"`
	BodyName    string           `db:"body_name"`
	From        int              `db:"from_number"`
	To          int              `db:"to_number"`
	Meeting     record.ID        `db:"meeting"` // of the group left, before
	Reason      formation.Reason `db:"reason"`  // why the body had no place, before
	CostBefore  float64          `db:"cost_before"`
	CostAfter   float64          `db:"cost_after"`
	BoundBefore float64          `db:"bound_before"`
	Broken      int              `db:"broken"` // limits after it
	MadeBy      string           `db:"made_by"`
	Undone      bool             `db:"undone"`
}

// Meets reports whether the move changed a meeting place and nothing else.
func (m Move) Meets() bool { return m.From == m.To }

// find returns the group with a number.
func find(groups []Group, number int) (*Group, error) {
	at := slices.IndexFunc(groups, func(g Group) bool { return g.Number == number })
	if at < 0 {
		return nil, fault.New(fault.NotFound, "record.not_found")
	}
	return &groups[at], nil
}

// alter changes the group with a number, unless that is Nowhere; it refuses to when
// the group is locked.
func alter(groups []Group, number int, f func(*Group)) error {
	if number == Nowhere {
		return nil
	}
	g, err := find(groups, number)
	if err == nil && g.Locked {
		err = fault.New(fault.Conflict, "grouping.locked")
	}
	if err == nil {
		f(g)
	}
	return err
}
