package formation

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// Options steer Solve. The zero value asks for ten seconds.
//
// A run is a fixed sequence of rounds: the same problem, seed and number of
// rounds always give the same result, on any machine. A run that ends by proof
// of optimality is therefore reproducible too. A run that ends by Time, or by
// its context, has gone as far in that sequence as the machine allowed, and
// may differ from another one.
type Options struct {
	Seed   uint64
	Time   time.Duration // 0: ten seconds, or no limit if Rounds is set
	Rounds int           // 0: no limit

	// Progress, if set, is called after every round, from the goroutine that
	// called Solve.
	Progress func(Progress)
}

// Progress is a glance at a running search.
type Progress struct {
	Elapsed    time.Duration
	Round      int
	Cost       float64
	LowerBound float64
}

const defaultTime = 10 * time.Second

// Solve looks for the grouping of least cost and proves how far from the least
// it can be. It always returns its best grouping, even when ctx ends first: a
// cancelled context is no error. The error is for a problem that makes no
// sense, locked groups that break a limit included.
func Solve(ctx context.Context, p Problem, o Options) (Result, error) {
	start := time.Now()
	if err := p.Validate(); err != nil {
		return Result{}, err
	}
	taken, lockedGroups, err := p.lock()
	if err != nil {
		return Result{}, err
	}
	if o.Time == 0 && o.Rounds == 0 {
		o.Time = defaultTime
	}
	if o.Time > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, o.Time)
		defer cancel()
	}
	m := newModel(&p, taken, lockedGroups)
	r := newRun(m, p.unavoidable(taken), o.Seed)
	defer context.AfterFunc(ctx, func() { r.stop.Store(true) })()
	for !r.stop.Load() && !r.optimal() && (o.Rounds == 0 || r.rounds < o.Rounds) {
		r.round()
		if o.Progress != nil {
			o.Progress(Progress{time.Since(start), r.rounds, r.cost(), r.bound()})
		}
	}
	return r.finish(&p, start), nil
}

// lock checks the locked groups and marks their bodies.
func (p *Problem) lock() (taken []bool, groups int, err error) {
	result, broken, err := Evaluate(*p, p.Locked)
	if err != nil {
		return nil, 0, err
	}
	if len(broken) > 0 {
		return nil, 0, fmt.Errorf("formation: locked group %d breaks a limit: %s", broken[0].Draft, broken[0].Rule)
	}
	taken = make([]bool, len(p.Bodies))
	for _, d := range p.Locked {
		for _, i := range d.Members {
			taken[i] = true
		}
	}
	return taken, len(result.Groups), nil
}

// unavoidable is the part of the cost about which there is nothing to decide.
func (p *Problem) unavoidable(taken []bool) (cost float64) {
	locked, _ := p.assemble(p.Locked)
	cost = locked.Cost
	for i := range p.Bodies {
		if k, _ := p.kind(i); k == kindImpossible && !taken[i] {
			cost += p.Penalty * float64(p.Bodies[i].Professionals)
		}
	}
	return cost
}

// run is one call of Solve: a climb of the bound and a search for groupings,
// side by side, which exchange what they know between rounds.
type run struct {
	m        *model
	constant float64 // unavoidable cost
	ascent   *ascent
	search   *search
	fallback *plan   // an earlier plan that may be cheaper; nil before the search starts
	second   *search // made when first needed, see searchHalves
	seed     uint64
	parts    []part
	lifted   float64 // what the proofs of parts add to the bound of the prices
	guide    prices  // the search's copy of the best prices
	arcs     int     // in all places
	rounds   int
	stop     atomic.Bool
}

func newRun(m *model, constant float64, seed uint64) *run {
	r := &run{m: m, constant: constant, ascent: newAscent(m), seed: seed}
	r.search = newSearch(m, seed, &r.stop)
	r.search.plan.fillGreedily()
	r.ascent.start(r.search.plan)
	r.parts = m.split()
	for _, place := range m.places {
		r.arcs += len(place)
	}
	return r
}

// plan is the cheapest plan known.
func (r *run) plan() *plan {
	if r.fallback != nil && r.fallback.cost < r.search.plan.cost {
		return r.fallback
	}
	return r.search.plan
}

func (r *run) cost() float64 { return r.constant + r.plan().cost }

// bound is the lower bound of the whole: of each part the better of what its
// prices and its exhaustive search have proved.
func (r *run) bound() float64 {
	return min(r.constant+r.ascent.bestBound+r.lifted, r.cost())
}

func (r *run) optimal() bool {
	return r.cost()-r.bound() <= 1e-9*max(1, r.cost())
}

// leastProof is the least work of a round on proofs.
const leastProof = 5_000_000

// workPerArc is what an arc costs a step of the climb, in the search's units.
const workPerArc = 50

// round climbs and proves beside the search, for a fixed amount of work each.
func (r *run) round() {
	const climbs = 25
	work := r.search.work + climbs*r.arcs*workPerArc
	target := r.plan().cost
	r.guide.copyFrom(&r.ascent.best)
	growing := r.growing()
	var climbing sync.WaitGroup
	climbing.Go(func() {
		for range climbs {
			if r.stop.Load() || r.ascent.done() {
				break
			}
			r.ascent.step(target)
		}
		if r.fallback != nil && len(growing) > 0 {
			r.prove(growing, max(climbs*r.arcs*workPerArc, leastProof))
		}
	})
	switch {
	case r.fallback == nil: // prices that still move would lead the search astray
	case !r.m.bounded && len(growing) == 0 && len(r.m.body) >= worthHalving:
		r.searchHalves(work)
	default:
		r.search.until(work, &r.guide)
	}
	climbing.Wait()
	r.rounds++
	const patience = 12
	tired := r.rounds >= patience && len(r.m.body) <= provable
	if r.fallback == nil && (r.ascent.settled() || tired) {
		r.startSearch()
	}
	r.search.plan.recost()
	r.harvest()
	r.remember()
}

// remember keeps a copy of the plan if it is the cheapest so far: with a
// budget of groups the search may leave it again.
func (r *run) remember() {
	if r.m.bounded && r.fallback != nil && r.search.plan.cost < r.fallback.cost {
		r.fallback = newPlan(r.m)
		r.fallback.adopt(r.search.plan, func(int32) bool { return true })
		r.fallback.recost()
	}
}

// startSearch builds the plan that the settled prices recommend. The search
// goes on from there, even if it leaves out so many that it costs more: its
// groups are the better ones. The first plan is kept in case time is short.
func (r *run) startSearch() {
	r.fallback = r.search.plan
	r.search.plan = newPlan(r.m)
	r.search.plan.fillByPrices(&r.ascent.best)
	r.search.plan.fillGreedily()
}

// finish turns the best plan into a result.
func (r *run) finish(p *Problem, start time.Time) Result {
	r.reap()
	r.harvest()
	r.search.plan, r.fallback = r.plan(), nil
	r.search.plan.balance()
	drafts := append(slices.Clone(p.Locked), r.drafts(p)...)
	result, placed := p.assemble(drafts)
	for k := range result.Groups {
		result.Groups[k].Locked = result.Groups[k].Draft < len(p.Locked)
	}
	why := newReasons(p, r.m, r.search.plan)
	for i, times := range placed {
		if times == 0 {
			result.leaveOut(p, i, why.of(i))
		}
	}
	result.LowerBound = min(r.bound(), result.Cost)
	if result.Optimal = r.optimal(); result.Optimal {
		result.LowerBound = result.Cost
	}
	result.Rounds, result.Elapsed = r.rounds, time.Since(start)
	result.Certificate = r.certificate(p, &result)
	return result
}

// drafts lists the plan's groups by modality and meeting place.
func (r *run) drafts(p *Problem) []Draft {
	var drafts []Draft
	for _, team := range r.search.plan.teams {
		if len(team.rows) == 0 {
			continue
		}
		d := Draft{Meeting: r.m.body[team.place]}
		for _, i := range team.rows {
			d.Members = append(d.Members, r.m.body[i])
		}
		slices.Sort(d.Members)
		drafts = append(drafts, d)
	}
	slices.SortFunc(drafts, func(a, b Draft) int {
		return cmp.Or(
			cmp.Compare(p.Bodies[a.Meeting].Modality, p.Bodies[b.Meeting].Modality),
			cmp.Compare(a.Meeting, b.Meeting))
	})
	return drafts
}
