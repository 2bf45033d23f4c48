package season

import (
	"cmp"
	"slices"
	"time"

	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/commitment"
	"bastida/internal/modules/evaluation"
	"bastida/internal/modules/profiles"
	"bastida/internal/modules/sessions"
	"bastida/internal/modules/supervision"
)

// NeedKind says what keeps a group from going on.
type NeedKind string

// The kinds of needs, the gravest first.
const (
	BelowThreshold NeedKind = "below"         // ratings, and no answer to them yet
	TooSmall       NeedKind = "too_small"     // fewer people than the rules ask for
	NoSupervisor   NeedKind = "no_supervisor" // nobody leads it
	Unspent        NeedKind = "unspent"       // hours left that will hardly fit in the time left
	Unscheduled    NeedKind = "unscheduled"   // no session is agreed
	OpenRegister   NeedKind = "open_register" // a session is over and nobody closed its attendance
	LateRatings    NeedKind = "late_ratings"  // the day for answering is over
	NoFinal        NeedKind = "no_final"      // the programme is over and its last evaluation was not opened
	Unnamed        NeedKind = "unnamed"       // bodies announced people and named nobody
)

// NeedKinds lists them, the gravest first.
var NeedKinds = []NeedKind{BelowThreshold, TooSmall, NoSupervisor, Unspent, Unscheduled, OpenRegister, LateRatings, NoFinal, Unnamed}

// Need is something to do about a group. Which fields mean something depends on
// its kind.
type Need struct {
	Kind    NeedKind
	Count   int        // ratings, people, sessions
	Due     civil.Date // by when, or since when
	Minutes int        // that are unspent
	Weeks   int        // that are left
	Days    []civil.Date
	Company Company
	Href    string // where it is mended
}

// needs lists what a group needs, the gravest first.
func (f Facts) needs(r Row) (all []Need) {
	if f.Programme.State != supervision.Draft && f.Programme.State != supervision.Open {
		return nil
	}
	checks := []func(Row) (Need, bool){f.tooSmall, f.noSupervisor, f.unnamed}
	if f.Programme.State == supervision.Open {
		checks = append(checks, f.below, f.unspent, f.unscheduled, f.openRegister, f.lateRatings, f.noFinal)
	}
	for _, check := range checks {
		if n, needed := check(r); needed {
			all = append(all, n)
		}
	}
	slices.SortFunc(all, func(a, b Need) int { return slices.Index(NeedKinds, a.Kind) - slices.Index(NeedKinds, b.Kind) })
	return all
}

// below is answered by an analysis of the causes and an improvement action.
func (f Facts) below(r Row) (Need, bool) {
	s := f.Commitment
	n := Need{Kind: BelowThreshold, Count: r.Rating.Below, Due: s.AnalysisDue, Href: f.Programme.Href() + "/commitment"}
	switch {
	case r.Rating.Below == 0 || s.State != commitment.Broken:
		return n, false
	case !s.Analysed:
		n.Href += "/analysis"
	case s.Actions == 0:
		n.Due, n.Href = civil.Date{}, n.Href+"/actions/new"
	}
	return n, !s.Analysed || s.Actions == 0
}

func (f Facts) tooSmall(r Row) (Need, bool) {
	lacking := r.Least - r.Group.Size()
	n := Need{Kind: TooSmall, Count: lacking, Href: r.Group.Href() + "/edit"}
	if r.Short() {
		n.Company = f.company(r.Group, lacking)
	}
	return n, r.Short()
}

func (f Facts) noSupervisor(r Row) (Need, bool) {
	peers := f.Programme.Rules().Supervisor == profiles.NoSupervisor
	return Need{Kind: NoSupervisor, Href: r.Group.Href() + "/allocate"}, r.Group.SupervisorID == "" && !peers
}

func (f Facts) unnamed(r Row) (Need, bool) {
	n := Need{Kind: Unnamed, Count: r.Group.Expected, Href: r.Group.Href() + "/participants/new"}
	return n, r.Group.Present == 0 && r.Group.Expected > 0
}

// unscheduled leaves groups alone that cannot meet yet.
func (f Facts) unscheduled(r Row) (Need, bool) {
	_, alone := f.noSupervisor(r)
	n := Need{Kind: Unscheduled, Minutes: r.Unplanned(), Href: cmp.Or(f.Schedule, newSession(r.Group))}
	return n, r.Held == 0 && r.Planned == 0 && r.Unplanned() > 0 && !r.Short() && !alone
}

// pace is how many days groups usually leave between two sessions, where the
// rules do not say it.
const pace = 21

// unspent reports hours that will hardly fit: at the usual pace there is no time
// left for the sessions that they would make.
func (f Facts) unspent(r Row) (Need, bool) {
	left := f.Programme.Ends.Start(time.UTC).Sub(f.Today.Start(time.UTC))
	days := int(left.Hours()) / 24
	n := Need{Kind: Unspent, Minutes: r.Unplanned(), Weeks: max(0, (days+6)/7), Href: newSession(r.Group)}
	if n.Minutes == 0 || r.Held == 0 {
		return n, false
	}
	apart := pace
	if rule, stated := f.Programme.Rules().Figure(profiles.SpacingMinDays, r.Group.Kind); stated {
		apart = int(rule)
	}
	if days >= f.sessionsIn(r)*apart && r.Next != nil || f.Today.Before(f.Programme.Starts) {
		return n, false
	}
	n.Days = f.free(r.Group)
	return n, true
}

// sessionsIn is how many sessions the unplanned minutes of a group make.
func (f Facts) sessionsIn(r Row) int {
	long, stated := f.Programme.Rules().Figure(profiles.SessionMinutes, r.Group.Kind)
	minutes := int(long)
	if last, found := f.last(r.Group.ID); found && !stated {
		minutes = last.Minutes
	}
	if minutes <= 0 {
		return 1
	}
	return (r.Unplanned() + minutes - 1) / minutes
}

func newSession(g supervision.Group) string { return g.Href() + "/sessions/new" }

func (f Facts) openRegister(r Row) (n Need, needed bool) {
	n.Kind = OpenRegister
	for _, s := range f.Sessions {
		if s.GroupID != r.Group.ID || s.State != sessions.Planned || !s.Day.Before(f.Today) {
			continue
		}
		if n.Count++; n.Count == 1 {
			n.Due, n.Href = s.Day, s.Href()
		}
	}
	return n, n.Count > 0
}

func (f Facts) lateRatings(r Row) (Need, bool) {
	i := slices.IndexFunc(f.Rounds, func(round evaluation.Round) bool {
		return round.State == evaluation.Open && round.AnswerBy.Before(f.Today)
	})
	if i < 0 {
		return Need{}, false
	}
	return Need{Kind: LateRatings, Count: r.Rating.Missing, Due: f.Rounds[i].AnswerBy, Href: f.Rounds[i].Href()}, r.Rating.Missing > 0
}

func (f Facts) noFinal(r Row) (Need, bool) {
	opened := slices.ContainsFunc(f.Rounds, func(round evaluation.Round) bool { return round.Moment == evaluation.Final })
	n := Need{Kind: NoFinal, Due: f.Programme.Ends, Href: f.Programme.Href() + "/evaluations/new"}
	return n, !opened && r.Held > 0 && f.Programme.Ends.Before(f.Today) && f.Commitment.State != commitment.Unstated
}

// mostDays is how many free days a need names.
const mostDays = 3

// free are the next days on which whoever leads a group could meet it, at its
// usual hour: on its usual weekday, or on any when that has none left.
func (f Facts) free(g supervision.Group) []civil.Date {
	last, met := f.last(g.ID)
	if g.SupervisorID == "" || !met {
		return nil
	}
	usual := last.Day.Start(time.UTC).Weekday()
	if days := f.freeOn(g, last, func(w time.Weekday) bool { return w == usual }); len(days) > 0 {
		return days
	}
	return f.freeOn(g, last, func(time.Weekday) bool { return true })
}

func (f Facts) freeOn(g supervision.Group, like sessions.Session, wanted func(time.Weekday) bool) (days []civil.Date) {
	for day := f.Today.AddDays(1); !day.After(f.Programme.Ends) && len(days) < mostDays; day = day.AddDays(1) {
		weekday := day.Start(time.UTC).Weekday()
		if weekday == time.Saturday || weekday == time.Sunday || f.Holidays[day] || !wanted(weekday) {
			continue
		}
		if !f.taken(g.SupervisorID, day, like) && !f.meets(g.ID, day) {
			days = append(days, day)
		}
	}
	return days
}

// taken reports whether a supervisor is away or busy at the hour of a session
// like another.
func (f Facts) taken(supervisor record.ID, day civil.Date, like sessions.Session) bool {
	for _, away := range f.Away[supervisor] {
		if away.Covers(day, like.Start, like.Minutes) {
			return true
		}
	}
	wanted := like
	wanted.Day = day
	return slices.ContainsFunc(f.Busy[supervisor], wanted.Overlaps)
}

func (f Facts) meets(group record.ID, day civil.Date) bool {
	return slices.ContainsFunc(f.Sessions, func(s sessions.Session) bool {
		return s.GroupID == group && s.Day == day && s.State != sessions.Cancelled
	})
}
