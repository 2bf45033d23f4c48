package timetable

import (
	"context"
	"fmt"
	"slices"
)

// Change is something that happened after a plan was published: somebody or
// something is not there. One of Supervisor, Place and Group is set.
type Change struct {
	Supervisor string `json:"supervisor,omitempty"` // is away
	Place      string `json:"place,omitempty"`      // is closed
	Group      string `json:"group,omitempty"`      // cannot
	Span       Span   `json:"span"`
}

// ReplanOptions steer Replan.
type ReplanOptions struct {
	Today Day // sessions before it stay as they are; 0: none are past
	Steps int // most steps of the proof; 0: about half a second
}

// Replanned is a mended plan.
type Replanned struct {
	Plan   Plan   `json:"plan"`
	Season Season `json:"-"`     // with the changes, for Check
	Moved  []Move `json:"moved"` // published sessions that changed
	Lost   []Ref  `json:"lost"`  // published sessions that have no place any more

	// AtLeast is proven: no plan loses fewer than FewestLost published
	// sessions, and none that loses as few changes fewer than AtLeast, those
	// lost included.
	AtLeast    int `json:"at_least"`
	FewestLost int `json:"fewest_lost"`
}

// Changed is how many published sessions are not as they were.
func (r Replanned) Changed() int { return len(r.Moved) + len(r.Lost) }

// Proven reports whether no plan changes less.
func (r Replanned) Proven() bool {
	return r.FewestLost == len(r.Lost) && r.AtLeast == r.Changed()
}

// Move is a published session before and after.
type Move struct {
	Before Session `json:"before"`
	After  Session `json:"after"`
}

// Replan mends a published plan after changes: it keeps every published session
// that it can, and changes the fewest. What was not placed before stays so.
// Fixed sessions that a change hits are free to move; those before Today are not.
// A cancelled ctx is no error: the plan then holds, and only the proof may be
// missing.
func Replan(ctx context.Context, s Season, published Plan, changes []Change, o ReplanOptions) (Replanned, error) {
	if err := s.Validate(); err != nil {
		return Replanned{}, err
	}
	if err := s.checkPublished(published, changes); err != nil {
		return Replanned{}, err
	}
	after := s.after(published, changes, o.Today)
	if err := after.Validate(); err != nil {
		return Replanned{}, err
	}
	if len(s.Groups) == 0 {
		return Replanned{Plan: published, Season: after, Moved: []Move{}, Lost: []Ref{}}, nil
	}
	r := newRepair(ctx, newModel(&after), published, o.Steps)
	r.greedily()
	r.prove()
	return r.result(published, after), nil
}

// checkPublished refuses sessions and changes that the season does not know.
func (s *Season) checkPublished(p Plan, changes []Change) error {
	m := newModel(s)
	v := &validator{}
	seen := map[Ref]bool{}
	for i, x := range p.Sessions {
		path := fmt.Sprintf("sessions[%d]", i)
		g, known := m.group[x.Group]
		v.refuse(!known, path+".group", "there is no group %q", x.Group)
		v.refuse(known && (x.Index < 1 || x.Index > s.Groups[g].Sessions), path+".index", "the group has no session %d", x.Index)
		_, known = m.staff[x.Supervisor]
		v.refuse(!known, path+".supervisor", "there is no supervisor %q", x.Supervisor)
		_, known = m.place[x.Place]
		v.refuse(!known, path+".place", "there is no place %q", x.Place)
		v.refuse(x.Day < s.From || x.Day > s.To, path+".day", "is outside the season")
		v.refuse(x.Start < 0 || x.Start >= minutesOfDay, path+".start", "is not an hour of the day")
		v.refuse(seen[Ref{x.Group, x.Index}], path+".index", "the session is there twice")
		seen[Ref{x.Group, x.Index}] = true
	}
	for i, c := range changes {
		path := fmt.Sprintf("changes[%d]", i)
		v.spans(path+".span", []Span{c.Span})
		_, staff := m.staff[c.Supervisor]
		_, place := m.place[c.Place]
		_, group := m.group[c.Group]
		v.refuse(c.Supervisor != "" && !staff, path+".supervisor", "there is no supervisor %q", c.Supervisor)
		v.refuse(c.Place != "" && !place, path+".place", "there is no place %q", c.Place)
		v.refuse(c.Group != "" && !group, path+".group", "there is no group %q", c.Group)
		v.refuse(!staff && !place && !group, path, "it names nobody and nothing")
	}
	return v.err
}

// after is the season after the changes, with past sessions fixed.
func (s Season) after(p Plan, changes []Change, today Day) Season {
	s.Places, s.Supervisors, s.Groups = slices.Clone(s.Places), slices.Clone(s.Supervisors), slices.Clone(s.Groups)
	for _, c := range changes {
		for i := range s.Places {
			if s.Places[i].Code == c.Place {
				s.Places[i].Closed = append(slices.Clip(s.Places[i].Closed), c.Span)
			}
		}
		for i := range s.Supervisors {
			if s.Supervisors[i].Code == c.Supervisor {
				s.Supervisors[i].Away = append(slices.Clip(s.Supervisors[i].Away), c.Span)
			}
		}
		for i := range s.Groups {
			if s.Groups[i].Code == c.Group {
				s.Groups[i].Away = append(slices.Clip(s.Groups[i].Away), c.Span)
			}
		}
	}
	for i := range s.Groups {
		g := &s.Groups[i]
		g.Fixed = slices.DeleteFunc(slices.Clone(g.Fixed), func(f Fixed) bool { return f.Day >= today && hit(g, f, changes) })
		for _, x := range p.Sessions {
			known := slices.ContainsFunc(g.Fixed, func(f Fixed) bool { return f.Index == x.Index })
			if x.Group == g.Code && x.Day < today && !known {
				g.Fixed = append(g.Fixed, Fixed{x.Index, x.Supervisor, x.Day, x.Start, x.Place})
			}
		}
	}
	return s
}

// hit reports whether a change takes away what a fixed session needs.
func hit(g *Group, f Fixed, changes []Change) bool {
	return slices.ContainsFunc(changes, func(c Change) bool {
		concerned := c.Supervisor == f.Supervisor || c.Place == f.Place || c.Group == g.Code
		return concerned && blocked([]Span{c.Span}, f.Day, int32(f.Start), int32(f.Start)+int32(g.Minutes))
	})
}

// Fix returns the season with every session of a plan fixed, so that Solve adds
// to it only.
func (s Season) Fix(p Plan) Season {
	s.Groups = slices.Clone(s.Groups)
	for i := range s.Groups {
		g := &s.Groups[i]
		g.Fixed = slices.Clone(g.Fixed)
		for _, x := range p.Sessions {
			known := slices.ContainsFunc(g.Fixed, func(f Fixed) bool { return f.Index == x.Index })
			if x.Group == g.Code && !known {
				g.Fixed = append(g.Fixed, Fixed{x.Index, x.Supervisor, x.Day, x.Start, x.Place})
			}
		}
	}
	return s
}
