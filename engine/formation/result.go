package formation

import "time"

// Result is a grouping with its cost and, when it comes from Solve, the proof
// of how good it is.
type Result struct {
	Groups  []Group
	LeftOut []LeftOut

	Served     int     // professionals with a place
	Cost       float64 // professional-kilometres plus the penalties
	LowerBound float64 // no grouping costs less; 0 from Evaluate
	Optimal    bool    // LowerBound has reached Cost

	Rounds      int // of the search, see Options.Rounds
	Elapsed     time.Duration
	Certificate Certificate
}

// Gap is the largest part of the cost that a better grouping could save.
func (r *Result) Gap() float64 {
	if r.Cost <= 0 {
		return 0
	}
	return max(0, (r.Cost-r.LowerBound)/r.Cost)
}

// Group is one group of professionals.
type Group struct {
	Modality string
	Meeting  int // position in Problem.Bodies
	Members  []Member
	Size     int     // professionals
	Cost     float64 // professional-kilometres
	Shares   int     // into how many groups its only body is split; 1 if it is not
	Draft    int     // position of the draft it comes from
	Locked   bool
}

// Member is a body in a group, with as many professionals as the group takes.
type Member struct {
	Body          int
	Professionals int
	KM            float64 // to the meeting place
}

// LeftOut is a body without a place.
type LeftOut struct {
	Body   int
	Reason Reason
}

// Reason is a stable code for why a body has no place.
type Reason string

const (
	// ReasonNoConsent: it does not share a group and is too small for its own.
	ReasonNoConsent Reason = "no_consent_below_minimum"
	// ReasonCannotSplit: no number of balanced shares is within the sizes.
	ReasonCannotSplit Reason = "cannot_be_split"
	// ReasonTooFar: nobody whom it could join is within the largest distance.
	ReasonTooFar Reason = "too_far"
	// ReasonNoGroup: those near enough do not add up to an allowed group.
	ReasonNoGroup Reason = "no_group_within_limits"
	// ReasonBudget: a group is possible, but all groups are spent elsewhere.
	ReasonBudget Reason = "budget_of_groups"
	// ReasonCost: a group is possible, but would leave out or move others at a
	// higher cost.
	ReasonCost Reason = "outweighed_by_cost"
	// ReasonNotPlaced: the drafts given to Evaluate do not mention it.
	ReasonNotPlaced Reason = "not_placed"
)
