package season

import (
	"cmp"
	"slices"

	"bastida/engine/ledger"
	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/calls"
	"bastida/internal/modules/commitment"
	"bastida/internal/modules/coverage"
	"bastida/internal/modules/evaluation"
	"bastida/internal/modules/sessions"
	"bastida/internal/modules/supervision"
	"bastida/internal/modules/supervisors"
	"bastida/internal/modules/territory"
)

// Facts are what a board is worked out from.
type Facts struct {
	Programme  supervision.Programme
	Today      civil.Date
	Groups     []supervision.Group
	Sessions   []sessions.Session // of the programme, by time
	Balances   map[record.ID]ledger.Balance
	Commitment commitment.Standing
	Rounds     []evaluation.Round
	Standards  []coverage.Standing // none where the rules have no minimum for a person
	Applicants []calls.Application // of the call that it comes from

	Places   []territory.Place
	Travel   *territory.Travel // nil when the organisation does not say how it estimates journeys
	Away     map[record.ID][]supervisors.Unavailability
	Busy     map[record.ID][]sessions.Session // sessions to come of each supervisor, of every programme
	Holidays map[civil.Date]bool
	Schedule string // the page that proposes dates; empty where there is none
}

// Stage says how far a group has come.
type Stage string

// The stages of a group, in order.
const (
	Forming  Stage = "forming" // too few people, nobody to lead it, or no session agreed
	Ready    Stage = "ready"   // sessions are agreed and none was held
	Running  Stage = "running"
	Rating   Stage = "rating" // its hours were held, and not every rating was given
	Finished Stage = "finished"
)

// Stages lists them in order.
var Stages = []Stage{Forming, Ready, Running, Rating, Finished}

// Label is the message key of the stage's name.
func (s Stage) Label() string { return "season.stage." + string(s) }

// Row is a group on the board.
type Row struct {
	Group   supervision.Group
	Stage   Stage
	Least   int                      // people that the rules ask for, when it has fewer
	Held    int                      // minutes
	Planned int                      // minutes of sessions to come
	Rating  commitment.GroupStanding // zero while nobody was asked
	Next    *sessions.Session        // nil without a date
	Needs   []Need                   // the gravest first
}

// Granted is the minutes that the group may have.
func (r Row) Granted() int { return r.Group.Minutes }

// Unplanned is the minutes that are neither held nor agreed.
func (r Row) Unplanned() int { return max(0, r.Granted()-r.Held-r.Planned) }

// HeldShare is how much of the granted minutes was held, in per cent.
func (r Row) HeldShare() int { return percent(r.Held, r.Granted()) }

// Short reports whether the group has fewer people than the rules ask for.
func (r Row) Short() bool { return r.Least > 0 }

// Below reports whether a body rated its supervisor below the threshold.
func (r Row) Below() bool { return r.Rating.Below > 0 }

// spent reports whether all granted minutes were held.
func (r Row) spent() bool { return r.Granted() > 0 && r.Held >= r.Granted() }

// percent is a share of a whole, rounded down.
func percent(part, whole int) int {
	const all = 100
	if whole <= 0 {
		return 0
	}
	return min(all, part*all/whole)
}

// Rows are the groups of the programme, those with a need first, the gravest
// before the others.
func (f Facts) Rows() []Row {
	rows := make([]Row, len(f.Groups))
	for i, g := range f.Groups {
		rows[i] = f.row(g)
	}
	slices.SortStableFunc(rows, func(a, b Row) int { return cmp.Compare(a.rank(), b.rank()) })
	return rows
}

// rank is less the sooner somebody has to look at the row.
func (r Row) rank() int {
	if len(r.Needs) == 0 {
		return len(NeedKinds)
	}
	return slices.Index(NeedKinds, r.Needs[0].Kind)
}

func (f Facts) row(g supervision.Group) Row {
	at := f.Balances[g.ID]
	r := Row{Group: g, Held: int(at.Delivered), Planned: int(at.Scheduled)}
	if least, short := g.Short(f.Programme.Rules()); short {
		r.Least = least
	}
	if i := slices.IndexFunc(f.Commitment.Groups, func(s commitment.GroupStanding) bool { return s.GroupID == g.ID }); i >= 0 {
		r.Rating = f.Commitment.Groups[i]
	}
	if i := slices.IndexFunc(f.Sessions, func(s sessions.Session) bool {
		return s.GroupID == g.ID && s.State == sessions.Planned && !s.Day.Before(f.Today)
	}); i >= 0 {
		r.Next = &f.Sessions[i]
	}
	r.Stage = f.stage(r)
	r.Needs = f.needs(r)
	return r
}

func (f Facts) stage(r Row) Stage {
	rated := r.Rating.Expected > 0 && r.Rating.Missing == 0
	switch {
	case r.spent() && (rated || f.Commitment.State == commitment.Unstated), f.Programme.State == supervision.Closed:
		return Finished
	case r.spent():
		return Rating
	case r.Held > 0:
		return Running
	case r.Next != nil && !r.Short():
		return Ready
	}
	return Forming
}

// last is the newest session of a group that was not cancelled.
func (f Facts) last(group record.ID) (last sessions.Session, found bool) {
	for _, s := range f.Sessions {
		if s.GroupID == group && s.State != sessions.Cancelled {
			last, found = s, true
		}
	}
	return last, found
}
