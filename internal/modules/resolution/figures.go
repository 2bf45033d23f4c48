package resolution

import (
	"cmp"
	"slices"

	"bastida/engine/deadline"
	"bastida/internal/modules/calls"
)

// Figures is how a call goes, or went.
type Figures struct {
	Filed         int // ever presented
	Live          int // still in the call
	Professionals int
	HoursAsked    int // if every body had groups of its own
	HoursGranted  int // of the groups that the proposed or resolved outcomes make
	Groups        int
	Outcomes      map[calls.State]int
	Resolved      int
	Slowest       int // days from the filing to the resolution
	Median        int
	Late          int // resolved, or still open, after the day they were due
	Areas         []Area
}

// Area is the same for one area.
type Area struct {
	Name          string
	Applications  int
	Professionals int
	Granted       int
	Denied        int
	Waiting       int
}

// figure adds up the applications of a call.
func figure(call calls.Call, all []calls.Application) Figures {
	f := Figures{Outcomes: map[calls.State]int{}}
	areas := map[string]*Area{}
	groups := map[string]int{}
	var days []int
	for _, a := range all {
		if !a.Filed() {
			continue
		}
		f.Filed++
		if !a.Live() {
			continue
		}
		f.Live++
		f.Professionals += a.Professionals
		f.HoursAsked += call.HoursPerGroup * ownGroups(call, a.Professionals)
		if areas[a.Area] == nil {
			areas[a.Area] = &Area{Name: a.Area}
		}
		areas[a.Area].add(a)
		outcome := outcomeOf(a)
		f.Outcomes[outcome]++
		if grants(outcome) {
			groups[groupOf(a)] = max(groups[groupOf(a)], a.Hours)
		}
		if !a.ResolvedAt.IsZero() {
			f.Resolved++
			days = append(days, deadline.Date(a.FiledOn).Until(deadline.Date(today(a.ResolvedAt))))
			if today(a.ResolvedAt).After(a.ResolveOn) {
				f.Late++
			}
		}
	}
	for _, hours := range groups {
		f.HoursGranted += hours
	}
	// A large body makes several groups under one name.
	f.Groups = len(groups)
	if call.HoursPerGroup > 0 {
		f.Groups = f.HoursGranted / call.HoursPerGroup
	}
	f.Slowest, f.Median = slowest(days), median(days)
	for _, area := range areas {
		f.Areas = append(f.Areas, *area)
	}
	slices.SortFunc(f.Areas, func(a, b Area) int { return cmp.Compare(a.Name, b.Name) })
	return f
}

func (r *Area) add(a calls.Application) {
	r.Applications++
	r.Professionals += a.Professionals
	switch outcome := outcomeOf(a); {
	case grants(outcome):
		r.Granted++
	case outcome == calls.Waiting:
		r.Waiting++
	case outcome == calls.Denied || outcome == calls.Excluded:
		r.Denied++
	}
}

// outcomeOf is what the resolution says, or will say as things stand.
func outcomeOf(a calls.Application) calls.State {
	if a.State == calls.Excluded {
		return calls.Excluded
	}
	return a.Outcome
}

func grants(outcome calls.State) bool {
	return outcome == calls.Granted || outcome == calls.PartlyGranted
}

// groupOf names the group of an application; one without a group is a group of
// its own.
func groupOf(a calls.Application) string {
	return cmp.Or(a.GroupID.String(), a.GroupLabel, a.ID.String())
}

// ownGroups is how many groups a body would need by itself.
func ownGroups(call calls.Call, people int) int {
	if call.MaxGroup == 0 {
		return 1
	}
	return max(1, (people+call.MaxGroup-1)/call.MaxGroup)
}

func slowest(days []int) int {
	if len(days) == 0 {
		return 0
	}
	return slices.Max(days)
}

func median(days []int) int {
	if len(days) == 0 {
		return 0
	}
	slices.Sort(days)
	return days[len(days)/2]
}

// Readiness is what stands between a call and its resolution.
type Readiness struct {
	Pending    []calls.Application // without a proposal
	Proposed   []calls.Application
	Excluded   []calls.Application
	Figures    Figures
	OverBudget bool
	Own        bool // the reader proposed some: somebody else must approve
}

// ready sorts the applications of a call by what is still missing.
func ready(call calls.Call, all []calls.Application) (r Readiness) {
	for _, a := range all {
		switch a.State {
		case calls.Submitted, calls.Amending, calls.Admitted:
			r.Pending = append(r.Pending, a)
		case calls.Proposed:
			r.Proposed = append(r.Proposed, a)
		case calls.Excluded:
			r.Excluded = append(r.Excluded, a)
		default: // not filed, gone, or told already
		}
	}
	r.Figures = figure(call, all)
	r.OverBudget = r.Figures.HoursGranted > call.HoursBudget
	return r
}
