package timetable

import (
	"cmp"
	"context"
	"slices"
	"time"
)

// Options steer Solve. The zero value asks for five seconds.
//
// A run is a fixed sequence of rounds: the same season, seed and number of
// rounds give the same plan on any machine. A run that ends by Time, or by its
// context, has gone as far in that sequence as the machine allowed.
type Options struct {
	Seed   uint64
	Time   time.Duration // 0: five seconds, or no limit if Rounds is set
	Rounds int           // 0: no limit

	// Progress, if set, is called after every round, from the goroutine that
	// called Solve.
	Progress func(Progress)
}

// Progress is a glance at a running search.
type Progress struct {
	Round            int
	Unplaced         int
	Cost, LowerBound float64
}

const defaultTime = 5 * time.Second

// roundsBeforeExact is how long the search may try to place every session before
// all possibilities are looked through.
const roundsBeforeExact = 2

// triesPerRound is the work of a round.
const triesPerRound = 100

// Solve looks for the plan that places the most sessions at the least cost. It
// always returns its best plan, even when ctx ends first: a cancelled context is
// no error. The error is an *InputError for a season that makes no sense.
func Solve(ctx context.Context, s Season, o Options) (Plan, error) {
	if err := s.Validate(); err != nil {
		return Plan{}, err
	}
	if o.Time == 0 && o.Rounds == 0 {
		o.Time = defaultTime
	}
	if o.Time > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, o.Time)
		defer cancel()
	}
	if len(s.Groups) == 0 {
		return Plan{Sessions: []Session{}, Unplaced: []Unplaced{}}, nil
	}
	r := newRun(newModel(&s), o.Seed)
	for ctx.Err() == nil && !r.proven() && (o.Rounds == 0 || r.rounds < o.Rounds) {
		r.round(ctx)
		if o.Progress != nil {
			o.Progress(Progress{r.rounds, r.search.unplaced(), inKM(r.search.bestCost % lost), inKM(r.bound.cost)})
		}
	}
	r.search.restore()
	return r.finish(), nil
}

// run is one call of Solve.
type run struct {
	m      *model
	search *search
	bound  bound
	rounds int
}

// bound is what is proven of every plan.
type bound struct {
	unplaced int   // no plan leaves out fewer
	cost     int64 // no plan that leaves out as few costs less
}

// raise takes in that no plan costs less, sessions left out included.
func (b *bound) raise(total int64) {
	switch unplaced := int(total / lost); {
	case unplaced > b.unplaced:
		b.unplaced, b.cost = unplaced, total%lost
	case unplaced == b.unplaced:
		b.cost = max(b.cost, total%lost)
	}
}

func newRun(m *model, seed uint64) *run {
	r := &run{m: m, search: newSearch(m, seed)}
	r.bound.unplaced = m.fewestLost()
	b := newProver(m)
	r.bound.raise(b.bound())
	r.byAssignment(b)
	return r
}

func (s *search) unplaced() int { return int(s.bestCost / lost) }

func (r *run) proven() bool {
	return r.search.unplaced() == r.bound.unplaced && r.search.bestCost%lost <= r.bound.cost
}

func (r *run) round(ctx context.Context) {
	for range triesPerRound {
		if ctx.Err() != nil {
			break
		}
		r.search.try()
	}
	r.rounds++
	if r.rounds == roundsBeforeExact && r.search.unplaced() > r.bound.unplaced {
		r.placeExactly(ctx)
	}
}

func inKM(cost int64) float64 { return float64(cost) / unit }

// finish writes the plan down.
func (r *run) finish() Plan {
	p := r.search.p
	plan := p.plan()
	plan.Rounds = r.rounds
	if r.bound.unplaced == p.unplaced {
		plan.LowerBound = min(plan.Cost, inKM(r.bound.cost))
	}
	plan.FewestUnplaced = r.bound.unplaced
	r.explain(&plan)
	return plan
}

// plan writes down what is placed and what it costs.
func (p *state) plan() Plan {
	m := p.m
	plan := Plan{Sessions: []Session{}, Unplaced: []Unplaced{}}
	for g, seats := range p.seats {
		t := m.team(g)
		if p.handover(g) > 0 {
			plan.Costs.Handovers++
		}
		for j, x := range seats {
			if x == nil {
				plan.Unplaced = append(plan.Unplaced, Unplaced{Group: t.group.Code, Index: j + 1})
				continue
			}
			day := m.from + Day(x.day)
			plan.Sessions = append(plan.Sessions, Session{
				Group: t.group.Code, Index: j + 1, Supervisor: m.season.Supervisors[x.leader].Code, Day: day,
				Start: Clock(x.start), Minutes: t.group.Minutes, Place: m.season.Places[x.place].Code, Fixed: t.fixed[j] != nil,
			})
			if len(t.group.Prefers) > 0 && !slices.Contains(t.group.Prefers, Weekday(day.Weekday())) {
				plan.Costs.OtherDays++
			}
			if m.season.Places[x.place].Code != t.group.Places[0] {
				plan.Costs.OtherPlaces++
			}
		}
	}
	sortSessions(plan.Sessions)
	plan.Cost = inKM(p.cost() - int64(p.unplaced)*lost)
	for s, minutes := range p.minutes {
		plan.Costs.HoursAboveShare += float64(max(0, minutes-m.share[s])) / 60
		for d := range m.days {
			plan.Costs.Kilometres += float64(p.lengthOfDay(s, d)) / 1000
		}
	}
	return plan
}

func sortSessions(all []Session) {
	slices.SortFunc(all, func(a, b Session) int {
		return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.Start, b.Start), cmp.Compare(a.Group, b.Group), cmp.Compare(a.Index, b.Index))
	})
}

// lengthOfDay is the metres that a supervisor travels on a day.
func (p *state) lengthOfDay(s, d int) (metres int64) {
	at := p.m.home[s]
	for _, e := range p.diary[s*p.m.days+d] {
		if !p.m.season.Places[e.place].Online {
			metres += p.m.metres[at][e.place]
			at = e.place
		}
	}
	return metres + p.m.metres[at][p.m.home[s]]
}
