package board

import (
	"math"

	"bastida/engine/formation"
	"bastida/internal/modules/grouping"
)

// Alternative is the best of the other ways of making a group, and how many
// more kilometres of all professionals together it would take.
type Alternative struct {
	Host, Mover *grouping.Body // nil when no alternative respects the limits
	HostKM      float64
	MoverTo     int // number of the group that would take the mover
	MoverKM     float64
}

// worthwhile is how many kilometres of all professionals together a change
// must save to be worth anybody's time.
const worthwhile = 1

// betterHost and betterMove report whether the group could do better.
func (a Alternative) betterHost() bool { return a.Host != nil && a.HostKM <= -worthwhile }
func (a Alternative) betterMove() bool { return a.Mover != nil && a.MoverKM <= -worthwhile }

// Alternatives explains the teams: the second best meeting place and the
// cheapest move of each, in the order of Teams.
func Alternatives(b *grouping.Board) []Alternative {
	found := make([]Alternative, len(b.Teams))
	for _, x := range formation.Explain(b.Problem, b.Result) {
		a := &found[b.Result.Groups[x.Group].Draft]
		if !math.IsInf(x.SecondMeetingCost, 1) {
			a.Host, a.HostKM = &b.Bodies[x.SecondMeeting], x.SecondMeetingCost
		}
		if !math.IsInf(x.Move.Cost, 1) && x.Move.To >= 0 {
			a.Mover, a.MoverKM = &b.Bodies[x.Move.Body], x.Move.Cost
			a.MoverTo = b.Teams[b.Result.Groups[x.Move.To].Draft].Number
		}
	}
	return found
}

// misplaced is the member to move so that a group breaks a limit less, when it
// is plain which one: the one the limit is about, or the only one there is.
func misplaced(b *grouping.Board, t grouping.Team) (body grouping.Body, plain bool) {
	for _, x := range t.Broken {
		if x.Body >= 0 {
			return b.Bodies[x.Body], true
		}
	}
	return t.Host, len(t.Places) == 1
}
