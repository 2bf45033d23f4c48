package planning

import (
	"slices"

	"bastida/engine/timetable"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/sessions"
)

// Propose is the season of a proposal: what is booked stays, and what each
// group has left of its hours becomes sessions. kept are sessions of an earlier
// proposal.
func (f *Facts) Propose(in ProposalInput, kept []timetable.Session) (Known, error) {
	b := newBuilder(f, in.Window)
	for _, x := range kept {
		b.Season.From, b.Season.To = min(b.Season.From, x.Day), max(b.Season.To, x.Day)
	}
	b.supervisors()
	left := 0
	for _, g := range f.groups {
		out := b.group(g)
		own, besides := b.own(g.ID)
		for i, s := range own {
			b.Booked[Ref(out.Code, i+1)] = Booked{ID: s.ID, Version: s.Version}
			out.Fixed = append(out.Fixed, fixed(b.published(s, i+1)))
		}
		more := b.remaining(g.ID, g.Minutes) / max(1, out.Minutes)
		out.Sessions = len(own) + more
		left += more
		keep(&out, in, kept, len(own))
		b.respect(besides)
		if out.Sessions > 0 {
			b.Season.Groups = append(b.Season.Groups, out)
		}
	}
	if err := b.wrong.Err(); err != nil {
		return Known{}, err
	}
	if left == 0 {
		return Known{}, fault.New(fault.Conflict, "planning.nothing_left")
	}
	b.respect(f.elsewhere)
	return b.Known, valid(b.Season)
}

// remaining is what a group was granted and is neither kept for sessions nor
// delivered.
func (b *builder) remaining(group record.ID, granted int) int {
	now := b.balances[group]
	return max(0, granted-int(now.Scheduled)-int(now.Delivered))
}

// keep fixes what a rerun keeps of its base.
func keep(g *timetable.Group, in ProposalInput, kept []timetable.Session, booked int) {
	for _, x := range kept {
		if x.Group != g.Code || x.Index <= booked || x.Index > g.Sessions {
			continue
		}
		whole := in.keeps(x)
		if whole {
			g.Fixed = append(g.Fixed, fixed(x))
		}
		if whole || slices.Contains(in.KeepSupervisors, g.Code) {
			g.Supervisor = x.Supervisor
		}
	}
	slices.SortFunc(g.Fixed, func(a, b timetable.Fixed) int { return a.Index - b.Index })
}

// valid tells in words what the engine refuses.
func valid(s timetable.Season) error {
	if err := s.Validate(); err != nil {
		return fault.New(fault.Conflict, "planning.no_season", "detail", err.Error())
	}
	return nil
}

// Mend is the season of a replan: every booked session of the programme, and
// the one to be given another day.
func (f *Facts) Mend(in ReplanningInput, cancelled *sessions.Session) (Known, error) {
	in.First = later(f.today, f.programme.Starts)
	b := newBuilder(f, in.Window)
	if cancelled != nil {
		b.insert(cancelled)
	}
	b.supervisors()
	for _, g := range f.groups {
		b.addPublished(b.group(g), in)
	}
	if err := b.wrong.Err(); err != nil {
		return Known{}, err
	}
	if len(b.Published) == 0 {
		return Known{}, fault.New(fault.Conflict, "planning.nothing_booked")
	}
	b.respect(f.elsewhere)
	b.changes(in.ReplanInput, cancelled)
	if len(b.Changes) == 0 {
		return Known{}, fault.New(fault.Conflict, "planning.not_away")
	}
	if err := valid(b.Season); err != nil {
		return Known{}, err
	}
	b.settle()
	return b.Known, valid(b.Season)
}

// insert puts a cancelled session among the booked ones, before others of its
// day so that it is the one that may move. One that is over counts as one of
// today: days that are past do not come back.
func (b *builder) insert(cancelled *sessions.Session) {
	if cancelled.Day.Before(b.today) {
		cancelled.Day = b.today
	}
	b.Season.From, b.Season.To = min(b.Season.From, DayOf(cancelled.Day)), max(b.Season.To, DayOf(cancelled.Day))
	at, _ := slices.BinarySearchFunc(b.booked, *cancelled, func(a, o sessions.Session) int { return a.Day.Compare(o.Day) })
	b.booked = slices.Insert(slices.Clone(b.booked), at, *cancelled)
}

// addPublished adds a group with its booked sessions. Their own hours and
// places are among those that it may have.
func (b *builder) addPublished(g timetable.Group, in ReplanningInput) {
	own, besides := b.own(record.ID(g.Code))
	b.respect(besides)
	if len(own) == 0 {
		return
	}
	g.Sessions, g.Substitutes = len(own), in.Substitutes
	for i, s := range own {
		x := b.published(s, i+1)
		b.Booked[Ref(g.Code, x.Index)] = Booked{ID: s.ID, Version: s.Version, Cancelled: s.State == sessions.Cancelled}
		b.Published = append(b.Published, x)
		g.Minutes = max(g.Minutes, s.Minutes)
		g.Starts = append(g.Starts, timetable.Starts{Days: []timetable.Weekday{timetable.Weekday(x.Day.Weekday())}, From: x.Start})
		if !slices.Contains(g.Places, x.Place) {
			g.Places = append(g.Places, x.Place)
		}
		if s.State == sessions.Held {
			g.Fixed = append(g.Fixed, fixed(x))
		}
	}
	b.Season.Groups = append(b.Season.Groups, g)
}

// changes are what happened: days that were said, days of the register, or the
// hours of the cancelled session.
func (b *builder) changes(in ReplanInput, cancelled *sessions.Session) {
	switch {
	case cancelled != nil:
		b.Changes = append(b.Changes, timetable.Change{Group: cancelled.GroupID.String(), Span: timetable.Span{From: DayOf(cancelled.Day)}})
	case !in.AwayFrom.IsZero():
		span := timetable.Span{From: DayOf(in.AwayFrom)}
		if !in.AwayTo.IsZero() {
			span.To = DayOf(in.AwayTo)
		}
		b.Changes = append(b.Changes, timetable.Change{Supervisor: in.Supervisor.String(), Span: span})
	default:
		for _, span := range b.absences(in.Supervisor) {
			b.Changes = append(b.Changes, timetable.Change{Supervisor: in.Supervisor.String(), Span: span})
		}
	}
}

// settle fixes the sessions that break a rule already: whoever booked them
// despite it answers for that, and only a change moves them.
func (b *builder) settle() {
	plan := timetable.Plan{Sessions: slices.Clone(b.Published)}
	for _, g := range b.Season.Groups {
		if _, own := b.Booked[Ref(g.Code, 1)]; own {
			continue
		}
		for _, f := range g.Fixed {
			plan.Sessions = append(plan.Sessions, timetable.Session{
				Group: g.Code, Index: f.Index, Supervisor: f.Supervisor, Day: f.Day, Start: f.Start, Minutes: g.Minutes, Place: f.Place,
			})
		}
	}
	broken := map[timetable.Ref]bool{}
	for _, v := range timetable.Check(b.Season, plan) {
		for _, r := range v.Sessions {
			broken[r] = true
		}
	}
	for i := range b.Season.Groups {
		g := &b.Season.Groups[i]
		for _, x := range b.Published {
			there := slices.ContainsFunc(g.Fixed, func(f timetable.Fixed) bool { return f.Index == x.Index })
			if x.Group == g.Code && !there && broken[timetable.Ref{Group: x.Group, Index: x.Index}] {
				g.Fixed = append(g.Fixed, fixed(x))
			}
		}
		slices.SortFunc(g.Fixed, func(a, b timetable.Fixed) int { return a.Index - b.Index })
	}
}
