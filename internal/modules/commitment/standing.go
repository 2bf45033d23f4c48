package commitment

import (
	"slices"

	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/evaluation"
	"bastida/internal/modules/profiles"
	"bastida/internal/modules/supervision"
)

// State says how a commitment stands.
type State string

// The states of a commitment.
const (
	Unstated State = "unstated" // the profile promises nothing
	Pending  State = "open"     // answers lack
	Kept     State = "kept"
	Broken   State = "broken"
)

// Label is the message key of the state's name.
func (s State) Label() string { return "commitment.state." + string(s) }

// Tally counts ratings against a threshold.
type Tally struct {
	Expected    int
	Given       int
	Missing     int
	NotAnswered int
	Below       int

	Lowest float64 // of the given; means nothing without any
	sum    float64
}

// Good is how many of the given reach the threshold.
func (t Tally) Good() int { return t.Given - t.Below }

// Mean is the mean of the given, cut and never rounded.
func (t Tally) Mean() float64 {
	if t.Given == 0 {
		return 0
	}
	return evaluation.Tenths(t.sum / float64(t.Given))
}

func (t *Tally) add(r evaluation.Rating, threshold float64) {
	t.Expected++
	switch r.Answer {
	case evaluation.Missing:
		t.Missing++
	case evaluation.NotAnswered:
		t.NotAnswered++
	case evaluation.Given:
		if t.Given == 0 || r.Score < t.Lowest {
			t.Lowest = r.Score
		}
		t.Given++
		t.sum += r.Score
		if r.Score < threshold {
			t.Below++
		}
	}
}

// state judges a tally: share is the part of the expected, in per cent, that
// must reach the threshold.
func (t Tally) state(share float64) State {
	const all = 100
	need := share * float64(t.Expected)
	switch {
	case float64(t.Expected-t.Below)*all < need:
		return Broken
	case t.Expected == 0 || t.Given < t.Expected || float64(t.Good())*all < need:
		return Pending
	default:
		return Kept
	}
}

// Below is a rating that does not reach its threshold.
type Below struct {
	Rating    evaluation.Rating
	Threshold float64
}

// GroupStanding is how the commitment stands in a group.
type GroupStanding struct {
	Tally

	GroupID    record.ID
	Number     int
	Name       string
	Supervisor string
	Threshold  float64
	State      State
}

// Standing is how the commitment stands in a programme.
type Standing struct {
	Tally

	ProgrammeID record.ID
	Threshold   profiles.Figure
	Scale       profiles.Figure
	Share       profiles.Figure
	State       State
	Groups      []GroupStanding
	BelowList   []Below
	MissingList []evaluation.Rating // not answered included

	Analysed    bool       // the causes were written down
	AnalysisDue civil.Date // none when the commitment is not broken or the profile gives no term
	Actions     int        // with an owner and a date
	Late        bool       // the analysis is due and lacks
}

// stand works out the standing of a programme from its ratings.
func stand(p supervision.Programme, all []evaluation.Rating) Standing {
	rules := p.Rules()
	s := Standing{
		ProgrammeID: p.ID, Threshold: threshold(rules), Scale: rules.Rule(profiles.CommitmentScale, ""),
		Share: rules.Rule(profiles.CommitmentShare, ""), State: Unstated,
	}
	share, shared := rules.Figure(profiles.CommitmentShare, "")
	for _, r := range all {
		threshold, promised := rules.Figure(profiles.CommitmentThreshold, r.Kind)
		if !promised || !shared {
			continue
		}
		s.add(r, threshold)
		g := s.group(r, threshold)
		g.add(r, threshold)
		g.State = g.state(share)
		switch {
		case r.Answer != evaluation.Given:
			s.MissingList = append(s.MissingList, r)
		case r.Score < threshold:
			s.BelowList = append(s.BelowList, Below{r, threshold})
		}
	}
	if shared && evaluation.Promises(rules) {
		s.State = s.state(share)
	}
	return s
}

// threshold is the one for every kind of supervision, or else the first that is
// stated for a kind.
func threshold(rules profiles.Profile) profiles.Figure {
	if f := rules.Rule(profiles.CommitmentThreshold, ""); f.Value != nil {
		return f
	}
	for _, f := range rules.Figures {
		if f.Key == profiles.CommitmentThreshold && f.Value != nil {
			return f
		}
	}
	return profiles.Figure{Key: profiles.CommitmentThreshold}
}

// group returns the standing of the group of a rating, to be added to.
func (s *Standing) group(r evaluation.Rating, threshold float64) *GroupStanding {
	i := slices.IndexFunc(s.Groups, func(g GroupStanding) bool { return g.GroupID == r.GroupID })
	if i < 0 {
		s.Groups = append(s.Groups, GroupStanding{
			GroupID: r.GroupID, Number: r.GroupNumber, Name: r.GroupName, Supervisor: r.SupervisorName, Threshold: threshold,
		})
		i = len(s.Groups) - 1
	}
	return &s.Groups[i]
}
